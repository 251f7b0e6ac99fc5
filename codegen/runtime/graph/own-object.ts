/**
 * Own object — an object of the application in a request, its fields read and nothing made of them yet.
 *
 *     { id: 7, ownerId: 'alice', isPublic: true }  →  [undefined, 'alice', true], in the order of the fields of nodes
 *
 * Reading may run code of the asker, who may ask the same engine: so each request has lists of its own.
 *
 * Exact twin: src/engine/row-reader.ts
 */
import { CedarmillError } from '../../../src/value/cedarmill-error.ts';
import type { EntitySource, SourceField } from '../../../src/value/entity-source.ts';
import { takeField, takeId } from '../evaluate/field-value.ts';
import { isArray } from '../evaluate/plain-value.ts';
import { CALL_SLOTS_AT_MOST } from '../limits.ts';
import type { EntityHandle } from '../store/entity-handle.ts';
import type { Node } from './node.ts';
import { NodeSet } from './node-set.ts';

/** A type, and the handles that the store has of its uids. */
export interface KnownType {
  readonly name: string;
  handles: ReadonlyMap<string, EntityHandle> | undefined;
}

/** An attribute that policies read, or the parents of one type: the number among the values of an object, and where that has them. */
export interface Column {
  readonly at: number;
  readonly attribute: string;
  /** `exact` if values take more than a look; `list` for ids of several parents. */
  readonly kind: SourceField['kind'] | 'list' | 'exact';
  readonly field: string;
  readonly required: boolean;
  /** The type of the entities whose ids are there. */
  readonly target: KnownType | undefined;
}

/** How the objects of one type become nodes. */
export interface Reading {
  readonly type: KnownType;
  readonly attributes: readonly Column[];
  /** Behind the attributes; `undefined` if it is not known where they are. */
  readonly parents: readonly Column[] | undefined;
  readonly hasExact: boolean;
  /** The values of an object that has none. */
  readonly absent: readonly undefined[];
}

/** An object of the present request, as it was read. `values` become those of the fields of `node`. */
export class OwnObject {
  readonly source: EntitySource;
  readonly reading: Reading;
  readonly values: unknown[];
  /** Whether policies ask for its ancestors; if not, parents are not read. */
  readonly climbs: boolean;
  mask = 0;
  ancestors: NodeSet<Node> = NodeSet.none;
  node: Node | undefined = undefined;

  constructor(source: EntitySource, reading: Reading, climbs: boolean) {
    this.source = source;
    this.reading = reading;
    this.climbs = climbs;
    this.values = reading.absent.slice();
  }

  get type(): string {
    return this.reading.type.name;
  }
}

/** `undefined` for an object that is left to the twin. */
export function readOwnObject(
  source: EntitySource,
  reading: Reading | undefined,
  climbs: boolean,
): OwnObject | undefined {
  if (reading === undefined) return undefined;
  const { attributes, parents, hasExact } = reading;
  const own = new OwnObject(source, reading, climbs);
  if (!readColumns(attributes, own)) return undefined;
  if (climbs && (parents === undefined || !readColumns(parents, own))) return undefined;
  return !hasExact || readExact(own) ? own : undefined;
}

/** Whether all could be read that take no more than a look. What is wrong with an object is left to the twin, which says so. */
function readColumns(columns: readonly Column[], { source, values }: OwnObject): boolean {
  const { object } = source;
  for (let i = 0; i < columns.length; i++) {
    const { at, kind, field, required } = columns[i]!;
    if (kind === 'exact') continue;
    const given = object[field];
    const taken = kind === 'entity' ? idOf(given) : kind === 'list' ? idsOf(given) : takeField(kind, given);
    if (taken !== undefined) values[at] = taken;
    else if (required || (given !== undefined && given !== null)) return false;
  }
  return true;
}

/** Whether it is made of whole characters is asked where the store does not know it. */
function idOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : takeId(given);
}

function idsOf(given: unknown): readonly string[] | undefined {
  const list: unknown = given instanceof Set ? [...given] : given;
  if (!isArray(list) || list.length > CALL_SLOTS_AT_MOST) return undefined;
  const ids: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const id = idOf(list[i]);
    if (id === undefined) return undefined;
    ids.push(id);
  }
  return ids;
}

function readExact({ source, reading, values }: OwnObject): boolean {
  for (const { at, attribute, kind } of reading.attributes) {
    if (kind !== 'exact') continue;
    try {
      values[at] = source.entity.attrs.get(attribute);
    } catch (error) {
      if (error instanceof CedarmillError) return false;
      throw error;
    }
  }
  return true;
}
