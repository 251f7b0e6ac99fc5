/**
 * Entity builders — a function for each entity type of a schema, which makes entities of it.
 *
 * An entity is read and checked when it is built, so the error stands where the mistake is. A store checks it once more: it believes nobody.
 */
import { DataPath } from '../parser/data/data-path.ts';
import { entityFromData } from '../parser/data/entities.ts';
import { declaresId, type EntityTypeEntry, type Schema } from '../schema/schema.ts';
import { checkEntity } from '../validator/conformance/conformance.ts';
import { ConformanceError, invalidEnumEntity } from '../validator/conformance/conformance-error.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import { EntityUid, isActionType } from '../value/entity-uid.ts';
import { schemaOf } from './input/given-schema.ts';
import { readOptions } from './input/options.ts';
import type { AnyEntities, EntityMap, EntityOf, TypedSchema, UidOf } from './typed-input.ts';

/** A uid that a builder made. */
export interface BuiltUid<Type extends string, Id extends string = string> {
  readonly type: Type;
  readonly id: Id;
}

/** An entity that a builder made. */
export interface BuiltEntity<Entities extends EntityMap<Entities>, T extends keyof Entities & string>
  extends EntityOf<Entities, T> {
  readonly uid: BuiltUid<T, Entities[T]['id']>;
}

/** What an entity has beside its id; attributes may be left out if none is required. */
type MembersOf<Entities extends EntityMap<Entities>, T extends keyof Entities & string> = {
  readonly parents?: readonly UidOf<Entities, Entities[T]['parents']>[] | undefined;
  readonly tags?: Readonly<Record<string, Entities[T]['tags']>> | undefined;
} & (Record<never, never> extends Entities[T]['attrs']
  ? { readonly attrs?: Entities[T]['attrs'] | undefined }
  : { readonly attrs: Entities[T]['attrs'] });

/** Makes entities of one type. */
export interface EntityBuilder<Entities extends EntityMap<Entities>, T extends keyof Entities & string> {
  (
    id: Entities[T]['id'],
    ...members: Record<never, never> extends Entities[T]['attrs']
      ? [members?: MembersOf<Entities, T>]
      : [members: MembersOf<Entities, T>]
  ): BuiltEntity<Entities, T>;
  /** The uid alone, for attributes, parents and requests. */
  uid(id: Entities[T]['id']): BuiltUid<T, Entities[T]['id']>;
}

/** An entity type of which nothing is known. */
interface AnyEntityTypes {
  readonly [type: string]: {
    readonly id: string;
    readonly attrs: object;
    readonly parents: string;
    readonly tags: unknown;
  };
}

/** The builders of a schema, by the names of its entity types. */
export type EntityBuilders<Entities extends EntityMap<Entities>> = [keyof Entities] extends [never]
  ? { readonly [type: string]: EntityBuilder<AnyEntityTypes, string> }
  : { readonly [T in keyof Entities & string]: EntityBuilder<Entities, T> };

interface Members {
  readonly attrs?: object | undefined;
  readonly parents?: readonly unknown[] | undefined;
  readonly tags?: object | undefined;
}

/**
 * A function for each entity type of a schema, by its name. Actions have none: they are as the schema has them.
 *
 *     const { schema } = parseSchema('entity Team; entity User in Team { age?: Long };');
 *     const { User, Team } = entityBuilders(schema);
 *     const ann = User('ann', { attrs: { age: 30 }, parents: [Team.uid('staff')] });
 *     EntityStore.from([ann, Team('staff')], { schema }).size   // 2
 *
 * Throws `UsageError` for what is not a parsed schema. The functions throw `DataError` and `ConformanceError` for entities that do not fit it.
 */
export function entityBuilders<Entities extends EntityMap<Entities> = AnyEntities>(
  schema: TypedSchema<unknown, Entities> | Schema,
): EntityBuilders<Entities> {
  const parsed = schemaOf(schema, refuseUnparsed);
  const builders: Record<string, unknown> = Object.create(null);
  for (const entry of parsed.entityTypes.values())
    if (!isActionType(entry.name)) builders[entry.name] = builderOf(entry, parsed);
  return Object.freeze(builders) as EntityBuilders<Entities>;
}

function refuseUnparsed(): never {
  throw new UsageError(
    '`entityBuilders` takes a parsed schema',
    'give the `schema` that a built module exports, or that of `parseSchema(text)`',
  );
}

function builderOf(entry: EntityTypeEntry, schema: Schema) {
  const build = (id: string, members: Members = {}) => {
    const read = readOptions(members, ['attrs', 'parents', 'tags'], entry.name);
    const { attrs = {}, parents = [], tags } = read;
    const entity = { uid: uidOf(entry, id), attrs, parents, ...(tags !== undefined && { tags }) };
    const wrong = checkEntity(entityFromData(entity, ENTITY, { guide: schemaGuide(schema) }), schema);
    if (wrong !== undefined) throw new ConformanceError(wrong);
    return Object.freeze(entity);
  };
  return Object.freeze(Object.assign(build, { uid: (id: string) => uidOf(entry, id) }));
}

const ENTITY = DataPath.root('entity', '', 1);

/** Throws `UsageError` for what is not an id, and `ConformanceError` for one that an enumerated type does not declare. */
function uidOf(entry: EntityTypeEntry, id: string): BuiltUid<string> {
  if (typeof id !== 'string') throw new UsageError(`the id of an entity is a text`, `such as \`${entry.name}('x')\``);
  if (entry.kind === 'enum' && !declaresId(entry, id))
    throw new ConformanceError(invalidEnumEntity(new EntityUid(entry.name, id), entry.ids));
  return Object.freeze({ type: entry.name, id });
}
