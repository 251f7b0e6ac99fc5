/**
 * Partial entities — what is known of the entities: of each, its attributes, ancestors and tags are known as a whole or not at all.
 *
 * An entity that is absent here is unknown altogether; one that is known not to exist has no attributes, ancestors and tags, and evaluation cannot
 * tell it from an existing entity without any. Actions come from the schema and are always known.
 *
 * Spec:  Cedar.TPE.Input: PartialEntityData, PartialEntities, entitiesIsValid, Entities.asPartial, EntitiesWithMissing.asPartial
 */

import type { Schema } from '../schema/schema.ts';
import { checkEntityParts } from '../validator/conformance/conformance.ts';
import { actionMismatch, ConformanceError } from '../validator/conformance/conformance-error.ts';
import { append } from '../value/append.ts';
import { cycleError, duplicateError, type Entities, EntitiesError } from '../value/entities.ts';
import { type EntityUid, isActionType } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import type { Value } from '../value/value.ts';

/** `undefined` means unknown. */
export interface PartialEntityData {
  readonly attrs: ReadonlyMap<string, Value> | undefined;
  /** Keys of uids, without the entity itself. */
  readonly ancestors: ReadonlySet<string> | undefined;
  readonly tags: ReadonlyMap<string, Value> | undefined;
  /** The ancestors as uids, for the sharper results; `undefined` also where only the keys are known. */
  readonly ancestorUids?: readonly EntityUid[] | undefined;
  /** Known to exist. */
  readonly exists?: boolean | undefined;
}

/** One entity as it is given: its direct parents are listed. */
export interface PartialEntity {
  readonly uid: EntityUid;
  readonly attrs?: ReadonlyMap<string, Value> | undefined;
  readonly parents?: readonly EntityUid[] | undefined;
  readonly tags?: ReadonlyMap<string, Value> | undefined;
  /** Known to exist: then `has` of a required attribute is true. Used by the sharper results only. */
  readonly exists?: boolean | undefined;
}

export interface PartialEntities {
  /** `undefined` where nothing is known. */
  get(uid: EntityUid): PartialEntityData | undefined;
}

const NONE: ReadonlyMap<string, Value> = new Map();
const NO_ANCESTORS: ReadonlySet<string> = new Set();

/** What is known of an entity that does not exist. Spec: MaybeEntityData.asPartial */
export const MISSING: PartialEntityData = { attrs: NONE, ancestors: NO_ANCESTORS, tags: NONE, ancestorUids: [] };

/** The actions of a schema, as they are declared. */
export function actionsOf(schema: Schema): ReadonlyMap<string, PartialEntityData> {
  const made = ACTIONS.get(schema);
  if (made !== undefined) return made;
  const known = new Map<string, PartialEntityData>();
  for (const [key, { ancestors }] of schema.actions)
    known.set(key, { attrs: NONE, ancestors: new Set(ancestors.map((each) => each.key)), tags: NONE });
  ACTIONS.set(schema, known);
  return known;
}

const ACTIONS = new WeakMap<Schema, ReadonlyMap<string, PartialEntityData>>();

/** Partial entities that were given as a list, with the schema's actions among them. */
export class ListedEntities implements PartialEntities {
  readonly #given: ReadonlyMap<string, PartialEntity>;
  readonly #data: ReadonlyMap<string, PartialEntityData>;
  readonly #actions: ReadonlyMap<string, PartialEntityData>;

  private constructor(given: ReadonlyMap<string, PartialEntity>, schema: Schema) {
    this.#given = given;
    this.#actions = actionsOf(schema);
    const ancestors = ancestorsOf(given);
    const data = new Map<string, PartialEntityData>();
    for (const [key, { attrs, tags, exists }] of given) {
      const above = ancestors.get(key);
      data.set(key, {
        attrs,
        tags,
        ancestors: above && new Set(above.keys()),
        ancestorUids: above && [...above.values()],
        exists,
      });
    }
    this.#data = data;
  }

