/**
 * Context node — one node that takes the contexts of requests one after another, so that none is made for each.
 *
 * What a reader makes of a prepared context stays: it has a node of its own, unless it names entities, which come and go.
 *
 * Technique: direct-mapped cache, for a hash table of weak keys takes longer than reading a small context.
 *
 * Sound: what it holds is written and read between the last getter of the caller and the answer. Only errors look at it later: a request that errs takes
 * the node out of use, and the next one finds another. It comes back unless an error has told the names of all that the caller gave.
 */
import { CedarRecord } from '../../../src/value/record.ts';
import { PREPARED_CONTEXTS_KEPT } from '../limits.ts';
import { ContextValues, type ValueOf } from './context-values.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { PartialRecord } from './partial-record.ts';
import { PreparedContext } from './prepared-context.ts';

/** The emitted reader of contexts; `undefined` for what it leaves to others. */
export type ReadContext = (given: object) => Node | undefined;

/** What a reader made of a prepared context. */
interface PreparedNode {
  readonly given: object;
  readonly read: ReadContext;
  readonly node: Node;
}

const PLACES_MASK = PREPARED_CONTEXTS_KEPT - 1;

export class ContextNode {
  #graph: Graph;
  /** For the next request. */
  node: Node;
  #spare: Node | undefined = undefined;

  /** Reads what is not a primitive. */
  readonly values: ContextValues;

  /** The nodes of prepared contexts, by the numbers of the contexts; whoever comes later to a place takes it. */
  #prepared: (PreparedNode | undefined)[] | undefined = undefined;

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
    if (typeof given !== 'object' || given === null) return undefined;
    const number = PreparedContext.numberOf(given);
    if (number === undefined) return undefined;
    const known = this.#prepared?.[number & PLACES_MASK];
    if (known !== undefined && known.given === given && known.read === read) return known.node;
    return this.#prepare(given as PreparedContext, number, read);
  }

  #prepare(given: PreparedContext, number: number, read: ReadContext): Node | undefined {
    const { entitiesRead } = this.values;
    const data = PreparedContext.dataOf(given)!;
    const node = read(data);
    if (node === undefined || this.values.entitiesRead !== entitiesRead) return node;
    if (node === this.node) this.name(this.take(), Object.keys(data));
    this.#prepared ??= new Array(PREPARED_CONTEXTS_KEPT).fill(undefined);
    this.#prepared[number & PLACES_MASK] = { given, read, node };
    return node;
  }
}
