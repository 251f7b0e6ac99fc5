/**
 * Compiled engine — the engine that runs generated code.
 *
 * It keeps one bound program for each of the stores it was asked about last; entities that come with a request are bound for that request.
 */
import { BoundProgram, type Plan } from '../../codegen/bind.ts';
import { type CodegenOptions, CompiledPolicies, type Entry, type TemplateEntry } from '../../codegen/compile.ts';
import type { Graph } from '../../codegen/runtime/graph.ts';
import type { Node } from '../../codegen/runtime/node.ts';
import { Run } from '../../codegen/runtime/run.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core.ts';
import type { PolicyChange, PolicySet } from '../syntax/policy-set.ts';
import { validatePolicy } from '../validator/validate.ts';
import type { Response } from '../value/response.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Engine, EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { RequestCheck } from './request-check.ts';
import { type RequestInput, takeContext } from './request-input.ts';
import { nodeOf } from './request-node.ts';

/** How many stores an engine is bound to at a time; the one that was not asked for the longest gives way. */
const STORES = 8;

export class CompiledEngine implements Engine {
  readonly policies: PolicySet;
  readonly #schema: Schema | undefined;
  readonly #check: RequestCheck | undefined;
  readonly #compiled: CompiledPolicies;
  readonly #programs = new Map<EntityStore, BoundProgram>();
  readonly #run = new Run();
  /** The store of the last request, which is most often that of the next. */
  #last: { readonly store: EntityStore; readonly program: BoundProgram } | undefined;
  readonly #unlisten: () => void;

  constructor(policies: PolicySet, options: CodegenOptions & { readonly schema?: Schema | undefined }) {
    const { schema } = options;
    this.policies = policies;
    this.#schema = schema;
    this.#check = schema && new RequestCheck(schema);
    const passes = (schema: Schema) => (policy: CorePolicy) =>
      validatePolicy(policy, schema).every(({ diagnostic }) => diagnostic.severity !== 'error');
    this.#compiled = CompiledPolicies.of(policies, { ...options, validated: schema && passes(schema) });
    // Where code generation is forbidden, that is known now and not at the first request.
    new BoundProgram(this.#compiled, new EntityStore().handles).release();
    this.#unlisten = policies.onChange((change) => this.#follow(change));
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    const program = this.#program(entities);
    const { graph } = program;
    graph.begin();
    const principal = nodeOf(request.principal, 'principal', graph);
    const action = nodeOf(request.action, 'action', graph);
    const resource = nodeOf(request.resource, 'resource', graph);
    const plan = program.plan(action);
    const context = this.#context(request.context, principal, action, resource, plan, graph);
    return this.#run.finish(plan.full(principal, action, resource, context, this.#run, plan.start));
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    const program = this.#program(entities);
    const { graph } = program;
    graph.begin();
    const principal = nodeOf(request.principal, 'principal', graph);
    const action = nodeOf(request.action, 'action', graph);
    const resource = nodeOf(request.resource, 'resource', graph);
    const plan = program.plan(action);
    const context = this.#context(request.context, principal, action, resource, plan, graph);
    return plan.decide(principal, action, resource, context);
  }

  release(): void {
    this.#unlisten();
    for (const program of this.#programs.values()) program.release();
    this.#programs.clear();
    this.#last = undefined;
  }

  #program(entities: EntitiesInput): BoundProgram {
    const last = this.#last;
    return last !== undefined && last.store === entities && !last.program.outgrown
      ? last.program
      : this.#bind(entities);
  }

  #bind(entities: EntitiesInput): BoundProgram {
    const schema = this.#schema;
    if (!(entities instanceof EntityStore)) {
      return new BoundProgram(this.#compiled, EntityStore.from(entities, { schema }).handles, schema !== undefined);
    }
    let program = this.#programs.get(entities);
    this.#programs.delete(entities);
    if (program === undefined) {
      this.#releaseOldest();
      program = new BoundProgram(this.#compiled, entities.handles, schema !== undefined && entities.schema === schema);
    }
    this.#programs.set(entities, program);
    this.#last = { store: entities, program };
    return program;
  }

  /** Without a schema only what some policy reads is looked at, and nothing if none reads any. */
  #context(context: object | undefined, principal: Node, action: Node, resource: Node, plan: Plan, graph: Graph): Node {
    if (this.#check !== undefined) {
      if (context === undefined && fits(plan.fitting, principal, resource)) return graph.emptyContext;
      return this.#checkedContext(this.#check, context, principal, action, resource, plan, graph);
    }
    const { contextAttributes } = this.#compiled;
    if (context === undefined || contextAttributes?.size === 0) return graph.emptyContext;
    const { record, names } = takeContext(context, contextAttributes);
    return graph.context(record, names);
  }

  #checkedContext(
    check: RequestCheck,
    context: object | undefined,
    { $uid: principal }: Node,
    { $uid: action }: Node,
    { $uid: resource }: Node,
    plan: Plan,
    graph: Graph,
  ): Node {
    const record = check.contextOf(context, principal!, action!, resource!);
    if (context === undefined && check.isAboutTypes(principal!, resource!)) {
      plan.fitting.push(principal!.type, resource!.type);
    }
    return record.fields.size === 0 ? graph.emptyContext : graph.context(record);
  }

  /** A store that is asked for no more would else be kept for ever. */
  #releaseOldest(): void {
    const [oldest] = this.#programs.keys();
    if (this.#programs.size < STORES || oldest === undefined) return;
    this.#programs.get(oldest)!.release();
    this.#programs.delete(oldest);
  }

  #replan(): void {
    for (const program of this.#programs.values()) program.replan();
  }

  #admit(entry: Entry): void {
    this.#releaseOutgrown();
    for (const program of this.#programs.values()) program.admit(entry);
  }

  #admitTemplate(template: TemplateEntry): void {
    this.#releaseOutgrown();
    for (const program of this.#programs.values()) program.admitTemplate(template);
  }

  /** A policy that reads attributes of which the nodes know nothing: they are made anew when they are next needed. */
  #releaseOutgrown(): void {
    for (const [store, program] of this.#programs) {
      if (!program.outgrown) continue;
      program.release();
      this.#programs.delete(store);
      this.#last = undefined;
    }
  }

  #follow(change: PolicyChange): void {
    switch (change.kind) {
      case 'add':
        this.#admit(this.#compiled.add(change.policy));
        return;
      case 'remove':
        this.#compiled.remove(change.policy.id);
        this.#replan();
        return;
      case 'addTemplate':
        this.#admitTemplate(this.#compiled.addTemplate(change.template));
        return;
      case 'removeTemplate':
        this.#compiled.removeTemplate(change.template.id);
        this.#replan();
        return;
      case 'link': {
        const entry = this.#compiled.link(change.link);
        for (const program of this.#programs.values()) program.link(entry);
        return;
      }
      case 'unlink':
        this.#compiled.unlink(change.link);
        for (const program of this.#programs.values()) program.unlink(change.link.templateId, change.link.id);
        return;
      default:
        unreachable(change);
    }
  }
}

/** Is the pair of types among those in the list? Lists are short: a schema gives few to one action. */
function fits(fitting: readonly string[], { $type: principal }: Node, { $type: resource }: Node): boolean {
  for (let i = 0; i < fitting.length; i += 2) {
    if (fitting[i] === principal && fitting[i + 1] === resource) return true;
  }
  return false;
}
