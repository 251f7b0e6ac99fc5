/**
 * Schema required — the error of questions that only types can answer.
 */
import { CedarmillError } from '../value/cedarmill-error.ts';

/** A question that only types can answer was asked of an engine without a schema. */
export class SchemaRequired extends CedarmillError {
  static override readonly kind = 'SchemaRequired';
  override readonly name = 'SchemaRequired';

  constructor(what: string) {
    super('schemaRequired', `${what} needs a schema: compile(policies, { schema })`);
  }
}
