/**
 * Evaluate — partial evaluation of one expression: constant folding where the constants are what is known of the request and the entities.
 *
 *     Residual × PartialRequest × PartialEntities × Schema → Residual
 *
 * To be read next to the specification, one function for each of its own. V is a value, E an error, R anything else. Where the rules of SDK 4.14
 * go further than the specification, by the schema and by `in` with a set, the line says `4.14`. There is no algebra: `x == x` stays.
 *
 * Sound: a result V is the value, and a result E an error, of every completion; a result R has the value of the original, or errs where it errs.
 *
 * Spec:  Cedar.TPE.Evaluator: evaluate, varₚ, ite, and, or, apply₁, apply₂, inₑ, inₛ, hasTag, getTag, hasAttr, getAttr, set, record, call
 * Twin:  model/evaluator.ts, on which it agrees when everything is known
 * Size:  as long as the evaluator, with a case for what is not known.
 */
import type { Schema } from '../schema/schema.ts';
import type { BinaryOp, UnaryOp, Var } from '../syntax/core.ts';
import { attributesOfEntry, entityTypesOf, type Type, tagTypesOf } from '../validator/type.ts';
import { mayDescend } from '../validator/typecheck/descent.ts';
import { areDisjoint } from '../validator/typecheck/subtype.ts';
import { Datetime } from '../value/datetime.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { addLong, isLong, type Long, mulLong, negLong, subLong } from '../value/long.ts';
import { patternMatches } from '../value/pattern.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import type { PartialEntities } from './partial-entities.ts';
import type { PartialRequest } from './partial-request.ts';
import * as residual from './residual.ts';
import { bool, error, type Residual, type ResidualField, type ResidualOf, val } from './residual.ts';

/** What evaluation knows. */
export interface Known {
  readonly request: PartialRequest;
  readonly entities: PartialEntities;
  readonly schema: Schema;
}

export function evaluate(x: Residual, known: Known): Residual {
  if (x.kind === 'val' || x.kind === 'error') return x;
  const { request, entities, schema } = known;
  return evaluateIn(x, { request, entities, schema, shared: undefined });
}

/** What an expression is evaluated in. */
interface Scene extends Known {
  /** The results so far of nodes that more than one has as operand. Not in the spec, which has no such nodes. */
  shared: Map<Residual, Residual> | undefined;
}

function evaluateIn(x: Residual, scene: Scene): Residual {
  if (!x.shared) return evaluateNode(x, scene);
  scene.shared ??= new Map();
  const result = scene.shared.get(x) ?? residual.asShared(evaluateNode(x, scene));
  scene.shared.set(x, result);
  return result;
}

function evaluateNode(x: Residual, scene: Scene): Residual {
  switch (x.kind) {
    case 'val':
    case 'error':
      return x;
    case 'var':
      return varP(x, scene.request);
    case 'ite':
      return ite(x, scene);
    case 'and':
    case 'or':
      return chain(x, scene);
    case 'unaryApp':
      return apply1(x, evaluateIn(x.arg, scene));
    case 'binaryApp':
      return apply2(x, evaluateIn(x.left, scene), evaluateIn(x.right, scene), scene);
    case 'hasAttr':
      return hasAttr(x, evaluateIn(x.expr, scene), scene);
    case 'getAttr':
      return getAttr(x, evaluateIn(x.expr, scene), scene);
    case 'set':
      return set(x, evaluateAll(x.elements, scene));
    case 'record':
      return record(
        x,
        x.fields.map(({ name, expr }) => ({ name, expr: evaluateIn(expr, scene) })),
      );
    case 'call':
      return call(x, evaluateAll(x.args, scene));
    default:
      return unreachable(x);
  }
}

function evaluateAll(xs: readonly Residual[], scene: Scene): Residual[] {
  return xs.map((x) => evaluateIn(x, scene));
}

/** V → V (or E if the operation fails). Spec: someOrError */
function valueOrError(value: Value | undefined, x: Residual): Residual {
  return value === undefined ? error(x) : val(value, x);
}

function varP(x: ResidualOf<'var'>, request: PartialRequest): Residual {
  const value = knownVariable(x.name, request);
  return value === undefined ? x : val(value, x);
}

