/**
 * Schema — the types of schemas in JSON, by the names that the official package gives them.
 *
 * Docs:  JSON schema format
 */
import type { Annotations, CedarValueJson, NonEmpty, SmolStr } from './policy.ts';

export type UnreservedId = string;
export type CommonTypeId = string;

export interface ActionEntityUID<N> {
  id: SmolStr;
  type?: N;
}

export interface ApplySpec<N> {
  resourceTypes: N[];
  principalTypes: N[];
  context?: AttributesOrContext<N>;
}

export interface ActionType<N> {
  attributes?: Record<SmolStr, CedarValueJson>;
  appliesTo?: ApplySpec<N>;
  memberOf?: ActionEntityUID<N>[];
  /** Declared here, defined in another schema (SDK 4.14). */
  external?: boolean;
  annotations?: Annotations;
}

export interface RecordType<N> {
  attributes: Record<SmolStr, TypeOfAttribute<N>>;
  additionalAttributes?: boolean;
}

export type TypeVariant<N> =
  | { type: 'String' }
  | { type: 'Long' }
  | { type: 'Boolean' }
  | { type: 'Set'; element: Type<N> }
  | ({ type: 'Record' } & RecordType<N>)
  | { type: 'Entity'; name: N }
  | { type: 'EntityOrCommon'; name: N }
  | { type: 'Extension'; name: UnreservedId };

export type Type<N> = ({} & TypeVariant<N>) | { type: N };
export type AttributesOrContext<N> = Type<N>;
export type TypeOfAttribute<N> = Type<N> & { required?: boolean };
export type CommonType<N> = Type<N> & { annotations?: Annotations };

export interface StandardEntityType<N> {
  memberOfTypes?: N[];
  shape?: AttributesOrContext<N>;
  tags?: Type<N>;
}

export type EntityTypeKind<N> = StandardEntityType<N> | { enum: NonEmpty<string> };

/** `external`: declared here, defined in another schema (SDK 4.14). */
export type EntityType<N> = EntityTypeKind<N> & { external?: boolean; annotations?: Annotations };

export interface NamespaceDefinition<N> {
  commonTypes?: Record<CommonTypeId, CommonType<N>>;
  entityTypes: Record<UnreservedId, EntityType<N>>;
  actions: Record<SmolStr, ActionType<N>>;
  annotations?: Annotations;
}

export type SchemaJson<N> = Record<string, NamespaceDefinition<N>>;
export type Schema = string | SchemaJson<string>;
