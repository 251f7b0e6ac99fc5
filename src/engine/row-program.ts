/**
 * Row program — compiled policies that are about one entity, run on the nodes of an engine's program for a store.
 */
import type { BoundProgram } from '../../codegen/bind/bound-program.ts';
import type { CompiledPolicy } from '../../codegen/compiled-policy.ts';
import type { Node } from '../../codegen/runtime/graph/node.ts';
import { ErrorLog } from '../../codegen/runtime/program/error-log.ts';
import type { Loaded } from '../../codegen/runtime/program/loaded.ts';
import { SatisfiedSet } from '../../codegen/runtime/program/satisfied-set.ts';
import type { Response } from '../value/response.ts';
import { nodeOf } from './input/request-node.ts';
import type { UidInput } from './input/uid-input.ts';
import type { OpenPart, RowProgram } from './query-context.ts';

/** Requests of whatever form the program takes otherwise. */
type AnyProgram = Pick<BoundProgram<unknown>, 'graph' | 'isReleased' | 'beside'>;

export class NodeRowProgram implements RowProgram {
  readonly #program: AnyProgram;
  readonly #loaded: Loaded;
  readonly #open: OpenPart;
  readonly #errorLog = new ErrorLog();
  readonly #start = SatisfiedSet.start();
  /** What the policies do not ask about. */
  readonly #nothing: Node;

  constructor(program: AnyProgram, policies: readonly CompiledPolicy[], open: OpenPart) {
    this.#program = program;
    this.#loaded = program.beside(policies);
    this.#open = open;
    this.#nothing = program.graph.emptyContext;
  }

  get isCurrent(): boolean {
    return !this.#program.isReleased;
  }

  isAllowed(row: UidInput): boolean {
    const nothing = this.#nothing;
    const node = this.#node(row);
    return this.#open === 'resource'
      ? this.#loaded.decide(nothing, nothing, node, nothing)
      : this.#loaded.decide(node, nothing, nothing, nothing);
  }

  isAuthorized(row: UidInput): Response | undefined {
    const [nothing, node, errorLog] = [this.#nothing, this.#node(row), this.#errorLog];
    const [principal, resource] = this.#open === 'resource' ? [nothing, node] : [node, nothing];
    const satisfied = this.#loaded.full(principal, nothing, resource, nothing, errorLog, this.#start);
    if (errorLog.erring === undefined) return errorLog.finish(satisfied);
    errorLog.erring = undefined;
    return undefined;
  }

  #node(row: UidInput): Node {
    const { graph } = this.#program;
    graph.begin();
    return nodeOf(row, this.#open, graph);
  }
}
