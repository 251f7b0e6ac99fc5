/**
 * Schema data — a resolved schema as plain data, for modules that are compiled ahead of time.
 *
 *     Schema → SchemaData → Schema, equal to the first
 *
 * Technique: types in a table, each before those that have it as a part, so that types which many share are written once.
 */
import { EntityUid } from '../value/entity-uid.ts';
import { unreachable } from '../value/unreachable.ts';
import type { ActionEntry, EntityTypeEntry, Schema } from './schema.ts';
import type { AttributeType, ExtensionTypeName, RecordType, SchemaType } from './type.ts';

type Uid = readonly [type: string, id: string];

/** Numbers are places in the table of types. */
type TypeData =
  | readonly ['bool' | 'long' | 'string']
  | readonly ['entity' | 'ext', string]
  | readonly ['set', number]
  | readonly ['record', ...(readonly [name: string, type: number, required: boolean])[]];

type EntityTypeData = { readonly name: string } & (
  | {
      readonly kind: 'standard';
      readonly attributes: number;
      readonly tags: number | null;
      readonly parents: readonly string[];
      readonly ancestors: readonly string[];
    }
  | { readonly kind: 'enum'; readonly ids: readonly string[] }
  | { readonly kind: 'external'; readonly parents: readonly string[]; readonly ancestors: readonly string[] }
);

interface ActionData {
  readonly uid: Uid;
  readonly external: boolean;
  readonly parents: readonly Uid[];
  readonly ancestors: readonly Uid[];
  readonly principals: readonly string[];
  readonly resources: readonly string[];
  readonly context: number;
}

export interface SchemaData {
  readonly types: readonly TypeData[];
  readonly entityTypes: readonly EntityTypeData[];
  readonly actions: readonly ActionData[];
  readonly actionTypes: readonly string[];
}

export function schemaToData(schema: Schema): SchemaData {
  const table = new TypeTable();
  return {
    entityTypes: Array.from(schema.entityTypes.values(), (entry) => entityTypeToData(entry, table)),
    actions: Array.from(schema.actions.values(), (entry) => actionToData(entry, table)),
    actionTypes: [...schema.actionTypes],
    types: table.types,
  };
}

class TypeTable {
  readonly types: TypeData[] = [];
  readonly #places = new Map<string, number>();
  readonly #known = new Map<SchemaType, number>();

  placeOf(type: SchemaType): number {
    const known = this.#known.get(type);
    if (known !== undefined) return known;
    const place = this.#add(this.#dataOf(type));
    this.#known.set(type, place);
    return place;
  }

  /** Types that are written alike are one. */
  #add(data: TypeData): number {
    const key = JSON.stringify(data);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.types.length);
    return this.types.push(data) - 1;
  }

  #dataOf(type: SchemaType): TypeData {
    switch (type.kind) {
      case 'bool':
      case 'long':
      case 'string':
        return [type.kind];
      case 'entity':
      case 'ext':
        return [type.kind, type.name];
      case 'set':
        return ['set', this.placeOf(type.element)];
      case 'record':
        return ['record', ...Array.from(type.attributes, ([name, each]) => this.#attributeOf(name, each))];
      default:
        return unreachable(type);
    }
  }

  #attributeOf(name: string, { type, required }: AttributeType): readonly [string, number, boolean] {
    return [name, this.placeOf(type), required];
  }
}

function entityTypeToData(entry: EntityTypeEntry, table: TypeTable): EntityTypeData {
  const { name } = entry;
  if (entry.kind === 'enum') return { kind: 'enum', name, ids: entry.ids };
  const above = { name, parents: [...entry.parents], ancestors: [...entry.ancestors] };
  if (entry.kind === 'external') return { kind: 'external', ...above };
  const tags = entry.tags === undefined ? null : table.placeOf(entry.tags);
  return { kind: 'standard', ...above, attributes: table.placeOf(entry.attributes), tags };
}

function actionToData(entry: ActionEntry, table: TypeTable): ActionData {
  return {
    uid: uidToData(entry.uid),
    external: entry.external,
    parents: entry.parents.map(uidToData),
    ancestors: entry.ancestors.map(uidToData),
    principals: [...entry.appliesToPrincipal],
    resources: [...entry.appliesToResource],
    context: table.placeOf(entry.context),
  };
}

function uidToData({ type, id }: EntityUid): Uid {
  return [type, id];
}

export function schemaFromData({ types, entityTypes, actions, actionTypes }: SchemaData): Schema {
  const read: SchemaType[] = [];
  for (const type of types) read.push(typeFromData(type, read));
  const byKey = actions.map((action) => actionFromData(action, read)).map((entry) => [entry.uid.key, entry] as const);
  return {
    entityTypes: new Map(entityTypes.map((entry) => [entry.name, entityTypeFromData(entry, read)])),
    actions: new Map(byKey),
    actionTypes: new Set(actionTypes),
  };
}

/** `read` are the types before it. */
function typeFromData(data: TypeData, read: readonly SchemaType[]): SchemaType {
  switch (data[0]) {
    case 'bool':
    case 'long':
    case 'string':
      return { kind: data[0] };
    case 'entity':
      return { kind: 'entity', name: data[1] };
    case 'ext':
      return { kind: 'ext', name: data[1] as ExtensionTypeName };
    case 'set':
      return { kind: 'set', element: read[data[1]]! };
    case 'record': {
      const [, ...attributes] = data;
      return {
        kind: 'record',
        attributes: new Map(attributes.map(([name, type, required]) => [name, { type: read[type]!, required }])),
      };
    }
    default:
      return unreachable(data);
  }
}

function entityTypeFromData(entry: EntityTypeData, types: readonly SchemaType[]): EntityTypeEntry {
  if (entry.kind === 'enum') return entry;
  const above = { name: entry.name, parents: new Set(entry.parents), ancestors: new Set(entry.ancestors) };
  if (entry.kind === 'external') return { kind: 'external', ...above };
  const tags = entry.tags === null ? undefined : types[entry.tags]!;
  return { kind: 'standard', ...above, attributes: types[entry.attributes] as RecordType, tags };
}

function actionFromData(entry: ActionData, types: readonly SchemaType[]): ActionEntry {
  return {
    uid: uidFromPair(entry.uid),
    external: entry.external,
    parents: entry.parents.map(uidFromPair),
    ancestors: entry.ancestors.map(uidFromPair),
    appliesToPrincipal: new Set(entry.principals),
    appliesToResource: new Set(entry.resources),
    context: types[entry.context] as RecordType,
  };
}

function uidFromPair([type, id]: Uid): EntityUid {
  return new EntityUid(type, id);
}
