/**
 * Unknown — what stands in data for a value that is not known yet. Whatever needs to know it errs.
 *
 * Only callers that ask for unknowns get them; compiled programs never meet one.
 */
import { CedarRecord } from './record.ts';
import { CedarSet } from './set.ts';
import type { Value } from './value.ts';

export class Unknown {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'unknown';
  }

  /** See value-key.ts. */
  get key(): string {
    return `@unknown(${JSON.stringify(this.name)})`;
  }
}

/** The first unknown in a value, at any depth. */
export function findUnknown(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  const parts = value instanceof CedarSet ? value.elements : value instanceof CedarRecord ? value.fields.values() : [];
  for (const part of parts) {
    const unknown = findUnknown(part);
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
