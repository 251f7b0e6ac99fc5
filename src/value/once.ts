/**
 * Once — what is made when it is first asked for, and kept.
 *
 * For tables and regular expressions that most processes never need. V8 reads a regular expression's literal, with its classes of Unicode, together
 * with the text around it, even inside a function that is never called: that cost each process half a millisecond.
 */
export function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
