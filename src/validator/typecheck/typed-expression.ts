/**
 * Typed expression — a core expression with the type of each node, for one request environment.
 *
 * It has the shape of `Expr`, but any node may be in several places, and none is marked `shared`. What can never be evaluated is left out: `a && b`
 * is `a` where `a` is false, `a || b` is `a` where `a` is true, and a conditional whose test is known has its live branch twice.
 *
 * Spec:  Cedar.Validation.TypedExpr
 */
import type { BinaryOp, Expr, ExtFun, UnaryOp, Var } from '../../syntax/core.ts';
import type { SlotId } from '../../syntax/policy.ts';
import type { Span } from '../../syntax/span.ts';
import { unreachable } from '../../value/unreachable.ts';
import type { Prim } from '../../value/value.ts';
import type { Type } from '../type.ts';

interface Typed {
  /** `undefined` where typing failed and there is nothing to say; never in a tree that passed. */
  readonly type: Type | undefined;
  readonly span: Span | undefined;
}

export type TypedExpr = Typed &
  (
    | { readonly kind: 'lit'; readonly value: Prim }
    | { readonly kind: 'var'; readonly name: Var }
    | { readonly kind: 'slot'; readonly slot: SlotId }
    | { readonly kind: 'ite'; readonly test: TypedExpr; readonly then: TypedExpr; readonly else: TypedExpr }
    | {
        readonly kind: 'and';
        readonly left: TypedExpr;
        readonly right: TypedExpr;
        /** Was the test on the right written as one with that before it, as in `has a.b`? */
        readonly isChain: boolean;
      }
    | { readonly kind: 'or'; readonly left: TypedExpr; readonly right: TypedExpr }
    | { readonly kind: 'unaryApp'; readonly op: UnaryOp; readonly arg: TypedExpr }
    | { readonly kind: 'binaryApp'; readonly op: BinaryOp; readonly left: TypedExpr; readonly right: TypedExpr }
    | { readonly kind: 'getAttr' | 'hasAttr'; readonly expr: TypedExpr; readonly attr: string }
    | { readonly kind: 'set'; readonly elements: readonly TypedExpr[] }
    | { readonly kind: 'record'; readonly fields: readonly { readonly name: string; readonly expr: TypedExpr }[] }
    | { readonly kind: 'call'; readonly fn: ExtFun | (string & {}); readonly args: readonly TypedExpr[] }
  );

export type ExprOf<K extends Expr['kind']> = Extract<Expr, { readonly kind: K }>;

/** The operands; those of a chain all together, without recursion on its left spine. */
export function operands(e: TypedExpr): readonly TypedExpr[] {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return [];
    case 'ite':
      return [e.test, e.then, e.else];
    case 'and':
    case 'or':
      return chainOperands(e);
    case 'binaryApp':
      return [e.left, e.right];
    case 'unaryApp':
      return [e.arg];
    case 'getAttr':
    case 'hasAttr':
      return [e.expr];
    case 'set':
      return e.elements;
    case 'record':
      return e.fields.map(({ expr }) => expr);
    case 'call':
      return e.args;
    default:
      return unreachable(e);
  }
}

function chainOperands(e: TypedExpr): readonly TypedExpr[] {
  const found: TypedExpr[] = [];
  let node = e;
  for (; node.kind === 'and' || node.kind === 'or'; node = node.left) found.push(node.right);
  return [node, ...found.reverse()];
}
