/**
 * Call reader — from the request and the list of one call to nodes, where both have their plainest forms; whatever else there is, `load` of the request graph
 * reads, which is the exact twin.
 *
 *     before  entities → index by type and id → views → values → nodes, all made for the call
 *     after   entities → nodes of a pool, whose fields emitted code fills (emit/attribute-reader.ts)
 *
 * It looks exactly as far as its twin: attributes of entities within the access depth, parents of those whose ancestors policies may ask for.
 *
 * Long because nodes, values and hierarchies of a call lead to one another.
 *
 * Technique: object pool. Sound: nothing of a call outlives it but errors, which keep their nodes (`keep`); and a call from within a call gets another
 * program, since this one is in use.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import { EntitySource } from '../../../src/value/entity-source.ts';
import { type EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import { isPrototypePolluted } from '../../../src/value/own-member.ts';
import type { Value } from '../../../src/value/value.ts';
import { getPrototypeOf, isArray } from '../evaluate/plain-value.ts';
import { RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import { CallList, isPlainObject, NOWHERE, type PlainMembers } from './call-list.ts';
import type { CallReading } from './call-reading.ts';
import { ListedUid } from './listed-uid.ts';
import type { Node } from './node.ts';
import { NodeSet } from './node-set.ts';
import type { RequestGraph } from './request-graph.ts';

/** Emitted: writes all fields of a node; `attrs` is `undefined` for none. Whether it could read them. */
export type AttributeReader = (
  node: Node,
  type: string,
  attrs: PlainMembers | undefined,
  call: CallReader,
  left: number,
) => boolean;

interface Ancestors {
  readonly mask: number;
  readonly nodes: NodeSet<Node>;
}

const NO_ANCESTORS: Ancestors = { mask: 0, nodes: NodeSet.none };
/** The list of the call says them. */
const UNDECLARED: Ancestors = { mask: 0, nodes: NodeSet.none };

const NOTHING: ReadonlyMap<string, never> = new Map<string, never>();

/** Only its ancestors are asked for, which are known. */
const DECLARED_ACTION: EntityView = { attrs: NOTHING, tags: NOTHING, parents: [] };

export class CallReader {
  readonly #graph: RequestGraph;
  readonly #reading: CallReading;
  readonly #list: CallList;
  #readAttributes!: AttributeReader;
  /** How far from the request's entities is read, and from which distance on without ancestors. */
  #values = 0;
  #outermost = 0;
  /** The nodes of this call, what they stand for, where the list has them, and how much further policies may go from there. */
  readonly #nodes: Node[] = [];
  readonly #types: string[] = [];
  readonly #ids: string[] = [];
  readonly #places: number[] = [];
  readonly #left: number[] = [];
  readonly #isOpen: boolean[] = [];
  /** Whether the graph keeps the node, for policies name the entity; the others are of the pool. */
  readonly #isKept: boolean[] = [];
  #count = 0;
  #pool: Node[] = [];
  #taken = 0;
  /** Found by the present climb. */
  #found: Node[] = [];
  #mask = 0;
  /** Whether a value could not be read. */
  #isUnread = false;
  readonly #actions = new WeakMap<Node, Ancestors>();

  constructor(graph: RequestGraph, reading: CallReading) {
    this.#graph = graph;
    this.#reading = reading;
    this.#list = new CallList((type) => reading.isType(type));
  }

  /** Begins a call. Whether the list can be read here; so all others tell by `false` or `undefined`. */
  begin(list: readonly unknown[], readAttributes: AttributeReader): boolean {
    this.#graph.beginCall(this);
    const { values, ancestors } = this.#graph.far;
    this.#values = values;
    this.#outermost = values - ancestors;
    this.#readAttributes = readAttributes;
    this.#count = 0;
    this.#taken = 0;
    this.#isUnread = false;
    return !isPrototypePolluted() && this.#list.read(list) && this.#loadExpected();
  }

  /** Errors keep the nodes of this call, as they are: the next one gets others. */
  keep(): void {
    for (const node of this.#pool) {
      void (node.$is as ListedUid).entity;
      this.#graph.bitIndexes.free(node);
    }
    this.#pool = [];
  }

  /** Whether something turned up while policies ran that cannot be read here. */
  get isUnread(): boolean {
    return this.#isUnread;
  }

