/**
 * Graph — one engine's projection of one store: a node for every entity that the data or the policies mention.
 *
 * Nodes are made when they are first met; then the store's changes are followed, at the cost of what changed.
 *
 * Ancestors are cached twice: in each node, and for each parent set that several nodes share. INVARIANT: between two operations every cached set equals
 * the transitive closure of the parents as the store has them. `follow` is the only place that invalidates: it drops what is cached for every parent set
 * below a changed entity, whether or not this graph has met a member, and for a set that lost its last member, which never comes back (parent-sets.ts).
 * Proof: proofs/thm/ancestors.dfy
 *
 * Exceptions: whatever is thrown while nodes are projected or a change is followed, a full stack included, leaves nodes half made. The graph is then
 * `broken` for ever: it empties the cache of its engine, the store forgets it, every further question to it throws, and the engine binds again. It says
 * so by assignments alone, for there may be no stack left to call anything.
 *
 * Memory: a graph goes with its engine's `release`; a node goes when the store sweeps its handle, which it does not while a program may ask for it
 * (`intern`, `value` and `action` pin, and so does a row that demands it).
 *
 * Long because values, requests and changes all lead to nodes, and only here are nodes made.
 */
import type { Entity, ValuesByName } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import { Unknown } from '../../../src/value/unknown.ts';
import { CompilerBug } from '../../../src/value/unreachable.ts';
import type { Value } from '../../../src/value/value.ts';
import { isEntity } from '../evaluate/operator.ts';
import { RuntimeSet, type RuntimeValue, toValue } from '../evaluate/runtime-value.ts';
import { IndexKeys, NO_INDEX_KEY } from '../index/index-keys.ts';
import { PINNED_AT_LEAST, REQUESTED_ACTIONS_AT_MOST } from '../limits.ts';
import { EntityHandle, handleNodes, type ParentSet } from '../store/entity-handle.ts';
import { sameParents } from '../store/parent-sets.ts';
import { type Follower, HandleStore, type ProgramCache, plainUid } from '../store/store.ts';
import type { StoredEntity } from '../store/stored-entity.ts';
import { ActionLookup } from './action-lookup.ts';
import { BitIndexes } from './bit-indexes.ts';
import { type Fields, NO_PLAN, type Node } from './node.ts';
import { NodeSet } from './node-set.ts';
import { PartialRecord } from './partial-record.ts';
import { UidLookup } from './uid-lookup.ts';

/** The class of a program's nodes, and which field holds which attribute. */
export interface NodeClass {
  readonly class: new (uid: EntityUid | undefined, record: CedarRecord | undefined) => Node;
  readonly fields: readonly (readonly [attribute: string, field: string])[];
}

export interface GraphOptions {
  /** Whether nodes stay with the entities of the store. Default: they do. */
  readonly keeps?: boolean | undefined;
  /** Where the engine finds the graph's program: emptied when the graph breaks. */
  readonly cache?: ProgramCache | undefined;
  /** Actions that are as given here, whatever the store has of them: those of a schema that the store was not read by. */
  readonly actions?: readonly Entity[] | undefined;
  /** Called when the graph breaks, if there is stack enough for it. */
  readonly onBroken?: (() => void) | undefined;
}

export class Graph implements Follower {
  readonly store: HandleStore;
  readonly bitIndexes: BitIndexes<Node>;
  readonly indexKeys = new IndexKeys();
  /** The context of a request that has none. */
  readonly emptyContext: Node;
  /**
   * Nodes by what requests name them with, where that does not have them itself: texts in their plainest spelling such as `User::"alice"`, one for each
   * node, so that the data bound it; and handles that have the node of another graph.
   */
  readonly named = new Map<string | EntityHandle, Node>();
  readonly principals = new UidLookup(this);
  readonly actions = new ActionLookup(this);
  readonly resources = new UidLookup(this);
  /** Changes when a handle leaves the store: nodes that were found before may be nobody's. */
  epoch = 0;
  broken = false;
  readonly cache: ProgramCache | undefined;
  readonly #onBroken: (() => void) | undefined;
  readonly #nodeClass: NodeClass;
  /** The ancestors below parent sets that have several members. */
  readonly #ancestors = new Map<ParentSet, Ancestors>();
  #released = false;
  /** Handles that have a node here. */
  #projected: EntityHandle[] = [];
  /** How many of those have been swept. */
  #forgotten = 0;
  /** Handles that a program may ask for, whatever the data say; those that rows demand have a key instead. */
  readonly #pinned = new Set<EntityHandle>();
  /** How many were pinned when the first request began. */
  #pinnedFirst: number | undefined = undefined;
  #unfilled: EntityHandle[] = [];
  /** Nodes whose ancestors are not known, or not any more. */
  readonly #unsettled = new Set<Node>();
  #transients: Map<string, Node> | undefined;
  #actions = 0;

