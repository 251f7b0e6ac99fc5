/**
 * Least upper bound — the smallest type that several types are part of.
 *
 * Strict mode has one only where the types differ in nothing but true, false and bool.
 *
 * Spec:  Cedar.Validation.Subtyping: lub?, lubRecordType
 */

import { compareCodePoints } from '../../value/code-point.ts';
import { has } from '../../value/own-member.ts';
import {
  ANY_ENTITY,
  ANY_SET,
  type Attribute,
  BOOL,
  entityTypesOf,
  isEntity,
  NEVER,
  type RecordShape,
  type Type,
  type ValidationMode,
} from '../type.ts';
import { compareNames } from '../wording/type-text.ts';
import { PairMemo } from './pair-memo.ts';
import { isSubtype } from './subtype.ts';

/** Why there is none. */
export type LubProblem = 'attributePresence' | 'recordWidth' | 'entityType' | 'entityAndRecord' | 'other';

export type Lub = { readonly type: Type } | { readonly problem: LubProblem };

const RECORDS = { strict: new PairMemo<Lub>(), permissive: new PairMemo<Lub>() } as const;

export function leastUpperBound(a: Type, b: Type, mode: ValidationMode): Lub {
  if (isSubtype(a, b, mode)) return { type: b };
  if (isSubtype(b, a, mode)) return { type: a };
  if (isBoolean(a) && isBoolean(b)) return { type: BOOL };
  if (a.kind === 'set' && b.kind === 'set') return lubOfSets(a.element, b.element, mode);
  if (a.kind === 'record' && b.kind === 'record') return RECORDS[mode].of(a, b, () => lubOfRecords(a, b, mode));
  if (isEntity(a) && isEntity(b)) return mode === 'strict' ? { problem: 'entityType' } : { type: unionOf(a, b) };
  const mixed = (isEntity(a) && b.kind === 'record') || (a.kind === 'record' && isEntity(b));
  return { problem: mixed ? 'entityAndRecord' : 'other' };
}

/** The bound of all of them; `never` if there are none. */
export function leastUpperBoundOf(types: Iterable<Type>, mode: ValidationMode): Lub {
  let bound: Lub = { type: NEVER };
  for (const type of types) {
    bound = leastUpperBound(bound.type, type, mode);
    if (has(bound, 'problem')) return bound;
  }
  return bound;
}

function isBoolean({ kind }: Type): boolean {
  return kind === 'bool' || kind === 'true' || kind === 'false';
}

function lubOfSets(a: Type | undefined, b: Type | undefined, mode: ValidationMode): Lub {
  if (a === undefined || b === undefined) return { type: ANY_SET };
  const element = leastUpperBound(a, b, mode);
  return has(element, 'problem') ? element : { type: { kind: 'set', element: element.type } };
}

function unionOf(a: Type, b: Type): Type {
  const left = entityTypesOf(a);
  const right = entityTypesOf(b);
  if (left === undefined || right === undefined) return ANY_ENTITY;
  return { kind: 'union', names: [...new Set([...left, ...right])].sort(compareNames) };
}

function lubOfRecords(a: RecordShape, b: RecordShape, mode: ValidationMode): Lub {
  const names = [...a.attributes.keys()];
  const same = a.attributes.size === b.attributes.size && names.every((name) => b.attributes.has(name));
  if (mode === 'permissive') return { type: permissiveRecord(a, b) };
  if (!same) return { problem: 'recordWidth' };
  const attributes = new Map<string, Attribute>();
  for (const name of names.sort(compareCodePoints)) {
    const [left, right] = [a.attributes.get(name)!, b.attributes.get(name)!];
    const bound = leastUpperBound(left.type, right.type, mode);
    if (has(bound, 'problem')) return bound;
    if (left.required !== right.required) return { problem: 'attributePresence' };
    attributes.set(name, { type: bound.type, required: left.required });
  }
  return { type: { kind: 'record', attributes, open: a.open === true || b.open === true } };
}

/** What both records have, as far as it has a bound. */
function permissiveRecord(a: RecordShape, b: RecordShape): Type {
  const attributes = permissiveAttributes(a.attributes, b.attributes);
  const complete = attributes.size === new Set([...a.attributes.keys(), ...b.attributes.keys()]).size;
  return { kind: 'record', attributes, open: a.open === true || b.open === true || !complete };
}

export function permissiveAttributes(
  a: ReadonlyMap<string, Attribute>,
  b: ReadonlyMap<string, Attribute>,
): ReadonlyMap<string, Attribute> {
  const attributes = new Map<string, Attribute>();
  for (const [name, left] of a) {
    const right = b.get(name);
    if (right === undefined) continue;
    const bound = leastUpperBound(left.type, right.type, 'permissive');
    if (has(bound, 'type')) attributes.set(name, { type: bound.type, required: left.required && right.required });
  }
  return attributes;
}
