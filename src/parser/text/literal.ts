/**
 * Literal — numbers and slots.
 *
 * Grammar: Literal, Slot
 */
import type { Expression } from '../../syntax/expression.ts';
import type { SlotId } from '../../syntax/policy.ts';
import { type Long, longFromBigInt } from '../../value/long.ts';
import { integerTooLarge, invalidSlot } from '../error.ts';
import type { Cursor } from './cursor.ts';

const MAX_U64 = 2n ** 64n - 1n;
export const TWO_63 = 2n ** 63n;

/** Consumes a number token. A number that does not fit 64 bits without a sign is a syntax error. */
export function parseDigits(c: Cursor): number | bigint {
  if (c.end - c.start <= 15) {
    const value = smallNumber(c);
    c.next();
    return value;
  }
  const value = BigInt(c.slice());
  if (value > MAX_U64) throw c.syntaxFailure();
  c.next();
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** The value of at most fifteen digits. */
function smallNumber({ text, start, end }: Cursor): number {
  let value = 0;
  for (let at = start; at < end; at++) value = 10 * value + text.charCodeAt(at) - 48;
  return value;
}

export function parseNumber(c: Cursor, start: number): Expression {
  const digits = parseDigits(c);
  c.height = 1;
  const span = c.spanFrom(start);
  const value: Long | undefined = typeof digits === 'number' ? digits : longFromBigInt(digits);
  if (value === undefined) c.report(integerTooLarge(digits.toString(), span));
  return { kind: 'lit', value: value ?? 0, span };
}

export function parseSlot(c: Cursor, start: number): Expression {
  const name = c.slice();
  c.next();
  c.height = 1;
  const span = c.spanFrom(start);
  if (name !== '?principal' && name !== '?resource') c.report(invalidSlot(name, span));
  else c.slots.push({ slot: name, span });
  return { kind: 'slot', slot: name as SlotId, span };
}
