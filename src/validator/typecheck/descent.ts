/**
 * Descent — which entities can be `in` which, as far as the schema tells.
 *
 * Spec:  Cedar.Validation.Types: ActionSchema.descendentOf, EntitySchema.descendentOf, maybeDescendentOf
 */
import type { Schema } from '../../schema/schema.ts';
import type { EntityType, EntityUid } from '../../value/entity-uid.ts';

/** May an entity of type `below` be in one of type `above`? */
export function mayDescend(below: EntityType, above: EntityType, schema: Schema): boolean {
  if (below === above) return true;
  const entry = schema.entityTypes.get(below);
  if (entry?.kind === 'standard' && entry.ancestors.has(above)) return true;
  return schema.actionTypes.has(below) && mayActionDescend(below, above, schema);
}

function mayActionDescend(below: EntityType, above: EntityType, schema: Schema): boolean {
  for (const { uid, ancestors } of schema.actions.values()) {
    if (uid.type === below && ancestors.some(({ type }) => type === above)) return true;
  }
  return false;
}

/** Is the declared action `below` the action `above`, or in it? */
export function actionDescends(below: EntityUid, above: EntityUid, schema: Schema): boolean {
  if (below.equals(above)) return true;
  return schema.actions.get(below.key)?.ancestors.some((ancestor) => ancestor.equals(above)) ?? false;
}
