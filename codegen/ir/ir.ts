/**
 * IR — what the emitter works on: the core tree with flat chains, sorted record fields, and literals that can become parameters.
 *
 * Plain data; no phase writes on a node. `span` is the node's own place in the source. `outer` is the place of the expression that the node replaced:
 * an operator that gets a wrong value points there.
 *
 * INVARIANT: only a node that is marked `shared` can be an operand of several nodes. Each phase handles a shared node once.
 */
import type { BinaryOp, Var } from '../../src/syntax/core.ts';
import type { Span } from '../../src/syntax/span.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';

/** One kind of node for each of the operations `O`. */
type Node<O extends string, Fields> = O extends O
  ? {
      readonly op: O;
      readonly span: Span | undefined;
      readonly outer?: Span | undefined;
      readonly shared?: true;
    } & Fields
  : never;

export type Ir =
  | Node<'lit', { readonly value: Prim }>
  /** A literal that the skeleton leaves open; `kind` tells what kind of literal stands there. A slot stands in a scope, and indexes settle it. */
  | Node<'param', { readonly index: number; readonly kind: ParamKind; readonly slot?: 'principal' | 'resource' }>
  | Node<'var', { readonly name: Var }>
  | Node<'ite', { readonly test: Ir; readonly then: Ir; readonly else: Ir }>
  /** At least two operands, evaluated from the left until one decides. */
  | Node<'and' | 'or', { readonly operands: readonly Ir[] }>
  | Node<'not' | 'neg' | 'isEmpty', { readonly arg: Ir }>
  | Node<'like', { readonly arg: Ir; readonly pattern: Pattern }>
  | Node<'is', { readonly arg: Ir; readonly type: string }>
  | Node<BinaryOp, { readonly left: Ir; readonly right: Ir }>
  | Node<'getAttr' | 'hasAttr', { readonly arg: Ir; readonly attr: string }>
  | Node<'set', { readonly elements: readonly Ir[] }>
  /** Fields in the order of their names, which is that of their evaluation. */
  | Node<'record', { readonly names: readonly string[]; readonly values: readonly Ir[] }>
  | Node<'call', { readonly fn: string; readonly args: readonly Ir[] }>;

export type ParamKind = 'bool' | 'long' | 'string' | 'entity';

/** The nodes of these operations. */
export type IrOf<O extends Ir['op']> = Extract<Ir, { readonly op: O }>;

/** A policy or link after lowering: its three scope constraints and its condition, each a boolean expression. */
export interface IrPolicy {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** `undefined` where the scope does not constrain. */
  readonly principal: Ir | undefined;
  readonly action: Ir | undefined;
  readonly resource: Ir | undefined;
  /** `undefined` where there is no clause. */
  readonly condition: Ir | undefined;
}

/** The node in the place of another of the same value. */
export function replacing(ir: Ir, other: Ir): Ir {
  return { ...ir, outer: operandSpan(other) };
}

/** Where an operator points to whose operand this is. */
export function operandSpan({ span, outer }: Ir): Span | undefined {
  return outer ?? span;
}

/** The operands of a node in the order of their evaluation. */
export function children(ir: Ir): readonly Ir[] {
  switch (ir.op) {
    case 'lit':
    case 'param':
    case 'var':
      return [];
    case 'ite':
      return [ir.test, ir.then, ir.else];
    case 'and':
    case 'or':
      return ir.operands;
    case 'set':
      return ir.elements;
    case 'record':
      return ir.values;
    case 'call':
      return ir.args;
    case 'not':
    case 'neg':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'getAttr':
    case 'hasAttr':
      return [ir.arg];
    case 'eq':
    case 'mem':
    case 'hasTag':
    case 'getTag':
    case 'less':
    case 'lessEq':
    case 'add':
    case 'sub':
    case 'mul':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
      return [ir.left, ir.right];
    default:
      return unreachable(ir);
  }
}

/** All nodes of several trees, each before its operands and in order; those that are shared once. `enters` tells whose operands are wanted. */
export function nodesIn(roots: readonly (Ir | undefined)[], enters: (ir: Ir) => boolean = () => true): Ir[] {
  const nodes: Ir[] = [];
  const shared = new Set<Ir>();
  const open: Ir[] = [];
  const push = (irs: readonly (Ir | undefined)[]) => {
    for (let i = irs.length - 1; i >= 0; i--) if (irs[i] !== undefined) open.push(irs[i]!);
  };
  push(roots);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.shared) {
      if (shared.has(node)) continue;
      shared.add(node);
    }
    nodes.push(node);
    if (enters(node)) push(children(node));
  }
  return nodes;
}

/** The same node with other operands, in the order of `children`. */
export function withChildren(ir: Ir, next: readonly Ir[]): Ir {
  switch (ir.op) {
    case 'lit':
    case 'param':
    case 'var':
      return ir;
    case 'ite':
      return { ...ir, test: next[0]!, then: next[1]!, else: next[2]! };
    case 'and':
    case 'or':
      return { ...ir, operands: next };
    case 'set':
      return { ...ir, elements: next };
    case 'record':
      return { ...ir, values: next };
    case 'call':
      return { ...ir, args: next };
    case 'not':
    case 'neg':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'getAttr':
    case 'hasAttr':
      return { ...ir, arg: next[0]! };
    case 'eq':
    case 'mem':
    case 'hasTag':
    case 'getTag':
    case 'less':
    case 'lessEq':
    case 'add':
    case 'sub':
    case 'mul':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
      return { ...ir, left: next[0]!, right: next[1]! };
    default:
      return unreachable(ir);
  }
}
