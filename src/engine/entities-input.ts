/**
 * Entities input — the data of a request, as an application gives them.
 */
import { UsageError } from '../value/cedarmill-error.ts';
import { type EntityInput, EntityStore } from './entity-store.ts';

/** The data of a request: a store, or the JSON entities themselves. */
export type EntitiesInput = EntityStore | readonly EntityInput[];

const FORMS = 'give an `EntityStore`, or a list of entities, `[]` for none';

/** Refuses what was forgotten, and what is neither a store nor a list. Throws `UsageError`. */
export function requireEntities(entities: unknown): asserts entities is EntitiesInput {
  if (entities instanceof EntityStore || Array.isArray(entities)) return;
  if (entities === undefined) throw new UsageError('the entities are missing', FORMS);
  const text = typeof entities === 'string' ? '; JSON text is read by `EntityStore.from(text)`' : '';
  throw new UsageError(`the entities are \`${entities === null ? null : typeof entities}\``, `${FORMS}${text}`);
}
