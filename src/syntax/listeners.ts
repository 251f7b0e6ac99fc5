/**
 * Listeners — who is told of changes, after they happened.
 *
 * A change is complete whatever a listener throws: all others are told, and the first error is thrown then.
 */
export class Listeners<T extends readonly unknown[]> {
  readonly #listeners = new Set<(...what: T) => void>();

  /** The function it gives ends the telling. The same listener may be added twice. */
  add(listener: (...what: T) => void): () => void {
    const own = (...what: T) => listener(...what);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  tell(...what: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.#listeners]) {
      try {
        listener(...what);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  clear(): void {
    this.#listeners.clear();
  }
}
