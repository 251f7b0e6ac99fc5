/**
 * Own — a function with a text of its own.
 *
 * V8 keeps what it learns about calls with the text of a function. Rivals that are timed through one and the same closure would spoil each other's
 * calls, which no application does to its own code; so each gets a copy, and the loop around it too.
 */

const made = { functions: 0 };

/** The function that `text` says, which may name the members of `scope`. */
export function own<F>(text: string, scope: Readonly<Record<string, unknown>>): F {
  const names = Object.keys(scope);
  const make = new Function(...names, `"use strict"; // ${made.functions++}\nreturn ${text};`);
  return make(...names.map((name) => scope[name])) as F;
}

/** Where results escape to, so that none is optimized away. */
export interface Sink {
  last: unknown;
}

/** Answers `count` requests in turn, beginning with the one of that number. */
export type Loop = (first: number, count: number, sink: Sink) => void;

/** The loop over what `expression` says of the request of number `i`, below `requests`. */
export function loop(expression: string, scope: Readonly<Record<string, unknown>>, requests: number): Loop {
  const text = `(first, count, sink) => {
    let i = first % ${requests};
    for (let n = 0; n < count; n++) {
      sink.last = ${expression};
      if (++i === ${requests}) i = 0;
    }
  }`;
  return own(text, scope);
}
