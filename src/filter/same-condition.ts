/**
 * Same condition — structural equality of conditions and scalars.
 *
 * Sound: what is the same is true of the same rows. The other way round it need not be: rows of a source are the same only if they are one object.
 */
import type { Condition, Scalar } from './condition.ts';

type Members = Readonly<Record<string, unknown>>;

export function isSame(a: Condition | Scalar, b: Condition | Scalar): boolean {
  return a === b || (a.kind === b.kind && areSameMembers(a as unknown as Members, b as unknown as Members));
}

function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  return areSameMembers(a as Members, b as Members);
}

function areSameMembers(a: Members, b: Members): boolean {
  // These tell most conditions apart: chains differ in size, atoms in their first scalar.
  if (a.kind !== b.kind || a.size !== b.size || a.column !== b.column) return false;
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => (name === 'row' ? a[name] === b[name] : isSameValue(a[name], b[name])));
}
