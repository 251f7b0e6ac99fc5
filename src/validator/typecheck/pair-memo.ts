/**
 * Pair memo — what was found of two types, by their identity.
 *
 * A common type that others mention is one object in all of them, so types are graphs, and what compares two as trees takes time exponential in their
 * depth. Types never change, and a memo holds none alive.
 */
import type { Type } from '../type.ts';

export class PairMemo<T> {
  readonly #found = new WeakMap<Type, WeakMap<Type, T>>();

  of(a: Type, b: Type, find: () => T): T {
    let ofFirst = this.#found.get(a);
    if (ofFirst === undefined) {
      ofFirst = new WeakMap();
      this.#found.set(a, ofFirst);
    }
    let found = ofFirst.get(b);
    if (found === undefined) {
      found = find();
      ofFirst.set(b, found);
    }
    return found;
  }
}
