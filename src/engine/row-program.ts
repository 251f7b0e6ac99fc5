/**
 * Row program — compiled policies that are about one entity, run on the nodes of an engine's program for a store.
 */
import type { BoundProgram } from '../../codegen/bind/bound-program.ts';
import type { CompiledPolicy } from '../../codegen/compiled-policy.ts';
import type { Graph } from '../../codegen/runtime/graph/graph.ts';
import type { Node } from '../../codegen/runtime/graph/node.ts';
import { ErrorLog } from '../../codegen/runtime/program/error-log.ts';
import type { Loaded } from '../../codegen/runtime/program/loaded.ts';
import { SatisfiedSet } from '../../codegen/runtime/program/satisfied-set.ts';
import type { Response } from '../value/response.ts';
import { nodeOf, type ReadUid } from './input/request-reader.ts';
import type { OpenPart, RowProgram } from './query-context.ts';

type AnyProgram = Pick<BoundProgram<unknown>, 'graph' | 'beside'>;

export class NodeRowProgram implements RowProgram {
  readonly #graph: Graph;
  readonly #loaded: Loaded;
  readonly #open: OpenPart;
  readonly #errorLog = new ErrorLog();
  readonly #start = SatisfiedSet.start();
  readonly #isCurrent: () => boolean;

  constructor(program: AnyProgram, policies: readonly CompiledPolicy[], open: OpenPart, isCurrent: () => boolean) {
    this.#graph = program.graph;
    this.#loaded = program.beside(policies);
    this.#open = open;
    this.#isCurrent = isCurrent;
  }

  get isCurrent(): boolean {
    return this.#isCurrent();
  }

  /** What the policies do not ask about, such as the context, is the node of nothing. */
  isAllowed(row: ReadUid): boolean {
    const nothing = this.#graph.emptyContext;
    const node = this.#node(row);
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
    this.#graph.begin();
    return nodeOf(row, this.#open, this.#graph);
  }
}
