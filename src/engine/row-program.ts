/**
 * Row program — compiled policies that are about one entity, run on the nodes of an engine's program for a store.
 *
 * Technique: two tiers. First each policy is a row of its skeleton, whose code is there already if any policy of that skeleton was met before; for many
 * rows all of them are written out in one function.
 */
import {
  type BoundProgram,
  type CompiledPolicy,
  ErrorLog,
  type Graph,
  type Loaded,
  type Node,
  SatisfiedSet,
} from '../../codegen/index.ts';
import type { Response } from '../value/response.ts';
import { nodeOf, type ReadUid } from './input/request-reader.ts';
import type { OpenPart, RowProgram } from './query-context.ts';

type AnyProgram = Pick<BoundProgram<unknown>, 'graph' | 'beside' | 'written'>;

/** From this number of rows on, code of their own is worth the millisecond that it takes to make. */
const ROWS_BEFORE_OWN_CODE = 65_536;

export class NodeRowProgram implements RowProgram {
  readonly #graph: Graph;
  readonly #program: AnyProgram;
  readonly #policies: readonly CompiledPolicy[];
  #loaded: Loaded;
  #rows = 0;
  readonly #open: OpenPart;
  readonly #errorLog = new ErrorLog();
  readonly #start = SatisfiedSet.start();
  readonly #isCurrent: () => boolean;

  constructor(program: AnyProgram, policies: readonly CompiledPolicy[], open: OpenPart, isCurrent: () => boolean) {
    this.#graph = program.graph;
    this.#program = program;
    this.#policies = policies;
    this.#loaded = program.beside(policies);
    this.#open = open;
    this.#isCurrent = isCurrent;
  }

  get isCurrent(): boolean {
    return this.#isCurrent();
  }

  /** What the policies do not ask about, such as the context, is the node of nothing. */
  isAllowed(row: ReadUid): boolean {
    const node = this.#node(row);
    const nothing = this.#graph.emptyContext;
    return this.#open === 'resource'
      ? this.#loaded.decide(nothing, nothing, node, nothing)
      : this.#loaded.decide(node, nothing, nothing, nothing);
  }

  isAuthorized(row: ReadUid): Response | undefined {
    const nothing = this.#graph.emptyContext;
    const [node, errorLog] = [this.#node(row), this.#errorLog];
    const [principal, resource] = this.#open === 'resource' ? [nothing, node] : [node, nothing];
    errorLog.begin();
    const satisfied = this.#loaded.full(principal, nothing, resource, nothing, errorLog, this.#start);
    return errorLog.erring === undefined ? errorLog.finish(satisfied) : undefined;
  }

  #node(row: ReadUid): Node {
    if (++this.#rows === ROWS_BEFORE_OWN_CODE) this.#loaded = this.#program.written(this.#policies);
    this.#graph.begin();
    return nodeOf(row, this.#open, this.#graph);
  }
}
