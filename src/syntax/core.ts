/**
 * Core — the dozen kinds of expression that mean something; all else is sugar (see desugar.ts).
 *
 * INVARIANT: `and`/`or` chains may be 20,000 long on their left spine; every walk takes that spine in a loop (`spine`). Any other nesting is
 * bounded by the parsers (NESTING_LIMIT), so plain recursion is safe.
 * INVARIANT: a core tree is a graph without cycles. Sugar that needs an operand twice has the node twice, marked `shared` (desugar.ts). Whoever walks
 * a tree takes a shared node once, or it takes time exponential in the nesting.
 *
 * Spec:  Cedar.Spec.Expr: Var, UnaryOp, BinaryOp, Expr;  Cedar.Spec.ExtFun: ExtFun
 */
import type { EntityType } from '../value/entity-uid.ts';
import type { Pattern } from '../value/pattern.ts';
import type { Prim } from '../value/value.ts';
import type { SlotId } from './policy.ts';
import type { Span } from './span.ts';

export type Var = 'principal' | 'action' | 'resource' | 'context';

export type UnaryOp =
  | { readonly kind: 'not' }
  | { readonly kind: 'neg' }
  | { readonly kind: 'isEmpty' }
  | { readonly kind: 'like'; readonly pattern: Pattern }
  | { readonly kind: 'is'; readonly type: EntityType; readonly typeSpan: Span | undefined };

export type BinaryOp =
  | 'eq'
  | 'mem'
  | 'hasTag'
  | 'getTag'
  | 'less'
  | 'lessEq'
  | 'add'
  | 'sub'
  | 'mul'
  | 'contains'
  | 'containsAll'
  | 'containsAny';

/** Extension functions by their Cedar names. `unknown` parses only where the caller asked for it. */
export type ExtFun =
  | 'decimal'
  | 'lessThan'
  | 'lessThanOrEqual'
  | 'greaterThan'
  | 'greaterThanOrEqual'
  | 'ip'
  | 'isIpv4'
  | 'isIpv6'
  | 'isLoopback'
  | 'isMulticast'
  | 'isInRange'
  | 'datetime'
  | 'duration'
  | 'offset'
  | 'durationSince'
  | 'toDate'
  | 'toTime'
  | 'toMilliseconds'
  | 'toSeconds'
  | 'toMinutes'
  | 'toHours'
  | 'toDays'
  | 'unknown';

/** What every node has. */
interface Placed {
  /** The source it came from (`undefined` for JSON policies). */
  readonly span: Span | undefined;
  /** Set where more than one node has this one as operand. */
  readonly shared?: true;
}

export type Expr = Placed &
  (
    | { readonly kind: 'lit'; readonly value: Prim }
    | { readonly kind: 'var'; readonly name: Var }
    /** Only inside the scope expression of an unlinked template; the Lean specification links before it makes expressions. */
    | { readonly kind: 'slot'; readonly slot: SlotId }
    | { readonly kind: 'ite'; readonly test: Expr; readonly then: Expr; readonly else: Expr }
    | { readonly kind: 'and'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'or'; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'unaryApp'; readonly op: UnaryOp; readonly arg: Expr }
    | { readonly kind: 'binaryApp'; readonly op: BinaryOp; readonly left: Expr; readonly right: Expr }
    | { readonly kind: 'getAttr'; readonly expr: Expr; readonly attr: string }
    | { readonly kind: 'hasAttr'; readonly expr: Expr; readonly attr: string }
    | { readonly kind: 'set'; readonly elements: readonly Expr[] }
    /** Fields in source order, names unique; evaluation takes them in sorted order. */
    | { readonly kind: 'record'; readonly fields: readonly RecordField[] }
    /** `fn` may also be an unknown name when it came out of JSON: evaluating it is an `extensionError`. */
    | { readonly kind: 'call'; readonly fn: ExtFun | (string & {}); readonly args: readonly Expr[] }
  );

export interface RecordField {
  readonly name: string;
  readonly expr: Expr;
}

/**
 * The operands of a chain of one connective, left to right, without recursion on the left spine: `(a && b) && c` → `[a, b, c]`. Of either tree.
 */
export function spine<E extends { readonly kind: string }>(expr: E, kind: 'and' | 'or'): E[] {
  const operands: E[] = [];
  let node = expr;
  while (isChain(node, kind)) {
    operands.push(node.right);
    node = node.left;
  }
  operands.push(node);
  return operands.reverse();
}

function isChain<E extends { readonly kind: string }>(
  node: E,
  kind: 'and' | 'or',
): node is E & { readonly left: E; readonly right: E } {
  return node.kind === kind;
}
