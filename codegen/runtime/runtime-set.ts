/**
 * Runtime set — a set whose entities are nodes, so that looking up an entity needs no key.
 */
import { CedarSet } from '../../src/value/set.ts';
import { valueKey } from '../../src/value/value-key.ts';
import type { Node } from './node.ts';
import { type RuntimeValue, toValue } from './runtime-value.ts';

export class RuntimeSet {
  readonly value: CedarSet;
  /** Every element as a runtime value. */
  readonly elements: readonly RuntimeValue[];
  /** The elements if all are entities; `undefined` otherwise. */
  readonly entities: readonly Node[] | undefined;
  /** The elements that are told apart by `===`: Bools, Longs, strings and entities. */
  readonly #plain: ReadonlySet<RuntimeValue>;

  constructor(value: CedarSet, elements: readonly RuntimeValue[]) {
    this.value = value;
    this.elements = elements;
    this.entities = elements.every(isEntityNode) ? elements : undefined;
    this.#plain = new Set(elements.filter(isPlain));
  }

  /** Of elements that may repeat. */
  static of(elements: readonly RuntimeValue[]): RuntimeSet {
    const value = CedarSet.from(elements.map(toValue));
    return value.size === elements.length ? new RuntimeSet(value, elements) : new RuntimeSet(value, distinct(elements));
  }

  has(element: RuntimeValue): boolean {
    return isPlain(element) ? this.#plain.has(element) : this.value.has(toValue(element));
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
