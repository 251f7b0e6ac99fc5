/**
 * Loaded entities — partial entities that grow: what a loader has answered so far.
 *
 * An entity that was asked for and not found is known not to exist. The ancestors of one are known when those of all its parents are, so a loader
 * may give direct parents alone: they are asked for in their turn.
 *
 * Spec:  Cedar.TPE.BatchedEvaluator: batchedEvaluateLoop;  Cedar.TPE.Input: EntitiesWithMissing.asPartial
 */
import type { Schema } from '../schema/schema.ts';
import { checkEntityParts } from '../validator/conformance/conformance.ts';
import { actionMismatch, ConformanceError } from '../validator/conformance/conformance-error.ts';
import { duplicateError, type Entity } from '../value/entities.ts';
import { type EntityUid, isActionType } from '../value/entity-uid.ts';
import { actionsOf, MISSING, type PartialEntities, type PartialEntityData } from './partial-entities.ts';

/** An entity as a loader gives it. */
export interface LoadedEntity extends Entity {
  /** All ancestors, if they are known: then no parent is asked for. */
  readonly ancestors?: readonly EntityUid[] | undefined;
}

export class LoadedEntities implements PartialEntities {
  readonly #schema: Schema;
  readonly #actions: ReadonlyMap<string, PartialEntityData>;
  readonly #found = new Map<string, LoadedEntity>();
  readonly #missing = new Set<string>();

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#actions = actionsOf(schema);
  }

  /**
   * Takes what a loader answered to a question for `asked`; more than was asked for is welcome.
   *
   * Throws `ConformanceError` for an entity that does not fit the schema, and `EntitiesError` if one answer has a uid twice.
   */
  add(asked: readonly EntityUid[], answered: Iterable<LoadedEntity>): void {
    const seen = new Set<string>();
    for (const entity of answered) {
      const { uid } = entity;
      if (seen.has(uid.key)) throw duplicateError(uid);
      seen.add(uid.key);
      this.#require(entity);
      if (!this.#found.has(uid.key)) this.#found.set(uid.key, entity);
    }
    for (const { key } of asked) if (!this.#found.has(key)) this.#missing.add(key);
  }

  get(uid: EntityUid): PartialEntityData | undefined {
    const entity = this.#found.get(uid.key);
    if (entity === undefined) return this.#missing.has(uid.key) ? MISSING : this.#actions.get(uid.key);
    const ancestors = new Set<string>();
    const unknown = this.#climb(entity, ancestors);
    return { attrs: entity.attrs, tags: entity.tags, ancestors: unknown.length === 0 ? ancestors : undefined };
  }

  /** What must be loaded before this part of an entity is known; empty if it is. */
  wanted(uid: EntityUid, ofAncestors: boolean): readonly EntityUid[] {
    const entity = this.#found.get(uid.key);
    if (entity !== undefined) return ofAncestors ? this.#climb(entity, new Set()) : [];
    return this.#missing.has(uid.key) || this.#actions.has(uid.key) ? [] : [uid];
  }

  /** The entities that were found, as whole ones: with all ancestors as parents. */
  *entities(): IterableIterator<Entity> {
    for (const { uid, attrs, tags, parents, ancestors } of this.#found.values())
      yield { uid, attrs, tags, parents: ancestors ?? parents };
  }

  #require(entity: LoadedEntity): void {
    const { uid, ancestors, parents } = entity;
    const wrong = isActionType(uid.type)
      ? actionMismatch(uid)
      : checkEntityParts({ ...entity, parents: [...parents, ...(ancestors ?? [])] }, this.#schema);
    if (wrong !== undefined) throw new ConformanceError(wrong);
  }

  /** Gathers the ancestors of an entity; answers the ones that must be loaded before all of them are known. */
  #climb(entity: LoadedEntity, ancestors: Set<string>): readonly EntityUid[] {
    const unknown: EntityUid[] = [];
    const stack = [entity];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      for (const uid of at.ancestors ?? at.parents) {
        if (ancestors.has(uid.key)) continue;
        ancestors.add(uid.key);
        const next = this.#found.get(uid.key);
        if (at.ancestors !== undefined) continue;
        if (next !== undefined) stack.push(next);
        else if (!this.#missing.has(uid.key)) unknown.push(uid);
      }
    }
    return unknown;
  }
}
