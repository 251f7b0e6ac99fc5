/**
 * Crowd — many policies of a few shapes, which differ in their literals only: what compilers make tables of.
 */
import type { SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { ActionScope, Condition, EntityUidOrSlot, Policy, Scope } from '../../src/syntax/policy.ts';
import { type EntityType, EntityUid } from '../../src/value/entity-uid.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import type { Prim } from '../../src/value/value.ts';
import { childrenOf, nodesOf, replace, withChildrenOf } from './children.ts';
import { binary, call, chain, getAttr, hasAttr, is, like, lit, set, variable } from './node.ts';
import { attributesOf } from './path.ts';
import { ATTRIBUTES, ENTITY_IDS } from './pool.ts';
import type { Random } from './random.ts';
import { arbitraryLong, arbitraryString, arbitraryUid, arbitraryValueOf } from './value.ts';
import type { World } from './world.ts';

/** The given policies and a crowd like some of them; templates have their links and stay alone. */
export function crowded(
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
function otherAction(random: Random, world: World): ActionScope {
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

function primLike(random: Random, world: World, value: Prim): Prim {
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
    return { ...policy, id, conditions: [{ kind: 'when', body, span: undefined }] };
  });
}

/** Policies that compare the same attribute and differ in with what: compilers may find them by its value, if nothing comes before. */
export function tenants(random: Random, world: World, size: number): Policy[] {
  const span = undefined;
  const [who, type] = applicable(random, world);
  const attributes = [...attributesOf(world.schema, { kind: 'entity', name: type }).attributes];
  const compared = attributes.filter(([, { type }]) => ['string', 'long', 'entity'].includes(type.kind));
  if (compared.length === 0) return [];
  const [name, attribute] = random.pick(compared);
  const [other, otherType] = random.pick(compared);
  const op = random.chance(80) ? '==' : '!=';
  const [isGuarded, isLonger] = [random.chance(40), random.chance(40)];
  const any = { kind: 'any', span } as const;
  const scope = random.chance(30) ? ({ kind: 'is', type, typeSpan: span, span } as const) : any;
  const scopes = { principal: any, action: any, resource: any, [who]: scope };
  const effect = random.chance(65) ? 'permit' : 'forbid';
  return Array.from({ length: size }, (_, i): Policy => {
    const test = (op: '==' | '!=', attribute: string, type: SchemaType) =>
      binary(op, getAttr(variable(who), attribute), lit(arbitraryValueOf(random, world, type) as Prim));
    const told = test(op, name, attribute.type);
    const first = isGuarded ? chain('and', hasAttr(variable(who), name), told) : told;
    const body = isLonger ? chain('and', first, test('==', other, otherType.type)) : first;
    const conditions = [{ kind: 'when', body, span } as const];
    return { id: `tenant${i}`, annotations: [], effect, ...scopes, conditions, span, source: undefined };
  });
}

/** A policy that asks whether principal or resource is among the entities in an attribute; none if no attribute holds entities. */
export function gathered(random: Random, world: World): Policy[] {
  const span = undefined;
  const [holder, type] = applicable(random, world);
  const { attributes } = attributesOf(world.schema, { kind: 'entity', name: type });
  const sets = [...attributes].filter(([, { type }]) => type.kind === 'set' && type.element.kind === 'entity');
  if (sets.length === 0) return [];
  const elements = getAttr(variable(holder), random.pick(sets)[0]);
  const who = variable(random.pick(['principal', 'resource']));
  const body = random.chance(50) ? binary('in', who, elements) : binary('contains', elements, who);
  const any = { kind: 'any', span } as const;
  const scopes = { principal: any, action: any, resource: any };
  const conditions = [{ kind: 'when', body, span } as const];
  return [{ id: 'gathered', annotations: [], effect: 'permit', ...scopes, conditions, span, source: undefined }];
}

/** Principal or resource, and a type of which it may be. */
function applicable(random: Random, { actions }: World): readonly ['principal' | 'resource', EntityType] {
  const { appliesToPrincipal, appliesToResource } = random.pick(
    actions.filter(({ appliesToPrincipal }) => appliesToPrincipal.size > 0),
  );
  return random.chance(50)
    ? ['principal', random.pick([...appliesToPrincipal])]
    : ['resource', random.pick([...appliesToResource])];
}

/** A policy and others that differ from it in one place: what may share code with it, and what must not. */
export function siblings(random: Random, world: World, policy: Policy): Policy[] {
  const [first, ...rest] = policy.conditions;
  const short = (): Condition => {
    const body = chain('or', edged(random, world), edged(random, world));
    return { kind: 'when', body, span: undefined };
  };
  const told = first === undefined || random.chance(60) ? short() : first;
  const body = random.chance(60) ? chain('and', told.body, edged(random, world)) : told.body;
  const model: Policy = { ...policy, conditions: [{ ...told, body }, ...rest] };
  const others = random.list(1, 3, () => {
    const places = nodesOf(body).filter(hasVariant);
    if (places.length === 0) return model;
    const place = random.pick(places);
    return { ...model, conditions: [{ ...told, body: replace(body, place, variant(random, world, place)) }, ...rest] };
  });
  return [model, ...others].map((each, i) => ({ ...each, id: `sibling${i}` }));
}

/** A test with a literal of the kinds that code is made of, rather than given to it. */
function edged(random: Random, world: World): Expression {
  const who = variable(random.pick(['principal', 'resource']));
  const type = random.pick(world.entityTypes);
  const constant = lit(random.pick([0, 1, 'a', 'b', true, false]));
  return random.pick([
    is(who, type),
    binary('contains', set([constant, lit(arbitraryUid(random, world, type))]), who),
    binary('contains', set([constant]), lit(random.pick([0, 1, 'a', 'b', true, false]))),
    binary('==', constant, random.chance(60) ? constant : lit(0)),
    constant,
    binary('==', lit(random.chance(50)), binary('==', who, lit(arbitraryUid(random, world, type)))),
    like(lit(random.pick(['a', 'ab', '*'])), [random.pick(['a', '*']), null]),
    binary('==', call('decimal', lit(random.pick(['1.0', '2.0']))), call('decimal', lit('1.0'))),
    hasAttr(who, random.pick(ATTRIBUTES)),
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
