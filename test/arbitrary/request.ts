/**
 * Arbitrary request — one that the schema allows and the entities know, but for a share of misfits.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import { ACTION_IDS } from './pool.ts';
import type { Random } from './random.ts';
import { arbitraryFields, arbitraryUid, spoiledFields } from './value.ts';
import type { World } from './world.ts';

export function arbitraryRequest(random: Random, world: World, misfit: number): Request {
  const usable = world.actions.filter(({ appliesToPrincipal }) => appliesToPrincipal.size > 0);
  const action = random.pick(usable);
  const spoil = misfit > 0 && random.chance(misfit * 3);
  const type = (applies: ReadonlySet<string>) =>
    random.pick(spoil && random.chance(40) ? world.entityTypes : [...applies]);
  const context = arbitraryFields(random, world, action.context);
  return {
    principal: uidOf(random, world, type(action.appliesToPrincipal)),
    action: spoil && random.chance(20) ? new EntityUid(action.uid.type, random.pick(ACTION_IDS)) : action.uid,
    resource: uidOf(random, world, type(action.appliesToResource)),
    context: new CedarRecord(spoil ? spoiledFields(random, world, context) : context),
  };
}

/** Entities of an enumeration are those that it lists. */
function uidOf(random: Random, world: World, type: string): EntityUid {
  const entry = world.schema.entityTypes.get(type);
  return entry?.kind === 'enum' ? new EntityUid(type, random.pick(entry.ids)) : arbitraryUid(random, world, type);
}
