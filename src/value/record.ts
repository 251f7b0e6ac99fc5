/**
 * Record — named values; key order means nothing.
 *
 * Spec:  Cedar.Spec.Value: Value.record;  Cedar.Data.Map
 */
import type { Value } from './value.ts';
import { valueKey } from './value-key.ts';

export class CedarRecord {
  static readonly empty = new CedarRecord(new Map());

  readonly fields: ReadonlyMap<string, Value>;
  #key: string | undefined;

  constructor(fields: ReadonlyMap<string, Value>) {
    this.fields = fields;
  }

  get(name: string): Value | undefined {
    return this.fields.get(name);
  }

  has(name: string): boolean {
    return this.fields.has(name);
  }

  equals(other: CedarRecord): boolean {
    return this.fields.size === other.fields.size && this.key === other.key;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'record';
  }

  /** See value-key.ts. */
  get key(): string {
    if (this.#key === undefined) {
      const names = [...this.fields.keys()].sort();
      this.#key = `{${names.map((name) => `${JSON.stringify(name)}:${valueKey(this.fields.get(name)!)}`).join(',')}}`;
    }
    return this.#key;
  }
}
