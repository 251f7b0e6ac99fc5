/**
 * Context values — the values of contexts besides primitives: extension values, entities that the graph knows, lists and records.
 *
 * It gives `undefined` for whatever it does not take, as plain-value.ts does. What it takes, the exact reader (src/engine/input/request-input.ts) takes too, and
 * with the same meaning.
 */
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import { isPrototypePolluted } from '../../../src/value/own-member.ts';
import type { Ext, Value } from '../../../src/value/value.ts';
import { ExtensionTexts } from '../evaluate/extension-texts.ts';
import { isArray } from '../evaluate/plain-value.ts';
import { RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { isPlainObject, type PlainMembers, UidReader } from './uid-reader.ts';

/** The value that JSON in a context stands for; `undefined` if it is none. */
export type ValueOf = (data: unknown) => Value | undefined;

export class ContextValues {
  readonly #graph: Graph;
  readonly #valueOf: ValueOf;
  readonly #texts = new ExtensionTexts();
  readonly #uids = new UidReader();
  /** How many values were, or held, entities. */
  entitiesRead = 0;

  constructor(graph: Graph, read: ValueOf) {
    this.#graph = graph;
    this.#valueOf = read;
  }

  /** Any value, written as it is without a schema. */
  value(given: unknown): RuntimeValue | undefined {
    if (isPrototypePolluted()) return undefined;
    if (isPlainObject(given)) return this.#escaped(given) ?? this.#converted(given);
    return isArray(given) ? (RuntimeSet.ofTexts(given, this.#graph.bitIndexes) ?? this.#converted(given)) : undefined;
  }

  /** An extension value of the type that a schema says: its text, or the call of its constructor. */
  extension(fn: string, given: unknown): Ext | undefined {
    if (typeof given === 'string') return this.#texts.value(fn, given);
    if (isPrototypePolluted() || !isPlainObject(given)) return undefined;
    let call: unknown;
    for (const name in given) {
      if (name !== '__extn' || call !== undefined) return undefined;
      call = (given as { readonly __extn: unknown }).__extn;
    }
    return isPlainObject(call) ? this.#called(call, fn) : undefined;
  }

  /** An entity of the type that a schema says, in any form. */
  entity(type: string, given: unknown): Node | undefined {
    const uids = this.#uids;
    if (isPrototypePolluted() || !uids.readReference(given) || uids.type !== type) return undefined;
    return this.#entity(type, uids.id);
  }

  /** One loop for both escapes; what has other members is none. */
  #escaped(given: object): RuntimeValue | undefined {
    let call: unknown;
    for (const name in given) {
      if (name === '__entity') {
        if (!this.#uids.readEscape(given)) return undefined;
        return this.#entity(this.#uids.type, this.#uids.id);
      }
      if (name !== '__extn' || call !== undefined) return undefined;
      call = (given as { readonly __extn: unknown }).__extn;
    }
    return isPlainObject(call) ? this.#called(call) : undefined;
  }

  /** `{ fn, arg }` of a constructor, or only of the one of that name. */
  #called(call: object, only?: string): Ext | undefined {
    let fn: unknown;
    let arg: unknown;
    for (const name in call) {
      if (name === 'fn') fn = (call as PlainMembers).fn;
      else if (name === 'arg') arg = (call as PlainMembers).arg;
    }
    if (typeof fn !== 'string' || typeof arg !== 'string') return undefined;
    return only === undefined || fn === only ? this.#texts.value(fn, arg) : undefined;
  }

  #entity(type: string, id: string): Node | undefined {
    this.entitiesRead++;
    return this.#graph.inContext(type, id);
  }

  #converted(given: object): RuntimeValue | undefined {
    const value = this.#valueOf(given);
    if (value === undefined) return undefined;
    let isUnknown = false;
    const made = this.#graph.value(value, ({ type, id }: EntityUid) => {
      const node = this.#entity(type, id);
      isUnknown ||= node === undefined;
      return node ?? this.#graph.emptyContext;
    });
    return isUnknown ? undefined : made;
  }
}
