/**
 * Evaluator — what one expression means for one request.
 *
 *     Expr × Request × Entities → Value, or throws EvaluationError
 *
 * Spec:  Cedar.Spec.Evaluator: evaluate, apply₁, apply₂, inₑ, inₛ, getAttr, hasAttr, getTag, hasTag
 * Twin:  codegen/lower and codegen/emit
 * Written to be read next to the spec; speed is the twin's job.
 */
import type { BinaryOp, Expr, UnaryOp, Var } from '../syntax/core.ts';
import { spine } from '../syntax/core.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { Datetime } from '../value/datetime.ts';
import { Duration } from '../value/duration.ts';
import type { Entities } from '../value/entities.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import {
  binaryOverflow,
  comparisonTypeError,
  containsUnknown,
  EvaluationError,
  type EvaluationFailure,
  entityAttrDoesNotExist,
  entityDoesNotExist,
  memTypeError,
  negationOverflow,
  recordAttrDoesNotExist,
  tagDoesNotExist,
  typeError,
} from '../value/evaluation-error.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { addLong, isLong, type Long, mulLong, negLong, subLong } from '../value/long.ts';
import { patternMatches } from '../value/pattern.ts';
import { CedarRecord } from '../value/record.ts';
import type { Request } from '../value/request.ts';
import { CedarSet } from '../value/set.ts';
import { ANY_ENTITY } from '../value/type-name.ts';
import { findUnknown } from '../value/unknown.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';

type Node<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

export function evaluate(x: Expr, req: Request, es: Entities): Value {
  return evaluateIn(x, { req, es, shared: new Map() });
}

/** What an expression is evaluated in. */
interface Scene {
  readonly req: Request;
  readonly es: Entities;
  /** The values so far of nodes that more than one has as operand (core.ts). Not in the spec, which has no such nodes. */
  readonly shared: Map<Expr, Value>;
}

function evaluateIn(x: Expr, scene: Scene): Value {
  if (!x.shared) return evaluateNode(x, scene);
  const value = scene.shared.get(x) ?? evaluateNode(x, scene);
  scene.shared.set(x, value);
  return value;
}

function evaluateNode(x: Expr, scene: Scene): Value {
  switch (x.kind) {
    case 'lit':
      return x.value;
    case 'var':
      return variable(x.name, scene.req);
    case 'slot':
      throw new CompilerBug(`a policy was evaluated before ${x.slot} was linked`);
    case 'ite':
      return evaluateIn(asBool(evaluateIn(x.test, scene), x.test) ? x.then : x.else, scene);
    case 'and':
      return spine<Expr>(x, 'and').every((operand) => asBool(evaluateIn(operand, scene), operand));
    case 'or':
      return spine<Expr>(x, 'or').some((operand) => asBool(evaluateIn(operand, scene), operand));
    case 'unaryApp':
      return apply1(x.op, evaluateIn(x.arg, scene), x);
    case 'binaryApp':
      return apply2(x.op, evaluateIn(x.left, scene), evaluateIn(x.right, scene), scene.es, x);
    case 'getAttr':
      return getAttr(evaluateIn(x.expr, scene), x.attr, scene.es, x);
    case 'hasAttr':
      return hasAttr(evaluateIn(x.expr, scene), x.attr, scene.es, x);
    case 'set':
      return CedarSet.from(x.elements.map((element) => evaluateIn(element, scene)));
    case 'record':
      return record(x, scene);
    case 'call':
      return call(x, scene);
    default:
      return unreachable(x);
  }
}

function variable(name: Var, req: Request): Value {
  return req[name];
}

export function apply1(op: UnaryOp, v: Value, x: Node<'unaryApp'>): Value {
  switch (op.kind) {
    case 'not':
      return !asBool(v, x.arg);
    case 'neg': {
      const long = asLong(v, x.arg);
      return negLong(long) ?? fail(negationOverflow(long), x);
    }
    case 'isEmpty':
      return asSet(v, x.arg).size === 0;
    case 'like':
      return patternMatches(op.pattern, asString(v, x.arg));
    case 'is':
      return asUid(v, x.arg).type === op.type;
    default:
      return unreachable(op);
  }
}

export function apply2(op: BinaryOp, v1: Value, v2: Value, es: Entities, x: Node<'binaryApp'>): Value {
  switch (op) {
    case 'eq':
      return valueEquals(known(v1, x.left), known(v2, x.right));
    case 'less':
      return compare(v1, v2, x) < 0;
    case 'lessEq':
      return compare(v1, v2, x) <= 0;
    case 'add':
    case 'sub':
    case 'mul': {
      const [i, j] = [asLong(v1, x.left), asLong(v2, x.right)];
      return ARITHMETIC[op](i, j) ?? fail(binaryOverflow(op, i, j), x);
    }
    case 'contains':
      return asSet(v1, x.left).has(known(v2, x.right));
    case 'containsAll': {
      const [all, some] = [asSet(v1, x.left), asSet(v2, x.right)];
      return all.hasAll(some);
    }
    case 'containsAny': {
      const [one, other] = [asSet(v1, x.left), asSet(v2, x.right)];
      return one.hasAny(other);
    }
    case 'mem':
      return mem(v1, v2, es, x);
    case 'hasTag': {
      const [uid, tag] = [asUid(v1, x.left), asString(v2, x.right)];
      return es.get(uid)?.tags.has(tag) ?? false;
    }
    case 'getTag':
      return getTag(asUid(v1, x.left), asString(v2, x.right), es, x);
    default:
      return unreachable(op);
  }
}

