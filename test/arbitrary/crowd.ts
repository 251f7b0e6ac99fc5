/**
 * Crowd — many policies of a few shapes, which differ in their literals only: what compilers make tables of.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { EntityUidOrSlot, Policy, Scope } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Prim } from '../../src/value/value.ts';
import { childrenOf, withChildrenOf } from './children.ts';
import { lit } from './node.ts';
import type { Random } from './random.ts';
import { arbitraryLong, arbitraryString, arbitraryUid } from './value.ts';
import type { World } from './world.ts';

/** The given policies and a crowd like some of them; templates have their links and stay alone. */
export function crowded(
  random: Random,
  world: World,
  policies: readonly Policy[],
  isStatic: (policy: Policy) => boolean,
): Policy[] {
  const models = policies.filter(isStatic).slice(0, 3);
  if (models.length === 0) return [...policies];
  const like = Array.from({ length: random.between(60, 90) }, (_, i) => ({
    ...alike(random, world, models[i % models.length]!),
    id: `crowd${i}`,
  }));
  return [...policies, ...like];
}

function alike(random: Random, world: World, policy: Policy): Policy {
  return {
    ...policy,
    principal: scopeLike(random, world, policy.principal),
    resource: scopeLike(random, world, policy.resource),
    conditions: policy.conditions.map((condition) => ({
      ...condition,
      body: expressionLike(random, world, condition.body),
    })),
  };
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

function primLike(random: Random, world: World, value: Prim): Prim {
  if (value instanceof EntityUid) return arbitraryUid(random, world, value.type);
  if (typeof value === 'boolean' || random.chance(30)) return value;
  return typeof value === 'string' ? arbitraryString(random) : arbitraryLong(random);
}
