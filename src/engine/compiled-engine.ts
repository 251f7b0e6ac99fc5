/**
 * Compiled engine — the engine that runs generated code.
 *
 * It keeps one bound program for each of the stores it was asked about last, and one for the entities that come with requests.
 */
import { BoundProgram } from '../../codegen/bind/bound-program.ts';
import { type EntryStubState, emitEntryStub } from '../../codegen/bind/entry-stub.ts';
import { CompiledPolicies } from '../../codegen/compile.ts';
import type { CompiledPolicy, CompiledStaticPolicy } from '../../codegen/compiled-policy.ts';
import type { AttributeKinds } from '../../codegen/ir/kind.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import { surelyFits } from '../../codegen/plan/action-plan.ts';
import type { Graph } from '../../codegen/runtime/graph/graph.ts';
import type { Node } from '../../codegen/runtime/graph/node.ts';
import { RequestGraph } from '../../codegen/runtime/graph/request-graph.ts';
import type { Decider } from '../../codegen/runtime/program/loaded.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { PolicyChange, PolicySet } from '../syntax/policy-set.ts';
import { validatePolicy } from '../validator/validate.ts';
import { unreachable } from '../value/unreachable.ts';
import { attributeKinds } from './attribute-kinds.ts';
import type { Engine, EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { CallEntitiesCache, StoreCallEntities } from './input/call-entities.ts';
import { RequestCheck } from './input/request-check.ts';
import { type RequestInput, takeContext } from './input/request-input.ts';
import { nodeOf } from './input/request-node.ts';
import type { OpenPart, OrderedPolicy, QueryHost, RowProgram } from './query-context.ts';
import { QueryMethods } from './query-methods.ts';
import { NodeRowProgram } from './row-program.ts';

/** How many stores an engine is bound to at a time; the one that was not asked for the longest gives way. */
const STORES = 8;

/** A request as a program takes it. */
interface RequestNodes {
  readonly principal: Node;
  readonly action: Node;
  readonly resource: Node;
  readonly context: Node;
}

type Program = BoundProgram<RequestInput>;

export class CompiledEngine extends QueryMethods implements Engine, QueryHost {
  readonly policies: PolicySet;
  readonly isAllowed: Engine['isAllowed'];
  readonly isAuthorized: Engine['isAuthorized'];
  readonly #schema: Schema | undefined;
  readonly #check: RequestCheck | undefined;
  readonly #kinds: AttributeKinds | undefined;
  readonly #compiled: CompiledPolicies;
  /** Empty: stands for the entities that come with requests. */
  readonly #callStore: EntityStore;
  readonly #callEntities = new CallEntitiesCache();
  readonly #programs = new Map<EntityStore, Program>();
  readonly #entryStub: EntryStubState<RequestInput, EntitiesInput>;
  readonly #unlisten: () => void;

  constructor(policies: PolicySet, options: CodegenOptions & { readonly schema?: Schema | undefined }) {
    const { schema } = options;
    super(schema);
    this.policies = policies;
    this.#entryStub = { entities: undefined, dispatcher: undefined, other: (entities) => this.#decider(entities) };
    const { isAllowed, isAuthorized } = emitEntryStub(this.#entryStub);
    this.isAllowed = isAllowed;
    this.isAuthorized = isAuthorized;
    this.#schema = schema;
    this.#callStore = new EntityStore({ schema });
    this.#check = schema && new RequestCheck(schema);
    this.#kinds = schema && attributeKinds(schema);
    const passes = (schema: Schema) => (policy: CorePolicy) =>
      validatePolicy(policy, schema).every(({ diagnostic }) => diagnostic.severity !== 'error');
    this.#compiled = CompiledPolicies.of(policies, { ...options, validated: schema && passes(schema) });
    this.#unlisten = policies.onChange((change) => this.#follow(change));
  }

  protected override get queryHost(): QueryHost {
    return this;
  }

  rowProgram(store: EntityStore, policies: readonly OrderedPolicy[], open: OpenPart): RowProgram | undefined {
    const entries = policies.flatMap(({ policy, order }) => this.#compiled.beside(policy, order) ?? []);
    return entries.length < policies.length ? undefined : new NodeRowProgram(this.#programOf(store), entries, open);
  }

  release(): void {
    this.releaseQueries();
    this.#unlisten();
    for (const program of this.#programs.values()) program.release();
    this.#programs.clear();
    this.#entryStub.entities = undefined;
  }

  #decider(entities: EntitiesInput): Decider<RequestInput> {
    if (!(entities instanceof EntityStore)) return this.#load(entities);
    const program = this.#programOf(entities);
    if (program.dispatcher === undefined) return program.general;
    this.#entryStub.entities = entities;
    this.#entryStub.dispatcher = program.dispatcher;
    return program.dispatcher;
  }

  /** What decides one request about these entities. */
  #load(entities: readonly object[]): Decider<RequestInput> {
    const schema = this.#schema;
    const callEntities =
      schema === undefined
        ? this.#callEntities.read(entities)
        : new StoreCallEntities(EntityStore.from(entities, { schema }));
    const { graph, general } = this.#programOf(this.#callStore);
    (graph as RequestGraph).load(callEntities);
    return general;
  }

  #programOf(store: EntityStore): Program {
    let program = this.#programs.get(store);
    this.#programs.delete(store);
    if (program === undefined) {
      this.#releaseOldest();
      program = this.#bind(store);
    }
    this.#programs.set(store, program);
    return program;
  }

  #bind(store: EntityStore): Program {
    const schema = this.#schema;
    return new BoundProgram<RequestInput>(this.#compiled, store.handles, {
      wellTyped: store.schema === schema ? this.#kinds : undefined,
      requestTypes: this.#check && ((action) => this.#check!.typesOf(action)),
      graph:
        store === this.#callStore
          ? (handles, nodeClass) => new RequestGraph(handles, nodeClass, () => this.#compiled.accessDepth)
          : undefined,
      onDispatcher: () => {
        this.#entryStub.entities = undefined;
      },
      general: (program) => ({
        isAllowed: (request) => {
          const { principal, action, resource, context } = this.#resolve(request, program);
          return program.isAllowed(principal, action, resource, context);
        },
        isAuthorized: (request) => {
          const { principal, action, resource, context } = this.#resolve(request, program);
          return program.isAuthorized(principal, action, resource, context);
        },
      }),
    });
  }

  #resolve(request: RequestInput, program: Program): RequestNodes {
    const { graph } = program;
    graph.begin();
    const principal = nodeOf(request.principal, 'principal', graph);
    const action = nodeOf(request.action, 'action', graph);
    const resource = nodeOf(request.resource, 'resource', graph);
    const context = this.#context(request.context, principal, action, resource, program);
    return { principal, action, resource, context };
  }

  /** Without a schema only what some policy reads is looked at, and nothing if none reads any. */
  #context(context: object | undefined, principal: Node, action: Node, resource: Node, program: Program): Node {
    const { graph } = program;
    if (this.#check !== undefined) {
      if (context === undefined && surelyFits(program.plan(action), principal, resource)) return graph.emptyContext;
      return this.#checkedContext(this.#check, context, principal, action, resource, graph);
    }
    const { contextAttributes } = this.#compiled;
    if (context === undefined) return graph.emptyContext;
    const { record, names } = takeContext(context, contextAttributes);
    if (contextAttributes?.size === 0) return graph.emptyContext;
    return graph.context(record, names);
  }

  #checkedContext(
    check: RequestCheck,
    context: object | undefined,
    { $uid: principal }: Node,
    { $uid: action }: Node,
    { $uid: resource }: Node,
    graph: Graph,
  ): Node {
    const record = check.contextOf(context, principal!, action!, resource!);
    return record.fields.size === 0 ? graph.emptyContext : graph.context(record);
  }

  /** A store that is asked for no more would else be kept for ever. */
  #releaseOldest(): void {
    const [oldest] = this.#programs.keys();
    if (this.#programs.size < STORES || oldest === undefined) return;
    this.#programs.get(oldest)!.release();
    this.#programs.delete(oldest);
  }

  #forgetPlans(): void {
    this.#entryStub.entities = undefined;
    for (const program of this.#programs.values()) program.forgetPlans();
  }

  #add(entry: CompiledStaticPolicy): void {
    this.#entryStub.entities = undefined;
    this.#releaseOutgrown();
    for (const program of this.#programs.values()) program.add(entry);
  }

  #remove(entry: CompiledStaticPolicy): void {
    this.#entryStub.entities = undefined;
    for (const program of this.#programs.values()) program.remove(entry);
  }

  #addTemplate(template: CompiledPolicy): void {
    this.#entryStub.entities = undefined;
    this.#releaseOutgrown();
    for (const program of this.#programs.values()) program.addTemplate(template);
  }

  /** A policy that reads attributes of which the nodes know nothing: they are made anew when they are next needed. */
  #releaseOutgrown(): void {
    for (const [store, program] of this.#programs) {
      if (!program.outgrown) continue;
      program.release();
      this.#programs.delete(store);
      this.#entryStub.entities = undefined;
    }
  }

  #follow(change: PolicyChange): void {
    switch (change.kind) {
      case 'add':
        this.#add(this.#compiled.add(change.policy));
        return;
      case 'remove':
        this.#remove(this.#compiled.remove(change.policy.id));
        return;
      case 'addTemplate':
        this.#addTemplate(this.#compiled.addTemplate(change.template));
        return;
      case 'removeTemplate':
        this.#compiled.removeTemplate(change.template.id);
        this.#forgetPlans();
        return;
      case 'link':
        for (const program of this.#programs.values()) program.link(change.link);
        return;
      case 'unlink':
        for (const program of this.#programs.values()) program.unlink(change.link);
        return;
      default:
        unreachable(change);
    }
  }
}
