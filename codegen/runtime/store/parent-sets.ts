/**
 * Kin — the entities of one store that list the same parents, and so have the same ancestors; and which parent set are below an entity.
 *
 * Kin hold their members as a chain through the handles, which costs a set's tenth. Equal lists of parents become one parent set as far as they are
 * remembered, which is no more than a saving: two parent set of equal parents do no harm.
 */
import type { EntityHandle } from './store.ts';

export class ParentSet {
  readonly parents: readonly EntityHandle[];
  /** The first of its members; `undefined` if there is none. */
  first: EntityHandle | undefined = undefined;

  constructor(parents: readonly EntityHandle[]) {
    this.parents = parents;
  }

  *members(): IterableIterator<EntityHandle> {
    for (let handle = this.first; handle !== undefined; handle = handle.after) yield handle;
  }
}

/** Those without parents. Nothing above them changes, so nobody asks for the members. */
const NO_PARENTS = new ParentSet([]);

/** An entity that others list as a parent. */
class Group {
  /** Tells groups apart in hashes. */
  readonly number: number;
  /** The parent set of which it is the only parent. */
  only: ParentSet | undefined = undefined;
  /** Other parent set that list it. */
  others: Set<ParentSet> | undefined = undefined;

  constructor(number: number) {
    this.number = number;
  }
}

/** Lists of several parents that are remembered; with more of them, it begins anew. */
const SHARED_AT_MOST = 2 ** 16;

export class ParentSets {
  readonly #groups = new Map<EntityHandle, Group>();
  readonly #shared = new Map<number, ParentSet>();
  #given = 0;

  /** The parent set of an entity that gets these parents. */
  of(parents: readonly EntityHandle[]): ParentSet {
    const [first] = parents;
    if (first === undefined) return NO_PARENTS;
    if (parents.length === 1) return this.#groups.get(first)?.only ?? new ParentSet(parents);
    const hash = this.#hash(parents);
    const known = this.#shared.get(hash);
    if (known !== undefined && sameParents(known.parents, parents)) return known;
    const parentSet = new ParentSet(parents);
    if (this.#shared.size >= SHARED_AT_MOST) this.#shared.clear();
    this.#shared.set(hash, parentSet);
    return parentSet;
  }

  join(parentSet: ParentSet, handle: EntityHandle): void {
    if (parentSet === NO_PARENTS) return;
    const { first } = parentSet;
    if (first === undefined) this.#found(parentSet);
    else first.before = handle;
    handle.after = first;
    parentSet.first = handle;
  }

  leave(parentSet: ParentSet, handle: EntityHandle): void {
    if (parentSet === NO_PARENTS) return;
    const { before, after } = handle;
    if (before === undefined) parentSet.first = after;
    else before.after = after;
    if (after !== undefined) after.before = before;
    handle.before = undefined;
    handle.after = undefined;
    if (parentSet.first === undefined) this.#dissolve(parentSet);
  }

  /** Whether any entity lists this one as a parent. */
  hasBelow(handle: EntityHandle): boolean {
    const group = this.#groups.get(handle);
    return group !== undefined && (group.only !== undefined || group.others !== undefined);
  }

  /** The parent set that list this entity as a parent. */
  *below(handle: EntityHandle): IterableIterator<ParentSet> {
    const group = this.#groups.get(handle);
    if (group?.only !== undefined) yield group.only;
    if (group?.others !== undefined) yield* group.others;
  }

  #found(parentSet: ParentSet): void {
    for (const parent of parentSet.parents) {
      const group = this.#groupOf(parent);
      if (parentSet.parents.length === 1) {
        group.only = parentSet;
      } else {
        group.others ??= new Set();
        group.others.add(parentSet);
      }
    }
  }

  #dissolve(parentSet: ParentSet): void {
    for (const parent of parentSet.parents) {
      const group = this.#groupOf(parent);
      if (parentSet.parents.length === 1) group.only = undefined;
      else group.others?.delete(parentSet);
      if (group.others?.size === 0) group.others = undefined;
    }
  }

  #groupOf(parent: EntityHandle): Group {
    let group = this.#groups.get(parent);
    if (group === undefined) {
      group = new Group(this.#given++);
      this.#groups.set(parent, group);
    }
    return group;
  }

  #hash(parents: readonly EntityHandle[]): number {
    let hash = 0;
    for (const parent of parents) hash = Math.imul(hash ^ this.#groupOf(parent).number, 0x9e3779b1) ^ (hash >>> 15);
    return hash;
  }
}

export function sameParents(a: readonly EntityHandle[], b: readonly EntityHandle[]): boolean {
  return a === b || (a.length === b.length && a.every((parent, i) => parent === b[i]));
}
