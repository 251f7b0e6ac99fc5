/**
 * Once — what is made when it is first asked for, and kept.
 *
 * For tables and regular expressions that most processes never need.
 */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * A regular expression with classes of Unicode, given as text: V8 checks a literal together with the text around it, even inside a function that is
 * never called, and finds out what is in its classes for that; with four of them each process began a millisecond later.
 */
export function unicodePattern(source: string): () => RegExp {
  return once(() => new RegExp(source, 'u'));
}
