/**
 * Type — what the validator knows of an expression's value: the types of schemas and some of its own.
 *
 * Every `SchemaType` is a `Type`. `true` and `false` are the types of expressions whose value is known; `union`, `anyEntity` and open records
 * occur in permissive mode only (and as what an operand is expected to be).
 *
 * Spec:  Cedar.Validation.Types: CedarType, BoolType, RecordType
 */
import type { EntityTypeEntry, Schema } from '../schema/schema.ts';
import type { ExtensionTypeName } from '../schema/type.ts';
import type { EntityType } from '../value/entity-uid.ts';

export type ValidationMode = 'strict' | 'permissive';

export type Type =
  /** The type below all others: of what has no value. */
  | { readonly kind: 'never' }
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'bool' }
  | { readonly kind: 'long' }
  | { readonly kind: 'string' }
  | { readonly kind: 'entity'; readonly name: EntityType }
  /** An entity of one of several types; names sorted. */
  | { readonly kind: 'union'; readonly names: readonly EntityType[] }
  | { readonly kind: 'anyEntity' }
  /** Without `element`: any set. */
  | { readonly kind: 'set'; readonly element: Type | undefined }
  | RecordShape
  | { readonly kind: 'ext'; readonly name: ExtensionTypeName };

export interface RecordShape {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Whether there may be attributes besides those listed. */
  readonly open?: boolean;
}

export interface Attribute {
  readonly type: Type;
  readonly required: boolean;
}

export const NEVER: Type = { kind: 'never' };
export const TRUE: Type = { kind: 'true' };
export const FALSE: Type = { kind: 'false' };
export const BOOL: Type = { kind: 'bool' };
export const LONG: Type = { kind: 'long' };
export const STRING: Type = { kind: 'string' };
export const ANY_ENTITY: Type = { kind: 'anyEntity' };
export const ANY_SET: Type = { kind: 'set', element: undefined };
export const SET_OF_ENTITIES: Type = { kind: 'set', element: ANY_ENTITY };
export const ANY_RECORD: Type = { kind: 'record', attributes: new Map(), open: true };

export function boolType(value: boolean): Type {
  return value ? TRUE : FALSE;
}

/** The types that an entity of this type may have; `undefined` if there is nothing to say, or no entity. */
export function entityTypesOf(type: Type | undefined): readonly EntityType[] | undefined {
  if (type?.kind === 'entity') return [type.name];
  return type?.kind === 'union' ? type.names : undefined;
}

export function isEntity(type: Type): boolean {
  return type.kind === 'entity' || type.kind === 'union' || type.kind === 'anyEntity';
}

/** The attributes that entities of a declared type have. Enumerated entities and actions have none. */
export function attributesOfEntry(entry: EntityTypeEntry | undefined): ReadonlyMap<string, Attribute> {
  return entry?.kind === 'standard' ? entry.attributes.attributes : NO_ATTRIBUTES;
}

const NO_ATTRIBUTES: ReadonlyMap<string, Attribute> = new Map();

/** The types of the tags that entities of these types have, as far as they have any. */
export function tagTypesOf(types: readonly EntityType[] | undefined, schema: Schema): Type[] {
  const entries = types === undefined ? [...schema.entityTypes.values()] : types.map((t) => schema.entityTypes.get(t));
  return entries.flatMap((entry) => (entry?.kind === 'standard' && entry.tags !== undefined ? [entry.tags] : []));
}
