/**
 * Typed — from the validator's typed tree to the residual that partial evaluation starts from.
 *
 *     TypedExpr → Residual
 *
 * Literals become values; the types `true` and `false` become Bool, so that a type says nothing that evaluation did not find out. `e has a.b.c`
 * is `e has a && e.a has b && e.a.b has c` in the core tree and becomes one node again: as one node it cannot err.
 *
 * Spec:  Cedar.Validation.TypedExpr.toResidual, TypedExpr.liftBoolTypes
 */
import type { Expr } from '../syntax/core.ts';
import { ExprKeys } from '../validator/expr-key.ts';
import { BOOL, type Type } from '../validator/type.ts';
import { operands, type TypedExpr } from '../validator/typecheck/typed-expression.ts';
import { append } from '../value/append.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Origin, Residual, ResidualOf } from './residual.ts';
import * as residual from './residual.ts';

type TypedOf<K extends TypedExpr['kind']> = TypedExpr & { readonly kind: K };

export function residualOf(e: TypedExpr): Residual {
  return new Conversion(e).of(e);
}

/** The nodes that are in more than one place, found by looking at each node once. */
function sharedIn(root: TypedExpr): ReadonlySet<TypedExpr> {
  const [seen, shared] = [new Set<TypedExpr>(), new Set<TypedExpr>()];
  const stack = [root];
  for (let e = stack.pop(); e !== undefined; e = stack.pop()) {
    if (seen.has(e)) {
      shared.add(e);
      continue;
    }
    seen.add(e);
    append(stack, operands(e));
  }
  return shared;
}

class Conversion {
  readonly #keys = new ExprKeys();
  readonly #shared: ReadonlySet<TypedExpr>;
  /** The residuals of shared nodes so far. INVARIANT: one residual for all places of a node, or walks would repeat it at each. */
  readonly #done = new Map<TypedExpr, Residual>();

  constructor(root: TypedExpr) {
    this.#shared = sharedIn(root);
  }

  of(e: TypedExpr): Residual {
    if (!this.#shared.has(e)) return this.#convert(e);
    const made = this.#done.get(e) ?? residual.asShared(this.#convert(e));
    this.#done.set(e, made);
    return made;
  }

  #convert(e: TypedExpr): Residual {
    const from = originOf(e);
    switch (e.kind) {
      case 'lit':
        return residual.val(e.value, from);
      case 'var':
        return residual.variable(e.name, from);
      case 'slot':
        throw new CompilerBug(`a policy was partially evaluated before ${e.slot} was linked`);
      case 'ite':
        return residual.ite(this.of(e.test), this.of(e.then), this.of(e.else), from);
      case 'and':
      case 'or':
        return this.#chain(e);
      case 'unaryApp':
        return residual.unaryApp(e.op, this.of(e.arg), from);
      case 'binaryApp':
        return residual.binaryApp(e.op, this.of(e.left), this.of(e.right), from);
      case 'getAttr':
        return residual.getAttr(this.of(e.expr), e.attr, from);
      case 'hasAttr':
        return residual.hasAttr(this.of(e.expr), [e.attr], from);
      case 'set':
        return residual.set(this.#all(e.elements), from);
      case 'record':
        return residual.record(
          e.fields.map(({ name, expr }) => ({ name, expr: this.of(expr) })),
          from,
        );
      case 'call':
        return residual.call(e.fn, this.#all(e.args), from);
      default:
        return unreachable(e);
    }
  }

  #all(es: readonly TypedExpr[]): Residual[] {
    return es.map((e) => this.of(e));
  }

  /** A chain of one connective, in a loop on its left spine. */
  #chain(e: TypedOf<'and' | 'or'>): Residual {
    const nodes: TypedOf<'and' | 'or'>[] = [];
    let first: TypedExpr = e;
    for (; first.kind === e.kind; first = first.left) nodes.push(first);
    let left = this.of(first);
    // The receiver of the test that `left` is, as long as it may grow.
    let tested = first.kind === 'hasAttr' ? first.expr : undefined;
    for (const node of nodes.reverse()) {
      const longer = tested && left.kind === 'hasAttr' ? this.#longerHas(node, left, tested) : undefined;
      if (longer === undefined) tested = undefined;
      left = longer ?? residual.chain(node.kind, left, this.of(node.right), originOf(node));
    }
    return left;
  }

  /**
   * `(e has a) && e.a has b` → `e has a.b`, if the two were written as one test.
   *
   * All parts of an extended `has` share its span. In a JSON policy nothing has a span; there it is enough that both receivers are equal.
   */
  #longerHas(
    { kind, right, span, type }: TypedOf<'and' | 'or'>,
    left: ResidualOf<'hasAttr'>,
    tested: TypedExpr,
  ): Residual | undefined {
    if (kind !== 'and' || right.kind !== 'hasAttr' || right.span !== span || left.span !== span) return undefined;
    const receiver = receiverOf(right.expr, left.attrs);
    if (receiver === undefined || this.#keys.of(receiver as Expr) !== this.#keys.of(tested as Expr)) return undefined;
    return residual.hasAttr(left.expr, [...left.attrs, right.attr], { type: lifted(type!), span });
  }
}

function originOf({ type, span }: TypedExpr): Origin {
  if (type === undefined) throw new CompilerBug('a policy that does not pass the validator was partially evaluated');
  return { type: lifted(type), span };
}

/** Spec: CedarType.liftBoolTypes; types inside of sets and records are those of the schema, or are never compared. */
function lifted(type: Type): Type {
  return type.kind === 'true' || type.kind === 'false' ? BOOL : type;
}

/** The `e` of `e.a.b` for the path `a`, `b`. */
function receiverOf(e: TypedExpr, path: readonly string[]): TypedExpr | undefined {
  let node = e;
  for (const attr of [...path].reverse()) {
    if (node.kind !== 'getAttr' || node.attr !== attr) return undefined;
    node = node.expr;
  }
  return node;
}
