/**
 * Evaluate — the untyped partial evaluator of the official build: what an expression comes to where some of the request is unknown.
 *
 *     Expr × request with unknowns × Entities → Value | Residual, or throws EvaluationError
 *
 * A connective or conditional whose first operand is unknown evaluates the others as far as they go: where one of them errs, it stays as it was
 * written, since it may never be evaluated. Everywhere else an error is an error of the whole. Nothing is simplified that is not a value.
 *
 * Docs:  Cedar Rust crate, Evaluator::partial_interpret
 * Twin:  model/evaluator.ts, which it calls wherever all operands are values
 */
import { apply1, apply2, getAttr, hasAttr } from '../model/evaluator.ts';
import type { Expr, Var } from '../syntax/core.ts';
import { spine } from '../syntax/core.ts';
import { connected, desugarHas } from '../syntax/desugar.ts';
import { chainAt, type HasChain } from '../syntax/extended-has.ts';
import { compareCodePoints } from '../value/code-point.ts';
import type { Entities } from '../value/entities.ts';
import { EvaluationError, recordAttrDoesNotExist, typeError } from '../value/evaluation-error.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import { literal, type PartialValue, Residual, type Spellings, unknownExpr } from './partial-value.ts';

type Node<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** What the variables stand for; an unknown one is a residual. */
export type PartialRequest = Readonly<Record<Var, PartialValue>>;

export class PartialEvaluator {
  readonly #request: PartialRequest;
  readonly #entities: Entities;
  readonly #spellings: Spellings;

  constructor(request: PartialRequest, entities: Entities, spellings: Spellings) {
    this.#request = request;
    this.#entities = entities;
    this.#spellings = spellings;
  }

  evaluate(x: Expr): PartialValue {
    switch (x.kind) {
      case 'lit':
        return x.value;
      case 'var':
        return this.#request[x.name];
      case 'slot':
        throw new CompilerBug(`a policy was evaluated before ${x.slot} was linked`);
      case 'ite':
        return this.#ite(x);
      case 'and':
      case 'or':
        return this.#connective(x);
      case 'unaryApp': {
        const arg = this.evaluate(x.arg);
        return arg instanceof Residual ? new Residual({ ...x, arg: arg.expr }) : apply1(x.op, arg, x);
      }
      case 'binaryApp':
        return this.#binaryApp(x);
      case 'getAttr':
        return this.#getAttr(x);
      case 'hasAttr':
        return this.#hasAttr(x);
      case 'set':
        return this.#set(x);
      case 'record':
        return this.#record(x);
      case 'call':
        return this.#call(x);
      default:
        return unreachable(x);
    }
  }

  #ite(x: Node<'ite'>): PartialValue {
    const test = this.evaluate(x.test);
    if (!(test instanceof Residual)) return this.evaluate(asBool(test, x.test) ? x.then : x.else);
    return new Residual({ ...x, test: test.expr, then: this.#bestEffort(x.then), else: this.#bestEffort(x.else) });
  }

  /** As far as it goes; as it was written, if it errs. */
  #bestEffort(x: Expr): Expr {
    try {
      return this.#spellings.exprOfPartial(this.evaluate(x));
    } catch (error) {
      if (error instanceof EvaluationError) return x;
      throw error;
    }
  }

  /** In a loop along the left spine; `has a.b.c` is one operand. */
  #connective(x: Node<'and' | 'or'>): PartialValue {
    const operands = spine<Expr>(x, x.kind);
    let left: PartialValue | undefined;
    for (let i = 0; i < operands.length; ) {
      const chain = x.kind === 'and' ? chainAt(operands, i) : undefined;
      const operand = chain === undefined || chain.attrs.length === 1 ? operands[i]! : toHas(chain);
      const isChain = operand !== operands[i];
      const evaluated = () => (isChain ? this.#has(chain!) : this.evaluate(operand));
      left = i === 0 ? evaluated() : this.#connect(x, left!, operands[i - 1]!, operand, evaluated);
      i += isChain ? chain!.attrs.length : 1;
    }
    // A chain alone is an expression of any type; a connective is one of Bool.
    return left!;
  }

