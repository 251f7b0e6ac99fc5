/**
 * Compile — the pipeline, one line a phase, and the index that says which policies can matter for an action.
 *
 *     CorePolicy ─lower→ IR ─optimize→ IR ─slice→ parts ─emit→ ESTree ─print→ text ─check→ text ─load→ functions
 *
 * It knows policies only; bind.ts puts them together with the entities of a store.
 */
import type { Program } from 'estree';
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { TemplateLink } from '../src/syntax/policy.ts';
import type { PolicySet } from '../src/syntax/policy-set.ts';
import {
  type ActionGroup,
  CompiledPolicy,
  CompiledStaticPolicy,
  Fingerprinted,
  type PolicyInfo,
} from './compiled-policy.ts';
import { Fields } from './emit/node-class.ts';
import { type DispatchCase, emitDispatcher, emitProgram, type PlanNode } from './emit/program.ts';
import type { ProgramOptions } from './emit/program-options.ts';
import { DISPATCHER_NAMES, RUNTIME_NAMES } from './emit/reserved.ts';
import { type Ir, type IrOf, type IrPolicy, nodesIn } from './ir/ir.ts';
import { Lines } from './line-numbers.ts';
import { load } from './load/load.ts';
import type { CodegenOptions } from './options.ts';
import { accessDepthOf, deeper, MIN_DEPTH } from './plan/access-depth.ts';
import { type ActionBound, actionBound, trieNodeOfAction } from './plan/scope-bound.ts';
import { print } from './print/statement.ts';
import type { AccessDepth } from './runtime/graph/request-graph.ts';
import type { DispatcherFactory, Factory } from './runtime/program/loaded.ts';
import { Fingerprints } from './share/source-fingerprint.ts';
import { TrieNode } from './share/trie.ts';

interface Versioned<F> {
  readonly factory: F;
  readonly version: number;
}

const PROGRAM_PARAMETERS = ['runtime', 'rows', 'indexes'];
const ANY_ACTION: ActionBound = { kind: 'any' };

/** Programs of a skeleton that are kept at most; the oldest gives way. */
const PARTITION_FACTORIES = 1024;

const DISPATCHER_PARAMETERS = [...PROGRAM_PARAMETERS, ...DISPATCHER_NAMES];

export class CompiledPolicies {
  readonly options: CodegenOptions;
  readonly fields = new Fields();
  readonly statics = new Map<string, CompiledStaticPolicy>();
  readonly templates = new Map<string, CompiledPolicy>();
  /** The static policies by what they demand of the action. */
  readonly actionGroups = new Set<ActionGroup>();
  /** The links of the templates, in policy order; they are kept in one place only, the policy set. */
  links: () => Iterable<TemplateLink> = () => [];
  eachLink: PolicySet['eachLink'] = () => {};
  /** Changes with every change that plans must follow; a link is none. */
  version = 0;
  /** Attributes of `context` that some policy reads; `undefined` when one takes the context as a whole. */
  contextAttributes: Set<string> | undefined = new Set();
  /** How far from a request's entities any of the policies so far could look. */
  accessDepth: AccessDepth = MIN_DEPTH;
  readonly #actions = new TrieNode<ActionGroup>();
  readonly #lines = new Lines();
  readonly #fingerprints = new Fingerprints<Fingerprinted>();
  readonly #factories = new Map<string, Versioned<Factory>>();
  readonly #partitionFactories = new Map<string, Factory>();
  readonly #dispatcherFactories = new Map<string, Versioned<DispatcherFactory>>();
  #order = 0;

  constructor(options: CodegenOptions = {}) {
    this.options = options;
  }

  /** All policies, templates and links of a set. */
  static of(policies: PolicySet, options: CodegenOptions = {}): CompiledPolicies {
    const compiled = new CompiledPolicies(options);
    for (const policy of policies.staticPolicies()) compiled.add(policy);
    for (const template of policies.templates()) compiled.addTemplate(template);
    compiled.links = () => policies.links();
    compiled.eachLink = (valueFor, each) => policies.eachLink(valueFor, each);
    return compiled;
  }

