/**
 * Compile — the pipeline, one line a phase, and the index that says which policies can matter for an action.
 *
 *     CorePolicy ─lower→ IR ─optimize→ IR ─slice→ parts ─emit→ ESTree ─print→ text ─check→ text ─load→ functions
 *
 * It knows policies only; bind.ts puts them together with the entities of a store.
 */
import type { Program } from 'estree';
import type { CorePolicy } from '../src/syntax/core.ts';
import type { TemplateLink } from '../src/syntax/policy.ts';
import type { PolicySet } from '../src/syntax/policy-set.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import { check } from './check.ts';
import { Fields } from './emit/fields.ts';
import {
  emitFront,
  emitProgram,
  FRONT_NAMES,
  type FrontCase,
  type Part,
  type ProgramOptions,
  RUNTIME_NAMES,
} from './emit/program.ts';
import { children, type Ir, type IrPolicy } from './ir/ir.ts';
import { lazySites } from './ir/sites.ts';
import { load } from './load.ts';
import { lowerPolicy } from './lower/lower.ts';
import { type OptimizeOption, optimizePolicy } from './optimize/passes.ts';
import { print } from './print.ts';
import type { Factory, FrontFactory } from './runtime/loaded.ts';
import type { Site } from './runtime/site.ts';
import { type ActionBound, actionBound, type Bound, scopeBound } from './slice/bound.ts';
import { further, NEAR, type Reach, reachOf } from './slice/reach.ts';

export interface CodegenOptions {
  /** Run only the policies whose scope can match. Default `true`; the answers are the same either way. */
  readonly slice?: boolean | undefined;
  /** Which passes run over the IR. Default all. */
  readonly optimize?: OptimizeOption | undefined;
  /** After so many requests the functions of single actions are joined into one that is faster. Default 32. */
  readonly warmUp?: number | undefined;
  /** Policies of one shape become rows of one function from so many on. Default 8 for actions with more than 64 policies, and never for others. */
  readonly tableFrom?: number | undefined;
  /** Parse emitted code again and compare it with what was meant, at about twice the compile time. Default `false`. */
  readonly check?: boolean | undefined;
  /** Tells of a static policy or template whether it was validated against the schema of the data. Default: none was. */
  readonly validated?: ((policy: CorePolicy) => boolean) | undefined;
}

/** A static policy, or a template, as the compiler keeps it. */
export interface Entry {
  readonly policy: IrPolicy;
  readonly principal: Bound;
  readonly action: ActionBound;
  readonly resource: Bound;
  /** Every entity that the policy names. */
  readonly uids: readonly EntityUid[];
  /** Place in policy order. */
  readonly order: number;
  /** Such as `line 12`. */
  readonly where: string;
  readonly validated: boolean;
  /** Where the policy may fail. */
  readonly sites: () => readonly Site[];
}

export interface TemplateEntry extends Entry {
  readonly links: Map<string, LinkEntry>;
}

export interface LinkEntry {
  readonly link: TemplateLink;
  readonly order: number;
}

interface Versioned<F> {
  readonly factory: F;
  readonly version: number;
}

const PROGRAM_PARAMETERS = ['runtime', 'rows', 'tables'];
const FRONT_PARAMETERS = [...PROGRAM_PARAMETERS, ...FRONT_NAMES];

/** Links stand behind static policies in policy order. */
const FIRST_LINK = 2 ** 40;

