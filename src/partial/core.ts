/**
 * Core — residuals as core expressions: what the model evaluates and the compiler compiles.
 *
 *     Residual → Expr
 *
 * The expression has the residual's value for every completion of the request, and errs where the residual does; an extended `has` becomes the
 * conjunction that it stands for. What errs for certain is a call of a function that does not exist.
 */
import type { Expr } from '../syntax/core.ts';
import { desugar } from '../syntax/desugar.ts';
import { unreachable } from '../value/unreachable.ts';
import { valueExpression } from './print.ts';
import { asShared, type Residual, type ResidualOf } from './residual.ts';

export function residualToCore(r: Residual): Expr {
  return new Conversion().of(r);
}

class Conversion {
  /** The results of nodes that several nodes share as operand. */
  readonly #shared = new Map<Residual, Expr>();

  of(r: Residual): Expr {
    if (!r.shared) return this.#convert(r);
    const expr = this.#shared.get(r) ?? { ...this.#convert(r), shared: true };
    this.#shared.set(r, expr);
    return expr;
  }

  #convert(r: Residual): Expr {
    const { span } = r;
    switch (r.kind) {
      case 'val':
        return desugar(valueExpression(r.value, span));
      case 'error':
        return { kind: 'call', fn: 'error', args: [], span };
      case 'var':
        return { kind: 'var', name: r.name, span };
      case 'ite':
        return { kind: 'ite', test: this.of(r.test), then: this.of(r.then), else: this.of(r.else), span };
      case 'and':
      case 'or':
        return this.#chain(r);
      case 'unaryApp':
        return { kind: 'unaryApp', op: r.op, arg: this.of(r.arg), span };
      case 'binaryApp':
        return { kind: 'binaryApp', op: r.op, left: this.of(r.left), right: this.of(r.right), span };
      case 'getAttr':
        return { kind: 'getAttr', expr: this.of(r.expr), attr: r.attr, span };
      case 'hasAttr':
        return this.#has(r);
      case 'set':
        return { kind: 'set', elements: r.elements.map((element) => this.of(element)), span };
      case 'record':
        return { kind: 'record', fields: r.fields.map(({ name, expr }) => ({ name, expr: this.of(expr) })), span };
      case 'call':
        return { kind: 'call', fn: r.fn, args: r.args.map((arg) => this.of(arg)), span };
      default:
        return unreachable(r);
    }
  }

  /** In a loop on the left spine. */
  #chain(r: ResidualOf<'and' | 'or'>): Expr {
    const nodes: ResidualOf<'and' | 'or'>[] = [];
    let first: Residual = r;
    for (; first.kind === r.kind; first = first.left) nodes.push(first);
    let left = this.of(first);
    for (const { kind, right, span } of nodes.reverse()) left = { kind, left, right: this.of(right), span };
    return left;
  }

  /** `e has a.b` → `e has a && e.a has b`. */
  #has({ expr, attrs, span }: ResidualOf<'hasAttr'>): Expr {
    let receiver = this.of(attrs.length > 1 ? asShared(expr) : expr);
    let test: Expr | undefined;
    for (const attr of attrs) {
      const has: Expr = { kind: 'hasAttr', expr: receiver, attr, span };
      test = test === undefined ? has : { kind: 'and', left: test, right: has, span };
      receiver = { kind: 'getAttr', expr: receiver, attr, span, shared: true };
    }
    return test!;
  }
}
