/**
 * Call reader — from the request and the list of one call to nodes, where both have their plainest forms; whatever else there is, `load` of the request graph
 * reads, which is the exact twin.
 *
 *     before  entities → index by type and id → views → values → nodes, all made for the call
 *     after   entities → slots (call-list.ts) → nodes of a pool, whose fields emitted code fills (emit/attribute-reader.ts)
 *
 * It looks exactly as far as its twin: attributes of entities within the access depth, parents of those whose ancestors policies may ask for. Nodes are
 * those of call-nodes.ts, ancestors are found by call-hierarchy.ts.
 *
 * Technique: object pool. Sound: nothing of a call outlives it, for what errors say is worked out before it ends; and a call from within a call gets another
 * program, since this one is in use.
 */
import { CedarmillError } from '../../../src/value/cedarmill-error.ts';
import type { EntityView } from '../../../src/value/entities.ts';
import { EntitySource } from '../../../src/value/entity-source.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import { isPrototypePolluted } from '../../../src/value/own-member.ts';
import type { Value } from '../../../src/value/value.ts';
import { getPrototypeOf, isArray } from '../evaluate/plain-value.ts';
import { RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import { EXPECTED_AT_MOST } from '../limits.ts';
import { CallHierarchy } from './call-hierarchy.ts';
import { CallList } from './call-list.ts';
import { CallNodes } from './call-nodes.ts';
import type { CallReading } from './call-reading.ts';
import type { CallSlot } from './call-slot.ts';
import { DeclaredAction } from './declared-action.ts';
import type { Node } from './node.ts';
import type { CallEntities, RequestGraph } from './request-graph.ts';
import { isPlainObject, type PlainMembers } from './uid-reader.ts';

/** Emitted: writes all fields of a node; `attrs` is `undefined` for none. Whether it could read them. */
export type AttributeReader = (
  node: Node,
  type: string,
  attrs: PlainMembers | undefined,
  call: CallReader,
  left: number,
) => boolean;

export class CallReader {
  readonly #graph: RequestGraph;
  readonly #reading: CallReading;
  readonly #list: CallList;
  readonly #nodes: CallNodes;
  readonly #hierarchy: CallHierarchy;
  #readAttributes!: AttributeReader;
  /** How far from the request's entities is read, and from which distance on without ancestors. */
  #values = 0;
  #outermost = 0;
  /** Whether a value could not be read. */
  #isUnread = false;
  /** What there is below the list of the call. */
  #base: CallEntities | undefined;
  /** The request's own objects; `undefined` for what is none. */
  #principal: EntitySource | undefined;
  #resource: EntitySource | undefined;

  constructor(graph: RequestGraph, reading: CallReading) {
    this.#graph = graph;
    this.#reading = reading;
    this.#list = new CallList(reading, graph.store);
    this.#nodes = new CallNodes(graph);
    this.#hierarchy = new CallHierarchy(graph, this.#list, this.#nodes);
  }

  /** The next call, and those after it, are on top of these entities; of none, if they bring all. */
  onTopOf(base: CallEntities | undefined): void {
    this.#base = base;
  }

  /**
   * Begins a call: with its list, and what the request has for principal and resource, for either may be an own object. Whether these can be read here; so
   * all others tell by `false` or `undefined`.
   */
  begin(list: readonly unknown[], readAttributes: AttributeReader, principal?: unknown, resource?: unknown): boolean {
    this.#graph.beginCall(this);
    const { values, ancestors } = this.#graph.far;
    this.#values = values;
    this.#outermost = values - ancestors;
    this.#readAttributes = readAttributes;
    this.#isUnread = false;
    this.#principal = principal instanceof EntitySource ? principal : undefined;
    this.#resource = resource instanceof EntitySource ? resource : undefined;
    return (
      !isPrototypePolluted() && this.#list.read(list, this.#base) && this.#bringOwnObjects() && this.#loadExpected()
    );
  }

  /** Where both have one uid the principal counts. */
  #bringOwnObjects(): boolean {
    const [principal, resource] = [this.#principal, this.#resource];
    if (principal !== undefined && !this.#bring(principal)) return false;
    return resource === undefined || principal?.equals(resource) === true || this.#bring(resource);
  }

  #bring(source: EntitySource): boolean {
    return this.#reading.readsBy(source.schema) && this.#list.bring(source);
  }

  /** Whether something turned up while policies ran that cannot be read here. */
  get isUnread(): boolean {
    return this.#isUnread;
  }

  principal(given: unknown): Node | undefined {
    return this.#part(given, this.#graph.climbs('principal'));
  }

  resource(given: unknown): Node | undefined {
    return this.#part(given, this.#graph.climbs('resource'));
  }

  #part(given: unknown, climbs: boolean): Node | undefined {
    const { uids } = this.#list;
    if (!uids.read(given)) return undefined;
    // One that the call did not begin with has not brought its entity.
    if (given instanceof EntitySource && given !== this.#principal && given !== this.#resource) return undefined;
    return this.#loaded(uids.type, uids.id, this.#values, climbs);
  }

  /** The request's action. One that was never asked for is left to the twin, which keeps its node. */
  action(given: unknown): Node | undefined {
    const { uids } = this.#list;
    if (!uids.read(given)) return undefined;
    const { type, id } = uids;
    const node = this.#graph.actions.ofUid(type, id);
    if (node === undefined) return undefined;
    if (this.#reading.isTyped) {
      const declared = this.#declared(node, type, id);
      if (declared !== undefined) return declared;
    }
    const slot = this.#base === undefined ? this.#list.find(type, id) : this.#list.slotOf(type, id);
    // One that is not there has an empty node.
    if (slot !== undefined && !this.#readAsFar(slot, this.#values, true)) return undefined;
    // It may have had ancestors in the call before.
    this.#graph.settleAncestors(node, node.$mask, node.$ancestors);
    return node;
  }

  /** The node of an action whose ancestors a schema says. These are right in every call: nothing need be emptied. */
  #declared(node: Node, type: string, id: string): Node | undefined {
    const is = node.$is as { entity?: EntityView | undefined };
    if (!(is.entity instanceof DeclaredAction)) {
      const declared = this.#reading.actionAncestors(type, id);
      if (declared === undefined) return undefined;
      is.entity = new DeclaredAction(
        declared.map((uid) => this.#graph.intern(uid)),
        this.#graph.bitIndexes,
      );
    }
    const { mask, ancestors } = is.entity as DeclaredAction;
    if (node.$ancestors !== ancestors) this.#graph.settleAncestors(node, mask, ancestors);
    return node;
  }

  /** Policies may look into entities that they name, wherever these are in the list. */
  #loadExpected(): boolean {
    const { expected } = this.#graph;
    if (expected.size === 0) return true;
    if (this.#base !== undefined || this.#principal !== undefined || this.#resource !== undefined)
      return this.#loadEach(expected);
    const climbs = this.#graph.climbs(undefined);
    for (let k = 0; k < this.#list.length; k++) {
      const slot = this.#list.at(k);
      if (expected.get(slot.type)?.has(slot.id) === true && !this.#readAsFar(slot, this.#values, climbs)) return false;
    }
    return true;
  }

  /** The same where there is more than the list. Many are left to the twin. */
  #loadEach(expected: ReadonlyMap<string, ReadonlyMap<string, unknown>>): boolean {
    let room = EXPECTED_AT_MOST;
    const climbs = this.#graph.climbs(undefined);
    for (const [type, byId] of expected) {
      room -= byId.size;
      if (room < 0) return false;
      for (const id of byId.keys()) if (this.#loaded(type, id, this.#values, climbs) === undefined) return false;
    }
    return true;
  }

  /** The node of an entity from which policies may go `left` steps further; read as far. Nothing is read of one of which nothing is asked. */
  #loaded(type: string, id: string, left: number, climbs = true): Node | undefined {
    const slot = this.#list.slotOf(type, id);
    if (slot === undefined) return undefined;
    const isAsked = left > 0 || left >= this.#outermost;
    return !isAsked || this.#readAsFar(slot, left, climbs) ? this.#nodes.nodeOf(slot) : undefined;
  }

  /** Whether it is read so far that policies may go `left` steps further from there, and up from there if they may climb. */
  #readAsFar(slot: CallSlot, left: number, climbs: boolean): boolean {
    const mustClimb = climbs && left >= this.#outermost && !slot.isClimbed;
    return (left <= slot.left && !mustClimb) || this.#load(slot, left, mustClimb);
  }

  #load(slot: CallSlot, left: number, mustClimb: boolean): boolean {
    const mustFill = left > slot.left && left > 0;
    slot.left = Math.max(left, slot.left);
    if (mustClimb) slot.isClimbed = true;
    const node = this.#nodes.nodeOf(slot);
    // Nodes that are kept are empty; those of the pool have what they had in the call before.
    if (slot.given === undefined && slot.view === undefined)
      return !mustFill || slot.isKept || this.#readAttributes(node, '', undefined, this, 0);
    if (slot.isKept) this.#graph.noteLoaded(node);
    if (slot.given === undefined) return this.#loadView(slot, node, mustClimb, mustFill);
    if (mustClimb && !this.#hierarchy.climb(slot, node)) return false;
    return !mustFill || this.#fill(slot, node, left);
  }

  /** Values that a view refuses are left to the twin, which says so. */
  #loadView(slot: CallSlot, node: Node, mustClimb: boolean, mustFill: boolean): boolean {
    const { left } = slot;
    try {
      if (mustClimb && !this.#hierarchy.climb(slot, node)) return false;
      if (!mustFill) return true;
      if (slot.isKept) (node.$is as { entity?: EntityView | undefined }).entity = slot.entity;
      this.#graph.fillFrom(node, slot.view!.attrs, (uid) => this.reached(uid, left - 1));
      return !this.#isUnread;
    } catch (error) {
      if (error instanceof CedarmillError) return false;
      throw error;
    }
  }

  #fill(slot: CallSlot, node: Node, left: number): boolean {
    // With a schema an entity is checked as a whole.
    if (this.#reading.isTyped && (hasMembers(slot.tags) || !(slot.isClimbed || this.#hierarchy.parentsFit(slot))))
      return false;
    if (slot.isKept) (node.$is as { entity?: EntityView | undefined }).entity = slot.entity;
    return this.#readAttributes(node, slot.type, slot.attrs, this, left);
  }

  /** The value of an attribute of an entity from which policies may go `left` steps further. Called by emitted code. */
  value(given: unknown, left: number): RuntimeValue | undefined {
    if (isArray(given))
      return RuntimeSet.ofTexts(given, this.#graph.bitIndexes) ?? this.#made(this.#reading.valueOf(given), left);
    const { uids } = this.#list;
    if (isPlainObject(given) && uids.readEscape(given)) return this.#loaded(uids.type, uids.id, left - 1);
    return this.#made(this.#reading.valueOf(given), left);
  }

  /** The same where a schema says the type. Called by emitted code. */
  declared(type: string, attribute: string, given: unknown, left: number): RuntimeValue | undefined {
    return this.#made(this.#reading.declaredValueOf(type, attribute, given), left);
  }

  /** An entity of the type that a schema says, which may be written without an escape. Called by emitted code. */
  entity(type: string, given: unknown, left: number): Node | undefined {
    const { uids } = this.#list;
    if (!uids.readReference(given) || uids.type !== type) return undefined;
    return this.#loaded(type, uids.id, left - 1);
  }

  #made(value: Value | undefined, left: number): RuntimeValue | undefined {
    if (value === undefined) return undefined;
    const made = this.#graph.value(value, (uid) => this.reached(uid, left - 1));
    return this.#isUnread ? undefined : made;
  }

  /** A context is one step from the request. */
  inContext(type: string, id: string): Node | undefined {
    return this.#loaded(type, id, this.#values - 1);
  }

  /** The node of a uid inside a value; it is noted if it cannot be read, as actions of a schema cannot: they are there, though the list has none. */
  reached({ type, id }: EntityUid, left: number): Node {
    const node = this.#loaded(type, id, left);
    if (node !== undefined) return node;
    this.#isUnread = true;
    return this.#graph.emptyContext;
  }

  /** How many steps policies may go further from an entity of this call. */
  leftOf(node: Node): number {
    return this.#list.slotOfNode(node)?.left ?? 0;
  }
}

/** What is not a plain object may have any. */
function hasMembers(tags: unknown): boolean {
  if (tags === undefined) return false;
  if (!isPlainObject(tags) && !isBare(tags)) return true;
  for (const _ in tags) return true;
  return false;
}

function isBare(given: unknown): given is object {
  return typeof given === 'object' && given !== null && getPrototypeOf(given) === null;
}
