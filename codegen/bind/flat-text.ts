/**
 * Flat text — a string with characters of its own.
 *
 * V8 keeps what is cut out of a longer text, such as a literal of a policy, as a reference to it, and compares such strings by a call of some 100 ns
 * where flat ones take 5.
 */

import { REFERENCED_FROM } from '../plan/limits.ts';

export function flatText(text: string): string {
  // The JSON of a text is another one, and what is parsed has characters of its own.
  return text.length < REFERENCED_FROM ? text : (JSON.parse(JSON.stringify(text)) as string);
}
