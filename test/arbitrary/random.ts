/**
 * Random — all chance that generators take, from a seed: the same seed makes the same case on every machine.
 *
 * Algorithm: sfc32 (C. Doty-Humphrey), which passes PractRand and costs a few machine instructions.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  /** `stream` tells apart generators of one seed, such as those of several workers. */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = Math.floor(seed / 2 ** 32) | 0;
    this.#c = stream | 0;
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number of 32 bits. */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** A seed for another generator: 53 bits. */
  seed(): number {
    return (this.next() & 0x1f_ffff) * 2 ** 32 + this.next();
  }

  /** A whole number from 0 to `n` - 1. */
  int(n: number): number {
    return Math.floor((this.next() / 2 ** 32) * n);
  }

  /** From `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + this.int(max - min + 1);
  }

  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean {
    return this.next() < percent * 42_949_672.96;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)]!;
  }

  /** One of the keys, as often as its weight says. */
  weighted<K extends string>(weights: Weights<K>): K {
    let rest = this.int(weights.total);
    for (let i = 0; i < weights.keys.length; i++) {
      rest -= weights.counts[i]!;
      if (rest < 0) return weights.keys[i]!;
    }
    return weights.keys[0]!;
  }

  /** `min` to `max` of what `make` makes. */
  list<T>(min: number, max: number, make: (i: number) => T): T[] {
    return Array.from({ length: this.between(min, max) }, (_, i) => make(i));
  }

  /** Some elements in their order, each with the same chance. */
  some<T>(list: readonly T[], percent: number): T[] {
    return list.filter(() => this.chance(percent));
  }
}

export interface Weights<K extends string> {
  readonly keys: readonly K[];
  readonly counts: readonly number[];
  readonly total: number;
}

export function weights<K extends string>(table: Readonly<Record<K, number>>): Weights<K> {
  const keys = Object.keys(table) as K[];
  const counts = keys.map((key) => table[key]);
  return { keys, counts, total: counts.reduce((a, b) => a + b, 0) };
}
