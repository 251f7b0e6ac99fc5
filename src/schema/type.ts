/**
 * Type — the types that a schema can declare, names resolved.
 *
 * The validator adds its own (singleton booleans, never, any entity …) in its own room.
 *
 * Spec:  Cedar.Validation.Types: CedarType, QualifiedType, RecordType
 */
import type { EntityType } from '../value/entity-uid.ts';

export type ExtensionTypeName = 'ipaddr' | 'decimal' | 'datetime' | 'duration';

export type SchemaType =
  | { readonly kind: 'bool' }
  | { readonly kind: 'long' }
  | { readonly kind: 'string' }
  | { readonly kind: 'entity'; readonly name: EntityType }
  | { readonly kind: 'set'; readonly element: SchemaType }
  | RecordType
  | { readonly kind: 'ext'; readonly name: ExtensionTypeName };

export interface RecordType {
  readonly kind: 'record';
  readonly attributes: ReadonlyMap<string, AttributeType>;
}

export interface AttributeType {
  readonly type: SchemaType;
  readonly required: boolean;
}
