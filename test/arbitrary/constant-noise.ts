/**
 * Salt — a policy with operations that a literal decides strewn into it: what folds feed on, and what they could spoil.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { childrenOf, withChildrenOf } from './children.ts';
import { binary, chain, ite, lit, unary } from './node.ts';
import type { Random } from './random.ts';

export function withConstantNoise(random: Random, policy: Policy): Policy {
  return {
    ...policy,
    conditions: policy.conditions.map((condition) => ({ ...condition, body: constantNoise(random, condition.body) })),
  };
}

/** Any place may hold what is not a Bool: then the check of it must stay. */
function constantNoise(random: Random, e: Expression): Expression {
  const inner = withChildrenOf(
    e,
    childrenOf(e).map((child) => constantNoise(random, child)),
  );
  if (!random.chance(18)) return inner;
  switch (random.int(9)) {
    case 0:
      return chain('and', lit(true), inner);
    case 1:
      return chain('and', inner, lit(random.chance(50)));
    case 2:
      return chain('or', lit(false), inner);
    case 3:
      return chain('or', inner, lit(random.chance(50)));
    case 4:
      return unary('!', unary('!', inner));
    case 5:
      return ite(lit(true), inner, lit(0));
    case 6:
      return ite(lit(false), lit(0), inner);
    case 7:
      return ite(binary('==', lit(1), lit(random.int(2))), inner, lit(false));
    default:
      return chain('and', chain('and', lit(true), inner), chain('and', lit(true), lit(true)));
  }
}
