/**
 * Entry — a static policy, or a template, as the compiler keeps it, and the group of those with its action constraint. What only some uses need is
 * made when it is asked for.
 */
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { ActionScope } from '../src/syntax/policy.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { IrPolicy } from './ir/ir.ts';
import { sitesOf } from './ir/sites.ts';
import type { Lines } from './lines.ts';
import { lowerPolicy } from './lower/lower.ts';
import { type OptimizeOption, optimizePolicy } from './optimize/passes.ts';
import type { Site } from './runtime/site.ts';
import { type ActionBound, type Bound, scopeBound } from './slice/bound.ts';
import { Place } from './slice/place.ts';
import { type Shape, type Shaped, shapeOf, uidsIn } from './slice/shape.ts';

/** What is settled of a policy besides what it says. */
export interface Settled {
  readonly order: number;
  readonly validated: boolean;
  readonly optimize: OptimizeOption | undefined;
  readonly lines: Lines;
}

export class Entry {
  readonly id: string;
  readonly effect: CorePolicy['effect'];
  readonly principal: Bound;
  readonly action: ActionBound;
  readonly resource: Bound;
  /** Place in policy order. */
  readonly order: number;
  readonly validated: boolean;
  readonly #core: CorePolicy;
  readonly #optimize: OptimizeOption | undefined;
  readonly #lines: Lines;
  #policy: IrPolicy | undefined;
  #shaped: Shaped | undefined;
  #sites: readonly Site[] | undefined;
  #where: string | undefined;

  /** `shaped` if it is known already (slice/outline.ts). */
  constructor(core: CorePolicy, action: ActionBound, settled: Settled, shaped?: Shaped) {
    this.id = core.id;
    this.effect = core.effect;
    this.principal = scopeBound(core.principal);
    this.action = action;
    this.resource = scopeBound(core.resource);
    this.order = settled.order;
    this.validated = settled.validated;
    this.#core = core;
    this.#optimize = settled.optimize;
    this.#lines = settled.lines;
    this.#shaped = shaped;
  }

  get policy(): IrPolicy {
    this.#policy ??= optimizePolicy(lowerPolicy(this.#core), this.#optimize);
    return this.#policy;
  }

  get shape(): Shape {
    return this.shaped.shape;
  }

  /** What fills the holes of the shape. */
  get literals(): readonly Prim[] {
    return this.shaped.literals;
  }

  get shaped(): Shaped {
    this.#shaped ??= shapeOf(this.policy);
    return this.#shaped;
  }

  /** Tells the entities that the policy names, and which of them its condition names. One whose shape is known is not lowered for it. */
  named(tell: (uid: EntityUid, inCondition: boolean) => void): void {
    const known = this.#shaped;
    const { inScopes, inCondition } = known?.shape.uids ?? uidsIn(this.policy);
    for (const uid of inScopes) tell(uid, false);
    for (const uid of inCondition) tell(uid, true);
    if (known === undefined) return;
    const { literals, shape } = known;
    for (const [i, each] of literals.entries()) if (each instanceof EntityUid) tell(each, i >= shape.conditionFrom);
  }

  /** Where the policy may fail. */
  sites(): readonly Site[] {
    this.#sites ??= sitesOf(this.policy);
    return this.#sites;
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
  readonly entries = new Map<string, StaticEntry>();
  readonly templates = new Map<string, Entry>();
  /** Changes with the policies and templates of the group. */
  version = 0;
  #outlines = new Place<Outlined>();
  #outlined = 0;

  constructor(action: ActionBound, scope: ActionScope, number: number) {
    this.action = action;
    this.scope = scope;
    this.number = number;
  }

  get isEmpty(): boolean {
    return this.entries.size === 0 && this.templates.size === 0;
  }

  /** Where outlines begin; at the end of each is what is known of its policies. */
  get outlines(): Place<Outlined> {
    return this.#outlines;
  }

  /** Counts a new outline. Those of policies that are gone are forgotten from time to time: an outline only saves work. */
  countOutline(): void {
    this.#outlined++;
    if (this.#outlined <= 2 * this.entries.size + OUTLINES_AT_LEAST) return;
    this.#outlines = new Place();
    this.#outlined = 0;
  }
}

/** Outlines that a group may keep however few policies it has. */
const OUTLINES_AT_LEAST = 64;

export class StaticEntry extends Entry {
  readonly group: ActionGroup;

  constructor(core: CorePolicy, group: ActionGroup, settled: Settled, shaped?: Shaped) {
    super(core, group.action, settled, shaped);
    this.group = group;
  }
}

export class TemplateEntry extends Entry {
  readonly group: ActionGroup;

  constructor(core: CorePolicy, group: ActionGroup, settled: Settled) {
    super(core, group.action, settled);
    this.group = group;
  }
}

/** What the first policy of an outline tells about the others. */
export class Outlined {
  #first: Entry | undefined;
  #outlined: readonly Prim[];
  #shape: Shape | undefined;

  /** `outlined` are the literals that the outline leaves out. */
  constructor(first: Entry, outlined: readonly Prim[]) {
    this.#first = first;
    this.#outlined = outlined;
  }

  /** The shape of all of them, if the first has kept those literals. It is found out when there is a second. */
  get shape(): Shape | undefined {
    if (this.#first !== undefined) {
      const { shape, literals } = this.#first.shaped;
      if (sameList(literals, this.#outlined)) this.#shape = shape;
      this.#first = undefined;
      this.#outlined = [];
    }
    return this.#shape;
  }
}

function sameList(some: readonly Prim[], others: readonly Prim[]): boolean {
  return some.length === others.length && some.every((each, i) => each === others[i]);
}

function whereOf({ source, span }: CorePolicy, lines: Lines): string {
  if (source === undefined || span === undefined) return 'from JSON';
  const line = lines.lineOf(source, span.start);
  return source.name === undefined ? `line ${line}` : `${source.name}:${line}`;
}
