/**
 * Sweep — handles that hold no entity and that nothing mentions.
 *
 * Technique: mark and sweep. Candidates are the handles without an entity; what the values of entities mention is struck off.
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';
import type { EntityHandle } from './entity-handle.ts';

/** `isNeeded` tells what else may mention a handle: parents, programs. */
export function unmentioned(
  handles: Iterable<EntityHandle>,
  isNeeded: (handle: EntityHandle) => boolean,
): readonly EntityHandle[] {
  const all = [...handles];
  const candidates = new Map<string, EntityHandle>();
  for (const handle of all) {
    if (handle.entity === undefined && !isNeeded(handle)) candidates.set(handle.key, handle);
  }
  for (const { entity } of all) {
    if (entity === undefined || candidates.size === 0) continue;
    for (const name of entity.attrs.keys()) strike(candidates, entity.attrs.get(name)!);
    for (const name of entity.tags.keys()) strike(candidates, entity.tags.get(name)!);
  }
  return [...candidates.values()];
}

function strike(candidates: Map<string, EntityHandle>, value: Value): void {
  if (typeof value !== 'object') return;
  if (value instanceof EntityUid) candidates.delete(value.key);
  else if (value instanceof CedarSet) for (const element of value.elements) strike(candidates, element);
  else if (value instanceof CedarRecord) for (const field of value.fields.values()) strike(candidates, field);
}
