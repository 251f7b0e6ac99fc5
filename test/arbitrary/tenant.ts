/**
 * Tenant — policies that compare the same attribute and differ in with what: compilers may find them by its value, if nothing comes before.
 */
import type { Policy } from '../../src/syntax/policy.ts';
import type { Prim } from '../../src/value/value.ts';
import { type Attribute, arbitraryHolder, attributesThat, guarded, held, scopeOf } from './holder.ts';
import { binary, chain, lit } from './node.ts';
import { policyOf, when } from './policy.ts';
import type { Random } from './random.ts';
import { reusedValueOf } from './reused-values.ts';
import { arbitraryValueOf } from './value.ts';
import type { World } from './world.ts';

const COMPARED: readonly string[] = ['string', 'long', 'entity'];

/** None without such an attribute. */
export function tenants(random: Random, world: World, size: number): Policy[] {
  const holder = arbitraryHolder(random, world);
  const compared = attributesThat(holder, ({ kind }) => COMPARED.includes(kind));
  if (compared.length === 0) return [];
  const [first, second] = [random.pick(compared), random.pick(compared)];
  const [ofFirst, ofSecond] = [choice(random, world, first), choice(random, world, second)];
  const op = random.chance(70) ? '==' : '!=';
  const [isGuarded, isLonger] = [random.chance(40), random.chance(40)];
  const parts = {
    effect: random.chance(65) ? 'permit' : 'forbid',
    ...(random.chance(40) ? scopeOf(holder) : {}),
  } as const;
  return Array.from({ length: size }, (_, i) => {
    const told = binary(op, held(holder, first), lit(ofFirst()));
    const test = isGuarded ? guarded(holder, first, told) : told;
    const more = isLonger ? chain('and', test, binary('==', held(holder, second), lit(ofSecond()))) : test;
    return policyOf(`tenant${i}`, { ...parts, conditions: [when(more)] });
  });
}

/** One of a few values, so that several tenants have the same, and of those that entities have. */
function choice(random: Random, world: World, { type }: Attribute): () => Prim {
  const few = random.list(2, 4, () => reusedValueOf(random, world, type) ?? arbitraryValueOf(random, world, type));
  return () => random.pick(few) as Prim;
}
