/**
 * Request graph — the graph of requests that bring their entities: it loads only what policies can reach.
 *
 *     before  all entities of the call become a store, and a program is bound to it
 *     after   one program stays bound; entities within the access depth of the policies (plan/access-depth.ts) become nodes
 *
 * Sound: policies ask nothing of an entity beyond the access depth. No data leaks between calls: every loaded node is loaded again or emptied before
 * the next call is decided.
 *
 * Nodes of entities that policies name stay, and so do those of actions, whose plans are kept while their ancestors are the same. All others live as
 * long as the call.
 */
import { cycleError, type EntityView, type ValuesByName } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { CedarRecord } from '../../../src/value/record.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import type { HandleStore } from '../store/store.ts';
import { Graph, type GraphOptions, type NodeClass, partOf } from './graph.ts';
import { NO_PLAN, type Node } from './node.ts';
import { NodeSet } from './node-set.ts';

/** How far from a request's entities the policies look, in attributes and tags followed. */
export interface AccessDepth {
  /** Attributes and tags are asked for of entities that are fewer steps away. */
  readonly values: number;
  /** Ancestors are asked for of entities that are at most this many steps away. */
  readonly ancestors: number;
  /** Whether that may be the principal, and the resource. An entity that policies name, or that is further away, may be either. */
  readonly principal: boolean;
  readonly resource: boolean;
}

/** What an entity is to a request. */
export type RequestPart = 'principal' | 'resource';

/** The ids of entities of one type; their number may be less. */
export interface KnownIds {
  readonly size: number;
  has(id: string): boolean;
  keys(): Iterable<string>;
}

/** The entities that come with one call. */
export interface CallEntities {
  /** By id. */
  ofType(type: string): KnownIds | undefined;
  find(type: string, id: string): EntityView | undefined;
}

/** Who reads a call in the place of `load`, and so knows its nodes. */
interface NodeReader {
  /** How many steps policies may go further from the entity. */
  leftOf(node: Node): number;
  /** The node of an entity in the request's context; `undefined` if it cannot be read. */
  inContext(type: string, id: string): Node | undefined;
  /** The node of an entity from which they may go `left` steps further. */
  reached(uid: EntityUid, left: number): Node;
}

/**
 * What stands for an entity of the call, and what the call says of it. The store of such a call holds no entities, so that its handles may say it, too.
 */
interface CallEntity {
  entity: EntityView | undefined;
}

/**
 * Not a class of its own: V8 looks up where members go once objects of more than four classes are made by one constructor, and that of uids has as many.
 */
function transientEntity(type: string, id: string): EntityUid & CallEntity {
  return Object.assign(new EntityUid(type, id), { entity: undefined });
}

const NOBODY: CallEntities = { ofType: () => undefined, find: () => undefined };

export class RequestGraph extends Graph {
  readonly #accessDepth: () => AccessDepth;
  #callEntities = NOBODY;
  /** What reads the present call; none if `load` has. */
  #reader: NodeReader | undefined;
  #accessDepthOfFar: AccessDepth | undefined;
  #far: AccessDepth = { values: 1, ancestors: 0, principal: true, resource: true };
  readonly #expected = new Map<string, Map<string, EntityUid>>();
  /** Nodes of entities that nobody keeps, by type and id. */
  #transients = new Map<string, Map<string, Node>>();
  /** The nodes that the present call has loaded, and how many steps further their values were followed. */
  #loaded = new Map<Node, number>();
  /** Those of them whose ancestors are known. */
  #climbed = new Set<Node>();

  /** `store` is empty but for what policies name; `accessDepth` tells that of the policies as they are at each call. */
  constructor(store: HandleStore, nodeClass: NodeClass, accessDepth: () => AccessDepth, options: GraphOptions = {}) {
    super(store, nodeClass, { ...options, keeps: false });
    this.#accessDepth = accessDepth;
  }