export class CompiledPolicies {
  readonly options: CodegenOptions;
  readonly fields = new Fields();
  readonly statics = new Map<string, Entry>();
  readonly templates = new Map<string, TemplateEntry>();
  /** Changes with every change that plans must follow; a link is none. */
  version = 0;
  /** Attributes of `context` that some policy reads; `undefined` when one takes the context as a whole. */
  contextAttributes: Set<string> | undefined = new Set();
  /** How far from a request's entities any of the policies so far could look. */
  reach: Reach = NEAR;
  readonly #factories = new Map<string, Versioned<Factory>>();
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
    for (const link of policies.links()) compiled.link(link);
    return compiled;
  }

  add(policy: CorePolicy): Entry {
    const entry = this.#entry(policy);
    this.statics.set(policy.id, entry);
    this.version++;
    return entry;
  }

  remove(id: string): void {
    this.statics.delete(id);
    this.version++;
  }

  addTemplate(template: CorePolicy): TemplateEntry {
    const entry = { ...this.#entry(template), links: new Map<string, LinkEntry>() };
    this.templates.set(template.id, entry);
    this.version++;
    return entry;
  }

  removeTemplate(id: string): void {
    this.templates.delete(id);
    this.version++;
  }

  link(link: TemplateLink): LinkEntry {
    const entry = { link, order: FIRST_LINK + this.#order++ };
    this.templates.get(link.templateId)!.links.set(link.id, entry);
    return entry;
  }

  unlink(link: TemplateLink): void {
    this.templates.get(link.templateId)!.links.delete(link.id);
  }

  /** The text of the program of these parts. */
  emit(parts: readonly Part[], options: ProgramOptions): string {
    return this.#print(emitProgram(parts, this.fields, options), PROGRAM_PARAMETERS);
  }

  #print(program: Program, parameters: readonly string[]): string {
    const text = print(program);
    if (this.options.check === true) check(program, text, [...parameters, ...RUNTIME_NAMES]);
    return text;
  }

  /** The program of these parts, made once for all stores. */
  factory(parts: readonly Part[], options: ProgramOptions): Factory {
    return this.#once(this.#factories, keyOf(parts), options, () =>
      load<Factory>(PROGRAM_PARAMETERS, this.emit(parts, options)),
    );
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
  #once<F>(known: Map<string, Versioned<F>>, key: string, { trusted }: ProgramOptions, make: () => F): F {
    const full = `${trusted === true ? 'trusted' : 'checked'}\n${key}`;
    const found = known.get(full);
    if (found !== undefined && found.version === this.version) return found.factory;
    const factory = make();
    known.set(full, { factory, version: this.version });
    return factory;
  }

  #entry(core: CorePolicy): Entry {
    const policy = optimizePolicy(lowerPolicy(core), this.options.optimize);
    this.reach = further(this.reach, reachOf(policy));
    const uids: EntityUid[] = [];
    for (const part of [policy.principal, policy.action, policy.resource, policy.condition]) {
      if (part !== undefined) this.#register(part, uids);
    }
    return {
      policy,
      principal: scopeBound(core.principal),
      action: actionBound(core.action),
      resource: scopeBound(core.resource),
      uids,
      order: this.#order++,
      where: whereOf(core),
      validated: this.options.validated?.(core) ?? false,
      sites: lazySites(policy),
    };
  }

  /** Every attribute that is read gets its field before the first node is made; every entity that is named is noted. */
  #register(ir: Ir, uids: EntityUid[]): void {
    const open = [ir];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (node.op === 'lit' && node.value instanceof EntityUid) uids.push(node.value);
      if (node.op === 'getAttr' || node.op === 'hasAttr') this.fields.of(node.attr);
      const reads =
        (node.op === 'getAttr' || node.op === 'hasAttr') && node.arg.op === 'var' && node.arg.name === 'context';
      if (reads) this.contextAttributes?.add((node as { attr: string }).attr);
      else if (node.op === 'var' && node.name === 'context') this.contextAttributes = undefined;
      if (!reads) open.push(...children(node));
    }
  }
}

/** Tells lists of parts of one version apart. */
function keyOf(parts: readonly Part[]): string {
  return parts.map((part) => `${part.kind} ${JSON.stringify(part.policy.id)} ${part.where}`).join('\n');
}

function whereOf({ source, span }: CorePolicy): string {
  if (source === undefined || span === undefined) return 'from JSON';
  const line = source.text.slice(0, span.start).split('\n').length;
  return source.name === undefined ? `line ${line}` : `${source.name}:${line}`;
}
