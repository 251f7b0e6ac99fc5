/**
 * Size — how many nodes a condition has when it is written out, shared ones as often as they occur.
 *
 * Technique: `and` and `or` keep their size from when they are made. Of other nodes, those that hold others deep down are remembered.
 */
import { unreachable } from '../value/unreachable.ts';
import type { Condition, Scalar } from './condition.ts';

type Node = Condition | Scalar;

const SIZES = new WeakMap<Node, number>();

export function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.size;
    case 'compare':
      return 1 + sizeOf(node.left) + sizeOf(node.right);
    case 'like':
    case 'in':
    case 'inList':
    case 'isNull':
    case 'below':
      return 1 + sizeOf(node.value);
    case 'exists':
    case 'lookup':
    case 'case':
    case 'member':
    case 'arithmetic':
      return remembered(node);
    default:
      return 1;
  }
}

/** That of `and` and `or` with these operands. */
export function sizeOfAll(nodes: readonly Node[]): number {
  let size = 1;
  for (const node of nodes) size += sizeOf(node);
  return size;
}

type Nested = Extract<Node, { readonly kind: 'exists' | 'lookup' | 'case' | 'member' | 'arithmetic' }>;

function remembered(node: Nested): number {
  const known = SIZES.get(node);
  if (known !== undefined) return known;
  const size = sizeOfAll(partsOf(node));
  SIZES.set(node, size);
  return size;
}

function partsOf(node: Nested): readonly Node[] {
  switch (node.kind) {
    case 'exists':
      return node.source.kind === 'table' ? [node.where] : [node.source.list, node.where];
    case 'lookup':
      return [node.where, node.value];
    case 'case':
      return [node.yes, node.then, node.no, node.otherwise];
    case 'member':
      return [node.object];
    case 'arithmetic':
      return [node.left, node.right];
    default:
      return unreachable(node);
  }
}
