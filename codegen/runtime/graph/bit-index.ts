/**
 * Bit index — the dense number of an entity that has descendants or stands in a set, as a word and a bit.
 *
 *     word  index >> 5
 *     bit   1 << index       JavaScript takes the last five bits of a shift count
 *
 * Only thirty bits of a word are used: as many as a small integer of V8 has on every machine.
 */

/** The index of an entity that needs none: its bit is never set. */
export const NO_BIT = 31;

const BITS_A_WORD = 30;

/** The bit index of a number; numbers count from zero. */
export function bitIndexOf(number: number): number {
  return (Math.floor(number / BITS_A_WORD) << 5) | (number % BITS_A_WORD);
}

export function numberOf(word: number, bit: number): number {
  return word * BITS_A_WORD + 31 - Math.clz32(bit);
}

export function wordOf(bit: number): number {
  return bit >> 5;
}

export function bitOf(bit: number): number {
  return 1 << bit;
}

/** Whatever has a bit index. */
export interface WithBit {
  $bit: number;
}
