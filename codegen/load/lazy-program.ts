/**
 * Lazy program — the two functions of a program, each compiled at its first call.
 *
 * Callers that ask for decisions seldom ask for full answers, and the first request waits for the compiler.
 */
import type { Mode } from '../emit/program-options.ts';
import type { Loaded } from '../runtime/program/loaded.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Each function stands in for itself until it is made. */
export function compileOnFirstCall(make: (only: Mode) => Loaded): Loaded {
  const loaded: Mutable<Loaded> = {
    full: (...request) => {
      loaded.full = make('full').full;
      return loaded.full(...request);
    },
    decide: (...request) => {
      loaded.decide = make('decide').decide;
      return loaded.decide(...request);
    },
  };
  return loaded;
}
