/**
 * Context node — one node that takes the contexts of requests one after another, so that none is made for each.
 *
 * What a reader makes of a prepared context stays: it has a node of its own, unless it names entities, which come and go.
 *
 * Sound: what it holds is written and read between the last getter of the caller and the answer. Only errors look at it later: a request that errs takes
 * the node out of use, and the next one finds another. It comes back unless an error has told the names of all that the caller gave.
 */
import { CedarRecord } from '../../../src/value/record.ts';
import { ContextValues, type ValueOf } from './context-values.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { PartialRecord } from './partial-record.ts';
import { PreparedContext } from './prepared-context.ts';

/** The emitted reader of contexts; `undefined` for what it leaves to others. */
export type ReadContext = (given: object) => Node | undefined;

export class ContextNode {
  #graph: Graph;
  /** For the next request. */
  node: Node;
  #spare: Node | undefined = undefined;

  /** Reads what is not a primitive. */
  readonly values: ContextValues;

  /** The prepared context of the last request that had one, who read it, and its node. */
  #last: object | undefined = undefined;
  #lastRead: ReadContext | undefined = undefined;
  #lastNode: Node | undefined = undefined;
  /** The nodes of prepared contexts, by their readers. */
  readonly #prepared = new WeakMap<object, Map<ReadContext, Node>>();

  constructor(graph: Graph, read: ValueOf = () => undefined) {
    this.#graph = graph;
    this.values = new ContextValues(graph, read);
    this.node = graph.record(CedarRecord.empty);
  }

  /** Takes the node of the present request out of use. */
  take(): Node {
    const { node } = this;
    const next = this.#spare ?? this.#graph.record(CedarRecord.empty);
    this.#spare = undefined;
    this.node = next;
    return node;
  }

  /** It may be used again: nobody knows it any more. */
  giveBack(node: Node): void {
    this.#spare = node;
  }

  /** Says which names the caller gave. A node that has them is not given back. */
  name(node: Node, names: readonly string[]): void {
    (node as { $is: CedarRecord }).$is = new PartialRecord(new Map(), names);
  }

  /** The node of what is not a plain object; `undefined` unless it is a prepared context. */
  prepared(given: object, read: ReadContext): Node | undefined {
    if (given === this.#last && read === this.#lastRead) return this.#lastNode;
    const data = typeof given === 'object' && given !== null ? PreparedContext.dataOf(given) : undefined;
    if (data === undefined) return undefined;
    const node = this.#prepared.get(given)?.get(read);
    return node === undefined ? this.#prepare(given, data, read) : this.#remember(given, read, node);
  }

  #prepare(given: object, data: object, read: ReadContext): Node | undefined {
    const { entitiesRead } = this.values;
    const node = read(data);
    if (node === undefined || this.values.entitiesRead !== entitiesRead) return node;
    if (node === this.node) this.name(this.take(), Object.keys(data));
    const byReader = this.#prepared.get(given) ?? new Map<ReadContext, Node>();
    this.#prepared.set(given, byReader.set(read, node));
    return this.#remember(given, read, node);
  }

  #remember(given: object, read: ReadContext, node: Node): Node {
    this.#last = given;
    this.#lastRead = read;
    this.#lastNode = node;
    return node;
  }
}
