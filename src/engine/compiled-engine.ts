/**
 * Compiled engine — the engine that runs generated code.
 *
 * It keeps one bound program for each store it has seen, and one for entities that come with the request.
 */
import { BoundProgram, type Plan } from '../../codegen/bind.ts';
import { type CodegenOptions, CompiledPolicies, type Entry, type TemplateEntry } from '../../codegen/compile.ts';
import type { Node } from '../../codegen/runtime/node.ts';
import { Run } from '../../codegen/runtime/run.ts';
import { EntityHandle } from '../../codegen/runtime/store.ts';
import type { PolicyChange, PolicySet } from '../syntax/policy-set.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import type { Response } from '../value/response.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Engine, EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { contextFromInput, partialContext, type RequestInput } from './request-input.ts';
import { type UidInput, uidFromInput } from './uid-input.ts';

export class CompiledEngine implements Engine {
  readonly policies: PolicySet;
  readonly #compiled: CompiledPolicies;
  readonly #programs = new Map<EntityStore, BoundProgram>();
  readonly #run = new Run();
  readonly #unlisten: () => void;

  constructor(policies: PolicySet, options: CodegenOptions) {
    this.policies = policies;
    this.#compiled = new CompiledPolicies(options);
    for (const policy of policies.staticPolicies()) this.#compiled.add(policy);
    for (const template of policies.templates()) this.#compiled.addTemplate(template);
    for (const link of policies.links()) this.#compiled.link(link);
    // Where code generation is forbidden, that is known now and not at the first request.
    new BoundProgram(this.#compiled, new EntityStore().handles).release();
    this.#unlisten = policies.onChange((change) => this.#follow(change));
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    const program = this.#program(entities);
    const [principal, action, resource, context] = this.#nodes(request, program, entities);
    const plan = program.plan(action);
    return this.#run.finish(plan.full(principal, action, resource, context, this.#run, plan.start));
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    const program = this.#program(entities);
    const [principal, action, resource, context] = this.#nodes(request, program, entities);
    const plan: Plan = program.plan(action);
    return plan.decide(principal, action, resource, context);
  }

  release(): void {
    this.#unlisten();
    for (const program of this.#programs.values()) program.release();
    this.#programs.clear();
  }

  #program(entities: EntitiesInput): BoundProgram {
    if (!(entities instanceof EntityStore)) return new BoundProgram(this.#compiled, EntityStore.from(entities).handles);
    const known = this.#programs.get(entities);
    if (known !== undefined && !known.outgrown) return known;
    known?.release();
    const program = new BoundProgram(this.#compiled, entities.handles);
    this.#programs.set(entities, program);
    return program;
  }

  #nodes(request: RequestInput, program: BoundProgram, entities: EntitiesInput): [Node, Node, Node, Node] {
    const resolve = program.graph.resolver();
    const node = (input: UidInput, name: string) => {
      // A handle of another store has no node here that means the same.
      if (input instanceof EntityHandle && entities instanceof EntityStore && entities.handles.owns(input)) {
        return program.graph.nodeOf(input);
      }
      return resolve(uidFromInput(input, name));
    };
    return [
      node(request.principal, 'principal'),
      node(request.action, 'action'),
      node(request.resource, 'resource'),
      this.#context(request.context, program, resolve),
    ];
  }

  #context(context: object | undefined, program: BoundProgram, resolve: (uid: EntityUid) => Node): Node {
    if (context === undefined) return program.graph.record(CedarRecord.empty);
    const { contextAttributes } = this.#compiled;
    const record =
      contextAttributes === undefined ? contextFromInput(context) : partialContext(context, contextAttributes);
    return program.graph.record(record, resolve);
  }

  #admit(entry: Entry): void {
    for (const program of this.#programs.values()) program.admit(entry);
  }

  #admitTemplate(template: TemplateEntry): void {
    for (const program of this.#programs.values()) program.admitTemplate(template);
  }

  #follow(change: PolicyChange): void {
    switch (change.kind) {
      case 'add':
        this.#admit(this.#compiled.add(change.policy));
        return;
      case 'remove':
        this.#compiled.remove(change.policy.id);
        return;
      case 'addTemplate':
        this.#admitTemplate(this.#compiled.addTemplate(change.template));
        return;
      case 'removeTemplate':
        this.#compiled.removeTemplate(change.template.id);
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
