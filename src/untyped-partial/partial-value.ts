/**
 * Partial value — a value, or the expression that is left where some of it is unknown.
 *
 * A value of an extension type goes back to the call that it was read from; what was computed goes back to a call that makes it.
 */
import type { Expr } from '../syntax/core.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { Datetime } from '../value/datetime.ts';
import { Decimal } from '../value/decimal.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { IpAddr } from '../value/ipaddr.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { findUnknown, Unknown } from '../value/unknown.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Ext, Value } from '../value/value.ts';
import { compareValues } from './value-order.ts';

/** What is left of an expression. */
export class Residual {
  readonly expr: Expr;

  constructor(expr: Expr) {
    this.expr = expr;
  }
}

export type PartialValue = Value | Residual;

/** The texts that extension values were made of. */
export class Spellings {
  readonly #calls = new WeakMap<Ext, { readonly fn: string; readonly text: string }>();

  note(value: Value, fn: string, args: readonly Value[]): void {
    const [text] = args;
    if (isExtension(value) && args.length === 1 && typeof text === 'string') this.#calls.set(value, { fn, text });
  }

  /** The expression that a value stands for. */
  exprOf(value: Value): Expr {
    if (typeof value !== 'object' || value instanceof EntityUid) return literal(value);
    if (value instanceof CedarSet) {
      // A set with unknowns is not yet a value, and stays in the order in which it was given.
      const sorted = findUnknown(value) === undefined ? [...value.elements].sort(compareValues) : value.elements;
      return { kind: 'set', elements: sorted.map((element) => this.exprOf(element)), span: undefined };
    }
    if (value instanceof CedarRecord) {
      const fields = [...value.fields].sort(([a], [b]) => compareCodePoints(a, b));
      return { kind: 'record', fields: fields.map(([name, v]) => ({ name, expr: this.exprOf(v) })), span: undefined };
    }
    if (value instanceof Unknown) return unknownExpr(value.name);
    const made = this.#calls.get(value);
    return made === undefined ? computed(value) : call(made.fn, literal(made.text));
  }

  /** A value that holds unknowns is not yet a value. */
  partial(value: Value): PartialValue {
    return findUnknown(value) === undefined ? value : new Residual(this.exprOf(value));
  }

  exprOfPartial(value: PartialValue): Expr {
    return value instanceof Residual ? value.expr : this.exprOf(value);
  }
}

function isExtension(value: Value): value is Ext {
  return value instanceof Decimal || value instanceof IpAddr || value instanceof Datetime || value instanceof Duration;
}

/** The specification makes decimals and addresses from text alone; datetimes and durations are also computed. */
function computed(value: Ext): Expr {
  if (value instanceof Duration) return call('duration', literal(`${value.ms}ms`));
  if (value instanceof Datetime)
    return call('offset', call('datetime', literal('1970-01-01')), call('duration', literal(`${value.ms}ms`)));
  if (value instanceof Decimal) return call('decimal', literal(`${value}`));
  return value instanceof IpAddr ? call('ip', literal(`${value}`)) : unreachable(value);
}

export function unknownExpr(name: string): Expr {
  return call('unknown', literal(name));
}

export function literal(value: Extract<Expr, { kind: 'lit' }>['value']): Expr {
  return { kind: 'lit', value, span: undefined };
}

function call(fn: string, ...args: readonly Expr[]): Expr {
  return { kind: 'call', fn, args, span: undefined };
}
