/**
 * Dereference — the entities that a residual looks into by name: whose data would decide more of it.
 *
 * A uid counts where it is the operand of `.`, `has`, `hasTag`, `getTag`, or the left operand of `in`; as the right operand of `in`, or compared by
 * `==`, it needs no data. So fewer entities are asked for than the specification's batched evaluator asks for, which takes every literal.
 *
 * Spec:  Cedar.TPE.Residual: Residual.allLiteralUIDs, of which this is a part
 */
import { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';
import { nodes, type Residual } from './residual.ts';

/** What is looked up in an entity. */
export type Part = 'attrs' | 'tags' | 'ancestors';

export interface Dereference {
  readonly uid: EntityUid;
  readonly part: Part;
}

export function* dereferences(root: Residual): IterableIterator<Dereference> {
  for (const node of nodes(root)) {
    const looked = lookUp(node);
    const uid = looked?.of.kind === 'val' ? looked.of.value : undefined;
    if (looked !== undefined && uid instanceof EntityUid) yield { uid, part: looked.part };
  }
}

/** Every uid that occurs as a value, at any depth: what the official batched evaluator asks for. Spec: Residual.allLiteralUIDs */
export function* mentionedUids(root: Residual): IterableIterator<EntityUid> {
  for (const node of nodes(root)) if (node.kind === 'val') yield* uidsIn(node.value);
}

function* uidsIn(value: Value): IterableIterator<EntityUid> {
  if (value instanceof EntityUid) yield value;
  const parts = value instanceof CedarSet ? value.elements : value instanceof CedarRecord ? value.fields.values() : [];
  for (const part of parts) yield* uidsIn(part);
}

/** What the operator of a node looks up, and in which operand. */
export function lookUp(node: Residual): { readonly of: Residual; readonly part: Part } | undefined {
  if (node.kind === 'getAttr' || node.kind === 'hasAttr') return { of: node.expr, part: 'attrs' };
  if (node.kind !== 'binaryApp') return undefined;
  if (node.op === 'mem') return { of: node.left, part: 'ancestors' };
  return node.op === 'hasTag' || node.op === 'getTag' ? { of: node.left, part: 'tags' } : undefined;
}
