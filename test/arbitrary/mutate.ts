/**
 * Mutate — a case with one thing changed: an expression, a scope, an entity, the requests.
 *
 * The same case and seed give the same change, so that a case is known by the seeds it came from.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { type Case, MISFIT } from './case.ts';
import { childrenOf, sizeOf, withChildrenOf } from './children.ts';
import { withConstantNoise } from './constant-noise.ts';
import { ExpressionMaker } from './expression.ts';
import { lit } from './node.ts';
import { PolicyMaker } from './policy.ts';
import { Random } from './random.ts';
import { arbitraryRequest, requestToward } from './request.ts';
import { spoiledFields } from './value.ts';
import type { World } from './world.ts';

export function mutated(given: Case, world: World, seed: number): Case {
  const random = new Random(seed, 1);
  const changed = random.chance(80) ? changedPolicies(given, world, random) : changedEntities(given, world, random);
  const misfit = MISFIT.loose;
  const requests = changed.requests.map((request) => {
    if (random.chance(50)) return request;
    return random.chance(70)
      ? requestToward(random, world, random.pick(changed.policies), changed.entities, misfit)
      : arbitraryRequest(random, world, misfit);
  });
  return { ...changed, requests };
}

function changedPolicies(given: Case, world: World, random: Random): Case {
  const i = random.int(given.policies.length);
  const policy = given.policies[i]!;
  const maker = new PolicyMaker(random, world, random.pick([MISFIT.typed, MISFIT.loose, MISFIT.any]));
  return { ...given, policies: given.policies.with(i, changedPolicy(policy, world, random, maker)) };
}

/** Scopes with slots stay, for links need them. */
function changedPolicy(policy: Policy, world: World, random: Random, maker: PolicyMaker): Policy {
  const fresh = maker.policy(0, 3);
  const { conditions } = policy;
  switch (random.int(7)) {
    case 0:
      return { ...policy, effect: policy.effect === 'permit' ? 'forbid' : 'permit' };
    case 1:
      return { ...policy, action: fresh.action };
    case 2:
      return withConstantNoise(random, policy);
    case 3:
      return { ...policy, conditions: fresh.conditions };
    default: {
      if (conditions.length === 0) return { ...policy, conditions: fresh.conditions };
      const i = random.int(conditions.length);
      const made = new ExpressionMaker(random, world, maker.environment(), random.pick([MISFIT.loose, MISFIT.any]));
      const body = replacedAt(conditions[i]!.body, random.int(sizeOf(conditions[i]!.body)), (old) =>
        another(old, random, made),
      );
      return { ...policy, conditions: conditions.with(i, { ...conditions[i]!, body }) };
    }
  }
}

/** Another expression for the same place: new, an operand of the old one, or a literal. */
function another(old: Expression, random: Random, made: ExpressionMaker): Expression {
  const children = childrenOf(old);
  if (children.length > 0 && random.chance(20)) return random.pick(children);
  if (random.chance(20)) return lit(random.chance(50));
  return random.chance(40) ? made.make({ kind: 'bool' }, 2) : made.any(2);
}

/** The expression with its `n`th node, counted from above, replaced. */
function replacedAt(e: Expression, n: number, replace: (old: Expression) => Expression): Expression {
  if (n === 0) return replace(e);
  let rest = n - 1;
  const children = childrenOf(e).map((child) => {
    const size = sizeOf(child);
    const here = rest >= 0 && rest < size;
    const next = here ? replacedAt(child, rest, replace) : child;
    rest -= size;
    return next;
  });
  return withChildrenOf(e, children);
}

function changedEntities(given: Case, world: World, random: Random): Case {
  if (given.entities.length === 0) return given;
  const i = random.int(given.entities.length);
  const entity = given.entities[i]!;
  if (random.chance(30)) return { ...given, entities: given.entities.filter((_, at) => at !== i) };
  if (world.schema.actionTypes.has(entity.uid.type)) return given;
  return {
    ...given,
    entities: given.entities.with(i, { ...entity, attrs: spoiledFields(random, world, new Map(entity.attrs)) }),
  };
}