  add(policy: CorePolicy): CompiledStaticPolicy {
    const actionGroup = this.#actionGroup(policy);
    const entry = this.#entry(policy, actionGroup);
    this.statics.set(policy.id, entry);
    actionGroup.entries.set(policy.id, entry);
    this.version++;
    return entry;
  }

  /** The policies that demand the same of the action; `undefined` if the last one went. */
  actionGroupOf({ actionGroup }: CompiledStaticPolicy): ActionGroup | undefined {
    return this.actionGroups.has(actionGroup) ? actionGroup : undefined;
  }

  #actionGroup({ action }: CorePolicy): ActionGroup {
    const trieNode = trieNodeOfAction(action, this.#actions);
    let actionGroup = trieNode.value;
    if (actionGroup === undefined || !this.actionGroups.has(actionGroup)) {
      actionGroup = { action: actionBound(action), entries: new Map(), fingerprintTrie: new TrieNode() };
      trieNode.value = actionGroup;
      this.actionGroups.add(actionGroup);
    }
    return actionGroup;
  }

  remove(id: string): CompiledStaticPolicy {
    const entry = this.statics.get(id)!;
    const { actionGroup } = entry;
    actionGroup.entries.delete(id);
    if (actionGroup.entries.size === 0) this.actionGroups.delete(actionGroup);
    this.statics.delete(id);
    this.version++;
    return entry;
  }

  /**
   * A policy that does not belong to the set, such as what is left of one; it is validated. `undefined` if it reads an attribute that no policy of the set
   * reads: then the nodes do not have it.
   */
  beside(policy: CorePolicy, order: number): CompiledPolicy | undefined {
    const { optimize } = this.options;
    const entry = new CompiledPolicy(policy, ANY_ACTION, { order, validated: true, optimize, lines: this.#lines });
    for (const node of nodesIn([entry.policy.condition]))
      if ((node.op === 'getAttr' || node.op === 'hasAttr') && !this.fields.has(node.attr)) return undefined;
    return entry;
  }

  addTemplate(template: CorePolicy): CompiledPolicy {
    const entry = new CompiledPolicy(template, actionBound(template.action), this.#policyInfo(template));
    this.#register(entry.policy);
    this.templates.set(template.id, entry);
    this.version++;
    return entry;
  }

  removeTemplate(id: string): void {
    this.templates.delete(id);
    this.version++;
  }

  /** The text of the program of these parts. */
  emit(parts: readonly PlanNode[], options: ProgramOptions): string {
    return this.#print(emitProgram(parts, this.fields, options), PROGRAM_PARAMETERS);
  }

  #print(program: Program, parameters: readonly string[]): string {
    const text = print(program);
    this.options.check?.(program, text, [...parameters, ...RUNTIME_NAMES]);
    return text;
  }

  load(parts: readonly PlanNode[], options: ProgramOptions): Factory {
    return load<Factory>(PROGRAM_PARAMETERS, this.emit(parts, options));
  }

  /** The program of all policies of a skeleton, made once for all stores and whatever else changes. */
  partitionFactory(key: string, part: PlanNode, options: ProgramOptions): Factory {
    const full = `${kindOf(options)} ${part.validated}\n${key}`;
    let factory = this.#partitionFactories.get(full);
    if (factory === undefined) {
      factory = this.load([part], options);
      if (this.#partitionFactories.size >= PARTITION_FACTORIES) this.#forgetOldestFactory();
      this.#partitionFactories.set(full, factory);
    }
    return factory;
  }

  #forgetOldestFactory(): void {
    for (const oldest of this.#partitionFactories.keys()) {
      this.#partitionFactories.delete(oldest);
      return;
    }
  }

  /** The program of these parts, made once for all stores. */
  factory(parts: readonly PlanNode[], options: ProgramOptions): Factory {
    return this.#once(this.#factories, keyOf(parts), options, () => this.load(parts, options));
  }

  /** The dispatcher of these cases, made once for all stores. */
  dispatcherFactory(cases: readonly DispatchCase[], options: ProgramOptions): DispatcherFactory {
    const key = cases
      .map(({ number, parts, types }) => `${number} ${JSON.stringify(types)}\n${keyOf(parts)}`)
      .join('\n\n');
    return this.#once(this.#dispatcherFactories, key, options, () => {
      const text = this.#print(emitDispatcher(cases, this.fields, options), DISPATCHER_PARAMETERS);
      return load<DispatcherFactory>(DISPATCHER_PARAMETERS, text);
    });
  }

