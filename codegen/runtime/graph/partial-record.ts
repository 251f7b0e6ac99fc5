/**
 * Partial record — a record of which only the attributes were read that some policy asks for. Error messages still list all names.
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
