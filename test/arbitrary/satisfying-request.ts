/**
 * Aim — which entities the conditions of a policy ask for, so that requests can name them: by chance alone few tests are ever true.
 */
import { evaluate } from '../../src/model/evaluator.ts';
import { desugar } from '../../src/syntax/desugar.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { Condition } from '../../src/syntax/policy.ts';
import { Entities, type Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { valueEquals } from '../../src/value/equal.ts';
import { EvaluationError } from '../../src/value/evaluation-error.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import { nodesOf } from './children.ts';
import type { Name } from './holder.ts';
import type { Random } from './random.ts';

/** Entities for principal and resource, of those that are allowed; none where such entities are missing. */
export type SatisfyingRequestOf = (random: Random, entities: readonly Entity[], allows: Allows) => SatisfyingRequest;
export type SatisfyingRequest = Readonly<Partial<Record<Name, EntityUid>>>;
export type Allows = (name: Name, uid: EntityUid) => boolean;

const found = new WeakMap<readonly Condition[], readonly SatisfyingRequestOf[]>();

/** Found once for the conditions of each policy. */
export function satisfyingRequestsOf(conditions: readonly Condition[]): readonly SatisfyingRequestOf[] {
  let satisfyingRequests = found.get(conditions);
  if (satisfyingRequests === undefined) {
    satisfyingRequests = conditions.flatMap(({ body }) => nodesOf(body).flatMap(satisfyingOf));
    found.set(conditions, satisfyingRequests);
  }
  return satisfyingRequests;
}

function satisfyingOf(e: Expression): readonly SatisfyingRequestOf[] {
  if (e.kind === 'is' && isSide(e.expr)) return [one(e.expr.name, ({ uid }) => uid.type === e.type)];
  if (e.kind !== 'binary') return [];
  const { op, left, right } = e;
  if (op === 'in' && isSide(left) && isHeld(right)) return [both(right, left.name)];
  if (op === 'contains' && isHeld(left) && isSide(right)) return [both(left, right.name)];
  if (op !== '==' && op !== '!=' && op !== 'in') return [];
  if (isHeld(left)) {
    const value = valueOfClosed(right);
    return value === undefined ? [] : [one(left.expr.name, ({ attrs }) => isSame(attrs.get(left.attr), value))];
  }
  if (!isSide(left) || right.kind !== 'lit') return [];
  return [one(left.name, op === 'in' ? isBelow([right.value]) : ({ uid }) => isSame(uid, right.value))];
}

function one(name: Name, fits: (entity: Entity) => boolean): SatisfyingRequestOf {
  return (random, entities, allows) => {
    const fitting = entities.filter((entity) => fits(entity) && allows(name, entity.uid));
    return fitting.length === 0 ? {} : { [name]: random.pick(fitting).uid };
  };
}

/** One that has the attribute, and one of those that it holds, perhaps with others below it, or that are below them. */
function both({ expr, attr }: Held, who: Name): SatisfyingRequestOf {
  return (random, entities, allows) => {
    const holders = entities.filter(({ uid, attrs }) => attrs.has(attr) && allows(expr.name, uid));
    if (holders.length === 0 || who === expr.name) return {};
    const holder = random.pick(holders);
    const value = holder.attrs.get(attr)!;
    const members = (value instanceof CedarSet ? value.elements : [value]).filter((each) => each instanceof EntityUid);
    const below = entities.filter(isBelow(members)).map(({ uid }) => uid);
    const groups = members.filter((member) => entities.some(isBelow([member])));
    const fitting = random.pick([below, members, groups]).filter((uid) => allows(who, uid));
    return fitting.length === 0 ? {} : { [expr.name]: holder.uid, [who]: random.pick(fitting) };
  };
}

function isBelow(groups: readonly Value[]): (entity: Entity) => boolean {
  return ({ parents }) => parents.some((parent) => groups.some((group) => isSame(parent, group)));
}

const NOBODY = new EntityUid('Nobody', '');
const ANY_REQUEST = { principal: NOBODY, action: NOBODY, resource: NOBODY, context: CedarRecord.empty };

/** The value of an expression that no request decides; `undefined` if it has none. */
function valueOfClosed(e: Expression): Value | undefined {
  if (nodesOf(e).some(({ kind }) => kind === 'var' || kind === 'slot')) return undefined;
  try {
    return evaluate(desugar(e), ANY_REQUEST, Entities.from([]));
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

type Side = Expression & { kind: 'var'; name: Name };
type Held = Expression & { kind: 'getAttr' } & { readonly expr: Side };

function isSide(e: Expression): e is Side {
  return e.kind === 'var' && (e.name === 'principal' || e.name === 'resource');
}

/** An attribute of principal or resource. */
function isHeld(e: Expression): e is Held {
  return e.kind === 'getAttr' && isSide(e.expr);
}

function isSame(held: Value | undefined, value: Value): boolean {
  return held !== undefined && valueEquals(held, value);
}
