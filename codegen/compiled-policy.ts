/**
 * Compiled policy — one static policy or template with what the compiler derives from it on demand, and its action group.
 */
import type { ContextReads } from '../src/syntax/context-reads.ts';
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { ActionScope, Annotation } from '../src/syntax/policy.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import { errorSitesOf } from './ir/error-sites.ts';
import type { IrPolicy } from './ir/ir.ts';
import type { Lines } from './line-numbers.ts';
import { lowerPolicy } from './lower/lower.ts';
import { type OptimizeOption, optimizePolicy } from './optimize/passes.ts';
import { FINGERPRINTS_AT_LEAST } from './plan/limits.ts';
import { type ActionBound, type Bound, scopeBound } from './plan/scope-bound.ts';
import type { ErrorSite } from './runtime/program/error-site.ts';
import { type Parameterized, parameterize, type Skeleton, uidsIn } from './share/skeleton.ts';
import { TrieNode } from './share/trie.ts';

/** What is settled of a policy besides what it says. */
export interface PolicyInfo {
  readonly order: number;
  readonly validated: boolean;
  readonly optimize: OptimizeOption | undefined;
  readonly lines: Lines;
  /** Attributes of the context that the policy reads, as it is written. */
  readonly contextReads: ContextReads;
}

export class CompiledPolicy {
  readonly id: string;
  readonly effect: CorePolicy['effect'];
  readonly principal: Bound;
  readonly action: ActionBound;
  readonly resource: Bound;
  /** Place in policy order. */
  readonly order: number;
  readonly validated: boolean;
  readonly contextReads: ContextReads;
  readonly #core: CorePolicy;
  readonly #optimize: OptimizeOption | undefined;
  readonly #lines: Lines;
  #policy: IrPolicy | undefined;
  #parameterized: Parameterized | undefined;
  #errorSites: readonly ErrorSite[] | undefined;
  #where: string | undefined;

  /** `parameterized` if it is known already (share/source-fingerprint.ts). */
  constructor(core: CorePolicy, action: ActionBound, policyInfo: PolicyInfo, parameterized?: Parameterized) {
    this.id = core.id;
    this.effect = core.effect;
    this.principal = scopeBound(core.principal);
    this.action = action;
    this.resource = scopeBound(core.resource);
    this.order = policyInfo.order;
    this.validated = policyInfo.validated;
    this.contextReads = policyInfo.contextReads;
    this.#core = core;
    this.#optimize = policyInfo.optimize;
    this.#lines = policyInfo.lines;
    this.#parameterized = parameterized;
  }

  /** As they were written. */
  get annotations(): readonly Annotation[] {
    return this.#core.annotations;
  }

  get policy(): IrPolicy {
    this.#policy ??= optimizePolicy(lowerPolicy(this.#core), this.#optimize);
    return this.#policy;
  }

  get skeleton(): Skeleton {
    return this.parameterized.skeleton;
  }

  /** What fills the parameters of the skeleton. */
  get literals(): readonly Prim[] {
    return this.parameterized.literals;
  }

  get parameterized(): Parameterized {
    this.#parameterized ??= parameterize(this.policy);
    return this.#parameterized;
  }

  /** Tells the entities that the policy names, and which of them its condition names. One whose skeleton is known is not lowered for it. */
  named(tell: (uid: EntityUid, inCondition: boolean) => void): void {
    const known = this.#parameterized;
    const { inScopes, inCondition } = known?.skeleton.uids ?? uidsIn(this.policy);
    for (const uid of inScopes) tell(uid, false);
    for (const uid of inCondition) tell(uid, true);
    if (known === undefined) return;
    const { literals, skeleton } = known;
    for (const [i, each] of literals.entries()) if (each instanceof EntityUid) tell(each, i >= skeleton.conditionFrom);
  }

  /** Where the policy may fail. */
  errorSites(): readonly ErrorSite[] {
    this.#errorSites ??= errorSitesOf(this.policy);
    return this.#errorSites;
  }

  /** Such as `line 12`. */
  get where(): string {
    this.#where ??= whereOf(this.#core, this.#lines);
    return this.#where;
  }
}

/** The static policies and templates with one action constraint. */
export class ActionGroup {
  readonly action: ActionBound;
  /** The constraint as it is written. */
  readonly scope: ActionScope;
  /** Tells groups apart; no two have the same one. */
  readonly number: number;
  readonly entries = new Map<string, CompiledStaticPolicy>();
  readonly templates = new Map<string, CompiledPolicy>();
  /** Changes with the policies and templates of the group. */
  version = 0;
  #fingerprintTrie = new TrieNode<Fingerprinted>();
  #fingerprinted = 0;

  constructor(action: ActionBound, scope: ActionScope, number: number) {
    this.action = action;
    this.scope = scope;
    this.number = number;
  }

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.templates.size === 0;
  }

  /** Where fingerprints begin; at the end of each is what is known of its policies. */
  get fingerprintTrie(): TrieNode<Fingerprinted> {
    return this.#fingerprintTrie;
  }

  /** Counts a new fingerprint. Those of policies that are gone are forgotten from time to time: a fingerprint only saves work. */
  countFingerprint(): void {
    this.#fingerprinted++;
    if (this.#fingerprinted <= 2 * this.entries.size + FINGERPRINTS_AT_LEAST) return;
    this.#fingerprintTrie = new TrieNode();
    this.#fingerprinted = 0;
  }
}

export class CompiledStaticPolicy extends CompiledPolicy {
  readonly group: ActionGroup;

  constructor(core: CorePolicy, group: ActionGroup, policyInfo: PolicyInfo, parameterized?: Parameterized) {
    super(core, group.action, policyInfo, parameterized);
    this.group = group;
  }
}

export class CompiledTemplate extends CompiledPolicy {
  readonly group: ActionGroup;

  constructor(core: CorePolicy, group: ActionGroup, policyInfo: PolicyInfo) {
    super(core, group.action, policyInfo);
    this.group = group;
  }
}

/** What the first policy of a fingerprint tells about the others. */
export class Fingerprinted {
  readonly contextReads: ContextReads;
  #first: CompiledPolicy | undefined;
  #fingerprinted: readonly Prim[];
  #skeleton: Skeleton | undefined;

  /** `fingerprinted` are the literals that the fingerprint leaves out. */
  constructor(first: CompiledPolicy, fingerprinted: readonly Prim[]) {
    this.contextReads = first.contextReads;
    this.#first = first;
    this.#fingerprinted = fingerprinted;
  }

  /** The skeleton of all of them, if the first has kept those literals. It is found out when there is a second. */
  get skeleton(): Skeleton | undefined {
    if (this.#first !== undefined) {
      const { skeleton, literals } = this.#first.parameterized;
      if (sameList(literals, this.#fingerprinted)) this.#skeleton = skeleton;
      this.#first = undefined;
      this.#fingerprinted = [];
    }
    return this.#skeleton;
  }
}

function sameList(some: readonly Prim[], others: readonly Prim[]): boolean {
  return some.length === others.length && some.every((each, i) => each === others[i]);
}

function whereOf({ source, span }: CorePolicy, lines: Lines): string {
  if (source === undefined || span === undefined) return 'from JSON';
  const line = lines.lineOf(source, span.start);
  // Without its folder: the same policies give the same bytes wherever they are built.
  return source.name === undefined ? `line ${line}` : `${source.name.replace(/^.*[\\/]/, '')}:${line}`;
}