  viewAt(place: number): EntityView {
    return this.#reading.viewOf(this.#list.at(place), this.#list.source);
  }

  /** The request's principal or resource. An own object, which brings its entity along, is left to the twin. */
  scope(given: unknown): Node | undefined {
    if (given instanceof EntitySource || !this.#list.readScope(given)) return undefined;
    const { type, id } = this.#list;
    return this.#loaded(type, id, this.#values);
  }

  /** The request's action. One that was never asked for is left to the twin, which keeps its node. */
  action(given: unknown): Node | undefined {
    if (!this.#list.readUid(given)) return undefined;
    const { type, id } = this.#list;
    const handle = this.#graph.store.find(type, id);
    if (handle === undefined) return undefined;
    const node = this.#graph.nodeOf(handle);
    const declared = this.#declaredAncestors(node, type, id);
    if (declared !== UNDECLARED) {
      // What a schema says of an action is right in every call: nothing need be emptied.
      (handle as { entity?: EntityView }).entity ??= DECLARED_ACTION;
      if (node.$ancestors !== declared.nodes) this.#graph.settleAncestors(node, declared.mask, declared.nodes);
      return node;
    }
    if (this.#loaded(type, id, this.#values) === undefined) return undefined;
    // It may have had ancestors in the call before.
    this.#graph.settleAncestors(node, node.$mask, node.$ancestors);
    return node;
  }

  /** Where there is a schema, it says the ancestors of actions. */
  #declaredAncestors(node: Node, type: string, id: string): Ancestors {
    let known = this.#actions.get(node);
    if (known === undefined) {
      const declared = this.#reading.actionAncestors(type, id);
      known =
        declared === undefined
          ? UNDECLARED
          : declared.length === 0
            ? NO_ANCESTORS
            : this.#above(declared.map((uid) => this.#graph.intern(uid)));
      this.#actions.set(node, known);
    }
    return known;
  }

  /** Policies may look into entities that they name, wherever these are in the list. */
  #loadExpected(): boolean {
    const { expected } = this.#graph;
    if (expected.size === 0) return true;
    for (let i = 0; i < this.#list.length; i++) {
      const [type, id] = [this.#list.typeAt(i), this.#list.idAt(i)];
      if (expected.get(type)?.has(id) === true && this.#loaded(type, id, this.#values) === undefined) return false;
    }
    return true;
  }

  /** The node of an entity from which policies may go `left` steps further; read as far. */
  #loaded(type: string, id: string, left: number): Node | undefined {
    const k = this.#enter(type, id);
    return left <= this.#left[k]! || this.#load(k, left) ? this.#nodes[k] : undefined;
  }

  /** The number of the node of an entity in this call. */
  #enter(type: string, id: string): number {
    const [types, ids] = [this.#types, this.#ids];
    for (let k = 0; k < this.#count; k++) if (types[k] === type && ids[k] === id) return k;
    const k = this.#count++;
    types[k] = type;
    ids[k] = id;
    this.#places[k] = this.#list.find(type, id);
    this.#left[k] = -1;
    this.#isOpen[k] = false;
    const handle = this.#graph.store.find(type, id);
    this.#isKept[k] = handle !== undefined;
    this.#nodes[k] = handle === undefined ? this.#take(type, id) : this.#graph.nodeOf(handle);
    return k;
  }

  #take(type: string, id: string): Node {
    const node = this.#pool[this.#taken];
    this.#taken++;
    if (node === undefined) {
      const made = this.#graph.transient(new ListedUid(this, type, id));
      this.#pool.push(made);
      return made;
    }
    (node.$is as ListedUid).become(type, id);
    (node as { $type: string }).$type = type;
    node.$mask = 0;
    node.$ancestors = NodeSet.none;
    return node;
  }

  #load(k: number, left: number): boolean {
    const before = this.#left[k]!;
    this.#left[k] = left;
    const node = this.#nodes[k]!;
    const place = this.#places[k]!;
    const isKept = this.#isKept[k]!;
    // Nodes that are kept are empty; those of the pool have what they had in the call before.
    if (place === NOWHERE) return left <= 0 || isKept || this.#readAttributes(node, '', undefined, this, 0);
    if (isKept) this.#graph.noteLoaded(node);
    if (left >= this.#outermost && before < this.#outermost && !this.#climb(k)) return false;
    return left <= 0 || this.#fill(k, node, place, left);
  }

  #fill(k: number, node: Node, place: number, left: number): boolean {
    const list = this.#list;
    if (this.#reading.isTyped && hasMembers(list.tagsAt(place))) return false;
    if (this.#isKept[k] === true) (node.$is as { entity?: EntityView }).entity = this.viewAt(place);
    else (node.$is as ListedUid).place = place;
    return this.#readAttributes(node, node.$type!, list.attrsAt(place), this, left);
  }

  #climb(k: number): boolean {
    if (this.#list.parentsAt(this.#places[k]!).length === 0) return true;
    this.#found = [];
    this.#mask = 0;
    if (!this.#visit(k)) return false;
    this.#graph.settleAncestors(this.#nodes[k]!, this.#mask, NodeSet.ofFew(this.#found, this.#graph.bitIndexes));
    return true;
  }

  /** Depth first, so that a cycle is met on the way. Not deeper than the list is long. */
  #visit(k: number): boolean {
    const place = this.#places[k]!;
    if (place === NOWHERE) return true;
    const parents = this.#list.parentsAt(place);
    const type = this.#types[k]!;
    this.#isOpen[k] = true;
    for (let i = 0; i < parents.length; i++) {
      if (!this.#list.readParent(parents[i]) || !this.#mayBeBelow(type, this.#list.type)) return false;
      const parent = this.#enter(this.#list.type, this.#list.id);
      if (this.#isOpen[parent] === true) return false;
      const node = this.#nodes[parent]!;
      if (this.#found.includes(node)) continue;
      this.#found.push(node);
      this.#mask |= this.#graph.bitIndexes.ofGroup(node);
      if (!this.#visit(parent)) return false;
    }
    this.#isOpen[k] = false;
    return true;
  }

  #mayBeBelow(type: string, parent: string): boolean {
    return (!isActionType(type) || isActionType(parent)) && this.#reading.mayBeBelow(type, parent);
  }

  #above(nodes: readonly Node[]): Ancestors {
    const mask = nodes.reduce((all, node) => all | this.#graph.bitIndexes.ofGroup(node), 0);
    return { mask, nodes: NodeSet.ofFew(nodes, this.#graph.bitIndexes) };
  }

  /** The value of an attribute of an entity from which policies may go `left` steps further. Called by emitted code. */
  value(given: unknown, left: number): RuntimeValue | undefined {
    if (isArray(given))
      return RuntimeSet.ofTexts(given, this.#graph.bitIndexes) ?? this.#made(this.#reading.valueOf(given), left);
    if (isPlainObject(given) && this.#list.readEscape(given))
      return this.#loaded(this.#list.type, this.#list.id, left - 1);
    return this.#made(this.#reading.valueOf(given), left);
  }

  /** The same where a schema says the type. Called by emitted code. */
  declared(type: string, attribute: string, given: unknown, left: number): RuntimeValue | undefined {
    return this.#made(this.#reading.declaredValueOf(type, attribute, given), left);
  }

  /** An entity of the type that a schema says, which may be written without an escape. Called by emitted code. */
  entity(type: string, given: unknown, left: number): Node | undefined {
    if (!this.#list.readParent(given) || this.#list.type !== type) return undefined;
    return this.#loaded(type, this.#list.id, left - 1);
  }

  #made(value: Value | undefined, left: number): RuntimeValue | undefined {
    if (value === undefined) return undefined;
    const made = this.#graph.value(value, (uid) => this.reached(uid, left - 1));
    return this.#isUnread ? undefined : made;
  }

  /** A context is one step from the request. */
  inContext(type: string, id: string): Node | undefined {
    return this.#reading.isType(type) ? this.#loaded(type, id, this.#values - 1) : undefined;
  }

  /** The node of a uid inside a value; it is noted if it cannot be read. */
  reached(uid: EntityUid, left: number): Node {
    const k = this.#enter(uid.type, uid.id);
    // Actions of a schema are there, though the list has none.
    const isElsewhere = this.#reading.isTyped && isActionType(uid.type);
    if (isElsewhere || (left > this.#left[k]! && !this.#load(k, left))) this.#isUnread = true;
    return this.#nodes[k]!;
  }

  /** How many steps policies may go further from an entity of this call. */
  leftOf(node: Node): number {
    const k = this.#nodes.indexOf(node);
    return k < 0 || k >= this.#count ? 0 : this.#left[k]!;
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
