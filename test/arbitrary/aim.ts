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
import type { Value } from '../../src/value/value.ts';
import { nodesOf } from './children.ts';

export interface Aim {
  readonly name: 'principal' | 'resource';
  readonly fits: (entity: Entity) => boolean;
}

const found = new WeakMap<readonly Condition[], readonly Aim[]>();

/** Found once for the conditions of each policy. */
export function aimsOf(conditions: readonly Condition[]): readonly Aim[] {
  let aims = found.get(conditions);
  if (aims === undefined) {
    aims = conditions.flatMap(({ body }) => nodesOf(body).flatMap(aimOf));
    found.set(conditions, aims);
  }
  return aims;
}

function aimOf(e: Expression): readonly Aim[] {
  if (e.kind === 'is' && isSide(e.expr)) return [{ name: e.expr.name, fits: ({ uid }) => uid.type === e.type }];
  if (e.kind !== 'binary' || (e.op !== '==' && e.op !== '!=' && e.op !== 'in')) return [];
  const { left, right } = e;
  if (left.kind === 'getAttr' && isSide(left.expr)) {
    const value = valueOfClosed(right);
    return value === undefined
      ? []
      : [{ name: left.expr.name, fits: ({ attrs }) => isSame(attrs.get(left.attr), value) }];
  }
  if (!isSide(left) || right.kind !== 'lit') return [];
  return [{ name: left.name, fits: e.op === 'in' ? isBelow(right.value) : ({ uid }) => isSame(uid, right.value) }];
}

function isBelow(group: Value): Aim['fits'] {
  return ({ parents }) => parents.some((parent) => isSame(parent, group));
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

function isSide(e: Expression): e is Expression & { kind: 'var'; name: 'principal' | 'resource' } {
  return e.kind === 'var' && (e.name === 'principal' || e.name === 'resource');
}

function isSame(held: Value | undefined, value: Value): boolean {
  return held !== undefined && valueEquals(held, value);
}
