/**
 * Request reader — a request in any form that its asker may give → the four nodes that a program decides about.
 *
 * In two steps. `read` looks at all that the asker gave, which may be getters that ask the same engine, or change its policies and stores; it touches
 * nothing of the engine. `nodes` finds the nodes of what was read, and no code of the asker runs between it and the answer.
 */
import { EntityHandle, type Graph, type Node } from '../../../codegen/index.ts';
import type { EntityUid } from '../../value/entity-uid.ts';
import type { RequestCheck } from './request-check.ts';
import { type RequestInput, requireRequest, type TakenContext, takeContext } from './request-input.ts';
import { type UidInput, uidFromInput } from './uid-input.ts';

/** What a reader asks of a program. */
export interface RequestTarget {
  readonly graph: Graph;
  /** Whether a request without a context fits the schema, as far as its types tell. */
  surelyFits(principal: Node, action: Node, resource: Node): boolean;
}

/** A uid of which nothing is left to be read. */
export type ReadUid = string | EntityUid;

/** A request that holds nothing of its asker's any more. */
export interface ReadRequest {
  readonly principal: ReadUid;
  readonly action: ReadUid;
  readonly resource: ReadUid;
  readonly context: TakenContext | undefined;
}

/** A request as a program takes it. */
export interface RequestNodes {
  readonly principal: Node;
  readonly action: Node;
  readonly resource: Node;
  readonly context: Node;
}

export class RequestReader {
  readonly #check: RequestCheck | undefined;
  readonly #attributes: () => ReadonlySet<string> | undefined;

  /** `attributes` are those of the context that some policy reads, or all; the others are not looked at, unless there is a schema. */
  constructor(attributes: () => ReadonlySet<string> | undefined, check?: RequestCheck) {
    this.#attributes = attributes;
    this.#check = check;
  }

  /** Throws `DataError`, and `ConformanceError` for a context that does not fit. */
  read(request: RequestInput): ReadRequest {
    requireRequest(request);
    const { principal, action, resource, context } = request;
    const [p, a, r] = [readUid(principal, 'principal'), this.#readAction(action), readUid(resource, 'resource')];
    const read = context === undefined ? undefined : this.#readContext(context, p, a, r);
    return { principal: p, action: a, resource: r, context: read };
  }

  /** With a schema an action may go by its id alone. */
  #readAction(action: UidInput): ReadUid {
    return this.#check === undefined ? readUid(action, 'action') : this.#check.actionOf(readUid(action, 'action'));
  }

  /** The action alone. Throws `DataError`. */
  action({ action }: ReadRequest, { graph }: RequestTarget): Node {
    graph.begin();
    return nodeOf(action, 'action', graph);
  }

  /** Throws `DataError` for texts that are not uids, and `ConformanceError`. */
  nodes(request: ReadRequest, target: RequestTarget): RequestNodes {
    const { graph } = target;
    graph.begin();
    const principal = nodeOf(request.principal, 'principal', graph);
    const action = nodeOf(request.action, 'action', graph);
    const resource = nodeOf(request.resource, 'resource', graph);
    if (request.context === undefined) {
      this.#requireEmptyContextFits(principal, action, resource, target);
      return { principal, action, resource, context: graph.emptyContext };
    }
    const { record, names } = request.context;
    const isEmpty = record.fields.size === 0 && (names === undefined || this.#attributes()?.size === 0);
    return { principal, action, resource, context: isEmpty ? graph.emptyContext : graph.context(record, names) };
  }

  #readContext(context: object, principal: ReadUid, action: ReadUid, resource: ReadUid): TakenContext {
    if (this.#check === undefined) return takeContext(context, this.#attributes());
    const uids = [uidOf(principal, 'principal'), uidOf(action, 'action'), uidOf(resource, 'resource')] as const;
    return { record: this.#check.contextOf(context, ...uids), names: undefined };
  }

  #requireEmptyContextFits(principal: Node, action: Node, resource: Node, target: RequestTarget): void {
    if (this.#check === undefined || target.surelyFits(principal, action, resource)) return;
    this.#check.contextOf(undefined, principal.$uid!, action.$uid!, resource.$uid!);
  }
}

/** Texts are parsed only where their nodes are not known by them. What only looks like a handle is a uid like any other. */
export function readUid(input: UidInput, name: string): ReadUid {
  if (typeof input === 'string' || (input instanceof EntityHandle && input.isInterned)) return input;
  return uidFromInput(input, name);
}

function uidOf(read: ReadUid, name: string): EntityUid {
  return typeof read === 'string' ? uidFromInput(read, name) : read;
}

/** A handle of another store has no node here, but its uid may. */
export function nodeOf(read: ReadUid, name: 'principal' | 'action' | 'resource', graph: Graph): Node {
  if (read instanceof EntityHandle && (read.graph === graph || read.store === graph.store)) return graph.nodeOf(read);
  const known = typeof read === 'string' ? graph.ofText(read) : undefined;
  if (known !== undefined) return known;
  const uid = uidOf(read, name);
  return name === 'action' ? graph.action(uid) : graph.resolve(uid, name);
}
