/**
 * Runtime value — what compiled programs compute with, and the way back to a value of the language.
 *
 * Bools, Longs, strings and extension values are themselves; entities and records are nodes; sets are runtime sets, whose entities are nodes, so that
 * looking up an entity needs no key. Only elements that have descendants can be above another entity, and most have none.
 */
import { CedarSet } from '../../../src/value/set.ts';
import type { Ext, Prim, Value } from '../../../src/value/value.ts';
import { valueKey } from '../../../src/value/value-key.ts';
import { bitOf, wordOf } from '../graph/bit-index.ts';
import type { BitIndexes } from '../graph/bit-indexes.ts';
import { Node } from '../graph/node.ts';
import { type NodeSet, pack, type Words } from '../graph/node-set.ts';
import { SCANNED_ELEMENTS_AT_MOST } from '../limits.ts';
import { takeString } from './plain-value.ts';

export type RuntimeValue = Exclude<Prim, object> | Ext | Node | RuntimeSet;

export function toValue(value: RuntimeValue): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof Node) return value.$uid ?? value.$record!;
  return 'elements' in value ? value.value : value;
}

/** Deep equality. Entities are interned, so two different nodes are equal only as records. */
export function equal(a: RuntimeValue, b: RuntimeValue): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Node && a.$uid !== undefined) return false;
  return (toValue(a) as Exclude<Value, Prim>).key === (toValue(b) as Exclude<Value, Prim>).key;
}

export class RuntimeSet {
  /** The elements if all are entities; `undefined` otherwise. */
  readonly entities: readonly Node[] | undefined;
  /** The entities of a set that is kept, if all are, as in a node set: one step nearer, and V8 learns about each apart. */
  readonly #words: readonly number[] | undefined;
  readonly #first: number;
  /** Those of the entities that have descendants, and their bits, as they were when the graph had `#known` groups. */
  #groups: readonly Node[] = [];
  #groupWords: Words | undefined = undefined;
  #groupMask = 0;
  #known = -1;
  readonly #bitIndexes: BitIndexes<Node>;
  /** Every element as a runtime value. To look for one, ask `has`: it never searches a long list. */
  readonly elements: readonly RuntimeValue[];
  readonly value: CedarSet;
  /** The elements that are told apart by `===`, Bools, Longs, strings and entities, where they are looked up by hash. */
  readonly #plain: ReadonlySet<RuntimeValue> | undefined;

  /** `kept`: whether the set, and all nodes in it, stay with the entities of a store. */
  constructor(value: CedarSet, elements: readonly RuntimeValue[], bitIndexes: BitIndexes<Node>, kept: boolean) {
    this.value = value;
    this.elements = elements;
    this.#bitIndexes = bitIndexes;
    this.entities = elements.every(isEntityNode) ? elements : undefined;
    const packed = kept && this.entities !== undefined ? withBits(this.entities, bitIndexes) : undefined;
    this.#words = packed?.words;
    this.#first = packed?.first ?? 0;
    const hashed = packed === undefined && elements.length > SCANNED_ELEMENTS_AT_MOST;
    this.#plain = hashed ? new Set(elements.filter(isPlain)) : undefined;
  }

  /** A set of elements that may repeat. */
  static of(elements: readonly RuntimeValue[], bitIndexes: BitIndexes<Node>): RuntimeSet {
    const value = CedarSet.from(elements.map(toValue));
    return new RuntimeSet(value, value.size === elements.length ? elements : distinct(elements), bitIndexes, false);
  }

  /** The set of a list that holds nothing but texts; `undefined` for any other list. */
  static ofTexts(given: readonly unknown[], bitIndexes: BitIndexes<Node>): RuntimeSet | undefined {
    const elements: RuntimeValue[] = [];
    for (let i = 0; i < given.length; i++) {
      const text = takeString(given[i]);
      if (text === undefined) return undefined;
      elements.push(text);
    }
    return RuntimeSet.of(elements, bitIndexes);
  }

  has(element: RuntimeValue): boolean {
    return isPlain(element) ? this.#hasPlain(element) : this.value.has(toValue(element));
  }

  /** `bit` is the entity's, as in a node set. */
  hasEntity(entity: Node, bit: number): boolean {
    const words = this.#words;
    if (words === undefined) return this.#hasPlain(entity);
    const i = (wordOf(bit) - this.#first) >>> 0;
    return i < words.length && (words[i]! & bitOf(bit)) !== 0;
  }

  /** Spec: inₛ, where all elements are entities. What follows the entity are its fields. */
  hasOrIsAbove(entity: Node, bit: number, mask: number, ancestors: NodeSet<Node>): boolean {
    if (this.hasEntity(entity, bit)) return true;
    if (this.#known !== this.#bitIndexes.groups) this.#learnGroups();
    return (mask & this.#groupMask) !== 0 && ancestors.meets(this.#groups, this.#groupWords);
  }

  #hasPlain(element: RuntimeValue): boolean {
    if (this.#words !== undefined) return isEntityNode(element) && this.hasEntity(element, element.$bit);
    if (this.#plain !== undefined) return this.#plain.has(element);
    const { elements } = this;
    for (let i = 0; i < elements.length; i++) if (elements[i] === element) return true;
    return false;
  }

  #learnGroups(): void {
    this.#groups = this.entities!.filter((entity) => this.#bitIndexes.isGroup(entity));
    this.#groupWords = pack(this.#groups);
    this.#groupMask = this.#groups.reduce((mask, { $bit }) => mask | bitOf($bit), 0);
    this.#known = this.#bitIndexes.groups;
  }
}

function withBits(entities: readonly Node[], bitIndexes: BitIndexes<Node>): Words | undefined {
  for (const entity of entities) bitIndexes.give(entity);
  return pack(entities);
}

/** Are two such values equal iff they are the same? */
function isPlain(value: RuntimeValue): boolean {
  return typeof value !== 'object' || isEntityNode(value);
}

/** Only nodes of entities have a `$uid`; asking for it is cheaper than asking for the class. */
function isEntityNode(value: RuntimeValue): value is Node {
  return (value as Partial<Node>).$uid !== undefined;
}

function distinct(elements: readonly RuntimeValue[]): RuntimeValue[] {
  return [...new Map(elements.map((element) => [valueKey(toValue(element)), element])).values()];
}
