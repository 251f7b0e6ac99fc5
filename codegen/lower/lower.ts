/**
 * Lower — core tree to IR: chains become lists, record fields are sorted, scopes become expressions.
 *
 * Spec:  Cedar.Spec.Policy: Scope.toExpr, ActionScope.toExpr, Policy.toExpr
 */
import { type Expr, spine, type UnaryOp } from '../../src/syntax/core.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { actionScopeToExpr, scopeToExpr } from '../../src/syntax/desugar.ts';
import type { SlotId } from '../../src/syntax/policy.ts';
import { compareCodePoints } from '../../src/value/code-point.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Ir, IrPolicy } from '../ir/ir.ts';

/** What the slots of a template become. */
const SLOTS = {
  '?principal': { index: 0, slot: 'principal' },
  '?resource': { index: 1, slot: 'resource' },
} as const satisfies Record<SlotId, object>;

/** A policy or a template. */
export function lowerPolicy(policy: CorePolicy): IrPolicy {
  const { id, effect, principal, action, resource, condition } = policy;
  return {
    id,
    effect,
    principal: principal.kind === 'any' ? undefined : lower(scopeToExpr('principal', principal)),
    action: action.kind === 'any' ? undefined : lower(actionScopeToExpr(action)),
    resource: resource.kind === 'any' ? undefined : lower(scopeToExpr('resource', resource)),
    condition: condition.kind === 'lit' && condition.value === true ? undefined : lower(condition),
  };
}

/** `shared` are the nodes so far that more than one has as operand. */
export function lower(x: Expr, shared = new Map<Expr, Ir>()): Ir {
  if (!x.shared) return lowerNode(x, shared);
  const known = shared.get(x);
  if (known !== undefined) return known;
  const ir: Ir = { ...lowerNode(x, shared), shared: true };
  shared.set(x, ir);
  return ir;
}

function lowerNode(x: Expr, shared: Map<Expr, Ir>): Ir {
  const { span } = x;
  const inner = (each: Expr) => lower(each, shared);
  switch (x.kind) {
    case 'lit':
      return { op: 'lit', value: x.value, span };
    case 'var':
      return { op: 'var', name: x.name, span };
    case 'slot':
      return { op: 'param', ...SLOTS[x.slot], kind: 'entity', span };
    case 'ite':
      return { op: 'ite', test: inner(x.test), then: inner(x.then), else: inner(x.else), span };
    case 'and':
    case 'or':
      return { op: x.kind, operands: spine<Expr>(x, x.kind).map(inner), span };
    case 'unaryApp':
      return lowerUnary(x.op, inner(x.arg), x);
    case 'binaryApp':
      return { op: x.op, left: inner(x.left), right: inner(x.right), span };
    case 'getAttr':
    case 'hasAttr':
      return { op: x.kind, arg: inner(x.expr), attr: x.attr, span };
    case 'set':
      return { op: 'set', elements: x.elements.map(inner), span };
    case 'record': {
      const fields = [...x.fields].sort((a, b) => compareCodePoints(a.name, b.name));
      return {
        op: 'record',
        names: fields.map(({ name }) => name),
        values: fields.map(({ expr }) => inner(expr)),
        span,
      };
    }
    case 'call':
      return { op: 'call', fn: x.fn, args: x.args.map(inner), span };
    default:
      return unreachable(x);
  }
}

function lowerUnary(op: UnaryOp, arg: Ir, { span }: Expr): Ir {
  switch (op.kind) {
    case 'not':
    case 'neg':
    case 'isEmpty':
      return { op: op.kind, arg, span };
    case 'like':
      return { op: 'like', arg, pattern: op.pattern, span };
    case 'is':
      return { op: 'is', arg, type: op.type, span };
    default:
      return unreachable(op);
  }
}
