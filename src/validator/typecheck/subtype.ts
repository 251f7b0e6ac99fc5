/**
 * Subtype — which types are part of which.
 *
 * Strict mode: true and false are below bool, sets and records are covariant, a record has just the attributes of the type above it with the same
 * presence. Permissive mode adds: a record has at least the attributes of an open one, required is below optional, an entity type is below every
 * union that holds it and below any entity.
 *
 * Spec:  Cedar.Validation.Subtyping: subty
 */
import { entityTypesOf, type RecordShape, type Type, type ValidationMode } from '../type.ts';
import { PairMemo } from './pair-memo.ts';

const RECORDS = { strict: new PairMemo<boolean>(), permissive: new PairMemo<boolean>() } as const;

export function isSubtype(a: Type, b: Type, mode: ValidationMode): boolean {
  if (a === b || a.kind === 'never') return true;
  switch (b.kind) {
    case 'bool':
      return a.kind === 'bool' || a.kind === 'true' || a.kind === 'false';
    case 'ext':
      return a.kind === 'ext' && a.name === b.name;
    case 'set':
      return a.kind === 'set' && isSubset(a.element, b.element, mode);
    case 'record':
      return a.kind === 'record' && RECORDS[mode].of(a, b, () => isSubrecord(a, b, mode));
    case 'entity':
    case 'union':
    case 'anyEntity':
      return isSubentity(a, b, mode);
    default:
      return a.kind === b.kind;
  }
}

function isSubset(a: Type | undefined, b: Type | undefined, mode: ValidationMode): boolean {
  if (b === undefined) return true;
  return a !== undefined && isSubtype(a, b, mode);
}

function isSubrecord(a: RecordShape, b: RecordShape, mode: ValidationMode): boolean {
  if (a.open && !b.open) return false;
  const wider = b.open === true && mode === 'permissive';
  if (!wider && a.attributes.size !== b.attributes.size) return false;
  for (const [name, above] of b.attributes) {
    const below = a.attributes.get(name);
    if (below === undefined) return false;
    const present = mode === 'strict' ? below.required === above.required : below.required || !above.required;
    if (!present || !isSubtype(below.type, above.type, mode)) return false;
  }
  return true;
}

function isSubentity(a: Type, b: Type, mode: ValidationMode): boolean {
  if (a.kind === 'anyEntity') return b.kind === 'anyEntity';
  const below = entityTypesOf(a);
  if (below === undefined) return false;
  if (b.kind === 'anyEntity') return mode === 'permissive';
  const above = entityTypesOf(b)!;
  if (mode === 'strict' && below.length !== above.length) return false;
  return below.every((name) => above.includes(name));
}

/** Can no value be of both types? Only where it is sure: two sets may both be empty. */
export function areDisjoint(a: Type | undefined, b: Type | undefined): boolean {
  const left = entityTypesOf(a);
  const right = entityTypesOf(b);
  return left !== undefined && right !== undefined && !left.some((name) => right.includes(name));
}
