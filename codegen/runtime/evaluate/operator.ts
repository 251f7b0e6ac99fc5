/**
 * Operator — the operations of the language that take more than one JavaScript expression.
 *
 * Each returns `undefined` where the operation errs; the caller then notes the error site and leaves the policy.
 *
 * Spec:  Cedar.Spec.Evaluator: apply₁, apply₂
 */
import { Datetime } from '../../../src/value/datetime.ts';
import { Duration } from '../../../src/value/duration.ts';
import { applyExtFun, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import { addLong, isLong, type Long, mulLong, negLong, subLong } from '../../../src/value/long.ts';
import { inEntity, type Node } from '../graph/node.ts';
import type { NodeSet } from '../graph/node-set.ts';
import { RuntimeSet, type RuntimeValue, toValue } from './runtime-value.ts';

/** Only nodes of entities have a `$type`; asking for it is cheaper than asking for the class. */
export function isEntity(v: RuntimeValue): v is Node {
  return (v as Partial<Node>).$type !== undefined;
}

/** Only sets have `elements`. */
function isSet(v: RuntimeValue): v is RuntimeSet {
  return (v as Partial<RuntimeSet>).elements !== undefined;
}

/** Only sets have `entities`, and only those of nothing else. */
function isEntitySet(v: RuntimeValue): v is RuntimeSet {
  return (v as Partial<RuntimeSet>).entities !== undefined;
}

export function add(a: RuntimeValue, b: RuntimeValue): Long | undefined {
  return isLong(a) && isLong(b) ? addLong(a, b) : undefined;
}

export function sub(a: RuntimeValue, b: RuntimeValue): Long | undefined {
  return isLong(a) && isLong(b) ? subLong(a, b) : undefined;
}

export function mul(a: RuntimeValue, b: RuntimeValue): Long | undefined {
  return isLong(a) && isLong(b) ? mulLong(a, b) : undefined;
}

export function neg(a: RuntimeValue): Long | undefined {
  return isLong(a) ? negLong(a) : undefined;
}

export function less(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  if (isLong(a) && isLong(b)) return a < b;
  return sameTime(a, b) ? a.ms < (b as Datetime | Duration).ms : undefined;
}

export function lessEq(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  if (isLong(a) && isLong(b)) return a <= b;
  return sameTime(a, b) ? a.ms <= (b as Datetime | Duration).ms : undefined;
}

function sameTime(a: RuntimeValue, b: RuntimeValue): a is Datetime | Duration {
  return (a instanceof Datetime && b instanceof Datetime) || (a instanceof Duration && b instanceof Duration);
}

/** `in` of any two values. All elements of a set are looked at before any is tested. */
export function mem(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  if (!isEntity(a)) return undefined;
  if (isEntity(b)) return inEntity(a, b);
  return inSet(b, a, a.$bit, a.$mask, a.$ancestors);
}

/** `in` a value that should be a set. The fields of the entity are read by the caller (node-set.ts says why). */
export function inSet(
  set: RuntimeValue,
  entity: Node,
  bit: number,
  mask: number,
  ancestors: NodeSet<Node>,
): boolean | undefined {
  return isEntitySet(set) ? set.hasOrIsAbove(entity, bit, mask, ancestors) : undefined;
}

export function contains(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  return a instanceof RuntimeSet ? a.has(b) : undefined;
}

/** `contains` of an entity, whose bit index follows it. */
export function containsEntity(set: RuntimeValue, entity: Node, bit: number): boolean | undefined {
  return isSet(set) ? set.hasEntity(entity, bit) : undefined;
}

export function containsAll(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  return a instanceof RuntimeSet && b instanceof RuntimeSet ? b.elements.every((element) => a.has(element)) : undefined;
}

export function containsAny(a: RuntimeValue, b: RuntimeValue): boolean | undefined {
  if (!(a instanceof RuntimeSet) || !(b instanceof RuntimeSet)) return undefined;
  const [few, many] = a.elements.length < b.elements.length ? [a, b] : [b, a];
  return few.elements.some((element) => many.has(element));
}

export function isEmpty(a: RuntimeValue): boolean | undefined {
  return a instanceof RuntimeSet ? a.elements.length === 0 : undefined;
}

export function hasTag(a: RuntimeValue, tag: RuntimeValue): boolean | undefined {
  if (!isEntity(a) || typeof tag !== 'string') return undefined;
  return a.$data?.tags.has(tag) ?? false;
}

/** An extension function that gives no entity, record or set, so that its result is a runtime value already. */
export function call(fn: string, args: readonly RuntimeValue[]): RuntimeValue | undefined {
  const result = applyExtFun(fn, args.map(toValue));
  return isExtFunFailure(result) ? undefined : (result as RuntimeValue);
}