  #connect(
    { kind, span }: Node<'and' | 'or'>,
    left: PartialValue,
    leftExpr: Expr,
    right: Expr,
    evaluated: () => PartialValue,
  ): PartialValue {
    if (left instanceof Residual)
      return new Residual(connected(kind, left.expr, this.#orWritten(right, evaluated), span));
    const known = asBool(left, leftExpr);
    if (known === (kind === 'or')) return known;
    const value = evaluated();
    // The right side must be a Bool, so the connective stays around it.
    if (value instanceof Residual) return new Residual(connected(kind, literal(known), value.expr, span));
    return asBool(value, right);
  }

  #orWritten(written: Expr, evaluated: () => PartialValue): Expr {
    try {
      return this.#spellings.exprOfPartial(evaluated());
    } catch (error) {
      if (error instanceof EvaluationError) return written;
      throw error;
    }
  }

  #binaryApp(x: Node<'binaryApp'>): PartialValue {
    const [left, right] = [this.evaluate(x.left), this.evaluate(x.right)];
    if (!(left instanceof Residual || right instanceof Residual))
      return this.#spellings.partial(apply2(x.op, left, right, this.#entities, x));
    const [l, r] = [this.#spellings.exprOfPartial(left), this.#spellings.exprOfPartial(right)];
    return new Residual({ ...x, left: l, right: r });
  }

  #hasAttr(x: Node<'hasAttr'>): PartialValue {
    const value = this.evaluate(x.expr);
    if (!(value instanceof Residual)) return hasAttr(value, x.attr, this.#entities, x);
    const { expr } = value;
    if (expr.kind === 'record' && isProjectable(expr)) return expr.fields.some(({ name }) => name === x.attr);
    // A copy: the same unknown in the next test must not make the two look as if they were written as one.
    return new Residual({ ...x, expr: { ...expr } });
  }

  /** Goes along the chain while there are values. What is left is not decided, not even where it could be. */
  #has({ receiver, attrs, span }: HasChain): PartialValue {
    let value = this.evaluate(receiver);
    let at = receiver;
    for (const [i, attr] of attrs.entries()) {
      if (value instanceof Residual) return new Residual(desugarHas(value.expr, attrs.slice(i), span));
      if (!hasAttr(value, attr, this.#entities, { kind: 'hasAttr', expr: at, attr, span })) return false;
      if (i === attrs.length - 1) break;
      const next: Node<'getAttr'> = { kind: 'getAttr', expr: at, attr, span };
      value = this.#spellings.partial(getAttr(value, attr, this.#entities, next));
      at = next;
    }
    return true;
  }

  #getAttr(x: Node<'getAttr'>): PartialValue {
    const value = this.evaluate(x.expr);
    if (!(value instanceof Residual)) return this.#spellings.partial(getAttr(value, x.attr, this.#entities, x));
    const { expr } = value;
    if (expr.kind !== 'record') return new Residual({ ...x, expr });
    const field = expr.fields.find(({ name }) => name === x.attr);
    if (field === undefined) {
      const names = expr.fields.map(({ name }) => name);
      throw new EvaluationError(recordAttrDoesNotExist(x.attr, names), x.span);
    }
    return isProjectable(expr) ? this.evaluate(field.expr) : new Residual({ ...x, expr });
  }

  /** The last of several equal elements stays, as in the official build: equal elements may be spelled differently. */
  #set(x: Node<'set'>): PartialValue {
    const elements = x.elements.map((element) => this.evaluate(element));
    if (elements.every(isValue)) return CedarSet.from(elements.toReversed());
    return new Residual({ ...x, elements: elements.map((element) => this.#spellings.exprOfPartial(element)) });
  }

  #record(x: Node<'record'>): PartialValue {
    const sorted = [...x.fields].sort((a, b) => compareCodePoints(a.name, b.name));
    const values = sorted.map(({ expr }) => this.evaluate(expr));
    const names = sorted.map(({ name }) => name);
    if (values.every(isValue)) return new CedarRecord(new Map(names.map((name, i) => [name, values[i] as Value])));
    const fields = names.map((name, i) => ({ name, expr: this.#spellings.exprOfPartial(values[i]!) }));
    return new Residual({ ...x, fields });
  }

  #call(x: Node<'call'>): PartialValue {
    const args = x.args.map((arg) => this.evaluate(arg));
    if (!args.every(isValue))
      return new Residual({ ...x, args: args.map((arg) => this.#spellings.exprOfPartial(arg)) });
    const [name] = args;
    if (x.fn === 'unknown' && args.length === 1 && typeof name === 'string') return new Residual(unknownExpr(name));
    const result = applyExtFun(x.fn, args);
    if (isExtFunFailure(result)) throw new EvaluationError(result.failure, x.span);
    this.#spellings.note(result, x.fn, args);
    return result;
  }
}

function toHas({ receiver, attrs, span }: HasChain): Expr {
  return desugarHas(receiver, attrs, span);
}

function isValue(value: PartialValue): value is Value {
  return !(value instanceof Residual);
}

/** Can evaluating it not err, whatever the unknowns are? */
function isProjectable(x: Expr): boolean {
  switch (x.kind) {
    case 'lit':
    case 'var':
      return true;
    case 'set':
      return x.elements.every(isProjectable);
    case 'record':
      return x.fields.every(({ expr }) => isProjectable(expr));
    case 'call':
      return x.fn === 'unknown' && x.args[0]?.kind === 'lit';
    default:
      return false;
  }
}

function asBool(value: Value, x: Expr): boolean {
  if (typeof value === 'boolean') return value;
  throw new EvaluationError(typeError(['bool'], value), x.span);
}
