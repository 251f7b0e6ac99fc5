/**
 * Error site — a point in a policy where evaluation can fail, and what its error says.
 *
 * A program notes only the site and its operands. The error is worded afterwards, so a failure that nobody reads costs little.
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
} from '../../../src/value/evaluation-error.ts';
import { applyExtFun, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import { isLong } from '../../../src/value/long.ts';
import type { CedarRecord } from '../../../src/value/record.ts';
import { ANY_ENTITY } from '../../../src/value/type-name.ts';
import { CompilerBug, unreachable } from '../../../src/value/unreachable.ts';
import type { Value } from '../../../src/value/value.ts';
import { isEntity } from '../evaluate/operator.ts';
import { RuntimeSet, type RuntimeValue, toValue } from '../evaluate/runtime-value.ts';
import { Node } from '../graph/node.ts';
import { PartialRecord } from '../graph/partial-record.ts';

export interface ErrorSiteSpan {
  readonly start: number;
  readonly end: number;
}

export type ErrorSiteOp =
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
export interface ErrorSite {
  readonly op: ErrorSiteOp;
  /** The attribute of `getAttr` and `hasAttr`, the function of `call`. */
  readonly name?: string | undefined;
  /** The whole expression. */
  readonly span: ErrorSiteSpan | undefined;
  /** The operands, left to right. */
  readonly operands: readonly (ErrorSiteSpan | undefined)[];
}

export interface Failed {
  readonly failure: EvaluationFailure;
  readonly span: ErrorSiteSpan | undefined;
}

const TYPES: Readonly<Partial<Record<ErrorSiteOp, readonly string[]>>> = {
  bool: ['bool'],
  isEmpty: ['set'],
  like: ['string'],
  is: [ANY_ENTITY],
  hasAttr: ['record', ANY_ENTITY],
  contains: ['set'],
};

/** The error of `errorSite` on these operands. */
export function describeFailure(errorSite: ErrorSite, operands: readonly RuntimeValue[]): Failed {
  const { op } = errorSite;
  const [a, b] = operands as readonly [RuntimeValue, RuntimeValue];
  switch (op) {
    case 'bool':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'hasAttr':
    case 'contains':
      return at(errorSite, 0, typeError(TYPES[op]!, toValue(a)));
    case 'neg':
      return isLong(a) ? ofWhole(errorSite, negationOverflow(a)) : at(errorSite, 0, typeError(['long'], toValue(a)));
    case 'less':
    case 'lessEq': {
      const { failure, at: side } = comparisonTypeError(toValue(a), toValue(b));
      return at(errorSite, side === 'left' ? 0 : 1, failure);
    }
    case 'add':
    case 'sub':
    case 'mul':
      if (isLong(a) && isLong(b)) return ofWhole(errorSite, binaryOverflow(op, a, b));
      return firstOfOtherType(errorSite, operands, 'long', isLong);
    case 'containsAll':
    case 'containsAny':
      return firstOfOtherType(errorSite, operands, 'set', (v) => v instanceof RuntimeSet);
    case 'mem':
      return memFailure(errorSite, a, b);
    case 'hasTag':
      return tagOperandFailure(errorSite, a, b);
    case 'getTag':
      return isEntity(a) && typeof b === 'string' ? missingTag(errorSite, a, b) : tagOperandFailure(errorSite, a, b);
    case 'getAttr':
      return missingAttr(errorSite, a);
    case 'call':
      return callFailure(errorSite, operands);
    default:
      return unreachable(op);
  }
}

function ofWhole(errorSite: ErrorSite, failure: EvaluationFailure): Failed {
  return { failure, span: errorSite.span };
}

function at(errorSite: ErrorSite, operand: number, failure: EvaluationFailure): Failed {
  return { failure, span: errorSite.operands[operand] };
}

function firstOfOtherType(
  errorSite: ErrorSite,
  operands: readonly RuntimeValue[],
  type: string,
  isOf: (v: RuntimeValue) => boolean,
): Failed {
  const wrong = operands.findIndex((operand) => !isOf(operand));
  return at(errorSite, wrong, typeError([type], toValue(operands[wrong]!)));
}

function memFailure(errorSite: ErrorSite, a: RuntimeValue, b: RuntimeValue): Failed {
  if (!isEntity(a)) return at(errorSite, 0, memTypeError(toValue(a), toValue(b)));
  if (!(b instanceof RuntimeSet)) return at(errorSite, 1, typeError(['set', ANY_ENTITY], toValue(b)));
  const foreign = b.elements.find((element) => !isEntity(element));
  return at(errorSite, 1, typeError([ANY_ENTITY], toValue(foreign!)));
}

function tagOperandFailure(errorSite: ErrorSite, a: RuntimeValue, b: RuntimeValue): Failed {
  if (!isEntity(a)) return at(errorSite, 0, typeError([ANY_ENTITY], toValue(a)));
  return at(errorSite, 1, typeError(['string'], toValue(b)));
}

function missingTag(errorSite: ErrorSite, { $uid, $data }: Node, tag: string): Failed {
  if ($data === undefined) return at(errorSite, 0, entityDoesNotExist($uid!));
  return ofWhole(errorSite, tagDoesNotExist($uid!, tag, $data.tags.keys(), $data.attrs.has(tag)));
}

function namesIn(record: CedarRecord): Iterable<string> {
  return record instanceof PartialRecord ? record.names : record.fields.keys();
}

function missingAttr(errorSite: ErrorSite, v: RuntimeValue): Failed {
  const name = errorSite.name!;
  if (!(v instanceof Node)) return at(errorSite, 0, typeError(['record', ANY_ENTITY], toValue(v)));
  if (v.$record !== undefined) return ofWhole(errorSite, recordAttrDoesNotExist(name, namesIn(v.$record)));
  if (v.$data === undefined) return at(errorSite, 0, entityDoesNotExist(v.$uid!));
  return ofWhole(errorSite, entityAttrDoesNotExist(v.$uid!, name, v.$data.attrs.keys(), v.$data.tags.has(name)));
}

function callFailure(errorSite: ErrorSite, operands: readonly RuntimeValue[]): Failed {
  const args: readonly Value[] = operands.map(toValue);
  const result = applyExtFun(errorSite.name!, args);
  if (!isExtFunFailure(result)) throw new CompilerBug(`${errorSite.name} failed only in compiled code`);
  const { failure, argument } = result;
  return argument === undefined ? ofWhole(errorSite, failure) : at(errorSite, argument, failure);
}
