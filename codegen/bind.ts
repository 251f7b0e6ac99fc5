/**
 * Bind — compiled policies together with the entities of one store: a plan for each action, made when it is first asked for.
 *
 * A plan runs the policies whose action constraint the action meets; tables find rows by principal and resource. Both sides are followed as they
 * change: links at the cost of a look-up, static policies by making the plans anew when they are next needed.
 */
import { EntityUid } from '../src/value/entity-uid.ts';
import type { Prim } from '../src/value/value.ts';
import type { CompiledPolicies, Entry, LinkEntry, TemplateEntry } from './compile.ts';
import type { Part } from './emit/program.ts';
import type { IrPolicy } from './ir/ir.ts';
import { load } from './load.ts';
import { print } from './print.ts';
import { bindingsOf } from './runtime/bindings.ts';
import { Graph, type NodeClass } from './runtime/graph.ts';
import type { Loaded } from './runtime/loaded.ts';
import { inEntity, Node } from './runtime/node.ts';
import { Outcome } from './runtime/outcome.ts';
import type { RuntimeValue } from './runtime/runtime-value.ts';
import type { Site } from './runtime/site.ts';
import type { EntityHandle, HandleStore } from './runtime/store.ts';
import { Table, type TableRow } from './runtime/table.ts';
import type { ActionBound, Bound } from './slice/bound.ts';
import { shapeOf } from './slice/shape.ts';

/** Policies of one shape become a table from so many on, if there are more policies than one function should hold. */
const TABLE_FROM = 8;
const LOOSE_AT_MOST = 64;

/** What decides the requests of one action. */
export interface Plan extends Loaded {
  readonly start: Outcome;
  /** Types of principal and resource, in turn, that were found to fit the schema of the requests without a context. */
  readonly fitting: string[];
}

class PolicyRow implements TableRow {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly order: number;
  readonly holes: readonly RuntimeValue[];
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  readonly sites: () => readonly Site[];

  constructor(
    entry: Pick<Entry, 'policy' | 'sites' | 'order'> & { readonly id: string },
    holes: readonly RuntimeValue[],
    principal: Node | undefined,
    resource: Node | undefined,
  ) {
    this.id = entry.id;
    this.effect = entry.policy.effect;
    this.order = entry.order;
    this.holes = holes;
    this.principal = principal;
    this.resource = resource;
    this.sites = entry.sites;
  }
}

interface TemplateTable {
  readonly table: Table;
  readonly rows: Map<string, PolicyRow>;
}

export class BoundProgram {
  readonly graph: Graph;
  readonly #compiled: CompiledPolicies;
  readonly #trusted: boolean;
  readonly #runtime: object;
  readonly #templates = new WeakMap<TemplateEntry, TemplateTable>();
  readonly #planned = new Set<Node>();
  readonly #fields: number;
  readonly #unlisten: () => void;

  /** `trusted` says that the entities of the store, and all requests, fit the schema that the policies were validated against. */
  constructor(compiled: CompiledPolicies, store: HandleStore, trusted = false) {
    this.#compiled = compiled;
    this.#trusted = trusted;
    this.#fields = compiled.fields.size;
    this.graph = new Graph(store, nodeClassOf(compiled));
    this.#runtime = bindingsOf(this.graph);
    this.#unlisten = store.onChange((handle: EntityHandle) => this.graph.follow(handle));
    for (const entry of compiled.statics.values()) this.admit(entry);
    for (const template of compiled.templates.values()) this.admitTemplate(template);
  }

  /** INVARIANT: an entity that some policy names is interned before the first request that may be about it is resolved. */
  admit(entry: Entry): void {
    this.replan();
    for (const uid of entry.uids) this.graph.intern(uid);
  }

  admitTemplate(template: TemplateEntry): void {
    this.admit(template);
    this.#templateTable(template);
  }

  /** Whether a policy was added that reads attributes of which the nodes know nothing. */
  get outgrown(): boolean {
    return this.#compiled.fields.size !== this.#fields;
  }

  /** Stops following the store. */
  release(): void {
    this.#unlisten();
  }

  /** The plan for requests of this action. It stays with the node until the policies or the action's ancestors change. */
  plan(action: Node): Plan {
    return (action.$plan as Plan | undefined) ?? this.#makePlan(action);
  }