function knownVariable(name: Var, { principal, action, resource, context }: PartialRequest): Value | undefined {
  switch (name) {
    case 'principal':
      return principal.uid;
    case 'action':
      return action;
    case 'resource':
      return resource.uid;
    case 'context':
      return context;
    default:
      return unreachable(name);
  }
}

function ite(x: ResidualOf<'ite'>, scene: Scene): Residual {
  const test = evaluateIn(x.test, scene);
  if (test.kind === 'error') return error(x);
  if (test.kind !== 'val') return residual.ite(test, evaluateIn(x.then, scene), evaluateIn(x.else, scene), x);
  if (typeof test.value !== 'boolean') return error(x);
  return evaluateIn(test.value ? x.then : x.else, scene);
}

/** A chain of `&&` or of `||`, from its leftmost operand on. The right operand is not looked at where the left one decides. */
function chain(x: ResidualOf<'and' | 'or'>, scene: Scene): Residual {
  const spine: ResidualOf<'and' | 'or'>[] = [];
  let first: Residual = x;
  for (; first.kind === x.kind; first = first.left) spine.push(first);
  const step = x.kind === 'and' ? and : or;
  let left = evaluateIn(first, scene);
  for (const node of spine.reverse()) left = step(left, node.right, node, scene);
  return left;
}

function and(l: Residual, right: Residual, x: Residual, scene: Scene): Residual {
  if (isBool(l, true)) return asBool(evaluateIn(right, scene), x);
  if (isBool(l, false)) return bool(false, x.span);
  if (l.kind === 'error' || l.kind === 'val') return error(x);
  const r = evaluateIn(right, scene);
  if (isBool(r, true)) return l;
  // What errs must go on erring, so `false` may not swallow it.
  if (isBool(r, false) && !l.canErr) return bool(false, x.span);
  return residual.chain('and', l, asBool(r, x), x);
}

function or(l: Residual, right: Residual, x: Residual, scene: Scene): Residual {
  if (isBool(l, true)) return bool(true, x.span);
  if (isBool(l, false)) return asBool(evaluateIn(right, scene), x);
  if (l.kind === 'error' || l.kind === 'val') return error(x);
  const r = evaluateIn(right, scene);
  if (isBool(r, false)) return l;
  if (isBool(r, true) && !l.canErr) return bool(true, x.span);
  return residual.chain('or', l, asBool(r, x), x);
}

function isBool(r: Residual, value: boolean): boolean {
  return r.kind === 'val' && r.value === value;
}

/** A value that is not a Bool errs as an operand; validated policies have none. */
function asBool(r: Residual, x: Residual): Residual {
  return r.kind === 'val' && typeof r.value !== 'boolean' ? error(x) : r;
}

function apply1(x: ResidualOf<'unaryApp'>, r: Residual): Residual {
  if (r.kind === 'error') return error(x);
  if (r.kind === 'val') return valueOrError(unaryValue(x.op, r.value), x);
  // 4.14: the one type of the operand decides `is`; the specification says so of `principal` and `resource` only.
  const decided = x.op.kind === 'is' && !r.canErr ? isOfType(r.type, x.op.type) : undefined;
  return decided === undefined ? residual.unaryApp(x.op, r, x) : val(decided, x);
}

function isOfType(type: Type, asked: string): boolean | undefined {
  return type.kind === 'entity' ? type.name === asked : undefined;
}

/** `undefined` where the operation errs. */
function unaryValue(op: UnaryOp, v: Value): Value | undefined {
  switch (op.kind) {
    case 'not':
      return typeof v === 'boolean' ? !v : undefined;
    case 'neg':
      return isLong(v) ? negLong(v) : undefined;
    case 'isEmpty':
      return v instanceof CedarSet ? v.size === 0 : undefined;
    case 'like':
      return typeof v === 'string' ? patternMatches(op.pattern, v) : undefined;
    case 'is':
      return v instanceof EntityUid ? v.type === op.type : undefined;
    default:
      return unreachable(op);
  }
}

