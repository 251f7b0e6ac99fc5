/**
 * Sibling — a policy and others that differ from it in one place: what may share code with it, and what must not.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Condition, Policy, Scope } from '../../src/syntax/policy.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { nodesOf, replace } from './children.ts';
import { binary, call, chain, getAttr, hasAttr, is, like, lit, set, variable } from './node.ts';
import { when } from './policy.ts';
import { ATTRIBUTES } from './pool.ts';
import type { Random } from './random.ts';
import { otherAction, primLike } from './same-skeleton-policies.ts';
import { arbitraryUid } from './value.ts';
import type { World } from './world.ts';

const ANY: Scope = { kind: 'any', span: undefined };

export function variants(random: Random, world: World, policy: Policy): Policy[] {
  const [first, ...rest] = policy.conditions;
  // What is decided while code is made keeps a policy from sharing that of others, so that half of them have nothing of the kind.
  const test = random.chance(50) ? () => open(random, world) : () => edged(random, world);
  const short = () => when(random.chance(50) ? test() : chain('or', test(), test()));
  const told = first === undefined || random.chance(60) ? short() : first;
  const body = random.chance(40) ? chain('and', told.body, test()) : told.body;
  const all = random.chance(50) ? { ...policy, principal: ANY, resource: ANY } : policy;
  const model: Policy = { ...all, conditions: [{ ...told, body }, ...rest] };
  const others = random.list(1, 3, (): Policy => {
    if (random.chance(20)) return { ...model, action: otherAction(random, world) };
    return { ...model, conditions: [{ ...told, body: varied(random, world, body) }, ...rest] };
  });
  return [model, ...others].map((each, i) => ({ ...each, id: `sibling${i}` }));
}

function varied(random: Random, world: World, body: Condition['body']): Expression {
  const places = nodesOf(body).filter(hasVariant);
  if (places.length === 0) return body;
  const place = random.pick(places);
  return replace(body, place, variant(random, world, place));
}

/** A test that only a request decides. */
function open(random: Random, world: World): Expression {
  const who = variable(random.pick(['principal', 'resource']));
  const type = random.pick(world.entityTypes);
  const uid = lit(arbitraryUid(random, world, type));
  return random.pick([
    is(who, type),
    is(who, type, uid),
    binary('contains', set([uid, lit(arbitraryUid(random, world, type))]), who),
    binary('==', who, uid),
    binary('==', getAttr(who, random.pick(ATTRIBUTES)), uid),
    hasAttr(who, random.pick(ATTRIBUTES)),
  ]);
}

/** A test with a literal of the kinds that code is made of, rather than given to it. */
function edged(random: Random, world: World): Expression {
  const who = variable(random.pick(['principal', 'resource']));
  const type = random.pick(world.entityTypes);
  const constant = lit(random.pick([0, 1, 'a', 'b', true, false]));
  return random.pick([
    open(random, world),
    binary('contains', set([constant, lit(arbitraryUid(random, world, type))]), who),
    binary('contains', set([constant]), lit(random.pick([0, 1, 'a', 'b', true, false]))),
    binary('==', constant, random.chance(60) ? constant : lit(0)),
    constant,
    binary('==', lit(random.chance(50)), binary('==', who, lit(arbitraryUid(random, world, type)))),
    like(lit(random.pick(['a', 'ab', '*'])), [random.pick(['a', '*']), null]),
    binary('==', call('decimal', lit(random.pick(['1.0', '2.0']))), call('decimal', lit('1.0'))),
  ]);
}

function hasVariant({ kind }: Expression): boolean {
  return ['lit', 'is', 'like', 'hasAttr', 'getAttr', 'set', 'record'].includes(kind);
}

function variant(random: Random, world: World, e: Expression): Expression {
  switch (e.kind) {
    case 'lit':
      return lit(typeof e.value === 'boolean' ? !e.value : primLike(random, world, e.value));
    case 'is':
      return { ...e, type: random.pick(world.entityTypes) };
    case 'like':
      return like(e.expr, otherPattern(random, e.pattern));
    case 'hasAttr':
      return hasAttr(e.expr, random.pick(ATTRIBUTES));
    case 'getAttr':
      return { ...e, attr: random.pick(ATTRIBUTES) };
    case 'set':
      return set(e.elements.slice(1));
    case 'record':
      return { ...e, fields: e.fields.slice(1) };
    default:
      return e;
  }
}

/** With or without a wildcard before it; a literal part never stands beside another. */
function otherPattern(random: Random, pattern: Pattern): Pattern {
  const [first, ...rest] = pattern;
  if (first === null) return random.chance(50) || typeof rest[0] !== 'string' ? ['a', ...pattern] : rest;
  return random.chance(50) || first === undefined ? [null, ...pattern] : [`a${first}`, ...rest];
}
