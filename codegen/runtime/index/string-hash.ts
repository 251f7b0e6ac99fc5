/**
 * String hash — an integer that tells most strings apart without reading all of them.
 *
 * V8 compares two strings of one length character by character. Where one string is compared with many, hashes are compared first.
 */
import type { RuntimeValue } from '../evaluate/runtime-value.ts';

/** The hash of a value of another type. */
export const NO_HASH = -1;

/** At least 0 for a string. It is made of the length and of characters that often differ: those at both ends and in the middle. */
export function stringHash(value: RuntimeValue | undefined): number {
  if (typeof value !== 'string') return NO_HASH;
  const { length } = value;
  if (length === 0) return 0;
  let hash = Math.imul(length, 31) + value.charCodeAt(0);
  hash = Math.imul(hash, 31) + value.charCodeAt(length >> 1);
  for (let i = Math.max(0, length - 4); i < length; i++) hash = Math.imul(hash, 31) + value.charCodeAt(i);
  return hash & 0x3fffffff;
}