function apply2(x: ResidualOf<'binaryApp'>, l: Residual, r: Residual, scene: Scene): Residual {
  if (l.kind === 'error' || r.kind === 'error') return error(x);
  if (l.kind === 'val' && r.kind === 'val') {
    const result = binaryValue(x.op, l.value, r.value, scene.entities);
    if (result !== UNKNOWN) return valueOrError(result, x);
  }
  return neverHolds(x.op, l, r, scene.schema) ? val(false, x) : residual.binaryApp(x.op, l, r, x);
}

/** 4.14: false for every completion, by the types of the operands alone. */
function neverHolds(op: BinaryOp, l: Residual, r: Residual, schema: Schema): boolean {
  if (l.canErr || r.canErr) return false;
  if (op === 'eq') return areDisjoint(l.type, r.type);
  if (op === 'hasTag') return tagTypesOf(entityTypesOf(l.type) ?? [], schema).length === 0;
  return op === 'mem' && neverDescends(l.type, r.type, schema);
}

function neverDescends(left: Type, right: Type, schema: Schema): boolean {
  const below = entityTypesOf(left);
  const above = entityTypesOf(right.kind === 'set' ? right.element : right);
  if (below === undefined || above === undefined) return false;
  return !below.some((a) => above.some((b) => mayDescend(a, b, schema)));
}

/** The operands are known, but not the data that the operator reads. */
const UNKNOWN = Symbol('unknown');

/** `undefined` where the operation errs. */
type Outcome = Value | typeof UNKNOWN | undefined;

function binaryValue(op: BinaryOp, v1: Value, v2: Value, es: PartialEntities): Outcome {
  switch (op) {
    case 'eq':
      return valueEquals(v1, v2);
    case 'less':
    case 'lessEq':
      return compare(op, v1, v2);
    case 'add':
    case 'sub':
    case 'mul':
      return isLong(v1) && isLong(v2) ? ARITHMETIC[op](v1, v2) : undefined;
    case 'contains':
      return v1 instanceof CedarSet ? v1.has(v2) : undefined;
    case 'containsAll':
      return v1 instanceof CedarSet && v2 instanceof CedarSet ? v1.hasAll(v2) : undefined;
    case 'containsAny':
      return v1 instanceof CedarSet && v2 instanceof CedarSet ? v1.hasAny(v2) : undefined;
    case 'mem':
      return mem(v1, v2, es);
    case 'hasTag':
      return hasTag(v1, v2, es);
    case 'getTag':
      return getTag(v1, v2, es);
    default:
      return unreachable(op);
  }
}

const ARITHMETIC = { add: addLong, sub: subLong, mul: mulLong } as const;

function compare(op: 'less' | 'lessEq', v1: Value, v2: Value): Outcome {
  const [i, j] = [comparable(v1, v2), comparable(v2, v1)];
  if (i === undefined || j === undefined) return undefined;
  return op === 'less' ? i < j : i <= j;
}

function comparable(v: Value, other: Value): Long | undefined {
  if (v instanceof Datetime && other instanceof Datetime) return v.ms;
  if (v instanceof Duration && other instanceof Duration) return v.ms;
  return isLong(v) && isLong(other) ? v : undefined;
}

/** Spec: inₑ and inₛ. 4.14: a set holds the entity itself or a known ancestor, whatever else is unknown. */
function mem(v1: Value, v2: Value, es: PartialEntities): Outcome {
  const groups = v2 instanceof CedarSet ? v2.elements : [v2];
  if (!(v1 instanceof EntityUid) || !groups.every((each) => each instanceof EntityUid)) return undefined;
  if (groups.some((group) => v1.equals(group))) return true;
  if (groups.length === 0) return false;
  const ancestors = es.get(v1)?.ancestors;
  return ancestors === undefined ? UNKNOWN : groups.some(({ key }) => ancestors.has(key));
}

function hasTag(v1: Value, v2: Value, es: PartialEntities): Outcome {
  if (!(v1 instanceof EntityUid) || typeof v2 !== 'string') return undefined;
  return es.get(v1)?.tags?.has(v2) ?? UNKNOWN;
}

function getTag(v1: Value, v2: Value, es: PartialEntities): Outcome {
  if (!(v1 instanceof EntityUid) || typeof v2 !== 'string') return undefined;
  const tags = es.get(v1)?.tags;
  return tags === undefined ? UNKNOWN : tags.get(v2);
}