  /** `key` tells the texts of a version apart. */
  #once<F>(known: Map<string, Versioned<F>>, key: string, options: ProgramOptions, make: () => F): F {
    const full = `${kindOf(options)}\n${key}`;
    const found = known.get(full);
    if (found !== undefined && found.version === this.version) return found.factory;
    const factory = make();
    known.set(full, { factory, version: this.version });
    return factory;
  }

  /** Of a known fingerprint everything is known but the literals. */
  #entry(core: CorePolicy, actionGroup: ActionGroup): CompiledStaticPolicy {
    const { clauses } = core;
    if (clauses === undefined) return this.#first(core, actionGroup);
    const { trieNode, literals } = this.#fingerprints.fingerprintOf(core, clauses, actionGroup.fingerprintTrie);
    const skeleton = trieNode.value?.skeleton;
    if (skeleton !== undefined)
      return new CompiledStaticPolicy(core, actionGroup, this.#policyInfo(core), { skeleton, literals });
    const entry = this.#first(core, actionGroup);
    trieNode.value ??= new Fingerprinted(entry, literals);
    return entry;
  }

  #first(core: CorePolicy, actionGroup: ActionGroup): CompiledStaticPolicy {
    const entry = new CompiledStaticPolicy(core, actionGroup, this.#policyInfo(core));
    this.#register(entry.policy);
    return entry;
  }

  #policyInfo(core: CorePolicy): PolicyInfo {
    const { optimize, validated } = this.options;
    return { order: this.#order++, validated: validated?.(core) ?? false, optimize, lines: this.#lines };
  }

  /** Every attribute that is read gets its field before the first node is made. */
  #register(policy: IrPolicy): void {
    this.accessDepth = deeper(this.accessDepth, accessDepthOf(policy));
    const { principal, action, resource, condition } = policy;
    for (const node of nodesIn([principal, action, resource, condition], (each) => !readsContext(each))) {
      if (node.op === 'getAttr' || node.op === 'hasAttr') this.fields.of(node.attr);
      if (readsContext(node)) this.contextAttributes?.add(node.attr);
      else if (node.op === 'var' && node.name === 'context') this.contextAttributes = undefined;
    }
  }
}

function readsContext(ir: Ir): ir is IrOf<'getAttr' | 'hasAttr'> {
  return (ir.op === 'getAttr' || ir.op === 'hasAttr') && ir.arg.op === 'var' && ir.arg.name === 'context';
}

/** Tells programs of the same parts apart. */
function kindOf({ wellTyped, only }: ProgramOptions): string {
  return `${wellTyped === undefined ? 'checked' : 'wellTyped'} ${only ?? 'both'}`;
}

/**
 * Tells lists of parts of one version apart. A index outlives the policy that it was made for, whose id and place another may have now; so the
 * skeleton is part of it.
 */
function keyOf(parts: readonly PlanNode[]): string {
  return parts
    .map((part) => {
      const skeleton = 'skeleton' in part ? part.skeleton : '';
      return `${part.kind} ${part.validated} ${JSON.stringify(part.policy.id)} ${part.where}\n${skeleton}`;
    })
    .join('\n\n');
}
