/**
 * Entry — a static policy, or a template, as the compiler keeps it. What only some uses need is made when it is asked for.
 */
import type { CorePolicy } from '../src/syntax/core.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import type { IrPolicy } from './ir/ir.ts';
import { sitesOf } from './ir/sites.ts';
import { lowerPolicy } from './lower/lower.ts';
import { type OptimizeOption, optimizePolicy } from './optimize/passes.ts';
import type { Site } from './runtime/site.ts';
import { type ActionBound, actionBound, type Bound, scopeBound } from './slice/bound.ts';
import { type Shape, shapeOf } from './slice/shape.ts';

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
  #policy: IrPolicy | undefined;
  #shape: Shape | undefined;
  #sites: readonly Site[] | undefined;
  #where: string | undefined;

  /** `shape` if it is known already (slice/outline.ts). */
  constructor(
    core: CorePolicy,
    {
      order,
      validated,
      optimize,
    }: Pick<Entry, 'order' | 'validated'> & { readonly optimize: OptimizeOption | undefined },
    shape?: Shape,
  ) {
    this.id = core.id;
    this.effect = core.effect;
    this.principal = scopeBound(core.principal);
    this.action = actionBound(core.action);
    this.resource = scopeBound(core.resource);
    this.order = order;
    this.validated = validated;
    this.#core = core;
    this.#optimize = optimize;
    this.#shape = shape;
  }

  get policy(): IrPolicy {
    this.#policy ??= optimizePolicy(lowerPolicy(this.#core), this.#optimize);
    return this.#policy;
  }

  get shape(): Shape {
    this.#shape ??= shapeOf(this.policy);
    return this.#shape;
  }

  /** Every entity that the policy names. */
  get uids(): readonly EntityUid[] {
    const { literals, uids } = this.shape;
    return [...literals.filter((literal) => literal instanceof EntityUid), ...uids];
  }

  /** Where the policy may fail. */
  sites(): readonly Site[] {
    this.#sites ??= sitesOf(this.policy);
    return this.#sites;
  }

  /** Such as `line 12`; to find it, all text before it is looked through. */
  get where(): string {
    this.#where ??= whereOf(this.#core);
    return this.#where;
  }
}

function whereOf({ source, span }: CorePolicy): string {
  if (source === undefined || span === undefined) return 'from JSON';
  const line = source.text.slice(0, span.start).split('\n').length;
  return source.name === undefined ? `line ${line}` : `${source.name}:${line}`;
}
