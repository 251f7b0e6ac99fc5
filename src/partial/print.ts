/**
 * Print — residuals as Cedar text and as JSON.
 *
 *     Residual → Expression (syntax tree) → text | JSON
 *
 * A value of an extension type is written as the call that makes it, in one spelling whatever made it; what errs is written `error()`.
 *
 * Spec:  Cedar.TPE.Residual;  Docs: Cedar policy language, JSON policy format
 */
import type { BinaryOp, UnaryOp } from '../syntax/core.ts';
import type { BinaryOperator, Expression } from '../syntax/expression.ts';
import type { Annotation, Effect, Policy } from '../syntax/policy.ts';
import { expressionToJson, type Json, policyToJson } from '../syntax/policy-json.ts';
import { printExpression, printPolicy } from '../syntax/print.ts';
import type { Span } from '../syntax/span.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { IpAddr } from '../value/ipaddr.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { Unknown } from '../value/unknown.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Ext, Value } from '../value/value.ts';
import { type Residual, type ResidualOf, writtenSize } from './residual.ts';

/** Sugar that is nested in sugar can be far larger when it is written out than as it was written; of such a residual there is the tree only. */
const WRITTEN_AT_MOST = 1_000_000;

/** Throws `CedarmillError` for what is too large to be written. */
export function residualToCedar(r: Residual): string {
  return printExpression(writtenOut(r));
}

/** Throws `CedarmillError` for what is too large to be written. */
export function residualToJson(r: Residual): Json {
  return expressionToJson(writtenOut(r));
}

function writtenOut(r: Residual): Expression {
  if (writtenSize(r, WRITTEN_AT_MOST) > WRITTEN_AT_MOST)
    throw new CedarmillError(
      'residualTooLarge',
      `the residual has more than ${WRITTEN_AT_MOST} parts when it is written out`,
    );
  return expressionOf(r);
}

/** What a residual policy keeps of the one it came from. */
export interface PolicyHead {
  readonly id: string;
  readonly effect: Effect;
  readonly annotations: readonly Annotation[];
}

/** The policy that a residual stands for: about anybody and anything, with one condition. */
export function residualPolicy({ id, effect, annotations }: PolicyHead, residual: Residual): Policy {
  const any = { kind: 'any', span: undefined } as const;
  const conditions = [{ kind: 'when', body: writtenOut(residual), span: undefined } as const];
  const [span, source] = [undefined, undefined];
  return { id, effect, annotations, principal: any, action: any, resource: any, conditions, span, source };
}

export function residualPolicyToCedar(head: PolicyHead, residual: Residual): string {
  return printPolicy(residualPolicy(head, residual));
}

export function residualPolicyToJson(head: PolicyHead, residual: Residual): Json {
  return policyToJson(residualPolicy(head, residual));
}

function expressionOf(r: Residual): Expression {
  const { span } = r;
  switch (r.kind) {
    case 'val':
      return valueExpression(r.value, span);
    case 'error':
      return { kind: 'call', fn: 'error', args: [], span };
    case 'var':
      return { kind: 'var', name: r.name, span };
    case 'ite':
      return {
        kind: 'ite',
        test: expressionOf(r.test),
        then: expressionOf(r.then),
        else: expressionOf(r.else),
        span,
      };
    case 'and':
    case 'or':
      return chainExpression(r);
    case 'unaryApp':
      return unaryExpression(r.op, expressionOf(r.arg), span);
    case 'binaryApp':
      return {
        kind: 'binary',
        op: OPERATORS[r.op],
        left: expressionOf(r.left),
        right: expressionOf(r.right),
        span,
      };
    case 'getAttr':
      return { kind: 'getAttr', expr: expressionOf(r.expr), attr: r.attr, span };
    case 'hasAttr':
      return { kind: 'hasAttr', expr: expressionOf(r.expr), attrs: r.attrs, span };
    case 'set':
      return { kind: 'set', elements: r.elements.map(expressionOf), span };
    case 'record':
      return { kind: 'record', fields: r.fields.map(({ name, expr }) => ({ name, expr: expressionOf(expr) })), span };
    case 'call':
      return { kind: 'call', fn: r.fn, args: r.args.map(expressionOf), span };
    default:
      return unreachable(r);
  }
}

