/**
 * Path — the attribute chains that start at a variable and have a type by the schema: `resource.owner.name`.
 *
 * Found once for each request environment; optional attributes on the way are remembered, so that a `has` can guard them.
 */
import type { ActionEntry, Schema } from '../../src/schema/schema.ts';
import type { RecordType, SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { EntityType } from '../../src/value/entity-uid.ts';
import { getAttr, hasAttr, variable } from './node.ts';

/** What a policy is written for: the types of principal and resource, and the action. */
export interface Environment {
  readonly principal: EntityType;
  readonly action: ActionEntry;
  readonly resource: EntityType;
  readonly paths: Paths;
}

export interface Path {
  readonly expr: Expression;
  readonly type: SchemaType;
  /** `has` tests of the optional attributes on the way, outermost variable first. */
  readonly guards: readonly Expression[];
}

export interface Paths {
  readonly byType: ReadonlyMap<string, readonly Path[]>;
  readonly optional: readonly Path[];
  /** Entities, with those that have tags apart. */
  readonly entities: readonly Path[];
  readonly tagged: readonly Path[];
  readonly sets: readonly Path[];
  /** What has attributes. */
  readonly holders: readonly Path[];
  readonly all: readonly Path[];
}

/** Two types have the same key iff they are the same. */
export function typeKey(type: SchemaType): string {
  switch (type.kind) {
    case 'entity':
    case 'ext':
      return `${type.kind} ${type.name}`;
    case 'set':
      return `set ${typeKey(type.element)}`;
    case 'record':
      return `{${[...type.attributes]
        .map(([name, a]) => `${JSON.stringify(name)}${a.required ? '' : '?'}:${typeKey(a.type)}`)
        .sort()
        .join()}}`;
    default:
      return type.kind;
  }
}

const DEPTH = 3;
const MOST = 120;

export function pathsOf(schema: Schema, principal: EntityType, action: ActionEntry, resource: EntityType): Paths {
  const all: Path[] = [
    { expr: variable('principal'), type: { kind: 'entity', name: principal }, guards: [] },
    { expr: variable('resource'), type: { kind: 'entity', name: resource }, guards: [] },
    { expr: variable('action'), type: { kind: 'entity', name: action.uid.type }, guards: [] },
    { expr: variable('context'), type: action.context, guards: [] },
  ];
  let from = 0;
  for (let depth = 0; depth < DEPTH; depth++) {
    const to = all.length;
    for (; from < to && all.length < MOST; from++) all.push(...below(schema, all[from]!));
  }
  const byType = new Map<string, Path[]>();
  for (const path of all) {
    const key = typeKey(path.type);
    const list = byType.get(key);
    if (list === undefined) byType.set(key, [path]);
    else list.push(path);
  }
  const entities = all.filter(({ type }) => type.kind === 'entity');
  const tagged = entities.filter(({ type }) => tagsOf(schema, type) !== undefined);
  return {
    byType,
    all,
    entities,
    tagged,
    optional: all.filter(({ guards }) => guards.length > 0),
    holders: all.filter(({ type }) => type.kind === 'entity' || type.kind === 'record'),
    sets: all.filter(({ type }) => type.kind === 'set'),
  };
}

function below(schema: Schema, { expr, type, guards }: Path): Path[] {
  return [...attributesOf(schema, type).attributes].map(([name, attribute]) => ({
    expr: getAttr(expr, name),
    type: attribute.type,
    guards: attribute.required ? guards : [...guards, hasAttr(expr, name)],
  }));
}

/** Attributes of a record or entity type. */
export function attributesOf(schema: Schema, type: SchemaType): RecordType {
  if (type.kind === 'record') return type;
  const entry = type.kind === 'entity' ? schema.entityTypes.get(type.name) : undefined;
  return entry?.kind === 'standard' ? entry.attributes : { kind: 'record', attributes: new Map() };
}

/** The type of the tags of an entity type. */
export function tagsOf(schema: Schema, type: SchemaType): SchemaType | undefined {
  const entry = type.kind === 'entity' ? schema.entityTypes.get(type.name) : undefined;
  return entry?.kind === 'standard' ? entry.tags : undefined;
}
