/**
 * Compile — the pipeline on one page, and the compiled policies of a set.
 *
 *     CorePolicy ─lower→ IR ─optimize→ IR ─plan→ plan ─emit→ ESTree ─print→ text ─check→ text ─load→ functions
 *
 * It knows policies only. `bind/bound-program.ts` puts them together with the entities of a store.
 *
 * Long because what is compiled and what is known of it change together.
 */
import type { Program } from 'estree';
import { ContextAttributes, type ContextReads, contextReads } from '../src/syntax/context-reads.ts';
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { PolicySet } from '../src/syntax/policy-set.ts';
import type { EntityUid } from '../src/value/entity-uid.ts';
import {
  ActionGroup,
  CompiledPolicy,
  CompiledStaticPolicy,
  CompiledTemplate,
  Fingerprinted,
  type PolicyInfo,
} from './compiled-policy.ts';
import { emitDispatcher } from './emit/dispatcher.ts';
import { emitModuleDispatcher } from './emit/module-dispatcher.ts';
import { emitProgram } from './emit/program.ts';
import type { ProgramOptions } from './emit/program-options.ts';
import { DISPATCHER_NAMES, RUNTIME_NAMES } from './emit/reserved.ts';
import { type IrPolicy, nodesIn } from './ir/ir.ts';
import { Lines } from './line-numbers.ts';
import { load } from './load/load.ts';
import { LruCache } from './load/lru-cache.ts';
import type { CodegenOptions } from './options.ts';
import { accessDepthOf, deeper, MIN_DEPTH } from './plan/access-depth.ts';
import { ActionIndex } from './plan/action-index.ts';
import { openLayout } from './plan/context-layout.ts';
import type { DispatchCase } from './plan/dispatch-case.ts';
import { DISPATCHERS_AT_MOST, FIELDS_AT_LEAST, PROGRAMS_AT_MOST, REMOVED_AT_LEAST } from './plan/limits.ts';
import type { ModulePlan } from './plan/module-plan.ts';
import { Fields } from './plan/node-fields.ts';
import type { Plan, PlanNode } from './plan/plan.ts';
import { type ActionBound, actionBound } from './plan/scope-bound.ts';
import { print } from './print/statement.ts';
import type { AccessDepth } from './runtime/graph/request-graph.ts';
import type { DispatcherFactory, Factory } from './runtime/program/loaded.ts';
import { Fingerprints } from './share/source-fingerprint.ts';

const ANY_ACTION: ActionBound = { kind: 'any' };

const PROGRAM_PARAMETERS = ['runtime', 'rows', 'indexes'];
export const DISPATCHER_PARAMETERS = [...PROGRAM_PARAMETERS, ...DISPATCHER_NAMES];

export class CompiledPolicies {
  readonly options: CodegenOptions;
  readonly fields = new Fields();
  readonly statics = new Map<string, CompiledStaticPolicy>();
  readonly templates = new Map<string, CompiledTemplate>();
  /** Changes with every change that plans must follow; a link is none. */
  version = 0;
  /** How far from a request's entities any of the policies so far could look. */
  accessDepth: AccessDepth = MIN_DEPTH;
  readonly #actions = new ActionIndex<ActionGroup>();
  readonly #context = new ContextAttributes();
  readonly #lines = new Lines();
  readonly #fingerprints = new Fingerprints<Fingerprinted>();
  /** Valid for the present version only. */
  readonly #factories = new LruCache<Factory>(PROGRAMS_AT_MOST);
  readonly #dispatcherFactories = new LruCache<DispatcherFactory>(DISPATCHERS_AT_MOST);
  /** Valid for every version: a skeleton determines its program. */
  readonly #partitionFactories = new LruCache<Factory>(PROGRAMS_AT_MOST);
  #order = 0;
  #groups = 0;
  #fieldsAtFirst = 0;
  #removed = 0;

  constructor(options: CodegenOptions = {}) {
    this.options = options;
  }

  /**
   * All policies and templates of a set. Its links are kept in one place only, the set; and it is not held, since stores lead to what is compiled, and
   * listeners of the set may lead to engines.
   */
  static of(policies: PolicySet, options: CodegenOptions = {}): CompiledPolicies {
    const compiled = new CompiledPolicies(options);
    for (const policy of policies.staticPolicies()) compiled.add(policy);
    for (const template of policies.templates()) compiled.addTemplate(template);
    compiled.#fieldsAtFirst = compiled.fields.size;
    return compiled;
  }