/** In a loop on the left spine. */
function chainExpression(r: ResidualOf<'and' | 'or'>): Expression {
  const spine: ResidualOf<'and' | 'or'>[] = [];
  let first: Residual = r;
  for (; first.kind === r.kind; first = first.left) spine.push(first);
  let left = expressionOf(first);
  for (const { kind, right, span } of spine.reverse()) left = { kind, left, right: expressionOf(right), span };
  return left;
}

function unaryExpression(op: UnaryOp, arg: Expression, span: Span | undefined): Expression {
  switch (op.kind) {
    case 'not':
      return { kind: 'unary', op: '!', arg, span };
    case 'neg':
    case 'isEmpty':
      return { kind: 'unary', op: op.kind, arg, span };
    case 'like':
      return { kind: 'like', expr: arg, pattern: op.pattern, span };
    case 'is':
      return { kind: 'is', expr: arg, type: op.type, typeSpan: op.typeSpan, in: undefined, span };
    default:
      return unreachable(op);
  }
}

const OPERATORS: Readonly<Record<BinaryOp, BinaryOperator>> = {
  eq: '==',
  mem: 'in',
  hasTag: 'hasTag',
  getTag: 'getTag',
  less: '<',
  lessEq: '<=',
  add: '+',
  sub: '-',
  mul: '*',
  contains: 'contains',
  containsAll: 'containsAll',
  containsAny: 'containsAny',
};

export function valueExpression(value: Value, span: Span | undefined): Expression {
  if (typeof value !== 'object' || value instanceof EntityUid) return { kind: 'lit', value, span };
  if (value instanceof CedarSet)
    return { kind: 'set', elements: sortedElements(value).map((element) => valueExpression(element, span)), span };
  if (value instanceof CedarRecord) return recordExpression(value, span);
  if (value instanceof Unknown) throw new CompilerBug('a residual holds an unknown value');
  return extensionExpression(value, span);
}

/** Equal sets are written alike: by kind, then Longs by size, texts and uids by code points. */
function sortedElements({ elements }: CedarSet): Value[] {
  return [...elements].sort((a, b) => rankOf(a) - rankOf(b) || compareAlike(a, b));
}

function rankOf(value: Value): number {
  if (typeof value !== 'object') return ['boolean', 'number', 'bigint', 'string'].indexOf(typeof value) & ~1;
  return value instanceof EntityUid ? 4 : value instanceof CedarSet ? 5 : value instanceof CedarRecord ? 6 : 7;
}

function compareAlike(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareCodePoints(a, b);
  if (typeof a !== 'object' || typeof b !== 'object') return a < b ? -1 : a > b ? 1 : 0;
  if (a instanceof EntityUid && b instanceof EntityUid)
    return compareCodePoints(a.type, b.type) || compareCodePoints(a.id, b.id);
  return compareCodePoints(a.key, b.key);
}

function recordExpression({ fields }: CedarRecord, span: Span | undefined): Expression {
  const sorted = [...fields].sort(([a], [b]) => compareCodePoints(a, b));
  return {
    kind: 'record',
    fields: sorted.map(([name, value]) => ({ name, expr: valueExpression(value, span) })),
    span,
  };
}

function extensionExpression(value: Ext, span: Span | undefined): Expression {
  const made = (fn: string, text: string): Expression => {
    const literal: Expression = { kind: 'lit', value: text, span };
    return { kind: 'call', fn, args: [literal], span };
  };
  if (value instanceof Decimal) return made('decimal', decimalText(value));
  if (value instanceof IpAddr) return made('ip', `${value}`);
  if (value instanceof Duration) return made('duration', `${value}`);
  if (!(value instanceof Datetime)) return unreachable(value);
  return {
    kind: 'call',
    fn: 'offset',
    args: [made('datetime', '1970-01-01'), made('duration', `${value.ms}ms`)],
    span,
  };
}

/** With four digits after the point. */
function decimalText(value: Decimal): string {
  const [whole, fraction = ''] = `${value}`.split('.');
  return `${whole}.${fraction.padEnd(4, '0')}`;
}
