/**
 * LRU cache — values by key; when it is full, it forgets the one that was unused for the longest time.
 *
 * Technique: a map keeps insertion order, so each use inserts its key again.
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