  add(policy: CorePolicy): CompiledStaticPolicy {
    return this.commit(this.prepare(policy));
  }

  /** Does all of `add` that may fail; what is known of policies so far stays right without it. */
  prepare(policy: CorePolicy): CompiledStaticPolicy {
    return this.#entry(policy, this.#groupOf(policy));
  }

  /** Adds a policy that was prepared. */
  commit(entry: CompiledStaticPolicy): CompiledStaticPolicy {
    this.statics.set(entry.id, entry);
    this.#context.add(entry.contextReads);
    this.#changed(entry.group, () => entry.group.entries.set(entry.id, entry));
    return entry;
  }

  remove(id: string): CompiledStaticPolicy {
    const entry = this.statics.get(id)!;
    this.statics.delete(id);
    this.#context.remove(entry.contextReads);
    this.#removed++;
    this.#changed(entry.group, () => entry.group.entries.delete(id));
    return entry;
  }

  /**
   * A policy that does not belong to the set, such as what is left of one; it is validated. `undefined` if it reads an attribute that no policy of the set
   * reads: then the nodes do not have it.
   */
  beside(policy: CorePolicy, order: number): CompiledPolicy | undefined {
    const { optimize } = this.options;
    const info = { order, validated: true, optimize, lines: this.#lines, contextReads: contextReads(policy) };
    const entry = new CompiledPolicy(policy, ANY_ACTION, info);
    for (const node of nodesIn([entry.policy.condition]))
      if ((node.op === 'getAttr' || node.op === 'hasAttr') && !this.fields.has(node.attr)) return undefined;
    return entry;
  }

  addTemplate(template: CorePolicy): CompiledTemplate {
    return this.commitTemplate(this.prepareTemplate(template));
  }

  /** As `prepare`, of `addTemplate`. */
  prepareTemplate(template: CorePolicy): CompiledTemplate {
    const policyInfo = this.#policyInfo(template, contextReads(template));
    const entry = new CompiledTemplate(template, this.#groupOf(template), policyInfo);
    this.#register(entry.policy);
    return entry;
  }

  commitTemplate(entry: CompiledTemplate): CompiledTemplate {
    this.templates.set(entry.id, entry);
    this.#context.add(entry.contextReads);
    this.#changed(entry.group, () => entry.group.templates.set(entry.id, entry));
    return entry;
  }

  removeTemplate(id: string): CompiledTemplate {
    const entry = this.templates.get(id)!;
    this.templates.delete(id);
    this.#context.remove(entry.contextReads);
    this.#removed++;
    this.#changed(entry.group, () => entry.group.templates.delete(id));
    return entry;
  }

  /** Attributes of the context that some policy reads; `undefined` when one takes the context as a whole. */
  get contextAttributes(): ReadonlySet<string> | undefined {
    return this.#context.names;
  }

  /** Changes whenever `contextAttributes` does. */
  get contextVersion(): number {
    return this.#context.version;
  }

  /** Whether most of what was compiled is gone, and has left fields behind that no policy may need: time to compile the others again. */
  get isOvergrown(): boolean {
    const live = this.statics.size + this.templates.size;
    return this.#removed > live + REMOVED_AT_LEAST && this.fields.size > 2 * this.#fieldsAtFirst + FIELDS_AT_LEAST;
  }

  /** Action groups that an action with these ancestors meets, in the order of their numbers. */
  matching(action: EntityUid, ancestors: Iterable<EntityUid>): readonly ActionGroup[] {
    return this.#actions.matching(action, ancestors);
  }

  /** All that have policies or templates. */
  get groups(): readonly ActionGroup[] {
    return this.#actions.all;
  }

  /** The group of a policy; one that has no others is part of the index from the first change on. */
  #groupOf({ action }: CorePolicy): ActionGroup {
    return this.#actions.find(action) ?? new ActionGroup(actionBound(action), action, this.#groups++);
  }

  #changed(group: ActionGroup, change: () => void): void {
    change();
    if (group.isEmpty) this.#actions.remove(group.scope, group);
    else if (this.#actions.find(group.scope) !== group) this.#actions.add(group.scope, group);
    group.version++;
    this.version++;
    this.#factories.clear();
    this.#dispatcherFactories.clear();
  }

  /** The text of the program of these parts. */
  emit(plan: Plan, options: ProgramOptions): string {
    return this.#print(emitProgram(plan, this.fields, options), PROGRAM_PARAMETERS);
  }

  /** The text of the program of a module, which takes what dispatchers do. */
  emitModule(plan: ModulePlan, sourceMarks: boolean): string {
    const { checked, layouts } = plan;
    const layout = openLayout(this.contextAttributes);
    const entries = { fields: this.fields, layout, checked, calls: { layouts } };
    const program = emitModuleDispatcher(plan, entries, sourceMarks);
    return this.#print(program, DISPATCHER_PARAMETERS);
  }

  #print(program: Program, parameters: readonly string[]): string {
    const text = print(program);
    this.options.check?.(program, text, [...parameters, ...RUNTIME_NAMES]);
    return text;
  }

