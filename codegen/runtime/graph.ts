/**
 * Graph — one engine's projection of one store: a node for every entity that the data or the policies mention.
 *
 * Nodes are made when they are first met; then the store's changes are followed, at the cost of what changed.
 */
import type { EntityView, ValuesByName } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import { Unknown } from '../../src/value/unknown.ts';
import { CompilerBug } from '../../src/value/unreachable.ts';
import type { Value } from '../../src/value/value.ts';
import { Bits } from './bits.ts';
import type { Fields, Node } from './node.ts';
import { isEntity } from './operator.ts';
import { RuntimeSet } from './runtime-set.ts';
import { type RuntimeValue, toValue } from './runtime-value.ts';
import { type EntityHandle, type HandleStore, plainUid } from './store.ts';

/** The class of a program's nodes, and which field holds which attribute. */
export interface NodeClass {
  readonly class: new (uid: EntityUid | undefined, record: CedarRecord | undefined) => Node;
  readonly fields: readonly (readonly [attribute: string, field: string])[];
}

export class Graph {
  readonly store: HandleStore;
  readonly bits = new Bits();
  /** The context of a request that has none. */
  readonly emptyContext: Node;
  /** The nodes of uids that were asked for by text, in its plainest spelling such as `User::"alice"`; one for each node, so that the data bound it. */
  readonly texts = new Map<string, Node>();
  readonly #slot: number;
  protected readonly nodeClass: NodeClass;
  #unfilled: EntityHandle[] = [];
  #strangers: Map<string, Node> | undefined;

  constructor(store: HandleStore, nodeClass: NodeClass) {
    this.store = store;
    this.#slot = store.newSlot();
    this.nodeClass = nodeClass;
    this.emptyContext = this.record(CedarRecord.empty);
  }

