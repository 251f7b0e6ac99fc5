/**
 * Place — of an entity that others are below or that stands in a set: a word, and one of its bits.
 *
 *     word  place >> 5
 *     bit   1 << place       JavaScript takes the last five bits of a shift alone
 *
 * Only thirty of the bits are used: as many as a small integer has on every machine.
 */

/** Of an entity that needs none: its bit is never set. */
export const NO_BIT = 31;

const BITS_A_WORD = 30;

/** The place of that number, from zero on. */
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

/** What has a place among such numbers. */
export interface WithBit {
  $bit: number;
}
