/**
 * Residual — what is left of an expression after partial evaluation: a typed tree with values in it.
 *
 * There is no node for "unknown": what is unknown stays as the variable (`principal`, `resource`, `context`), or as a look-up in an entity whose
 * data are unknown. `error` stands for an expression that errs for certain.
 *
 * INVARIANT: types are those of the original nodes and never change; `canErr` is false only if no completion makes the node err.
 * INVARIANT: `and`/`or` chains may be 20,000 long on their left spine, as in the core tree; walks take it in a loop (`spine`).
 *
 * Spec:  Cedar.TPE.Residual: Residual, Residual.errorFree
 */

import type { BinaryOp, ExtFun, UnaryOp, Var } from '../syntax/core.ts';
import type { Span } from '../syntax/span.ts';
import { BOOL, type Type } from '../validator/type.ts';
import { append } from '../value/append.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';

interface Node {
  readonly type: Type;
  /** Where the policy's text says it; `undefined` for JSON policies and for what evaluation made. */
  readonly span: Span | undefined;
  /** Can evaluating the node err? By the official rules: `.` and `getTag` always may, even on records. */
  readonly canErr: boolean;
  /** Set where more than one node has this one as operand; walks look at it once. */
  readonly shared?: true;
}

export type Residual = Node &
  (
    | { readonly kind: 'val'; readonly value: Value }
    | { readonly kind: 'var'; readonly name: Var }
    | { readonly kind: 'ite'; readonly test: Residual; readonly then: Residual; readonly else: Residual }
    | { readonly kind: 'and' | 'or'; readonly left: Residual; readonly right: Residual }
    | { readonly kind: 'unaryApp'; readonly op: UnaryOp; readonly arg: Residual }
    | { readonly kind: 'binaryApp'; readonly op: BinaryOp; readonly left: Residual; readonly right: Residual }
    | { readonly kind: 'getAttr'; readonly expr: Residual; readonly attr: string }
    /** `e has a.b.c` is one node; `attrs` has at least one name. */
    | { readonly kind: 'hasAttr'; readonly expr: Residual; readonly attrs: readonly string[] }
    | { readonly kind: 'set'; readonly elements: readonly Residual[] }
    | { readonly kind: 'record'; readonly fields: readonly ResidualField[] }
    | { readonly kind: 'call'; readonly fn: ExtFun | (string & {}); readonly args: readonly Residual[] }
    | { readonly kind: 'error' }
  );

export interface ResidualField {
  readonly name: string;
  readonly expr: Residual;
}

export type ResidualOf<K extends Residual['kind']> = Residual & { readonly kind: K };

/** What a node keeps of the one it came from. */
export type Origin = Pick<Node, 'type' | 'span'>;

/** Operators that can overflow, or find no tag. Spec: UnaryOp.canError, BinaryOp.canError */
const FALLIBLE: ReadonlySet<string> = new Set(['neg', 'add', 'sub', 'mul', 'getTag']);

export function val(value: Value, { type, span }: Origin): Residual {
  return { kind: 'val', value, type, span, canErr: false };
}

export function bool(value: boolean, span: Span | undefined): Residual {
  return { kind: 'val', value, type: BOOL, span, canErr: false };
}

export function variable(name: Var, { type, span }: Origin): Residual {
  return { kind: 'var', name, type, span, canErr: false };
}

export function error({ type, span }: Origin): Residual {
  return { kind: 'error', type, span, canErr: true };
}

export function ite(test: Residual, yes: Residual, no: Residual, { type, span }: Origin): Residual {
  return { kind: 'ite', test, then: yes, else: no, type, span, canErr: test.canErr || yes.canErr || no.canErr };
}

export function chain(kind: 'and' | 'or', left: Residual, right: Residual, { type, span }: Origin): Residual {
  return { kind, left, right, type, span, canErr: left.canErr || right.canErr };
}

export function unaryApp(op: UnaryOp, arg: Residual, { type, span }: Origin): Residual {
  return { kind: 'unaryApp', op, arg, type, span, canErr: FALLIBLE.has(op.kind) || arg.canErr };
}

export function binaryApp(op: BinaryOp, left: Residual, right: Residual, { type, span }: Origin): Residual {
  return { kind: 'binaryApp', op, left, right, type, span, canErr: FALLIBLE.has(op) || left.canErr || right.canErr };
}

export function getAttr(expr: Residual, attr: string, { type, span }: Origin): Residual {
  return { kind: 'getAttr', expr, attr, type, span, canErr: true };
}

export function hasAttr(expr: Residual, attrs: readonly string[], { type, span }: Origin): Residual {
  return { kind: 'hasAttr', expr, attrs, type, span, canErr: expr.canErr };
}

export function set(elements: readonly Residual[], { type, span }: Origin): Residual {
  return { kind: 'set', elements, type, span, canErr: elements.some(({ canErr }) => canErr) };
}

export function record(fields: readonly ResidualField[], { type, span }: Origin): Residual {
  return { kind: 'record', fields, type, span, canErr: fields.some(({ expr }) => expr.canErr) };
}

export function call(fn: string, args: readonly Residual[], { type, span }: Origin): Residual {
  return { kind: 'call', fn, args, type, span, canErr: true };
}

/** The children of a node in the order of evaluation, one level deep; those of a chain all together, without recursion on its left spine. */
export function operands(r: Residual): readonly Residual[] {
  switch (r.kind) {
    case 'and':
    case 'or':
      return chainOf(r);
    case 'ite':
      return [r.test, r.then, r.else];
    case 'unaryApp':
      return [r.arg];
    case 'binaryApp':
      return [r.left, r.right];
    case 'getAttr':
    case 'hasAttr':
      return [r.expr];
    case 'set':
      return r.elements;
    case 'record':
      return r.fields.map(({ expr }) => expr);
    case 'call':
      return r.args;
    default:
      // `val`, `var` and `error` have none.
      return [];
  }
}

/** The operands of a chain of one connective, left to right. */
export function chainOf(r: ResidualOf<'and' | 'or'>): readonly Residual[] {
  const found: Residual[] = [];
  let node: Residual = r;
  for (; node.kind === r.kind; node = node.left) found.push(node.right);
  return [node, ...found.reverse()];
}

/** The same node where it has more than one parent. */
export function asShared(r: Residual): Residual {
  return r.shared || operands(r).length === 0 ? r : { ...r, shared: true };
}

/** Every node of a tree once, parents before children, without recursion; the inner nodes of a chain are left out. */
export function* nodes(root: Residual): IterableIterator<Residual> {
  const stack = [root];
  const seen = new Set<Residual>();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.shared && seen.has(node)) continue;
    if (node.shared) seen.add(node);
    yield node;
    append(stack, operands(node));
  }
}

/** How many nodes it has when it is written out, shared ones as often as they occur; counts no further than just beyond `most`. */
export function writtenSize(root: Residual, most: number): number {
  const stack = [root];
  let size = 0;
  for (let node = stack.pop(); node !== undefined && size <= most; node = stack.pop()) {
    size += node.kind === 'val' ? valueSize(node.value) : 1;
    append(stack, operands(node));
  }
  return size;
}

function valueSize(value: Value): number {
  const parts = value instanceof CedarSet ? value.elements : value instanceof CedarRecord ? value.fields.values() : [];
  let size = 1;
  for (const part of parts) size += valueSize(part);
  return size;
}