  load(plan: Plan, options: ProgramOptions): Factory {
    return load<Factory>(PROGRAM_PARAMETERS, this.emit(plan, options));
  }

  /** The program of all policies of a skeleton, made once for all stores and whatever else changes. */
  partitionFactory(key: string, node: PlanNode, options: ProgramOptions): Factory {
    const full = `${kindOf(options)} ${node.validated}\n${key}`;
    return this.#partitionFactories.getOrMake(full, () => this.load([node], options));
  }

  /** The program of these parts, made once for all stores. */
  factory(plan: Plan, options: ProgramOptions): Factory {
    return this.#factories.getOrMake(`${kindOf(options)}\n${keyOf(plan)}`, () => this.load(plan, options));
  }

  /** The dispatcher of these cases, made once for all stores. */
  dispatcherFactory(cases: readonly DispatchCase[], options: ProgramOptions): DispatcherFactory {
    const key = cases
      .map(({ number, nodes, types }) => `${number} ${JSON.stringify(types)}\n${keyOf(nodes)}`)
      .join('\n\n');
    return this.#dispatcherFactories.getOrMake(`${kindOf(options)}\n${key}`, () => {
      const program = emitDispatcher(cases, this.fields, options, openLayout(this.contextAttributes));
      const text = this.#print(program, DISPATCHER_PARAMETERS);
      return load<DispatcherFactory>(DISPATCHER_PARAMETERS, text);
    });
  }

  /** A known fingerprint tells everything but the literals. */
  #entry(core: CorePolicy, group: ActionGroup): CompiledStaticPolicy {
    const { clauses } = core;
    if (clauses === undefined) return this.#first(core, group);
    const { trieNode, literals } = this.#fingerprints.fingerprintOf(core, clauses, group.fingerprintTrie);
    const known = trieNode.value;
    const skeleton = known?.skeleton;
    if (known !== undefined && skeleton !== undefined) {
      const policyInfo = this.#policyInfo(core, known.contextReads);
      return new CompiledStaticPolicy(core, group, policyInfo, { skeleton, literals });
    }
    const entry = this.#first(core, group);
    if (trieNode.value === undefined) {
      trieNode.value = new Fingerprinted(entry, literals);
      group.countFingerprint();
    }
    return entry;
  }

  #first(core: CorePolicy, group: ActionGroup): CompiledStaticPolicy {
    const entry = new CompiledStaticPolicy(core, group, this.#policyInfo(core, contextReads(core)));
    this.#register(entry.policy);
    return entry;
  }

  #policyInfo(core: CorePolicy, contextReads: ContextReads): PolicyInfo {
    const { optimize, validated } = this.options;
    const isValidated = validated?.(core) ?? false;
    return { order: this.#order++, validated: isValidated, optimize, lines: this.#lines, contextReads };
  }

  /** Every attribute that is read gets its field before the first node is made. */
  #register(policy: IrPolicy): void {
    this.accessDepth = deeper(this.accessDepth, accessDepthOf(policy));
    const { principal, action, resource, condition } = policy;
    for (const node of nodesIn([principal, action, resource, condition])) {
      if (node.op === 'getAttr' || node.op === 'hasAttr') this.fields.of(node.attr);
    }
  }
}

/** Tells programs of the same parts apart. */
function kindOf({ wellTyped, only, calls }: ProgramOptions): string {
  return `${wellTyped === undefined ? 'checked' : 'wellTyped'} ${only ?? 'both'}${calls === undefined ? '' : ' calls'}`;
}

/**
 * Tells lists of parts of one version apart. An index outlives the policy that it was made for, whose id and place another may have now; so the
 * skeleton is part of it.
 */
function keyOf(plan: Plan): string {
  return plan
    .map((node) => {
      const skeleton = 'skeleton' in node ? node.skeleton : '';
      return `${node.kind} ${node.validated} ${JSON.stringify(node.policy.id)} ${node.where}\n${skeleton}`;
    })
    .join('\n\n');
}
