/**
 * Site — a place in a policy where evaluation may fail, and what its error says.
 *
 * A program notes only which site failed on which operands; the error is made afterwards, so that a failure costs little where nobody reads it.
 *
 * Twin:  src/model/evaluator.ts, which words the same errors while it evaluates.
 */

import {
  binaryOverflow,
  comparisonTypeError,
  type EvaluationFailure,
  entityAttrDoesNotExist,
  entityDoesNotExist,
  memTypeError,
  negationOverflow,
  recordAttrDoesNotExist,
  tagDoesNotExist,
  typeError,
} from '../../src/value/evaluation-error.ts';
import { applyExtFun, isExtFunFailure } from '../../src/value/ext-fun.ts';
import type { Long } from '../../src/value/long.ts';
import type { CedarRecord } from '../../src/value/record.ts';
import { ANY_ENTITY } from '../../src/value/type-name.ts';
import { CompilerBug, unreachable } from '../../src/value/unreachable.ts';
import type { Value } from '../../src/value/value.ts';
import { Node } from './node.ts';
import { isEntity } from './operator.ts';
import { PartialRecord } from './partial-record.ts';
import { RuntimeSet } from './runtime-set.ts';
import { type RuntimeValue, toValue } from './runtime-value.ts';

export interface SiteSpan {
  readonly start: number;
  readonly end: number;
}

export type SiteOp =
  | 'bool'
  | 'neg'
  | 'isEmpty'
  | 'like'
  | 'is'
  | 'less'
  | 'lessEq'
  | 'add'
  | 'sub'
  | 'mul'
  | 'mem'
  | 'contains'
  | 'containsAll'
  | 'containsAny'
  | 'hasTag'
  | 'getTag'
  | 'getAttr'
  | 'hasAttr'
  | 'call';

/** Plain data, so that a module can carry it as JSON. */
export interface Site {
  readonly op: SiteOp;
  /** The attribute of `getAttr` and `hasAttr`, the function of `call`. */
  readonly name?: string | undefined;
  /** The whole expression. */
  readonly span: SiteSpan | undefined;
  /** The operands, left to right. */
  readonly operands: readonly (SiteSpan | undefined)[];
}

export interface Failed {
  readonly failure: EvaluationFailure;
  readonly span: SiteSpan | undefined;
}

const TYPES: Readonly<Partial<Record<SiteOp, readonly string[]>>> = {
  bool: ['bool'],
  isEmpty: ['set'],
  like: ['string'],
  is: [ANY_ENTITY],
  hasAttr: ['record', ANY_ENTITY],
  contains: ['set'],
};

/** The error of `site` on these operands. */
export function describeFailure(site: Site, operands: readonly RuntimeValue[]): Failed {
  const { op } = site;
  const [a, b] = operands as readonly [RuntimeValue, RuntimeValue];
  switch (op) {
    case 'bool':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'hasAttr':
    case 'contains':
      return at(site, 0, typeError(TYPES[op]!, toValue(a)));
    case 'neg':
      return isLong(a) ? whole(site, negationOverflow(a)) : at(site, 0, typeError(['long'], toValue(a)));
    case 'less':
    case 'lessEq': {
      const { failure, at: side } = comparisonTypeError(toValue(a), toValue(b));
      return at(site, side === 'left' ? 0 : 1, failure);
    }
    case 'add':
    case 'sub':
    case 'mul':
      if (isLong(a) && isLong(b)) return whole(site, binaryOverflow(op, a, b));
      return firstOfOtherType(site, operands, 'long', isLong);
    case 'containsAll':
    case 'containsAny':
      return firstOfOtherType(site, operands, 'set', (v) => v instanceof RuntimeSet);
    case 'mem':
      return memFailure(site, a, b);
    case 'hasTag':
      return tagOperandFailure(site, a, b);
    case 'getTag':
      return isEntity(a) && typeof b === 'string' ? missingTag(site, a, b) : tagOperandFailure(site, a, b);
    case 'getAttr':
      return missingAttr(site, a);
    case 'call':
      return callFailure(site, operands);
    default:
      return unreachable(op);
  }
}

function whole(site: Site, failure: EvaluationFailure): Failed {
  return { failure, span: site.span };
}

function at(site: Site, operand: number, failure: EvaluationFailure): Failed {
  return { failure, span: site.operands[operand] };
}

function isLong(v: RuntimeValue): v is Long {
  return typeof v === 'number' || typeof v === 'bigint';
}

function firstOfOtherType(
  site: Site,
  operands: readonly RuntimeValue[],
  type: string,
  isOf: (v: RuntimeValue) => boolean,
): Failed {
  const wrong = operands.findIndex((operand) => !isOf(operand));
  return at(site, wrong, typeError([type], toValue(operands[wrong]!)));
}

function memFailure(site: Site, a: RuntimeValue, b: RuntimeValue): Failed {
  if (!isEntity(a)) return at(site, 0, memTypeError(toValue(a), toValue(b)));
  if (!(b instanceof RuntimeSet)) return at(site, 1, typeError(['set', ANY_ENTITY], toValue(b)));
  const foreign = b.elements.find((element) => !isEntity(element));
  return at(site, 1, typeError([ANY_ENTITY], toValue(foreign!)));
}

function tagOperandFailure(site: Site, a: RuntimeValue, b: RuntimeValue): Failed {
  if (!isEntity(a)) return at(site, 0, typeError([ANY_ENTITY], toValue(a)));
  return at(site, 1, typeError(['string'], toValue(b)));
}

function missingTag(site: Site, { $uid, $data }: Node, tag: string): Failed {
  if ($data === undefined) return at(site, 0, entityDoesNotExist($uid!));
  return whole(site, tagDoesNotExist($uid!, tag, $data.tags.keys(), $data.attrs.has(tag)));
}

function namesIn(record: CedarRecord): Iterable<string> {
  return record instanceof PartialRecord ? record.names : record.fields.keys();
}

function missingAttr(site: Site, v: RuntimeValue): Failed {
  const name = site.name!;
  if (!(v instanceof Node)) return at(site, 0, typeError(['record', ANY_ENTITY], toValue(v)));
  if (v.$record !== undefined) return whole(site, recordAttrDoesNotExist(name, namesIn(v.$record)));
  if (v.$data === undefined) return at(site, 0, entityDoesNotExist(v.$uid!));
  return whole(site, entityAttrDoesNotExist(v.$uid!, name, v.$data.attrs.keys(), v.$data.tags.has(name)));
}

function callFailure(site: Site, operands: readonly RuntimeValue[]): Failed {
  const args: readonly Value[] = operands.map(toValue);
  const result = applyExtFun(site.name!, args);
  if (!isExtFunFailure(result)) throw new CompilerBug(`${site.name} failed only in compiled code`);
  const { failure, argument } = result;
  return argument === undefined ? whole(site, failure) : at(site, argument, failure);
}
