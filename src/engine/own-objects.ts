/**
 * Own objects — requests that name entities by objects of a mapping, for questions that look into a store.
 */

import type { Schema } from '../schema/schema.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import { EntitySource } from '../value/entity-source.ts';
import type { EntitiesInput } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';

/** Throws `UsageError` if an own object is read by another schema than the engine's, which policies were validated against. */
export function requireSchema(schema: object, own: object | undefined): void {
  if (own === undefined || own === schema) return;
  throw new UsageError('the mapping is of another schema than the engine', 'make both of one and the same schema');
}

/** The entities with the own objects among these, which hide what there is of the same uid. */
export function withSources(
  entities: EntitiesInput,
  parts: readonly unknown[],
  schema: object | undefined,
): EntitiesInput {
  const sources = parts.filter((part) => part instanceof EntitySource);
  if (sources.length === 0) return entities;
  for (const source of sources) requireSchema(source.schema, schema);
  const store =
    entities instanceof EntityStore
      ? entities
      : EntityStore.from(entities, schema === undefined ? {} : { schema: schema as Schema });
  return store.with(sources);
}
