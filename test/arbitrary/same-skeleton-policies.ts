/**
 * Crowd — many policies of a few shapes, which differ in their literals only: what compilers make tables of.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { ActionScope, EntityUidOrSlot, Policy, Scope } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Prim } from '../../src/value/value.ts';
import { childrenOf, withChildrenOf } from './children.ts';
import { binary, lit, set, variable } from './node.ts';
import { when } from './policy.ts';
import { ENTITY_IDS } from './pool.ts';
import type { Random } from './random.ts';
import { arbitraryLong, arbitraryString, arbitraryUid } from './value.ts';
import type { World } from './world.ts';

/** The given policies and a crowd like some of them; templates have their links and stay alone. */
export function withSameSkeleton(
  random: Random,
  world: World,
  policies: readonly Policy[],
  isStatic: (policy: Policy) => boolean,
  size: number,
): Policy[] {
  const models = policies.filter(isStatic).slice(0, 3);
  if (models.length === 0) return [...policies];
  const like = Array.from({ length: size }, (_, i) => ({
    ...alike(random, world, models[i % models.length]!),
    id: `crowd${i}`,
  }));
  return [...policies, ...like];
}

function alike(random: Random, world: World, policy: Policy): Policy {
  return {
    ...policy,
    principal: scopeLike(random, world, policy.principal),
    action: random.chance(30) ? otherAction(random, world) : policy.action,
    resource: scopeLike(random, world, policy.resource),
    conditions: policy.conditions.map((condition) => ({
      ...condition,
      body: expressionLike(random, world, condition.body),
    })),
  };
}

/** Code is shared by policies of other actions too. */
export function otherAction(random: Random, world: World): ActionScope {
  const [span, uidSpan] = [undefined, undefined];
  const { uid, ancestors } = random.pick(world.actions);
  if (random.chance(30)) return { kind: 'any', span };
  if (random.chance(40)) return { kind: 'mem', uid: random.pick([uid, ...ancestors]), uidSpan, span };
  const uids = [uid, ...ancestors];
  return { kind: 'memAny', uids, uidSpans: uids.map(() => uidSpan), span };
}

function scopeLike(random: Random, world: World, scope: Scope): Scope {
  if (!('entity' in scope) || scope.entity.kind === 'slot') return scope;
  const entity: EntityUidOrSlot = { ...scope.entity, uid: arbitraryUid(random, world, scope.entity.uid.type) };
  return { ...scope, entity };
}

function expressionLike(random: Random, world: World, e: Expression): Expression {
  if (e.kind === 'lit') return lit(primLike(random, world, e.value));
  if (e.kind === 'set' || e.kind === 'record' || e.kind === 'call') return e;
  return withChildrenOf(
    e,
    childrenOf(e).map((child) => expressionLike(random, world, child)),
  );
}

/** Another literal of the same kind. */
export function primLike(random: Random, world: World, value: Prim): Prim {
  if (value instanceof EntityUid) return arbitraryUid(random, world, value.type);
  if (typeof value === 'boolean' || random.chance(30)) return value;
  return typeof value === 'string' ? arbitraryString(random) : arbitraryLong(random);
}

/** Two policies about sets of entities that have the same ids and may be of different types. */
export function twins(random: Random, world: World, policy: Policy): Policy[] {
  const ids = random.list(1, 2, () => random.pick(ENTITY_IDS.slice(0, 3)));
  const who = variable(random.pick(['principal', 'resource']));
  return ['twin', 'other twin'].map((id) => {
    const type = random.pick(world.entityTypes);
    const body = binary('contains', set(ids.map((each) => lit(new EntityUid(type, each)))), who);
    return { ...policy, id, conditions: [when(body)] };
  });
}