/**
 * V → walked as far as the data are known: an absent step is false, the last step asks for presence only. 4.14: a path that the type cannot have is
 * false. It is never true by the type: the entity may not exist.
 */
function hasAttr(x: ResidualOf<'hasAttr'>, r: Residual, scene: Scene): Residual {
  if (r.kind === 'error') return error(x);
  if (r.kind !== 'val') return keepHas(x, r, x.attrs, scene.schema);
  let value = r.value;
  for (const [i, attr] of x.attrs.entries()) {
    const found = attributesOf(value, scene.entities);
    if (found === 'error') return error(x);
    if (found === 'unknown') return keepHas(x, entityVal(value as EntityUid, r), x.attrs.slice(i), scene.schema);
    const next = found.get(attr);
    if (next === undefined || i === x.attrs.length - 1) return val(next !== undefined, x);
    value = next;
  }
  return unreachable(x.attrs as never);
}

function entityVal(uid: EntityUid, { span }: Residual): Residual {
  return val(uid, { type: { kind: 'entity', name: uid.type }, span });
}

function keepHas(x: ResidualOf<'hasAttr'>, r: Residual, attrs: readonly string[], schema: Schema): Residual {
  return !r.canErr && lacksPath(r.type, attrs, schema) ? val(false, x) : residual.hasAttr(r, attrs, x);
}

/** Can no value of the type have the path? */
function lacksPath(type: Type, attrs: readonly string[], schema: Schema): boolean {
  let at: Type = type;
  for (const attr of attrs) {
    if (at.kind !== 'record' && at.kind !== 'entity') return false;
    if (at.kind === 'record' && at.open) return false;
    const attributes = at.kind === 'record' ? at.attributes : attributesOfEntry(schema.entityTypes.get(at.name));
    const attribute = attributes.get(attr);
    if (attribute === undefined) return true;
    at = attribute.type;
  }
  return false;
}

function getAttr(x: ResidualOf<'getAttr'>, r: Residual, scene: Scene): Residual {
  if (r.kind === 'error') return error(x);
  if (r.kind !== 'val') return residual.getAttr(r, x.attr, x);
  const found = attributesOf(r.value, scene.entities);
  if (found === 'error') return error(x);
  return found === 'unknown' ? residual.getAttr(r, x.attr, x) : valueOrError(found.get(x.attr), x);
}

/** Spec: attrsOf */
function attributesOf(v: Value, es: PartialEntities): ReadonlyMap<string, Value> | 'error' | 'unknown' {
  if (v instanceof CedarRecord) return v.fields;
  return v instanceof EntityUid ? (es.get(v)?.attrs ?? 'unknown') : 'error';
}

function set(x: ResidualOf<'set'>, rs: readonly Residual[]): Residual {
  const values = allValues(rs);
  if (values !== undefined) return val(CedarSet.from(values), x);
  return rs.some(isError) ? error(x) : residual.set(rs, x);
}

/** A record with one field that is R is not projected: `{a: R, b: 1}.b` stays. */
function record(x: ResidualOf<'record'>, fields: readonly ResidualField[]): Residual {
  const values = allValues(fields.map(({ expr }) => expr));
  if (values !== undefined) return val(new CedarRecord(new Map(fields.map(({ name }, i) => [name, values[i]!]))), x);
  return fields.some(({ expr }) => isError(expr)) ? error(x) : residual.record(fields, x);
}

function call(x: ResidualOf<'call'>, rs: readonly Residual[]): Residual {
  const values = allValues(rs);
  if (values === undefined) return rs.some(isError) ? error(x) : residual.call(x.fn, rs, x);
  const result = applyExtFun(x.fn, values);
  return isExtFunFailure(result) ? error(x) : val(result, x);
}

function allValues(rs: readonly Residual[]): Value[] | undefined {
  const values = rs.flatMap((r) => (r.kind === 'val' ? [r.value] : []));
  return values.length === rs.length ? values : undefined;
}

function isError({ kind }: Residual): boolean {
  return kind === 'error';
}
