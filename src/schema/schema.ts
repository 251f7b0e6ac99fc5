/**
 * Schema — a resolved schema: every entity type and action with all that is known of it.
 *
 * Spec:  Cedar.Validation.Types: Schema, EntitySchemaEntry, ActionSchemaEntry
 */
import type { EntityType, EntityUid } from '../value/entity-uid.ts';
import type { RecordType, SchemaType } from './type.ts';

export interface StandardEntityType {
  readonly kind: 'standard';
  readonly name: EntityType;
  readonly attributes: RecordType;
  /** The types that entities of this type may have as direct parents. */
  readonly parents: ReadonlySet<EntityType>;
  /** Transitive closure of `parents`. */
  readonly ancestors: ReadonlySet<EntityType>;
  /** The type of every tag; `undefined` when the type has no tags. */
  readonly tags: SchemaType | undefined;
}

export interface EnumEntityType {
  readonly kind: 'enum';
  readonly name: EntityType;
  readonly ids: readonly string[];
}

/** Declared, but defined in another schema: see link.ts. */
export interface ExternalEntityType {
  readonly kind: 'external';
  readonly name: EntityType;
  readonly parents: ReadonlySet<EntityType>;
  readonly ancestors: ReadonlySet<EntityType>;
}

export type EntityTypeEntry = StandardEntityType | EnumEntityType | ExternalEntityType;

export interface ActionEntry {
  readonly uid: EntityUid;
  /** Declared, but defined in another schema: it applies to nothing, and its context is not known. */
  readonly external: boolean;
  /** Direct parents. */
  readonly parents: readonly EntityUid[];
  /** Transitive closure of `parents`. */
  readonly ancestors: readonly EntityUid[];
  readonly appliesToPrincipal: ReadonlySet<EntityType>;
  readonly appliesToResource: ReadonlySet<EntityType>;
  readonly context: RecordType;
}

export interface Schema {
  readonly entityTypes: ReadonlyMap<EntityType, EntityTypeEntry>;
  /** By `EntityUid.key`. */
  readonly actions: ReadonlyMap<string, ActionEntry>;
  /** Entity types of actions, such as `NS::Action`: one per namespace that declares an action. */
  readonly actionTypes: ReadonlySet<EntityType>;
}

const IDS = new WeakMap<EnumEntityType, ReadonlySet<string>>();

/** Is it one of the ids that an enumerated type declares? */
export function declaresId(entry: EnumEntityType, id: string): boolean {
  let ids = IDS.get(entry);
  if (ids === undefined) {
    ids = new Set(entry.ids);
    IDS.set(entry, ids);
  }
  return ids.has(id);
}