const ARITHMETIC = { add: addLong, sub: subLong, mul: mulLong } as const;

/** Negative, zero or positive. Longs, datetimes and durations compare, each with its own kind. */
function compare(v1: Value, v2: Value, x: Node<'binaryApp'>): number {
  const [i, j] = [comparable(v1, v2), comparable(v2, v1)];
  if (i !== undefined && j !== undefined) return i < j ? -1 : i > j ? 1 : 0;
  const { failure, at } = comparisonTypeError(v1, v2);
  return fail(failure, x[at]);
}

/** What stands for `v` in a comparison with `other`; `undefined` when they do not compare. */
function comparable(v: Value, other: Value): Long | undefined {
  if (v instanceof Datetime && other instanceof Datetime) return v.ms;
  if (v instanceof Duration && other instanceof Duration) return v.ms;
  return isLong(v) && isLong(other) ? v : undefined;
}

/** Spec: inₑ and inₛ. All elements of a set are looked at before any is tested. */
function mem(v1: Value, v2: Value, es: Entities, x: Node<'binaryApp'>): boolean {
  if (!(v1 instanceof EntityUid)) return fail(memTypeError(v1, v2), x.left);
  if (v2 instanceof EntityUid) return inEntity(v1, v2, es);
  if (!(v2 instanceof CedarSet)) return fail(typeError(['set', ANY_ENTITY], v2), x.right);
  return v2.elements.map((element) => asUid(element, x.right)).some((uid) => inEntity(v1, uid, es));
}

function inEntity(uid1: EntityUid, uid2: EntityUid, es: Entities): boolean {
  return uid1.equals(uid2) || (es.get(uid1)?.ancestors.has(uid2.key) ?? false);
}

function getTag(uid: EntityUid, tag: string, es: Entities, x: Node<'binaryApp'>): Value {
  const data = es.get(uid);
  if (data === undefined) return fail(entityDoesNotExist(uid), x.left);
  return data.tags.get(tag) ?? fail(tagDoesNotExist(uid, tag, data.tags.keys(), data.attrs.has(tag)), x);
}

export function hasAttr(v: Value, attr: string, es: Entities, x: Node<'hasAttr'>): boolean {
  if (v instanceof CedarRecord) return v.has(attr);
  // Spec: Entities attrsOrEmpty. An unknown entity has no attributes, so `has` is false and never errs.
  if (v instanceof EntityUid) return es.get(v)?.attrs.has(attr) ?? false;
  return fail(typeError(['record', ANY_ENTITY], v), x.expr);
}

export function getAttr(v: Value, attr: string, es: Entities, x: Node<'getAttr'>): Value {
  if (v instanceof CedarRecord) return v.get(attr) ?? fail(recordAttrDoesNotExist(attr, v.fields.keys()), x);
  if (!(v instanceof EntityUid)) return fail(typeError(['record', ANY_ENTITY], v), x.expr);
  const data = es.get(v);
  if (data === undefined) return fail(entityDoesNotExist(v), x.expr);
  return data.attrs.get(attr) ?? fail(entityAttrDoesNotExist(v, attr, data.attrs.keys(), data.tags.has(attr)), x);
}

/** Fields are evaluated in the order of their names, which decides which error is met first. */
function record({ fields }: Node<'record'>, scene: Scene): Value {
  const sorted = [...fields].sort((a, b) => compareCodePoints(a.name, b.name));
  return new CedarRecord(new Map(sorted.map(({ name, expr }) => [name, evaluateIn(expr, scene)])));
}

function call(x: Node<'call'>, scene: Scene): Value {
  const result = applyExtFun(
    x.fn,
    x.args.map((arg) => evaluateIn(arg, scene)),
  );
  if (!isExtFunFailure(result)) return result;
  return fail(result.failure, result.argument === undefined ? x : x.args[result.argument]!);
}

function asBool(v: Value, x: Expr): boolean {
  return typeof v === 'boolean' ? v : fail(typeError(['bool'], v), x);
}

function asLong(v: Value, x: Expr): Long {
  return isLong(v) ? v : fail(typeError(['long'], v), x);
}

function asString(v: Value, x: Expr): string {
  return typeof v === 'string' ? v : fail(typeError(['string'], v), x);
}

function asSet(v: Value, x: Expr): CedarSet {
  return v instanceof CedarSet ? known(v, x) : fail(typeError(['set'], v), x);
}

function asUid(v: Value, x: Expr): EntityUid {
  return v instanceof EntityUid ? v : fail(typeError([ANY_ENTITY], v), x);
}

/** Not in the spec: data may hold unknowns, and equality would take them for values. */
function known<V extends Value>(v: V, x: Expr): V {
  const unknown = findUnknown(v);
  return unknown === undefined ? v : fail(containsUnknown(unknown.name), x);
}

function fail(failure: EvaluationFailure, at: Expr): never {
  throw new EvaluationError(failure, at.span);
}