  /** Takes these entities for those of the next request. */
  load(callEntities: CallEntities): void {
    this.#begin(undefined);
    this.#callEntities = callEntities;
    for (const [type, expected] of this.#expected) this.#loadExpected(type, expected);
  }

  /** The next call is read by another reader (call-reader.ts). */
  beginCall(reader: NodeReader): void {
    this.#begin(reader);
  }

  #begin(reader: NodeReader | undefined): void {
    this.noteRequest();
    // First, and all of them once more if it was interrupted: what was loaded is not forgotten before it is emptied.
    if (this.#loaded.size > 0) {
      for (const node of this.#loaded.keys()) if (this.owns(node)) this.#empty(node);
      for (const byId of this.#transients.values()) for (const node of byId.values()) this.bitIndexes.free(node);
      this.#loaded = new Map();
      this.#climbed = new Set();
      this.#transients = new Map();
      this.#callEntities = NOBODY;
    }
    this.#reader = reader;
    const far = this.#accessDepth();
    if (far === this.#accessDepthOfFar) return;
    this.#accessDepthOfFar = far;
    // The request's own entities are always looked at: with a schema, they must fit it.
    this.#far = { ...far, values: Math.max(far.values, 1) };
  }

  get far(): AccessDepth {
    return this.#far;
  }

  /** The entities into which policies may look though no request leads to them, by type and id. */
  get expected(): ReadonlyMap<string, ReadonlyMap<string, EntityUid>> {
    return this.#expected;
  }

  /** Writes all fields of a node. */
  fillFrom(node: Node, attrs: ValuesByName, nodeOf: (uid: EntityUid) => Node): void {
    this.fill(node, attrs, nodeOf);
  }

  /** A node that is kept has data of the present call, and is emptied before the next. */
  noteLoaded(node: Node): void {
    this.#loaded.set(node, 0);
  }

  override expect(uid: EntityUid): void {
    ofType(this.#expected, uid.type).set(uid.id, uid);
  }

  /** Those that the call knows; it walks the shorter list. */
  #loadExpected(type: string, expected: ReadonlyMap<string, EntityUid>): void {
    const known = this.#callEntities.ofType(type);
    if (known === undefined) return;
    const [few, many] = expected.size < known.size ? [expected, known] : [known, expected];
    for (const id of few.keys()) if (many.has(id)) this.resolve(expected.get(id)!);
  }

  override begin(): void {
    // A call is one request: `load` has begun it.
  }

  override ofText(): undefined {
    return undefined;
  }

  override resolve(uid: EntityUid, part?: RequestPart): Node {
    return this.#reached(uid, this.#far.values, this.climbs(part));
  }

  /** Whether ancestors of what stands there are asked for; of an entity that policies name, if it stands nowhere. */
  climbs(part: RequestPart | undefined): boolean {
    const { principal, resource } = this.#far;
    return part === undefined ? principal && resource : part === 'principal' ? principal : resource;
  }

  /** A plan is chosen by the ancestors of the action. */
  protected override resolveAction(uid: EntityUid): Node {
    return this.#reached(uid, this.#far.values, true);
  }

  override inContext(type: string, id: string): Node | undefined {
    return this.#reader?.inContext(type, id);
  }

  override context(record: CedarRecord, names?: readonly string[]): Node {
    return this.record(partOf(record, names), (uid) => this.#reached(uid, this.#far.values - 1));
  }

  override tag(entity: RuntimeValue, tag: RuntimeValue): RuntimeValue | undefined {
    const reader = this.#reader;
    const left = reader?.leftOf(entity as Node) ?? this.#loaded.get(entity as Node) ?? 0;
    const nodeOf = (uid: EntityUid) =>
      reader === undefined ? this.#reached(uid, left - 1) : reader.reached(uid, left - 1);
    return this.tagOf(entity, tag, nodeOf);
  }

  protected override isTransient({ type, id }: EntityUid): boolean {
    return this.#transients.get(type)?.has(id) === true;
  }

  /** The node of an entity from which the policies may go `left` steps further. */
  #reached(uid: EntityUid, left: number, climbs = true): Node {
    return this.#load(this.#nodeOfUid(uid), left, climbs);
  }

  #nodeOfUid(uid: EntityUid): Node {
    const { type, id } = uid;
    const handle = this.store.find(type, id);
    if (handle !== undefined) return this.nodeOf(handle);
    const transients = ofType(this.#transients, type);
    let transient = transients.get(id);
    if (transient === undefined) {
      transient = this.make(transientEntity(type, id));
      transients.set(id, transient);
    }
    return transient;
  }

  /** Once more for a node that was loaded as one further away: then with what was out of reach before. */
  #load(node: Node, left: number, climbs: boolean): Node {
    const before = this.#loaded.get(node) ?? -1;
    const mustClimb = climbs && left >= this.#far.values - this.#far.ancestors && !this.#climbed.has(node);
    if (left <= before && !mustClimb) return node;
    if (left > before) this.#loaded.set(node, left);
    const { type, id } = node.$uid!;
    const entity = this.#callEntities.find(type, id);
    if (mustClimb) {
      this.#climbed.add(node);
      this.#climb(node, entity);
    }
    if (left > 0 && left > before) {
      callEntityOf(node).entity = entity;
      this.fill(node, entity?.attrs, (uid) => this.#reached(uid, left - 1));
    }
    return node;
  }

  #empty(node: Node): void {
    callEntityOf(node).entity = undefined;
    this.fill(node, undefined);
    node.$mask = 0;
    node.$ancestors = NodeSet.none;
  }

  /** Depth first without recursion: hierarchies may be deeper than the stack. */
  #climb(start: Node, entity: EntityView | undefined): void {
    const ancestors = new Set<Node>();
    let mask = 0;
    if (entity !== undefined) {
      const open = new Set([start]);
      const path = [{ node: start, parents: entity.parents, next: 0 }];
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const uid = top.parents[top.next++];
        if (uid === undefined) {
          open.delete(top.node);
          path.pop();
          continue;
        }
        const above = this.#nodeOfUid(uid);
        if (open.has(above)) throw cycleError(uid);
        if (ancestors.has(above)) continue;
        ancestors.add(above);
        mask |= this.bitIndexes.ofGroup(above);
        const parents = this.#callEntities.find(uid.type, uid.id)?.parents ?? [];
        if (parents.length === 0) continue;
        open.add(above);
        path.push({ node: above, parents, next: 0 });
      }
    }
    this.settleAncestors(start, mask, NodeSet.of(ancestors));
  }

  /** A plan is right for the ancestors that it was made for. */
  settleAncestors(start: Node, mask: number, ancestors: NodeSet<Node>): void {
    start.$mask = mask;
    start.$ancestors = ancestors;
    if (start.$plan !== NO_PLAN && !this.#stillBelow(start, start.$plan.below)) start.$plan = NO_PLAN;
  }

  #stillBelow({ $ancestors }: Node, below: readonly Node[]): boolean {
    if ($ancestors === NodeSet.none) return below.length === 0;
    const { length } = this.kept($ancestors.list);
    return length === below.length && below.every((node) => $ancestors.has(node, node.$bit));
  }
}

/** What is known of a type, by id. */
function ofType<T>(types: Map<string, Map<string, T>>, type: string): Map<string, T> {
  let known = types.get(type);
  if (known === undefined) {
    known = new Map();
    types.set(type, known);
  }
  return known;
}

function callEntityOf(node: Node): CallEntity {
  return node.$uid as EntityUid & CallEntity;
}