  constructor(store: HandleStore, nodeClass: NodeClass, { keeps = true, cache, actions, onBroken }: GraphOptions = {}) {
    this.store = store;
    this.cache = cache;
    this.#onBroken = onBroken;
    this.bitIndexes = new BitIndexes<Node>(keeps);
    this.#nodeClass = nodeClass;
    this.emptyContext = this.record(CedarRecord.empty);
    store.attach(this);
    if (actions !== undefined) this.#keepActions(actions);
  }

  /**
   * The nodes of these actions stand for handles of a store of their own, which never changes, and are found by the handles of this graph's store.
   * INVARIANT: so `$is` of a node, not the handle by which it was found, has the entity.
   */
  #keepActions(actions: readonly Entity[]): void {
    const own = new HandleStore();
    for (const action of actions) own.upsert(action);
    for (const handle of own.entries()) {
      const node = this.make(handle);
      this.#unsettled.add(node);
      this.named.set(handle, node);
      const found = this.store.intern(handle);
      this.#pinned.add(found);
      this.#keep(found, node);
    }
    for (const handle of own.entries()) this.#complete(handle);
  }

  /** The node of a handle of this graph's store. */
  nodeOf(handle: EntityHandle): Node {
    return handleNodes.nodeIn(handle, this) ?? this.named.get(handle) ?? this.#project(handle);
  }

  /** The first graph that asks for it finds its node with the handle. */
  #keep(handle: EntityHandle, node: Node): void {
    const { graph } = handle;
    this.#projected.push(handle);
    if (graph instanceof Graph && !graph.broken) {
      this.named.set(handle, node);
    } else {
      handleNodes.keep(handle, this, node);
    }
  }

  /** Stops following the store, and gives back what its handles keep for it. */
  release(): void {
    if (this.#released) return;
    this.store.detach(this);
    for (const handle of this.#projected) {
      if (handle.graph === this) handleNodes.keep(handle, this.store, undefined);
    }
    this.#released = true;
    this.#projected = [];
    this.named.clear();
    this.#clearLookups();
    this.#ancestors.clear();
    if (this.broken) this.#onBroken?.();
  }

  /** Calls nothing; see above. */
  #requireWhole(): void {
    if (this.broken || this.#released) throw new CompilerBug('a graph was asked that is broken or released');
  }

  /** Whether many more nodes are pinned by former policies than by present ones, so a new graph would be much smaller. */
  get isOvergrown(): boolean {
    return this.#pinnedFirst !== undefined && this.#pinnedNow > PINNED_AT_LEAST + 2 * this.#pinnedFirst;
  }

  get #pinnedNow(): number {
    return this.#pinned.size + this.indexKeys.size;
  }

  pins(handle: EntityHandle): boolean {
    return this.#pinned.has(handle) || (this.known(handle)?.$indexKey ?? NO_INDEX_KEY) !== NO_INDEX_KEY;
  }

  forget(handle: EntityHandle): void {
    this.#clearLookups();
    const node = this.known(handle);
    if (node === undefined) return;
    this.named.delete(`${handle.type}::"${handle.id}"`);
    this.named.delete(handle);
    this.bitIndexes.free(node);
    this.#forgotten++;
    if (2 * this.#forgotten <= this.#projected.length) return;
    this.#forgotten = 0;
    this.#projected = this.#projected.filter((each) => this.known(each) !== undefined);
  }

  /** The store gives up its handle, whether or not it has a node here. */
  #clearLookups(): void {
    this.principals.clear();
    this.actions.clear();
    this.resources.clear();
    this.epoch++;
  }

  /** The node of a handle of the store, if it has one already. */
  known(handle: EntityHandle): Node | undefined {
    return handleNodes.nodeIn(handle, this) ?? this.named.get(handle);
  }

  /** Whether the node is kept between requests. */
  owns(node: Node): boolean {
    const { $uid } = node;
    return $uid instanceof EntityHandle && this.known($uid) === node;
  }

  /** Those of the nodes that are kept between requests. */
  kept(nodes: Iterable<Node>): readonly Node[] {
    return [...nodes].filter((node) => this.owns(node));
  }

  /** The node of a uid that a program asks for; it is kept from now on. */
  intern(uid: EntityUid): Node {
    const handle = this.store.intern(uid);
    this.#pinned.add(handle);
    return this.nodeOf(handle);
  }

  /** The node of a uid that a row demands: it is kept once it has a key. */
  demanded(uid: EntityUid): Node {
    return this.nodeOf(this.store.intern(uid));
  }

  /** A policy may look into this entity though no request leads to it. What is kept is always ready for that. */
  expect(_: EntityUid): void {}

  /** The fields of nodes, in their order. */
  get fields(): NodeClass['fields'] {
    return this.#nodeClass.fields;
  }

  /** A node that its maker keeps. */
  transient(uid: EntityUid): Node {
    return this.make(uid);
  }

  /** A new node of an entity. */
  protected make(uid: EntityUid): Node {
    return new this.#nodeClass.class(uid, undefined);
  }

  /** A value as the program sees it. `entity` finds the nodes of uids where it is not kept. */
  value(value: Value, entity?: (uid: EntityUid) => Node): RuntimeValue {
    if (typeof value !== 'object') return value;
    if (value instanceof EntityUid) return entity === undefined ? this.demanded(value) : entity(value);
    if (value instanceof CedarRecord) return this.record(value, entity);
    if (value instanceof Unknown) throw new CompilerBug(`unknown(${JSON.stringify(value.name)}) reached a program`);
    if (!(value instanceof CedarSet)) return value;
    const elements = value.elements.map((element) => this.value(element, entity));
    return new RuntimeSet(value, elements, this.bitIndexes, entity === undefined);
  }

  record(record: CedarRecord, entity?: (uid: EntityUid) => Node): Node {
    const node = new this.#nodeClass.class(undefined, record);
    this.fill(node, record.fields, entity);
    return node;
  }

  /** A record of runtime values, which may hold entities that the store does not know. */
  recordOf(names: readonly string[], values: readonly RuntimeValue[]): Node {
    const fields = new Map(names.map((name, i) => [name, toValue(values[i]!)]));
    const node = new this.#nodeClass.class(undefined, new CedarRecord(fields));
    for (const [attribute, field] of this.#nodeClass.fields) {
      const i = names.indexOf(attribute);
      if (i >= 0) (node as unknown as Fields)[field] = values[i];
    }
    return node;
  }

  /** Spec: getTag. `undefined` where it errs. */
  tag(entity: RuntimeValue, tag: RuntimeValue): RuntimeValue | undefined {
    return this.tagOf(entity, tag);
  }

  protected tagOf(
    entity: RuntimeValue,
    tag: RuntimeValue,
    nodeOf?: (uid: EntityUid) => Node,
  ): RuntimeValue | undefined {
    if (!isEntity(entity) || typeof tag !== 'string') return undefined;
    const value = entity.$data?.tags.get(tag);
    return value === undefined ? undefined : this.value(value, nodeOf);
  }

  /** Begins a request: those that the store does not know are nobody's, but one node for each uid of one request. */
  begin(): void {
    this.noteRequest();
    this.#transients = undefined;
  }

  protected noteRequest(): void {
    this.#requireWhole();
    this.#pinnedFirst ??= this.#pinnedNow;
  }

  /** The node of a text, if it is in its plainest spelling and the store knows the uid. */
  ofText(text: string): Node | undefined {
    const known = this.named.get(text);
    if (known !== undefined) return known;
    const uid = plainUid(text);
    const handle = uid === undefined ? undefined : this.store.find(uid.type, uid.id);
    if (handle === undefined) return undefined;
    const node = this.nodeOf(handle);
    this.named.set(text, node);
    return node;
  }

  /** The node of a uid of the present request; which part of it may matter where entities come with it (request-graph.ts). */
  resolve(uid: EntityUid, _?: 'principal' | 'resource'): Node {
    const handle = this.store.find(uid.type, uid.id);
    if (handle !== undefined) return this.nodeOf(handle);
    this.#transients ??= new Map();
    let transient = this.#transients.get(uid.key);
    if (transient === undefined) {
      // Not the uid itself: a handle of another store would tell what that store knows.
      transient = this.make(new EntityUid(uid.type, uid.id));
      this.#transients.set(uid.key, transient);
    }
    return transient;
  }

  /**
   * The node of an entity in a context; `undefined` for one that the store does not know, and where a getter of the context has made the engine give the
   * graph up: then the request is left to the slow path.
   */
  inContext(type: string, id: string): Node | undefined {
    if (this.broken || this.#released) return undefined;
    const handle = this.store.find(type, id);
    return handle && this.nodeOf(handle);
  }

  /** The node of the action of the present request. It is kept from now on, as its plan is, unless there are very many. */
  action(uid: EntityUid): Node {
    if (
      this.#actions < REQUESTED_ACTIONS_AT_MOST &&
      this.store.find(uid.type, uid.id) === undefined &&
      !this.isTransient(uid)
    ) {
      this.#actions++;
      this.#pinned.add(this.store.intern(uid));
    }
    return this.resolveAction(uid);
  }

  protected resolveAction(uid: EntityUid): Node {
    return this.resolve(uid);
  }

  /** Whether the present request has met the uid already, and keeps its node no longer than it lasts. */
  protected isTransient(uid: EntityUid): boolean {
    return this.#transients?.has(uid.key) === true;
  }

  /** The context of the present request; `names` are all its attributes where `record` holds only a part. */
  context(record: CedarRecord, names?: readonly string[]): Node {
    return this.record(partOf(record, names), (uid) => this.resolve(uid));
  }

  /** Brings everything up to date after an entity changed. */
  follow(handle: EntityHandle, before: StoredEntity | undefined): void {
    try {
      const left = before?.parentSet;
      const joined = handle.entity?.parentSet;
      if (left !== undefined && left !== joined && left.isEmpty) this.#ancestors.delete(left);
      // Who has a node has all its ancestors as nodes; so nothing below an entity without one has any.
      const node = this.known(handle);
      if (node === undefined || node.$is !== handle) return;
      this.fill(node, handle.entity);
      if (left === joined) return;
      if (!sameParents(left?.parents ?? [], joined?.parents ?? [])) this.#recomputeBelow(handle);
    } catch {
      this.broken = true;
      if (this.cache !== undefined) this.cache.entities = undefined;
    }
  }

  /** Nodes are made first and filled from a queue: entities may refer to one another in rings and in chains longer than the stack. */
  #project(handle: EntityHandle): Node {
    this.#requireWhole();
    try {
      const node = this.make(handle);
      this.#unsettled.add(node);
      this.#unfilled.push(handle);
      this.#keep(handle, node);
      if (this.#unfilled.length === 1) {
        for (const next of this.#unfilled) this.#complete(next);
        this.#unfilled = [];
      }
      return node;
    } catch (error) {
      this.broken = true;
      if (this.cache !== undefined) this.cache.entities = undefined;
      throw error;
    }
  }

  #complete(handle: EntityHandle): void {
    const node = this.nodeOf(handle);
    this.#settle(handle);
    this.fill(node, handle.entity);
  }

  protected fill(node: Node, attrs: Pick<ValuesByName, 'get'> | undefined, entity?: (uid: EntityUid) => Node): void {
    const fields = node as unknown as Fields;
    for (const [attribute, field] of this.#nodeClass.fields) {
      const value = attrs?.get(attribute);
      if (value !== undefined) fields[field] = this.value(value, entity);
      else if (fields[field] !== undefined) fields[field] = undefined;
    }
  }

  /** Learns the ancestors of an entity from those of its parents, which are settled before. */
  #settle(start: EntityHandle): void {
    const open = [start];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const node = this.nodeOf(top);
      const set = (node.$is as EntityHandle).entity?.parentSet;
      const before = this.#unsettled.has(node) ? (set?.parents.filter((each) => this.#isUnsettled(each)) ?? []) : [];
      for (const parent of before) open.push(parent);
      if (before.length > 0) continue;
      open.pop();
      if (this.#unsettled.delete(node)) this.#setAncestors(node, this.#ancestorsBelow(set));
    }
  }

  #isUnsettled(handle: EntityHandle): boolean {
    return this.#unsettled.has(this.nodeOf(handle));
  }

  /** The ancestors of a parent set's members. Several members share one set of them. */
  #ancestorsBelow(set: ParentSet | undefined): Ancestors {
    if (set === undefined || set.parents.length === 0) return NO_ANCESTORS;
    const known = this.#ancestors.get(set);
    if (known !== undefined) return known;
    const parents = set.parents.map((parent) => this.nodeOf(parent));
    const mask = parents.reduce((all, parent) => all | this.bitIndexes.ofGroup(parent) | parent.$mask, 0);
    const found = { mask, nodes: NodeSet.above(parents, this.bitIndexes) };
    if (set.first?.after !== undefined) this.#ancestors.set(set, found);
    return found;
  }

  #setAncestors(node: Node, { mask, nodes }: Ancestors): void {
    node.$mask = mask;
    node.$ancestors = nodes;
    node.$plan = NO_PLAN;
  }

  /** Finds the ancestors of the entity and of its descendants again: those of a parent set are dropped before any is settled. */
  #recomputeBelow(top: EntityHandle): void {
    const below = new Set(this.store.below(top));
    const changed = [top];
    for (const set of below) {
      this.#ancestors.delete(set);
      for (const handle of set.members()) {
        if (this.known(handle) === undefined) continue;
        changed.push(handle);
        for (const each of this.store.below(handle)) below.add(each);
      }
    }
    for (const handle of changed) this.#unsettled.add(this.nodeOf(handle));
    for (const handle of changed) this.#settle(handle);
  }
}

/** `names` are all its attributes where `record` holds only a part. */
export function partOf(record: CedarRecord, names: readonly string[] | undefined): CedarRecord {
  return names === undefined ? record : new PartialRecord(record.fields, names);
}

/** All ancestors of an entity, and their bits. */
interface Ancestors {
  readonly mask: number;
  readonly nodes: NodeSet<Node>;
}

const NO_ANCESTORS: Ancestors = { mask: 0, nodes: NodeSet.none };
