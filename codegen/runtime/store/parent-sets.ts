/**
 * Parent sets — the distinct lists of parents in one store, each with the entities that have it; and which of them list an entity.
 *
 *     before  a list of parents for each entity, and a set of children for each parent
 *     after   one list for all entities with equal parents; its members are a linked list through their handles
 *
 * Technique: interning (hash-consing), intrusive doubly linked lists. A linked list takes a tenth of a set's memory.
 *
 * INVARIANT: only a list with members is interned. A list that loses its last member is forgotten, and equal parents make a new object later; so what a
 * graph has derived for a list can never outlive the list. Two live lists of equal parents may exist (a hash was taken) and do no harm.
 *
 * All of it is derived: `add` of every entity builds it again from the entities alone.
 *
 * Proof: proofs/thm/ancestors.dfy
 */
import { type EntityHandle, ParentSet } from './entity-handle.ts';

/** The parent set of entities without parents. Nothing above them changes, so it needs no members. */
export const NO_PARENTS = new ParentSet([]);

/** An entity that others list as a parent. */
class Parent {
  /** Tells parents apart in hashes. */
  readonly number: number;
  /** The set of which it is the only parent. */
  only: ParentSet | undefined = undefined;
  /** Other sets that list it. */
  others: Set<ParentSet> | undefined = undefined;

  constructor(number: number) {
    this.number = number;
  }

  get isListed(): boolean {
    return this.only !== undefined || this.others !== undefined;
  }
}

export class ParentSets {
  readonly #parents = new Map<EntityHandle, Parent>();
  /** Sets of several parents by hash; where two have one hash, the first. */
  readonly #byHash = new Map<number, ParentSet>();
  #given = 0;

  /** The set of an entity that gets these parents. It is known to others only once it has a member. */
  of(parents: readonly EntityHandle[]): ParentSet {
    const [first] = parents;
    if (first === undefined) return NO_PARENTS;
    const known = parents.length === 1 ? this.#parents.get(first)?.only : this.#known(parents);
    return known !== undefined && sameParents(known.parents, parents) ? known : new ParentSet(parents);
  }

  /** Makes the entity a member. */
  add(set: ParentSet, handle: EntityHandle): void {
    if (set === NO_PARENTS) return;
    const { first } = set;
    if (first === undefined) this.#list(set);
    else first.before = handle;
    handle.after = first;
    set.first = handle;
  }

  remove(set: ParentSet, handle: EntityHandle): void {
    if (set === NO_PARENTS) return;
    const { before, after } = handle;
    if (before === undefined) set.first = after;
    else before.after = after;
    if (after !== undefined) after.before = before;
    handle.before = undefined;
    handle.after = undefined;
    if (set.isEmpty) this.#unlist(set);
  }

  /** Forgets everything, so that it can be built again. */
  clear(): void {
    this.#parents.clear();
    this.#byHash.clear();
  }

  /** Whether any entity lists this one as a parent. */
  isParent(handle: EntityHandle): boolean {
    return this.#parents.has(handle);
  }

  /** The sets that list this entity. */
  *below(handle: EntityHandle): IterableIterator<ParentSet> {
    const parent = this.#parents.get(handle);
    if (parent?.only !== undefined) yield parent.only;
    if (parent?.others !== undefined) yield* parent.others;
  }

  #list(set: ParentSet): void {
    for (const handle of set.parents) {
      const parent = this.#parentOf(handle);
      if (set.parents.length === 1) {
        parent.only = set;
      } else {
        parent.others ??= new Set();
        parent.others.add(set);
      }
    }
    if (set.parents.length === 1) return;
    const hash = this.#hash(set.parents);
    if (!this.#byHash.has(hash)) this.#byHash.set(hash, set);
  }

  #unlist(set: ParentSet): void {
    if (set.parents.length > 1) {
      const hash = this.#hash(set.parents);
      if (this.#byHash.get(hash) === set) this.#byHash.delete(hash);
    }
    for (const handle of set.parents) {
      const parent = this.#parentOf(handle);
      if (set.parents.length === 1) parent.only = undefined;
      else parent.others?.delete(set);
      if (parent.others?.size === 0) parent.others = undefined;
      if (!parent.isListed) this.#parents.delete(handle);
    }
  }

  #parentOf(handle: EntityHandle): Parent {
    let parent = this.#parents.get(handle);
    if (parent === undefined) {
      parent = new Parent(this.#given++);
      this.#parents.set(handle, parent);
    }
    return parent;
  }

  #known(parents: readonly EntityHandle[]): ParentSet | undefined {
    return parents.every((parent) => this.#parents.has(parent)) ? this.#byHash.get(this.#hash(parents)) : undefined;
  }

  #hash(parents: readonly EntityHandle[]): number {
    let hash = 0;
    for (const parent of parents) hash = Math.imul(hash ^ this.#parentOf(parent).number, 0x9e3779b1) ^ (hash >>> 15);
    return hash;
  }
}

export function sameParents(a: readonly EntityHandle[], b: readonly EntityHandle[]): boolean {
  return a === b || (a.length === b.length && a.every((parent, i) => parent === b[i]));
}
