/**
 * Same condition — structural equality of conditions and scalars, but for the names of the rows that they go over themselves.
 *
 * Sound: what is the same is true of the same rows. The other way round it need not be.
 *
 * Technique: alpha-equivalence, by pairs of bound rows
 */
import type { Condition, Row, Scalar, Source } from './condition.ts';

type Members = Readonly<Record<string, unknown>>;

/** Rows that the two sides go over, in the same places. */
type Bound = ReadonlyMap<Row, Row>;

const NONE: Bound = new Map();

export function isSame(a: Condition | Scalar, b: Condition | Scalar): boolean {
  return a === b || (a.kind === b.kind && areSameMembers(a as unknown as Members, b as unknown as Members, NONE));
}

function isSameValue(a: unknown, b: unknown, bound: Bound): boolean {
  // The same object may name a row that is bound on one side only.
  if (a === b && bound === NONE) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return areSameMembers(a as Members, b as Members, bound);
}

function areSameMembers(a: Members, b: Members, bound: Bound): boolean {
  // These tell most conditions apart: chains differ in size, atoms in their first scalar.
  if (a.kind !== b.kind || a.size !== b.size || a.column !== b.column) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  const isBinder = a.kind === 'lookup' || a.kind === 'exists';
  const inner = isBinder ? boundBy(a.source as Source, b.source as Source, bound) : bound;
  if (inner === undefined) return false;
  return names.every((name) => {
    if (name === 'row') return isSameRow(a.row as Row, b.row as Row, bound);
    return (isBinder && name === 'source') || isSameValue(a[name], b[name], inner);
  });
}

function isSameRow(a: Row, b: Row, bound: Bound): boolean {
  const paired = bound.get(a);
  return paired === undefined ? a === b && ![...bound.values()].includes(b) : paired === b;
}

/** With the rows of two sources that are the same; `undefined` if they are not. */
function boundBy(a: Source, b: Source, bound: Bound): Bound | undefined {
  if (a.kind === 'elements') {
    if (b.kind !== 'elements' || a.type !== b.type || !isSameValue(a.list, b.list, bound)) return undefined;
  } else if (b.kind !== 'table' || a.row.table !== b.row.table) return undefined;
  return new Map([...bound, [a.row, b.row]]);
}
