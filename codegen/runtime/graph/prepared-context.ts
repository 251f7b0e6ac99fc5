/**
 * Prepared context — a context that many requests have: copied once, so that it never changes, and read once by each reader (context-node.ts).
 *
 * A proxy of one, or an object that inherits from one, is another object: it is read, or refused, like any.
 */

/** What `engine.prepareContext` gives. It stands in requests for the context that it was made from, as that was then. */
export class PreparedContext<Context extends object = object> {
  static #made = 0;
  readonly #data: Context;
  /** Consecutive. */
  readonly #number: number;

  /** `data` must not change: it is a copy that nobody else has. */
  constructor(data: Context) {
    this.#data = data;
    this.#number = PreparedContext.#made++;
    Object.freeze(this);
  }

  /** The context itself; `undefined` for what is not a prepared context. */
  static dataOf(given: object): object | undefined {
    return #data in given ? given.#data : undefined;
  }

  /** `undefined` for what is not a prepared context. */
  static numberOf(given: object): number | undefined {
    return #number in given ? given.#number : undefined;
  }
}
