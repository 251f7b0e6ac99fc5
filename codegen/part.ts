/**
 * Part — policies as the emitter takes them: written out, or as rows of a table.
 */

import type { LinksPart, ListPart, LoosePart, TablePart } from './emit/program.ts';
import type { Entry } from './entry.ts';
import { bindsNothing } from './rows.ts';

/** `row` is a place in the list of rows, as `table` is in that of tables. */
export function loosePart({ policy, where, validated }: Entry, row: number): LoosePart {
  return { kind: 'loose', policy, row, where, validated };
}

/** The policies of the shape of `entry`. */
export function shapePart(entry: Entry, table: number): TablePart | ListPart {
  const { policy, firstClause, key: shape } = entry.shape;
  const where = `${entry.where}, and others of its shape`;
  const part = { policy, table, where, validated: entry.validated, shape };
  return bindsNothing(entry) ? { ...part, kind: 'list', firstClause } : { ...part, kind: 'table' };
}

export function linksPart({ policy, where, validated }: Entry, table: number): LinksPart {
  return { kind: 'links', policy, table, where: `${where}, by its links`, validated };
}
