/**
 * Call list — the entities of one call, a slot for each: first those that the caller lists, then others that are named.
 *
 * Technique: slots that are used again for each call, and a linear search that compares ids first, which mostly differ in length; below some dozens that is
 * faster than any index. What is found has a type and an id that are known to be good, so that references need no test of their own.
 *
 * INVARIANT: each member of the caller's objects is read once, since it may be a getter. What is read is what the exact reader
 * (src/engine/input/call-entities.ts) reads; whatever is in another form is left to it.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import type { EntitySource } from '../../../src/value/entity-source.ts';
import { getPrototypeOf, isArray, mapProbe, objectPrototype } from '../evaluate/plain-value.ts';
import { CALL_LIST_AT_MOST, CALL_SLOTS_AT_MOST, CALL_TYPES_AT_MOST } from '../limits.ts';
import type { HandleStore } from '../store/store.ts';
import type { CallReading } from './call-reading.ts';
import { CallSlot, CallType, type ListedMembers, NOTHING } from './call-slot.ts';
import type { Node } from './node.ts';
import type { CallEntities } from './request-graph.ts';
import { UidReader } from './uid-reader.ts';

export class CallList {
  readonly uids = new UidReader();
  #source: readonly unknown[] = NOTHING;
  readonly #slots: CallSlot[] = [];
  #count = 0;
  #listed = 0;
  readonly #reading: CallReading;
  readonly #store: HandleStore;
  readonly #types: CallType[] = [];
  /** What there is below the list. */
  #base: CallEntities | undefined;
  /** The state of the store in which `named` of the types was read. */
  #typesVersion = -1;

  /** Policies name the entities of `store`. */
  constructor(reading: CallReading, store: HandleStore) {
    this.#reading = reading;
    this.#store = store;
  }

  /** Whether all entities of the list are in plain form, and different. */
  read(list: readonly unknown[], base: CallEntities | undefined): boolean {
    const { length } = list;
    this.#source = list;
    this.#base = base;
    this.#count = 0;
    this.#listed = 0;
    this.#followStore();
    if (length > CALL_LIST_AT_MOST) return false;
    for (let i = 0; i < length; i++) if (!this.#readEntity(list[i])) return false;
    this.#listed = length;
    return true;
  }

  #followStore(): void {
    const { typesVersion } = this.#store;
    if (this.#typesVersion === typesVersion) return;
    for (const type of this.#types) type.named = this.#store.ofType(type.name);
    this.#typesVersion = typesVersion;
  }

  /** Loading a member that is not there tells V8 the layout of the object, from which it knows the prototype. */
  #readEntity(given: unknown): boolean {
    if (typeof given !== 'object' || given === null) return false;
    const { uid, attrs, parents, tags } = given as Partial<ListedMembers>;
    if (getPrototypeOf(given) !== objectPrototype || !isArray(parents)) return false;
    if (typeof attrs !== 'object' || attrs === null || (attrs as Probed)[mapProbe] !== undefined) return false;
    const prototype: unknown = getPrototypeOf(attrs);
    if (prototype !== objectPrototype && prototype !== null) return false;
    if (!this.uids.readListed(uid)) return false;
    const { type, id } = this.uids;
    const slot = this.find(type, id) === undefined ? this.#add(type, id) : undefined;
    if (slot === undefined) return false;
    slot.given = given;
    slot.attrs = attrs;
    slot.parents = parents;
    slot.tags = tags;
    slot.view = undefined;
    return true;
  }

  /** An own object of the request hides what else there is of its uid. Whether its uid is one. */
  bring(source: EntitySource): boolean {
    const slot = this.slotOf(source.type, source.id);
    if (slot === undefined) return false;
    slot.given = undefined;
    slot.parents = NOTHING;
    slot.view = source.entity;
    return true;
  }

  /** The slot of an entity that the call has named or listed. */
  find(type: string, id: string): CallSlot | undefined {
    const slots = this.#slots;
    for (let k = 0; k < this.#count; k++) {
      const slot = slots[k]!;
      if (slot.id === id && slot.type === type) return slot;
    }
    return undefined;
  }

  /** The slot of an entity; `undefined` if there is none of that type, or with that id, or no room. */
  slotOf(type: string, id: string): CallSlot | undefined {
    return this.find(type, id) ?? this.#add(type, id);
  }

  #add(type: string, id: string): CallSlot | undefined {
    const slot = this.#slots[this.#count];
    // Lists of one application are mostly alike.
    const callType = slot?.type === type ? slot.callType : this.typeOf(type);
    if (callType === undefined || this.#count >= CALL_SLOTS_AT_MOST || !id.isWellFormed()) return undefined;
    this.#count++;
    if (slot === undefined) {
      const made = new CallSlot(this, callType, id);
      this.#slots.push(made);
      made.view = this.#base?.find(type, id);
      return made;
    }
    slot.become(callType, id);
    if (this.#base !== undefined) slot.view = this.#base.find(type, id);
    return slot;
  }

  /** `undefined` if entities may not be of that type. */
  typeOf(name: string): CallType | undefined {
    const types = this.#types;
    for (let i = 0; i < types.length; i++) if (types[i]!.name === name) return types[i];
    if (!this.#reading.isType(name)) return undefined;
    const type = new CallType(name, this.#store.ofType(name));
    if (types.length < CALL_TYPES_AT_MOST) types.push(type);
    return type;
  }

  /** Whether an entity may have parents of that type. */
  mayBeBelow({ callType }: CallSlot, parent: CallType): boolean {
    const { above } = callType;
    for (let i = 0; i < above.length; i++) if (above[i] === parent) return true;
    if (callType.isAction && !parent.isAction) return false;
    if (!this.#reading.mayBeBelow(callType.name, parent.name)) return false;
    if (above.length < CALL_TYPES_AT_MOST) above.push(parent);
    return true;
  }

  viewOf(entity: ListedMembers): EntityView {
    return this.#reading.viewOf(entity, this.#source);
  }

  /** How many the caller has listed: the first slots. */
  get length(): number {
    return this.#listed;
  }

  at(k: number): CallSlot {
    return this.#slots[k]!;
  }

  /** The slot of a node of this call. */
  slotOfNode(node: Node): CallSlot | undefined {
    for (let k = 0; k < this.#count; k++) if (this.#slots[k]!.node === node) return this.#slots[k];
    return undefined;
  }
}

type Probed = Readonly<Record<typeof mapProbe, unknown>>;
