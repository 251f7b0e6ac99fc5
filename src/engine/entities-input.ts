/**
 * Entities input — the data of a request, as an application gives them.
 */
import { type EntityInput, EntityStore } from './entity-store.ts';

/** The data of a request: a store, or the JSON entities themselves. */
export type EntitiesInput = EntityStore | readonly EntityInput[];

/** Refuses what was forgotten, and what is neither a store nor a list. */
export function requireEntities(entities: unknown): asserts entities is EntitiesInput {
  if (entities instanceof EntityStore || Array.isArray(entities)) return;
  const given = entities === null ? 'null' : typeof entities;
  throw new TypeError(
    `the entities must be an \`EntityStore\`, or a list of entities (\`[]\` for none), got \`${given}\``,
  );
}
