/**
 * Part — policies as the emitter takes them: written out, or as rows of a table.
 */

import type { LoosePart, TablePart } from './emit/program.ts';
import type { Entry } from './entry.ts';

/** `row` is a place in the list of rows, as `table` is in that of tables. */
export function loosePart({ policy, where, validated }: Entry, row: number): LoosePart {
  return { kind: 'loose', policy, row, where, validated };
}

/** The policies of the shape of `entry`. */
export function tablePart({ shape, where, validated }: Entry, table: number): TablePart {
  return { kind: 'table', policy: shape.policy, table, where: `${where}, and others of its shape`, validated };
}

export function linksPart({ policy, where, validated }: Entry, table: number): TablePart {
  return { kind: 'table', policy, table, where: `${where}, by its links`, validated };
}
