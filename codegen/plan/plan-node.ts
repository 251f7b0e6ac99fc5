/**
 * Part — policies as the emitter takes them: written out, or as rows of a index.
 */

import { bindsNothing } from '../bind/rows.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { ColumnScan, IndexLookup, Inline, LinkLookup } from './plan.ts';

/** `row` is a place in the list of rows, as `index` is in that of indexes. */
export function inlineNode({ policy, where, validated }: CompiledPolicy, row: number): Inline {
  return { kind: 'inline', policy, row, where, validated };
}

/** The policies of the skeleton of `entry`. */
export function sharedNode(entry: CompiledPolicy, index: number): IndexLookup | ColumnScan {
  const { policy, leadingEquality, key: skeleton } = entry.skeleton;
  const where = `${entry.where}, and others of its skeleton`;
  const part = { policy, index, where, validated: entry.validated, skeleton };
  return bindsNothing(entry) ? { ...part, kind: 'columnScan', leadingEquality } : { ...part, kind: 'indexLookup' };
}

export function linkLookupNode({ policy, where, validated }: CompiledPolicy, index: number): LinkLookup {
  return { kind: 'linkLookup', policy, index, where: `${where}, by its links`, validated };
}
