/**
 * Error sites — the numbers of the points in a policy where evaluation can fail.
 *
 * Every node has two, by its position in the tree: one for its own operation, and one for a value that should be a Bool and is not. Policies of one
 * skeleton number alike, so they share code and still report their own spans.
 */
import { unreachable } from '../../src/value/unreachable.ts';
import type { ErrorSite } from '../runtime/program/error-site.ts';
import { children, type Ir, type IrPolicy, nodesIn, operandSpan } from './ir.ts';
import { kindOf } from './kind.ts';

type Parts = Pick<IrPolicy, 'principal' | 'action' | 'resource' | 'condition'>;

/** All nodes, in the order of their numbers: the action last, since a skeleton leaves it out. */
function nodesOf({ principal, action, resource, condition }: Parts): Ir[] {
  return nodesIn([principal, resource, condition, action]);
}

/** For the emitter: the number of a node's own error site; that of its being no Bool is one higher. */
export function numberErrorSites(policy: Parts): ReadonlyMap<Ir, number> {
  return new Map(nodesOf(policy).map((node, i) => [node, 2 * i]));
}

/** The error sites of a policy, by number. */
export function errorSitesOf(policy: Parts): readonly ErrorSite[] {
  return nodesOf(policy).flatMap((node) => [ownSite(node), boolSite(node)] as const);
}

/** Those of the error sites that a program can note; a module carries no others, which would be most of its text. */
export function notedErrorSites(policy: Parts): Readonly<Record<number, ErrorSite>> {
  const nodes = nodesOf(policy);
  const { principal, action, resource, condition } = policy;
  const bools = new Set([principal, action, resource, condition, ...nodes.filter(joinsBools).flatMap(children)]);
  const noted: Record<number, ErrorSite> = {};
  for (const [i, node] of nodes.entries()) {
    const own = ownSite(node);
    if (own.op !== 'bool') noted[2 * i] = own;
    if (bools.has(node) && kindOf(node) !== 'bool') noted[2 * i + 1] = boolSite(node);
  }
  return noted;
}

/** Besides the whole, only the parts of these must be Bools. */
function joinsBools({ op }: Ir): boolean {
  return op === 'and' || op === 'or' || op === 'not' || op === 'ite';
}

function boolSite(node: Ir): ErrorSite {
  const span = operandSpan(node);
  return { op: 'bool', span, operands: [span] };
}

function ownSite(node: Ir): ErrorSite {
  const operands = children(node).map(operandSpan);
  switch (node.op) {
    case 'lit':
    case 'param':
    case 'var':
    case 'ite':
    case 'and':
    case 'or':
    case 'not':
    case 'eq':
    case 'set':
    case 'record':
      return boolSite(node);
    case 'getAttr':
    case 'hasAttr':
      return { op: node.op, name: node.attr, span: node.span, operands };
    case 'call':
      return { op: 'call', name: node.fn, span: node.span, operands };
    case 'neg':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'less':
    case 'lessEq':
    case 'add':
    case 'sub':
    case 'mul':
    case 'mem':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'hasTag':
    case 'getTag':
      return { op: node.op, span: node.span, operands };
    default:
      return unreachable(node);
  }
}
