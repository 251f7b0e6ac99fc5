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
import { Fields } from './emit/fields.ts';
import { emitFront, emitProgram, type FrontCase, type Part } from './emit/program.ts';
import type { ProgramOptions } from './emit/program-options.ts';
import { FRONT_NAMES, RUNTIME_NAMES } from './emit/reserved.ts';
import { type Bucket, Entry, Outlined, type Settled, StaticEntry } from './entry.ts';
import { type Ir, type IrOf, type IrPolicy, nodesIn } from './ir/ir.ts';
import { Lines } from './lines.ts';
import { load } from './load.ts';
import type { CodegenOptions } from './options.ts';
import { print } from './print.ts';
import type { Factory, FrontFactory } from './runtime/loaded.ts';
import type { Reach } from './runtime/visit.ts';
import { actionBound, placeOfAction } from './slice/bound.ts';
import { Outliner } from './slice/outline.ts';
import { Place } from './slice/place.ts';
import { further, NEAR, reachOf } from './slice/reach.ts';

interface Versioned<F> {
  readonly factory: F;
  readonly version: number;
}

const PROGRAM_PARAMETERS = ['runtime', 'rows', 'tables'];
const FRONT_PARAMETERS = [...PROGRAM_PARAMETERS, ...FRONT_NAMES];

export class CompiledPolicies {
  readonly options: CodegenOptions;
  readonly fields = new Fields();
  readonly statics = new Map<string, StaticEntry>();
  readonly templates = new Map<string, Entry>();
  /** The static policies by what they demand of the action. */
  readonly buckets = new Set<Bucket>();
  /** The links of the templates, in policy order; they are kept in one place only, the policy set. */
  links: () => Iterable<TemplateLink> = () => [];
  visitLinks: PolicySet['visitLinks'] = () => {};
  /** Changes with every change that plans must follow; a link is none. */
  version = 0;
  /** Attributes of `context` that some policy reads; `undefined` when one takes the context as a whole. */
  contextAttributes: Set<string> | undefined = new Set();
  /** How far from a request's entities any of the policies so far could look. */
  reach: Reach = NEAR;
  readonly #actions = new Place<Bucket>();
  readonly #lines = new Lines();
  readonly #outliner = new Outliner<Outlined>();
  readonly #factories = new Map<string, Versioned<Factory>>();
  readonly #segmentFactories = new Map<string, Factory>();
  readonly #frontFactories = new Map<string, Versioned<FrontFactory>>();
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
    compiled.visitLinks = (valueFor, visit) => policies.visitLinks(valueFor, visit);
    return compiled;
  }

  add(policy: CorePolicy): StaticEntry {
    const bucket = this.#bucket(policy);
    const entry = this.#entry(policy, bucket);
    this.statics.set(policy.id, entry);
    bucket.entries.set(policy.id, entry);
    this.version++;
    return entry;
  }

  /** The policies that demand the same of the action; `undefined` if the last one went. */
  bucketOf({ bucket }: StaticEntry): Bucket | undefined {
    return this.buckets.has(bucket) ? bucket : undefined;
  }

  #bucket({ action }: CorePolicy): Bucket {
    const place = placeOfAction(action, this.#actions);
    let bucket = place.value;
    if (bucket === undefined || !this.buckets.has(bucket)) {
      bucket = { action: actionBound(action), entries: new Map(), outlines: new Place() };
      place.value = bucket;
      this.buckets.add(bucket);
    }
    return bucket;
  }

  remove(id: string): StaticEntry {
    const entry = this.statics.get(id)!;
    const { bucket } = entry;
    bucket.entries.delete(id);
    if (bucket.entries.size === 0) this.buckets.delete(bucket);
    this.statics.delete(id);
    this.version++;
    return entry;
  }

  addTemplate(template: CorePolicy): Entry {
    const entry = new Entry(template, actionBound(template.action), this.#settled(template));
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
  emit(parts: readonly Part[], options: ProgramOptions): string {
    return this.#print(emitProgram(parts, this.fields, options), PROGRAM_PARAMETERS);
  }

  #print(program: Program, parameters: readonly string[]): string {
    const text = print(program);
    this.options.check?.(program, text, [...parameters, ...RUNTIME_NAMES]);
    return text;
  }

  load(parts: readonly Part[], options: ProgramOptions): Factory {
    return load<Factory>(PROGRAM_PARAMETERS, this.emit(parts, options));
  }

  /** The program of all policies of a shape, made once for all stores and whatever else changes. */
  segmentFactory(key: string, part: Part, options: ProgramOptions): Factory {
    const full = `${kindOf(options)} ${part.validated}\n${key}`;
    let factory = this.#segmentFactories.get(full);
    if (factory === undefined) {
      factory = this.load([part], options);
      this.#segmentFactories.set(full, factory);
    }
    return factory;
  }

  /** The program of these parts, made once for all stores. */
  factory(parts: readonly Part[], options: ProgramOptions): Factory {
    return this.#once(this.#factories, keyOf(parts), options, () => this.load(parts, options));
  }

  /** The front of these cases, made once for all stores. */
  frontFactory(cases: readonly FrontCase[], options: ProgramOptions): FrontFactory {
    const key = cases
      .map(({ number, parts, types }) => `${number} ${JSON.stringify(types)}\n${keyOf(parts)}`)
      .join('\n\n');
    return this.#once(this.#frontFactories, key, options, () => {
      const text = this.#print(emitFront(cases, this.fields, options), FRONT_PARAMETERS);
      return load<FrontFactory>(FRONT_PARAMETERS, text);
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

  /** Of a known outline everything is known but the literals. */
  #entry(core: CorePolicy, bucket: Bucket): StaticEntry {
    const { clauses } = core;
    if (clauses === undefined) return this.#first(core, bucket);
    const { place, literals } = this.#outliner.outlineOf(core, clauses, bucket.outlines);
    const shape = place.value?.shape;
    if (shape !== undefined) return new StaticEntry(core, bucket, this.#settled(core), { shape, literals });
    const entry = this.#first(core, bucket);
    place.value ??= new Outlined(entry, literals);
    return entry;
  }

  #first(core: CorePolicy, bucket: Bucket): StaticEntry {
    const entry = new StaticEntry(core, bucket, this.#settled(core));
    this.#register(entry.policy);
    return entry;
  }

  #settled(core: CorePolicy): Settled {
    const { optimize, validated } = this.options;
    return { order: this.#order++, validated: validated?.(core) ?? false, optimize, lines: this.#lines };
  }

  /** Every attribute that is read gets its field before the first node is made. */
  #register(policy: IrPolicy): void {
    this.reach = further(this.reach, reachOf(policy));
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
function kindOf({ trusted, only }: ProgramOptions): string {
  return `${trusted === undefined ? 'checked' : 'trusted'} ${only ?? 'both'}`;
}

/**
 * Tells lists of parts of one version apart. A table outlives the policy that it was made for, whose id and place another may have now; so the
 * shape is part of it.
 */
function keyOf(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      const shape = 'shape' in part ? part.shape : '';
      return `${part.kind} ${part.validated} ${JSON.stringify(part.policy.id)} ${part.where}\n${shape}`;
    })
    .join('\n\n');
}
