/**
 * Runtime set — a set whose entities are nodes, so that looking up an entity needs no key.
 */
import { CedarSet } from '../../src/value/set.ts';
import { valueKey } from '../../src/value/value-key.ts';
import { Node } from './node.ts';
import { type RuntimeValue, toValue } from './runtime-value.ts';

export class RuntimeSet {
  readonly value: CedarSet;
  /** Every element as a runtime value. */
  readonly elements: readonly RuntimeValue[];
  /** The elements that are told apart by `===`: Bools, Longs, strings and entities. */
  readonly #plain: ReadonlySet<RuntimeValue>;

  constructor(value: CedarSet, elements: readonly RuntimeValue[]) {
    this.value = value;
    this.elements = elements;
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
  return typeof value !== 'object' || (value instanceof Node && value.$uid !== undefined);
}

function distinct(elements: readonly RuntimeValue[]): RuntimeValue[] {
  return [...new Map(elements.map((element) => [valueKey(toValue(element)), element])).values()];
}
