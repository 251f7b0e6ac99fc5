/**
 * LRU cache — what is made at some cost, by key; of more than it holds, the one that was not asked for the longest is forgotten.
 *
 * Technique: a map keeps its keys in the order in which they were put in; one that is asked for is put in again.
 */
export class LruCache<V> {
  readonly #atMost: number;
  readonly #values = new Map<string, V>();

  constructor(atMost: number) {
    this.#atMost = atMost;
  }

  get size(): number {
    return this.#values.size;
  }

  get(key: string): V | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  set(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#atMost) return;
    const [oldest] = this.#values.keys();
    this.#values.delete(oldest!);
  }

  getOrMake(key: string, make: () => V): V {
    const known = this.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.set(key, value);
    return value;
  }

  clear(): void {
    this.#values.clear();
  }
}
