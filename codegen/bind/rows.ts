/**
 * Rows — policies and links as the programs of one store know them, and the indexes that find them.
 */

import type { SlotEnv, TemplateLink } from '../../src/syntax/policy.ts';
import type { PolicySet } from '../../src/syntax/policy-set.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { has } from '../../src/value/own-member.ts';
import type { Prim } from '../../src/value/value.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import { bindsNothing } from '../plan/planner.ts';
import type { Bound } from '../plan/scope-bound.ts';
import type { RuntimeValue } from '../runtime/evaluate/runtime-value.ts';
import type { Graph } from '../runtime/graph/graph.ts';
import type { Node } from '../runtime/graph/node.ts';
import { PartitionedColumns } from '../runtime/index/columns.ts';
import { NO_ROW } from '../runtime/index/int-pair-multimap.ts';
import { LinkIndex } from '../runtime/index/link-index.ts';
import { PolicyIndex, type PolicyIndexRow } from '../runtime/index/policy-index.ts';
import type { Demands } from '../runtime/index/scope-index.ts';
import type { ErrorSite } from '../runtime/program/error-site.ts';
import type { SkeletonIndex } from '../runtime/program/loaded.ts';
import { flatText } from './flat-text.ts';

/** Has the links of the templates, in policy order: the policy set, the only place where they are kept. */
export type LinkSource = Pick<PolicySet, 'eachLink'>;

export class PolicyRow implements PolicyIndexRow {
  readonly params: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  rowId = NO_ROW;
  readonly #entry: CompiledPolicy;

  constructor(
    entry: CompiledPolicy,
    params: readonly RuntimeValue[],
    principal: Node | undefined,
    resource: Node | undefined,
  ) {
    this.#entry = entry;
    this.params = params;
    this.principal = principal;
    this.resource = resource;
  }

  get id(): string {
    return this.#entry.id;
  }

  get order(): number {
    return this.#entry.order;
  }

  get effect(): CompiledPolicy['effect'] {
    return this.#entry.effect;
  }

  errorSites(): readonly ErrorSite[] {
    return this.#entry.errorSites();
  }
}

/** Links stand behind static policies in policy order. */
const FIRST_LINK = 2 ** 30;

/** Where the links of a template go, and what it demands itself. */
interface Linked {
  readonly index: LinkIndex;
  readonly demands: Demands;
}

export class Rows {
  readonly #graph: Graph;
  readonly #templates = new WeakMap<CompiledPolicy, LinkIndex>();
  #nextLink = FIRST_LINK;

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  /** A policy as itself. */
  inlineRow(entry: CompiledPolicy): PolicyRow {
    return new PolicyRow(entry, [], undefined, undefined);
  }

  /** A policy as one of its skeleton. */
  skeletonRow(entry: CompiledPolicy): PolicyRow {
    const params = entry.literals.map((literal) => this.#prim(literal));
    const { principal, resource } = this.#demandsOf(entry, {});
    return new PolicyRow(entry, params, principal, resource);
  }

  /** Nothing in it yet, for policies of the skeleton of `entry`. */
  skeletonIndex(entry: CompiledPolicy): SkeletonIndex {
    const { literals, skeleton, principal, resource } = entry;
    if (bindsNothing(entry)) return new PartitionedColumns(literals.length, skeleton.leadingEquality?.param);
    return new PolicyIndex(principal.kind, resource.kind, this.#graph.indexKeys, literals.length);
  }

  /** Made once for each template and kept up to date with its links. */
  ofTemplate(template: CompiledPolicy): LinkIndex {
    let index = this.#templates.get(template);
    if (index === undefined) {
      const { principal, resource } = template;
      index = new LinkIndex(principal.kind, resource.kind, this.#graph.indexKeys, template);
      this.#templates.set(template, index);
    }
    return index;
  }

  /** Looks up each template and each entity once, however many links there are. */
  linkAll({ templates }: Pick<CompiledPolicies, 'templates'>, links: LinkSource): void {
    const known = new Map<string, Linked>();
    const linkedTo = (id: string) => {
      const template = templates.get(id)!;
      const linked = { index: this.ofTemplate(template), demands: this.#demandsOf(template, {}) };
      known.set(id, linked);
      return linked;
    };
    links.eachLink(
      (uid) => this.#graph.demanded(uid),
      (id, templateId, principal, resource) => {
        const { index, demands } = known.get(templateId) ?? linkedTo(templateId);
        index.add(id, this.#nextLink++, principal ?? demands.principal, resource ?? demands.resource);
      },
    );
  }

  link(template: CompiledPolicy, { id, slotEnv }: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, slotEnv);
    this.ofTemplate(template).add(id, this.#nextLink++, principal, resource);
  }

  unlink(template: CompiledPolicy, { id, slotEnv }: TemplateLink): void {
    const { principal, resource } = this.#demandsOf(template, slotEnv);
    this.ofTemplate(template).remove(id, principal, resource);
  }

  #demandsOf({ principal, resource }: CompiledPolicy, slots: SlotEnv): Demands {
    return {
      principal: this.#demand(principal, slots.principal),
      resource: this.#demand(resource, slots.resource),
    };
  }

  #prim(value: Prim): RuntimeValue {
    if (value instanceof EntityUid) return this.#graph.intern(value);
    return typeof value === 'string' ? flatText(value) : value;
  }

  /** The value of the slot, if there is one; `undefined` if a link will give it. */
  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    const uid = has(bound, 'uid') ? bound.uid : slot;
    return uid && this.#graph.demanded(uid);
  }
}
