/**
 * Set — an unordered collection of distinct values of any kinds.
 *
 * Bools, Longs and strings are told apart by a native `Set`; all else by its value key, so membership never searches.
 *
 * Spec:  Cedar.Spec.Value: Value.set;  Cedar.Data.Set
 */
import type { Long } from './long.ts';
import type { Value } from './value.ts';
import { valueKey } from './value-key.ts';

export class CedarSet {
  static readonly empty = CedarSet.from([]);

  /** Each element once, in the order of first sight. */
  readonly elements: readonly Value[];
  readonly #plain: ReadonlySet<boolean | Long | string>;
  readonly #keyed: ReadonlySet<string>;
  #key: string | undefined;

  private constructor(
    elements: readonly Value[],
    plain: ReadonlySet<boolean | Long | string>,
    keyed: ReadonlySet<string>,
  ) {
    this.elements = elements;
    this.#plain = plain;
    this.#keyed = keyed;
  }

  /** Drops duplicates at any depth. */
  static from(values: Iterable<Value>): CedarSet {
    const elements: Value[] = [];
    const plain = new Set<boolean | Long | string>();
    const keyed = new Set<string>();
    for (const value of values) {
      if (typeof value === 'object') {
        const key = valueKey(value);
        if (keyed.has(key)) continue;
        keyed.add(key);
      } else {
        if (plain.has(value)) continue;
        plain.add(value);
      }
      elements.push(value);
    }
    return new CedarSet(elements, plain, keyed);
  }

  /** The same set of other objects: `copy` gives an equal value for each element. */
  withEqual(copy: (element: Value) => Value): CedarSet {
    return new CedarSet(this.elements.map(copy), this.#plain, this.#keyed);
  }

  get size(): number {
    return this.elements.length;
  }

  has(value: Value): boolean {
    return typeof value === 'object' ? this.#keyed.has(valueKey(value)) : this.#plain.has(value);
  }

  /** Whether every element of `other` is in this set. */
  hasAll(other: CedarSet): boolean {
    return other.size <= this.size && other.elements.every((value) => this.has(value));
  }

  hasAny(other: CedarSet): boolean {
    const [small, large] = other.size < this.size ? [other, this] : [this, other];
    return small.elements.some((value) => large.has(value));
  }

  equals(other: CedarSet): boolean {
    return this.size === other.size && this.hasAll(other);
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'set';
  }

  /** See value-key.ts. */
  get key(): string {
    this.#key ??= `[${this.elements.map(valueKey).sort().join(',')}]`;
    return this.#key;
  }
}
