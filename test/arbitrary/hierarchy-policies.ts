/**
 * Kinship — policies that ask in their conditions who is in what: in entities and sets that they name, and in those that attributes hold.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import { arbitraryHolder, attributesThat, guarded, type Holder, held, scopeOf } from './holder.ts';
import { binary, chain, lit, set, variable } from './node.ts';
import { policyOf, when } from './policy.ts';
import type { Random } from './random.ts';
import { arbitraryUid } from './value.ts';
import type { World } from './world.ts';

export function hierarchyPolicies(random: Random, world: World, entities: readonly Entity[]): Policy[] {
  const parents = entities.flatMap((entity) => entity.parents).filter(({ type }) => world.entityTypes.includes(type));
  const group = () =>
    parents.length > 0 && random.chance(75)
      ? random.pick(parents)
      : arbitraryUid(random, world, random.pick(world.entityTypes));
  return random.list(1, 5, (i) => {
    const holder = arbitraryHolder(random, world);
    const effect = random.chance(70) ? 'permit' : 'forbid';
    const scope = random.chance(70) ? scopeOf(holder) : {};
    const body = random.chance(60) ? ofAttribute(random, holder, group) : undefined;
    const test = body ?? binary('in', variable(holder.name), named(random, group));
    const either = chain('or', test, binary('in', variable(random.pick(['principal', 'resource'])), lit(group())));
    return policyOf(`kin${i}`, { effect, ...scope, conditions: [when(random.chance(50) ? either : test)] });
  });
}

/** A group, or some. */
function named(random: Random, group: () => EntityUid): Expression {
  return random.chance(50) ? lit(group()) : set(random.list(1, 6, group).map(lit));
}

/** About an attribute that holds an entity or a set of some; `undefined` if there is none. */
function ofAttribute(random: Random, holder: Holder, group: () => EntityUid): Expression | undefined {
  const found = attributesThat(
    holder,
    (type) => type.kind === 'entity' || (type.kind === 'set' && type.element.kind === 'entity'),
  );
  if (found.length === 0) return undefined;
  const sets = found.filter(({ type }) => type.kind === 'set');
  const attribute = random.pick(sets.length > 0 && random.chance(50) ? sets : found);
  const value = held(holder, attribute);
  const who = variable(random.pick(['principal', 'resource']));
  const test =
    attribute.type.kind === 'set'
      ? random.pick([binary('in', who, value), binary('contains', value, who)])
      : random.pick([binary('in', who, value), binary('in', value, named(random, group))]);
  return !attribute.required && random.chance(85) ? guarded(holder, attribute, test) : test;
}
