/**
 * Near miss — a policy that was well typed before one thing in it was changed.
 *
 * What a validator must refuse lies next to what it accepts: a guard left out, an `||` for an `&&`, another attribute, another receiver.
 */

import type { BinaryOperator, Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { nodesOf, replace, sizeOf } from './children.ts';
import { chain, hasAttr, is, ite, lit, record, set, unary, variable } from './node.ts';
import { when } from './policy.ts';
import { arbitraryPolicyForm } from './policy-form.ts';
import { ATTRIBUTES, TAG_NAMES } from './pool.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

/** Changes some of the policies; others stay well typed. */
export function nearMisses(random: Random, world: World, policies: readonly Policy[]): Policy[] {
  return policies.map((policy) => {
    let changed = policy;
    for (let i = random.int(4); i > 0; i--) changed = nearMiss(random, world, changed);
    return changed;
  });
}

export function nearMiss(random: Random, world: World, policy: Policy): Policy {
  if (random.chance(12)) return unbound(policy);
  if (policy.conditions.length === 0) return { ...policy, conditions: [when(arbitraryPolicyForm(random, world))] };
  const at = random.int(policy.conditions.length);
  const conditions = policy.conditions.map((condition, i) =>
    i === at ? { ...condition, body: missIn(random, world, condition.body) } : condition,
  );
  return { ...policy, conditions };
}

/** For requests of all types, and not only of those that it was written for. */
function unbound(policy: Policy): Policy {
  const any = { kind: 'any', span: undefined } as const;
  const [principal, resource] = [policy.principal, policy.resource].map((scope) =>
    'entity' in scope && scope.entity.kind === 'slot' ? scope : any,
  ) as [Policy['principal'], Policy['resource']];
  return { ...policy, principal, action: any, resource };
}

function missIn(random: Random, world: World, body: Expression): Expression {
  const all = nodesOf(body);
  const telling = all.filter(isTelling);
  const target = random.pick(telling.length > 0 && random.chance(65) ? telling : all);
  return replace(
    body,
    target,
    random.chance(15) ? arbitraryPolicyForm(random, world) : miss(random, world, target, all),
  );
}

/** Where capabilities come from and where they are needed. */
function isTelling(e: Expression): boolean {
  return ['and', 'or', 'ite', 'hasAttr'].includes(e.kind) || isTagged(e);
}

function isTagged(e: Expression): e is Expression & { kind: 'binary' } {
  return e.kind === 'binary' && (e.op === 'hasTag' || e.op === 'getTag');
}

const COMPARISONS: readonly BinaryOperator[] = ['==', '!=', '<', '<=', '+', 'in', 'contains', 'containsAny'];

/** Something like the expression, and yet not it. */
function miss(random: Random, world: World, e: Expression, others: readonly Expression[]): Expression {
  if (random.chance(25)) return random.pick(others.filter((other) => sizeOf(other) < 12));
  switch (e.kind) {
    case 'and':
    case 'or':
      return missOfChain(random, world, e);
    case 'ite':
      return random.pick([e.then, e.else, ite(e.test, e.else, e.then), ite(unary('!', e.test), e.then, e.else)]);
    case 'hasAttr':
      return missOfHas(random, e, others);
    case 'getAttr':
      return random.pick([e.expr, { ...e, attr: random.pick(ATTRIBUTES) }, { ...e, expr: likeRecord(random, e) }]);
    case 'binary':
      if (isTagged(e)) return random.pick([lit(true), { ...e, right: lit(random.pick(TAG_NAMES)) }, unary('!', e)]);
      return random.pick([
        { ...e, left: e.right, right: e.left },
        { ...e, op: random.pick(COMPARISONS) },
      ]);
    case 'lit':
      return missOfLiteral(random, world, e);
    case 'is':
      return random.pick([unary('!', e), is(e.expr, random.chance(30) ? 'Nowhere' : random.pick(world.entityTypes))]);
    case 'set':
      return random.chance(30) ? set([]) : set([...e.elements, random.pick(others.filter((o) => sizeOf(o) < 12))]);
    case 'call':
      return random.pick([
        { ...e, args: e.args.slice(1) },
        { ...e, fn: 'nothing' },
        { ...e, args: e.args.map(() => lit('no such value')) },
        { ...e, args: e.args.map((arg) => ite(unary('!', lit(false)), arg, arg)) },
      ]);
    case 'var':
      return variable(random.pick(['principal', 'action', 'resource', 'context']));
    default:
      return unary('!', e);
  }
}

function missOfChain(random: Random, world: World, e: Expression & { kind: 'and' | 'or' }): Expression {
  const { kind, left, right } = e;
  const other = kind === 'and' ? 'or' : 'and';
  const ofType = is(variable(random.pick(['principal', 'resource'])), random.pick(world.entityTypes));
  return random.pick([
    right,
    chain(other, left, right),
    chain(kind, right, left),
    chain(kind, unary('!', left), right),
    chain(kind, chain('or', left, right), right),
    chain(kind, chain('or', left, lit(true)), right),
    chain(kind, ite(left, lit(true), lit(true)), right),
    chain(kind, ite(left, left, right), right),
    chain(kind, ite(ofType, left, lit(true)), right),
    chain(kind, chain('or', ofType, left), right),
    chain('and', chain('or', lit(false), left), right),
    ite(unary('!', left), right, left),
  ]);
}

function missOfHas(random: Random, e: Expression & { kind: 'hasAttr' }, others: readonly Expression[]): Expression {
  const [first = 'a', ...rest] = e.attrs;
  const receivers = others.flatMap((other) => (other.kind === 'getAttr' || other.kind === 'var' ? [other] : []));
  const names = others.flatMap((other) => (other.kind === 'getAttr' ? [other.attr] : []));
  return random.pick([
    unary('!', e),
    hasAttr(e.expr, random.pick(names.length > 0 && random.chance(50) ? names : ATTRIBUTES.slice(0, 7)), ...rest),
    hasAttr(random.pick(receivers.length > 0 ? receivers : [e.expr]), first, ...rest),
    lit(true),
  ]);
}

/** The receiver, or a record that has the attribute too. */
function likeRecord(random: Random, { expr, attr }: Expression & { kind: 'getAttr' }): Expression {
  const other = record([{ name: attr, expr: { kind: 'getAttr', expr, attr, span: undefined } }]);
  return random.chance(50) ? ite(hasAttr(expr, attr), expr, other) : ite(hasAttr(expr, attr), other, expr);
}

function missOfLiteral(random: Random, world: World, { value }: Expression & { kind: 'lit' }): Expression {
  if (!(value instanceof EntityUid)) return lit(random.pick([true, false, 0, 'a', '']));
  const type = random.pick([value.type, 'Action', 'Nowhere', random.pick(world.entityTypes)]);
  return lit(new EntityUid(type, 'nobody'));
}
