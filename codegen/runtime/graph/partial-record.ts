/**
 * Partial record — a record of which only those attributes were taken over that some policy reads; messages tell of all of them.
 */
import { CedarRecord } from '../../../src/value/record.ts';
import type { Value } from '../../../src/value/value.ts';

export class PartialRecord extends CedarRecord {
  /** The names of all its attributes. */
  readonly names: readonly string[];

  constructor(fields: ReadonlyMap<string, Value>, names: readonly string[]) {
    super(fields);
    this.names = names;
  }
}
