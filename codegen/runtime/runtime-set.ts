/**
 * Runtime set — a set whose entities are nodes, so that looking up an entity needs no key.
 *
 * Only elements that have descendants can be above another entity, and most have none.
 */
import { CedarSet } from '../../src/value/set.ts';
import { valueKey } from '../../src/value/value-key.ts';
import type { Bits } from './bits.ts';
import type { Node } from './node.ts';
import { type RuntimeValue, toValue } from './runtime-value.ts';

/** Elements of a small set. */
const FEW = 2;

export class RuntimeSet {
  readonly value: CedarSet;
  /** Every element as a runtime value. */
  readonly elements: readonly RuntimeValue[];
  /** The elements if all are entities; `undefined` otherwise. */
  readonly entities: readonly Node[] | undefined;
  /** The elements that are told apart by `===`, Bools, Longs, strings and entities, if there are more than a few elements. */
  readonly #plain: ReadonlySet<RuntimeValue> | undefined;
  readonly #bits: Bits;
  /** The entities without descendants, those that have some, and the bits of the latter together, as they were when so many bits were given. */
  #leaves: ReadonlySet<Node> | undefined;
  #groups: readonly Node[] = [];
  #groupMask = 0;
  #given = -1;

  constructor(value: CedarSet, elements: readonly RuntimeValue[], bits: Bits) {
    this.value = value;
    this.elements = elements;
    this.entities = elements.every(isEntityNode) ? elements : undefined;
    this.#plain = elements.length > FEW ? new Set(elements.filter(isPlain)) : undefined;
    this.#bits = bits;
  }

  /** Of elements that may repeat. */
  static of(elements: readonly RuntimeValue[], bits: Bits): RuntimeSet {
    const value = CedarSet.from(elements.map(toValue));
    return new RuntimeSet(value, value.size === elements.length ? elements : distinct(elements), bits);
  }

  has(element: RuntimeValue): boolean {
    return isPlain(element) ? this.hasPlain(element) : this.value.has(toValue(element));
  }

  /** Spec: inₛ, where all elements are entities. */
  hasOrIsAbove(entity: Node): boolean {
    if (this.#given !== this.#bits.given) this.#learnGroups();
    if (this.#leaves?.has(entity) === true) return true;
    const { $mask, $ancestors } = entity;
    if ((($mask | entity.$bit) & this.#groupMask) === 0) return false;
    const groups = this.#groups;
    for (let i = 0; i < groups.length; i++) {
      const group = groups[i]!;
      if (group === entity || (($mask & group.$bit) !== 0 && $ancestors.has(group))) return true;
    }
    return false;
  }

  /** Of a Bool, a Long, a string or an entity. */
  hasPlain(element: RuntimeValue): boolean {
    if (this.#plain !== undefined) return this.#plain.has(element);
    const { elements } = this;
    for (let i = 0; i < elements.length; i++) if (elements[i] === element) return true;
    return false;
  }

  #learnGroups(): void {
    const leaves = this.entities!.filter(({ $bit }) => $bit === 0);
    this.#leaves = leaves.length === 0 ? undefined : new Set(leaves);
    this.#groups = this.entities!.filter(({ $bit }) => $bit !== 0);
    this.#groupMask = this.#groups.reduce((mask, { $bit }) => mask | $bit, 0);
    this.#given = this.#bits.given;
  }
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
