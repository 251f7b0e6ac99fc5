/**
 * Argument cache — what was made of arguments that come again in call after call, found by their content.
 *
 * Technique: a list of the last few, the last one first, each beside a copy of its argument. To compare with those that differ ends at the first
 * difference, so that no hash is needed.
 */
import { isPrototypePolluted } from '../value/own-member.ts';
import { isSameJson, jsonCopy, plainOf } from './json-copy.ts';

/** Arguments that are remembered. */
const ARGUMENTS_AT_MOST = 16;

interface Known<T> {
  readonly copy: unknown;
  readonly made: T;
}

export class ArgumentCache<T> {
  readonly #known: Known<T>[] = [];
  /** What came the last time and was not known: most arguments that come once never come again. */
  #seenOnce: unknown;

  /** What is known of the argument; `undefined` if nothing is. */
  find(argument: unknown): T | undefined {
    if (isPrototypePolluted()) return undefined;
    const found = this.#known.findIndex(({ copy }) => isSameJson(argument, copy));
    if (found < 0) return undefined;
    const known = this.#known[found]!;
    if (found > 0) {
      this.#known.splice(found, 1);
      this.#known.unshift(known);
    }
    return known.made;
  }

  /** Makes it of the argument, and remembers it from the second time on if it may be kept: there is a copy of the argument. */
  make(argument: unknown, make: (argument: unknown) => T, mayKeep: (made: T) => boolean): T {
    if (isPrototypePolluted()) return make(argument);
    if (!isSameJson(argument, this.#seenOnce)) {
      this.#seenOnce = jsonCopy(argument);
      return make(argument);
    }
    const copy = this.#seenOnce;
    const made = make(plainOf(copy));
    if (!mayKeep(made)) return made;
    this.#seenOnce = undefined;
    this.#known.unshift({ copy, made });
    if (this.#known.length > ARGUMENTS_AT_MOST) this.#known.pop();
    return made;
  }
}
