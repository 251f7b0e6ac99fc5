/**
 * Entities — the data a request is decided against: a finite map from entity uid to attributes, ancestors and tags.
 *
 * Spec:  Cedar.Spec.Entities: EntityData, Entities
 */
import { append } from './append.ts';
import { CedarmillError } from './cedarmill-error.ts';
import type { EntityUid } from './entity-uid.ts';
import { valueEquals } from './equal.ts';
import type { Value } from './value.ts';

/** One entity as it is given: its direct parents are listed, ancestors are found by `Entities.get`. */
export interface Entity {
  readonly uid: EntityUid;
  readonly attrs: ReadonlyMap<string, Value>;
  readonly parents: readonly EntityUid[];
  readonly tags: ReadonlyMap<string, Value>;
}

/** The attributes or tags of one entity. A value may be made when it is asked for. */
export interface ValuesByName {
  get(name: string): Value | undefined;
  has(name: string): boolean;
  keys(): Iterable<string>;
}

/** What an engine asks of an entity. */
export interface EntityView {
  readonly attrs: ValuesByName;
  readonly parents: readonly EntityUid[];
  readonly tags: ValuesByName;
}

/** What is known of one entity; `ancestors` are keys of uids, without the entity itself. */
export interface EntityData {
  readonly attrs: ReadonlyMap<string, Value>;
  readonly ancestors: ReadonlySet<string>;
  readonly tags: ReadonlyMap<string, Value>;
}

export type EntitiesErrorCode = 'duplicateEntity' | 'cycle' | 'nonActionParent' | 'unknownAncestors';

/** A user's mistake in the data: two different entities of one uid, an entity that is its own ancestor, an action under a non-action. */
export class EntitiesError extends CedarmillError {
  static override readonly kind = 'EntitiesError';
  override readonly name = 'EntitiesError';
  declare readonly code: EntitiesErrorCode;
  readonly uid: EntityUid;

  readonly help: string | undefined;

  constructor(code: EntitiesErrorCode, uid: EntityUid, message: string, help?: string) {
    super(code, message, { help });
    this.uid = uid;
    this.help = help;
  }
}

export class Entities {
  static readonly empty = new Entities(new Map());

  readonly #given: ReadonlyMap<string, Entity>;
  /** Known of the entities that were asked about: the ancestors of all of a chain would be as many as the square of its length. */
  readonly #data = new Map<string, EntityData>();

  private constructor(given: ReadonlyMap<string, Entity>) {
    this.#given = given;
  }

  /**
   * Equal entries of one uid count once.
   *
   * Throws `EntitiesError` for differing entries of one uid and for cycles.
   */
  static from(entities: Iterable<Entity>): Entities {
    const given = new Map<string, Entity>();
    for (const entity of entities) {
      const other = given.get(entity.uid.key);
      if (other !== undefined && !sameEntity(entity, other)) throw duplicateError(entity.uid);
      given.set(entity.uid.key, entity);
    }
    requireAcyclic(given);
    return new Entities(given);
  }

  /** The caller knows that no entity is its own ancestor. The keys are those of uids, and the map stays as it is while it is asked. */
  static ofAcyclic(given: ReadonlyMap<string, Entity>): Entities {
    return new Entities(given);
  }

  /** `undefined` for an entity that the data do not know. Spec: Entities.find? */
  get({ key }: EntityUid): EntityData | undefined {
    const known = this.#data.get(key);
    const entity = this.#given.get(key);
    if (known !== undefined || entity === undefined) return known;
    const { attrs, tags } = entity;
    const data = { attrs, tags, ancestors: ancestorsOf(entity, this.#given) };
    this.#data.set(key, data);
    return data;
  }

  /** The entities as they were given, each once. */
  [Symbol.iterator](): IterableIterator<Entity> {
    return this.#given.values();
  }

  get size(): number {
    return this.#given.size;
  }
}

export function duplicateError(uid: EntityUid): EntitiesError {
  return new EntitiesError('duplicateEntity', uid, `duplicate entity entry \`${uid}\``);
}

export function sameEntity(a: Entity, b: Entity): boolean {
  const parents = new Set(a.parents.map((uid) => uid.key));
  return (
    sameValues(a.attrs, b.attrs) &&
    sameValues(a.tags, b.tags) &&
    parents.size === new Set(b.parents.map((uid) => uid.key)).size &&
    b.parents.every((uid) => parents.has(uid.key))
  );
}

function sameValues(a: ReadonlyMap<string, Value>, b: ReadonlyMap<string, Value>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !valueEquals(value, other)) return false;
  }
  return true;
}

/** Transitive closure of the parents, depth first. A parent that has no entry of its own is an ancestor, but leads no further. */
function ancestorsOf(entity: Entity, given: ReadonlyMap<string, Entity>): ReadonlySet<string> {
  const ancestors = new Set<string>();
  const stack = [entity.parents.values()];
  for (let parents = stack.at(-1); parents !== undefined; parents = stack.at(-1)) {
    const { done, value: parent } = parents.next();
    if (done === true) stack.pop();
    else if (!ancestors.has(parent.key)) {
      ancestors.add(parent.key);
      stack.push((given.get(parent.key)?.parents ?? []).values());
    }
  }
  return ancestors;
}

/** Depth first without recursion: hierarchies may be deeper than the stack. */
function requireAcyclic(given: ReadonlyMap<string, Entity>): void {
  const done = new Set<string>();
  const open = new Set<string>();
  for (const start of given.keys()) {
    const stack = [start];
    for (let key = stack.at(-1); key !== undefined; key = stack.at(-1)) {
      const entity = given.get(key)!;
      const waiting = done.has(key)
        ? []
        : entity.parents.filter((parent) => given.has(parent.key) && !done.has(parent.key));
      const loop = waiting.find((parent) => parent.key === key || open.has(parent.key));
      if (loop !== undefined) throw cycleError(loop);
      if (waiting.length > 0) {
        open.add(key);
        append(
          stack,
          waiting.map((parent) => parent.key),
        );
        continue;
      }
      stack.pop();
      open.delete(key);
      done.add(key);
    }
  }
}

export function cycleError(uid: EntityUid): EntitiesError {
  return new EntitiesError('cycle', uid, `input graph has a cycle containing vertex \`${uid}\``);
}
