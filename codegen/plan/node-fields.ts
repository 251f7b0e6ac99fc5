/**
 * Node fields — which field of a node holds which attribute.
 *
 * A field begins with `_`, so an attribute cannot meet a member that objects have anyway, except for some that begin with `__`. Nodes declare their
 * fields, so all have one hidden class. V8 makes dictionaries of objects with too many fields; then only those with `__` are declared, and a field
 * that is not there reads as `undefined` all the same.
 */
import { DECLARED_FIELDS_AT_MOST } from './limits.ts';

export class Fields {
  readonly #fields = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** The field of an attribute; a new one when it is asked for the first time. */
  of(attribute: string): string {
    let field = this.#fields.get(attribute);
    if (field === undefined) {
      const base = `_${attribute.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 40)}`;
      field = base;
      for (let n = 2; this.#taken.has(field); n++) field = `${base}$${n}`;
      this.#taken.add(field);
      this.#fields.set(attribute, field);
    }
    return field;
  }

  has(attribute: string): boolean {
    return this.#fields.has(attribute);
  }

  get size(): number {
    return this.#fields.size;
  }

  /** Attributes and their fields, in the order of first sight. */
  entries(): readonly (readonly [attribute: string, field: string])[] {
    return [...this.#fields];
  }

  /** Those that the class declares. */
  get declared(): readonly string[] {
    const all = [...this.#fields.values()];
    return all.length <= DECLARED_FIELDS_AT_MOST ? all : all.filter((field) => field.startsWith('__'));
  }
}
