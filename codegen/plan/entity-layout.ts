/**
 * Entity layout — what a schema says of the attributes of one entity type, for the reader of entities that come with a call.
 */

/**
 * What a value must be. `entity` is an entity of type `target`; `declared` is what the exact reader takes for the attribute of that type; `any` is any value
 * at all, where there is no schema.
 */
export interface EntityAttribute {
  readonly name: string;
  readonly kind: 'string' | 'long' | 'bool' | 'entity' | 'declared' | 'any';
  /** The type of an entity. */
  readonly target?: string | undefined;
  readonly required: boolean;
}

/** Entities have exactly these attributes. */
export interface EntityLayout {
  readonly type: string;
  readonly attributes: readonly EntityAttribute[];
}