  /** Throws `ConformanceError` for what does not fit the schema, `EntitiesError` for two entries of one uid, and for ancestors that are known in part. */
  static from(entities: Iterable<PartialEntity>, schema: Schema): ListedEntities {
    const given = new Map<string, PartialEntity>();
    for (const entity of entities) {
      const { uid } = entity;
      const wrong = isActionType(uid.type) ? actionMismatch(uid) : checkEntityParts(entity, schema);
      if (wrong !== undefined) throw new ConformanceError(wrong);
      if (given.has(uid.key)) throw duplicateError(uid);
      given.set(uid.key, entity);
    }
    return new ListedEntities(given, schema);
  }

  get(uid: EntityUid): PartialEntityData | undefined {
    return this.#data.get(uid.key) ?? this.#actions.get(uid.key);
  }

  /** The entities as they were given, each once. */
  [Symbol.iterator](): IterableIterator<PartialEntity> {
    return this.#given.values();
  }
}

/** By key. */
type Ancestors = ReadonlyMap<string, EntityUid>;

/**
 * Transitive closure of the parents, depth first without recursion; a parent that was not given leads no further.
 *
 * Whose parents are unknown has no ancestors here; below it, none may have known ones.
 */
function ancestorsOf(given: ReadonlyMap<string, PartialEntity>): ReadonlyMap<string, Ancestors> {
  const done = new Map<string, Ancestors>();
  const open = new Set<string>();
  for (const start of given.values()) {
    const stack = start.parents === undefined ? [] : [start];
    for (let entity = stack.at(-1); entity !== undefined; entity = stack.at(-1)) {
      const { uid } = entity;
      const waiting = done.has(uid.key) ? [] : waitingFor(entity, given, done);
      const loop = waiting.find((parent) => open.has(parent.uid.key) || parent.uid.key === uid.key);
      if (loop !== undefined) throw cycleError(loop.uid);
      if (waiting.length > 0) {
        open.add(uid.key);
        append(stack, waiting);
        continue;
      }
      stack.pop();
      open.delete(uid.key);
      if (!done.has(uid.key)) done.set(uid.key, union(entity, done));
    }
  }
  return done;
}

/** The parents whose ancestors must be found first. Throws `EntitiesError` if those of one are unknown. */
function waitingFor(
  { uid, parents = [] }: PartialEntity,
  given: ReadonlyMap<string, PartialEntity>,
  done: ReadonlyMap<string, unknown>,
): PartialEntity[] {
  const found = parents.flatMap((parent) => given.get(parent.key) ?? []);
  const unknown = found.find((parent) => parent.parents === undefined);
  if (unknown !== undefined) throw unknownAncestors(uid, unknown.uid);
  return found.filter((parent) => !done.has(parent.uid.key));
}

function unknownAncestors(uid: EntityUid, ancestor: EntityUid): EntitiesError {
  const message = `the parents of \`${uid}\` are known, but those of its ancestor \`${ancestor}\` are not`;
  return new EntitiesError('unknownAncestors', uid, message, 'give the parents of both, or of neither');
}

function union({ parents = [] }: PartialEntity, done: ReadonlyMap<string, Ancestors>): Ancestors {
  const all = new Map<string, EntityUid>();
  for (const parent of parents) {
    all.set(parent.key, parent);
    for (const [key, ancestor] of done.get(parent.key) ?? []) all.set(key, ancestor);
  }
  return all;
}

/** Where whole entities contradict what was known of them; `undefined` if they complete it. */
export function entitiesConflict(partial: ListedEntities, entities: Entities): string | undefined {
  for (const { uid } of partial) {
    const whole = entities.get(uid);
    if (whole === undefined) return `partial entity \`${uid}\` is missing from the concrete entities`;
    const { attrs, ancestors, tags } = partial.get(uid)!;
    const conflict = (part: string) => `concrete entity \`${uid}\` has ${part} that do not match the partial entity`;
    if (attrs !== undefined && !sameValues(attrs, whole.attrs)) return conflict('attributes');
    if (ancestors !== undefined && !sameKeys(ancestors, whole.ancestors)) return conflict('ancestors');
    if (tags !== undefined && !sameValues(tags, whole.tags)) return conflict('tags');
  }
  return undefined;
}

function sameValues(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !valueEquals(value, other)) return false;
  }
  return true;
}

function sameKeys(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((key) => b.has(key));
}