  /** Forgets all plans: a policy or template came or went. */
  replan(): void {
    for (const action of this.#planned) action.$plan = undefined;
    this.#planned.clear();
  }

  /** Follows a new link. */
  link(entry: LinkEntry): void {
    const template = this.#compiled.templates.get(entry.link.templateId)!;
    const { table, rows } = this.#templates.get(template)!;
    const row = this.#linkRow(template, entry);
    rows.set(row.id, row);
    table.add(row);
  }

  unlink(templateId: string, id: string): void {
    const { table, rows } = this.#templates.get(this.#compiled.templates.get(templateId)!)!;
    const row = rows.get(id)!;
    rows.delete(id);
    table.remove(row);
  }

  #makePlan(action: Node): Plan {
    const slice = this.#compiled.options.slice !== false;
    const matches = (entry: Entry) => !slice || this.#mayMatch(entry.action, action);
    const rows: PolicyRow[] = [];
    const tables: Table[] = [];
    const parts: Part[] = [];
    const statics = [...this.#compiled.statics.values()].filter(matches);
    for (const group of slice ? this.#grouped(statics) : statics.map((entry) => [entry])) {
      const [first] = group;
      if (group.length === 1 && first !== undefined) {
        const { policy, where, validated } = first;
        parts.push({ kind: 'loose', policy, row: rows.length, where, validated });
        rows.push(new PolicyRow({ ...first, id: first.policy.id }, [], undefined, undefined));
      } else {
        const { policy, table } = this.#shapeTable(group);
        parts.push({
          kind: 'table',
          policy,
          table: tables.push(table) - 1,
          where: `and ${group.length - 1} more of its shape`,
          validated: group.every((entry) => entry.validated),
        });
      }
    }
    for (const template of this.#compiled.templates.values()) {
      if (!matches(template)) continue;
      const table = tables.push(this.#templateTable(template).table) - 1;
      const { policy, validated } = template;
      parts.push({ kind: 'table', policy, table, where: `${template.where}, by its links`, validated });
    }
    const key = parts.map((part) => `${part.kind} ${JSON.stringify(part.policy.id)} ${part.where}`).join('\n');
    const options = { testAction: !slice, trusted: this.#trusted };
    const loaded = this.#compiled.factory(key, parts, options)(this.#runtime, rows, tables);
    const plan: Plan = { full: loaded.full, decide: loaded.decide, start: Outcome.start(), fitting: [] };
    action.$plan = plan;
    // A stranger is made anew for each request: nothing is gained by remembering it.
    if (this.graph.owns(action)) this.#planned.add(action);
    return plan;
  }

  /** Spec: the action scope evaluated, which cannot err. */
  #mayMatch(bound: ActionBound, action: Node): boolean {
    if (bound.kind === 'any') return true;
    return bound.uids.some((uid) => {
      const node = this.graph.intern(uid);
      return bound.kind === 'eq' ? node === action : inEntity(action, node);
    });
  }

  /** Policies that share a shape together, if there are many; each by itself otherwise. In policy order of their first. */
  #grouped(entries: readonly Entry[]): (readonly Entry[])[] {
    if (entries.length <= LOOSE_AT_MOST) return entries.map((entry) => [entry]);
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      const { key } = shapeOf(entry.policy);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    return [...groups.values()].flatMap((group) =>
      group.length >= TABLE_FROM ? [group] : group.map((entry) => [entry]),
    );
  }

  #shapeTable(entries: readonly Entry[]): { readonly policy: IrPolicy; readonly table: Table } {
    const rows = entries.map((entry) => {
      const { literals } = shapeOf(entry.policy);
      const holes = literals.map((literal) => this.#prim(literal));
      const named = { ...entry, id: entry.policy.id };
      return new PolicyRow(named, holes, this.#demand(entry.principal), this.#demand(entry.resource));
    });
    const [first] = entries;
    const table = new Table(first!.principal.kind, first!.resource.kind, rows);
    return { policy: shapeOf(first!.policy).policy, table };
  }

  /** Made once for each template and kept up to date with its links. */
  #templateTable(template: TemplateEntry): TemplateTable {
    let known = this.#templates.get(template);
    if (known === undefined) {
      const rows = new Map<string, PolicyRow>();
      for (const entry of template.links.values()) rows.set(entry.link.id, this.#linkRow(template, entry));
      const table = new Table(template.principal.kind, template.resource.kind, rows.values());
      known = { table, rows };
      this.#templates.set(template, known);
    }
    return known;
  }

  #linkRow(template: TemplateEntry, { link, order }: LinkEntry): PolicyRow {
    const { principal, resource } = link.slotEnv;
    // Holes are numbered as lower.ts numbers slots.
    const holes = [principal, resource].map((uid) => (uid === undefined ? false : this.graph.intern(uid)));
    const [p, r] = [this.#demand(template.principal, principal), this.#demand(template.resource, resource)];
    return new PolicyRow({ policy: template.policy, sites: template.sites, id: link.id, order }, holes, p, r);
  }

  #prim(value: Prim): RuntimeValue {
    return value instanceof EntityUid ? this.graph.intern(value) : value;
  }

  #demand(bound: Bound, slot?: EntityUid): Node | undefined {
    if (bound.kind === 'any') return undefined;
    return this.graph.intern('uid' in bound ? bound.uid : slot!);
  }
}

function nodeClassOf(compiled: CompiledPolicies): NodeClass {
  const make = load<(base: typeof Node) => NodeClass['class']>(['Node'], print(compiled.fields.emitClass()));
  return { class: make(Node), fields: compiled.fields.entries() };
}