  /** The node of a handle of this graph's store. */
  nodeOf(handle: EntityHandle): Node {
    if (handle.graph === this) return handle.node!;
    const node = handle.nodes[this.#slot] ?? this.#project(handle);
    handle.graph = this;
    handle.node = node;
    return node;
  }

  /** Whether the node is kept between requests. */
  owns(node: Node): boolean {
    const handle = node.$uid && this.store.find(node.$uid.type, node.$uid.id);
    return handle?.nodes[this.#slot] === node;
  }

  /** Those of the nodes that are kept between requests. */
  kept(nodes: Iterable<Node>): readonly Node[] {
    return [...nodes].filter((node) => this.owns(node));
  }

  /** The node of a uid, which is kept from now on. */
  intern(uid: EntityUid): Node {
    return this.nodeOf(this.store.intern(uid));
  }

  /** A value as the program sees it. `entity` finds the nodes of uids. */
  value(value: Value, entity: (uid: EntityUid) => Node = (uid) => this.intern(uid)): RuntimeValue {
    if (typeof value !== 'object') return value;
    if (value instanceof EntityUid) return entity(value);
    if (value instanceof CedarRecord) return this.record(value, entity);
    if (value instanceof Unknown) throw new CompilerBug(`unknown(${JSON.stringify(value.name)}) reached a program`);
    if (!(value instanceof CedarSet)) return value;
    const elements = value.elements.map((element) => this.value(element, entity));
    return new RuntimeSet(value, elements, this.bits);
  }

  record(record: CedarRecord, entity?: (uid: EntityUid) => Node): Node {
    const node = new this.nodeClass.class(undefined, record);
    this.fill(node, record.fields, entity);
    return node;
  }

  /** A record of runtime values, which may hold entities that the store does not know. */
  recordOf(names: readonly string[], values: readonly RuntimeValue[]): Node {
    const fields = new Map(names.map((name, i) => [name, toValue(values[i]!)]));
    const node = new this.nodeClass.class(undefined, new CedarRecord(fields));
    for (const [attribute, field] of this.nodeClass.fields) {
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
    this.#strangers = undefined;
  }

  /** The node of a text, if it is in its plainest spelling and the store knows the uid. */
  ofText(text: string): Node | undefined {
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const uid = plainUid(text);
    const handle = uid === undefined ? undefined : this.store.find(uid.type, uid.id);
    if (handle === undefined) return undefined;
    const node = this.nodeOf(handle);
    this.texts.set(text, node);
    return node;
  }

  /** The node of a uid of the present request. */
  resolve(uid: EntityUid): Node {
    const handle = this.store.find(uid.type, uid.id);
    if (handle !== undefined) return this.nodeOf(handle);
    this.#strangers ??= new Map();
    let stranger = this.#strangers.get(uid.key);
    if (stranger === undefined) {
      stranger = new this.nodeClass.class(uid, undefined);
      this.#strangers.set(uid.key, stranger);
    }
    return stranger;
  }

  /** The context of the present request; `names` are all its attributes where `record` holds only a part. */
  context(record: CedarRecord, names?: readonly string[]): Node {
    const node = this.record(record, (uid) => this.resolve(uid));
    node.$names = names;
    return node;
  }

  /** Brings a node up to date after its entity changed. */
  follow(handle: EntityHandle): void {
    const node = handle.nodes[this.#slot];
    if (node === undefined) return;
    const before = node.$data;
    this.#load(node, handle.entity);
    if (!sameParents(before, handle.entity)) this.#recomputeBelow(handle);
  }

  /** Nodes are made first and filled from a queue: entities may refer to one another in rings and in chains longer than the stack. */
  #project(handle: EntityHandle): Node {
    const node = new this.nodeClass.class(handle.uid, undefined);
    handle.nodes[this.#slot] = node;
    this.#unfilled.push(handle);
    if (this.#unfilled.length === 1) {
      for (const next of this.#unfilled) this.#complete(next);
      this.#unfilled = [];
    }
    return node;
  }

  #complete(handle: EntityHandle): void {
    const node = handle.nodes[this.#slot]!;
    this.#computeAncestors(handle, node);
    this.#load(node, handle.entity);
  }

  #load(node: Node, entity: EntityView | undefined): void {
    node.$data = entity;
    this.fill(node, entity?.attrs);
  }

  protected fill(node: Node, attrs: Pick<ValuesByName, 'get'> | undefined, entity?: (uid: EntityUid) => Node): void {
    const fields = node as unknown as Fields;
    for (const [attribute, field] of this.nodeClass.fields) {
      const value = attrs?.get(attribute);
      if (value !== undefined) fields[field] = this.value(value, entity);
      else if (fields[field] !== undefined) fields[field] = undefined;
    }
  }

  #computeAncestors(handle: EntityHandle, node: Node): void {
    const ancestors = new Set<Node>();
    const open = [handle];
    let mask = 0;
    for (let below = open.pop(); below !== undefined; below = open.pop()) {
      for (const uid of below.entity?.parents ?? []) {
        const parent = this.store.intern(uid);
        const above = this.nodeOf(parent);
        if (ancestors.has(above)) continue;
        mask |= this.bits.of(above);
        ancestors.add(above);
        open.push(parent);
      }
    }
    node.$mask = mask;
    node.$plan = undefined;
    node.$number = 0;
    node.$ancestors = ancestors;
  }

  /** The entity and its descendants get their ancestors anew. */
  #recomputeBelow(top: EntityHandle): void {
    const below = new Set([top]);
    for (const handle of below) {
      const node = handle.nodes[this.#slot];
      if (node !== undefined) this.#computeAncestors(handle, node);
      for (const child of this.store.children(handle)) below.add(child);
    }
  }
}

function sameParents(a: EntityView | undefined, b: EntityView | undefined): boolean {
  const [before, after] = [a?.parents ?? [], b?.parents ?? []];
  return before.length === after.length && before.every((uid, i) => uid.equals(after[i]!));
}
