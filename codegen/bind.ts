/**
 * Bind — compiled policies together with the entities of one store: a plan for each action, made when it is first asked for.
 *
 * A plan runs the policies whose action constraint the action meets; tables find rows by principal and resource. A front joins the plans of the
 * actions that are asked for into one function (emit/program.ts says why). Both sides are followed as they change: links at the cost of a look-up,
 * static policies by making the plans they matter to anew when those are next needed, or a segment of them where they are many (segments.ts).
 * Long because it is the one place where policies, plans and nodes meet.
 */
import type { TemplateLink } from '../src/syntax/policy.ts';
import type { EntityUid } from '../src/value/entity-uid.ts';
import type { Response } from '../src/value/response.ts';
import type { CompiledPolicies } from './compile.ts';
import type { Part } from './emit/program.ts';
import type { Mode, ProgramOptions } from './emit/program-options.ts';
import type { RequestTypes } from './emit/request-types.ts';
import type { Bucket, Entry, StaticEntry } from './entry.ts';
import { FRONT_AT_MOST, FrontCases } from './front.ts';
import { halves } from './halves.ts';
import type { AttributeKinds } from './ir/kind.ts';
import { load } from './load.ts';
import { linksPart, loosePart, shapePart } from './part.ts';
import type { Plan } from './plan.ts';
import { print } from './print.ts';
import { type PolicyRow, Rows } from './rows.ts';
import { bindingsOf } from './runtime/bindings.ts';
import { Graph, type NodeClass } from './runtime/graph.ts';
import type { AnyTable, Decider, Front, Loaded } from './runtime/loaded.ts';
import { NO_PLAN, Node } from './runtime/node.ts';
import { Outcome } from './runtime/outcome.ts';
import { Run } from './runtime/run.ts';
import type { HandleStore } from './runtime/store.ts';
import { type Fixed, joined, type SegmentMaker, Segments } from './segments.ts';
import type { ActionBound } from './slice/bound.ts';

/** Policies of one shape become a table from so many on, if there are more policies than one function should hold; unless options say otherwise. */
const TABLE_FROM = 8;
const LOOSE_AT_MOST = 64;

/**
 * An action of so many policies has its plan in segments, unless options say otherwise; of fewer, if they come and go. One program is faster to run,
 * segments are faster to change.
 */
const SEGMENT_FROM = 512;

export interface BindOptions<Request> {
  /** The entities of the store, and all requests, fit the schema that the policies were validated against, of whose attributes this tells. */
  readonly trusted?: AttributeKinds | undefined;
  /** Requests must fit a schema, which this tells of: `general` sees to it. Default: they need not. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
  /** The way of requests of every form: to nodes, and then to `decide` or `full`. */
  readonly general: (program: BoundProgram<Request>) => Decider<Request>;
  /** The projection of the store. Default: a node for every entity of it. */
  readonly graph?: ((store: HandleStore, nodeClass: NodeClass) => Graph) | undefined;
  /** Called when there is another front than before. */
  readonly onFront: () => void;
}

export class BoundProgram<Request> {
  readonly graph: Graph;
  readonly general: Decider<Request>;
  /** The fastest way of requests; made when enough is known of the actions that are asked for. */
  front: Front<Request> | undefined = undefined;
  readonly #compiled: CompiledPolicies;
  readonly #options: BindOptions<Request>;
  readonly #run = new Run();
  /** Decides by way of the plans, which are made as they are needed. */
  readonly #plans: Loaded;
  #start = Outcome.start();
  readonly #runtime: object;
  readonly #rows: Rows;
  readonly #planned = new Set<Node>();
  /** Those of buckets that are part of a plan in segments. */
  readonly #segments = new WeakMap<Bucket, Segments>();
  /** Buckets that have changed since they were first planned, and may change again. */
  readonly #restless = new WeakSet<Bucket>();
  readonly #fields: number;
  readonly #intern = (uid: EntityUid, inCondition: boolean): void => {
    this.graph.intern(uid);
    if (inCondition) this.graph.expect(uid);
  };
  readonly #cases: FrontCases;

  constructor(compiled: CompiledPolicies, store: HandleStore, options: BindOptions<Request>) {
    this.#compiled = compiled;
    this.#options = options;
    this.general = options.general(this);
    this.#cases = new FrontCases(compiled.options.warmUp);
    this.#plans = {
      full: (principal, action, resource, context, run) => {
        const plan = this.#missed(action);
        return plan.loaded.full(principal, action, resource, context, run, plan.start);
      },
      decide: (principal, action, resource, context) =>
        this.#missed(action).loaded.decide(principal, action, resource, context),
    };
    this.#fields = compiled.fields.size;
    const nodeClass = nodeClassOf(compiled);
    this.graph = options.graph?.(store, nodeClass) ?? new Graph(store, nodeClass);
    this.#runtime = bindingsOf(this.graph);
    this.#rows = new Rows(this.graph);
    for (const entry of compiled.statics.values()) this.#internNamed(entry);
    for (const template of compiled.templates.values()) this.#internNamed(template);
    this.#rows.linkAll(compiled);
  }

  /** Follows a new static policy. */
  admit(entry: StaticEntry): void {
    this.#internNamed(entry);
    this.#bucketChanged(entry, (segments) => segments.add(entry));
  }

  /** Follows the removal of a static policy. */
  dismiss(entry: StaticEntry): void {
    this.#bucketChanged(entry, (segments) => segments.remove(entry));
  }

  admitTemplate(template: Entry): void {
    this.#internNamed(template);
    this.replan();
  }

  /** INVARIANT: an entity that some policy names is interned before the first request that may be about it is resolved. */
  #internNamed(entry: Entry): void {
    entry.named(this.#intern);
  }

  isAuthorized(principal: Node, action: Node, resource: Node, context: Node): Response {
    const run = this.#run;
    return run.finish(
      this.front?.full(principal, action, resource, context, run, this.#start) ??
        this.#plans.full(principal, action, resource, context, run, this.#start),
    );
  }

  /** Two calls, not one of either function: V8 inlines, or calls without detour, what a call has met nothing else than. */
  isAllowed(principal: Node, action: Node, resource: Node, context: Node): boolean {
    return (
      this.front?.decide(principal, action, resource, context) ??
      this.#plans.decide(principal, action, resource, context)
    );
  }

  /** Whether a policy was added that reads attributes of which the nodes know nothing. */
  get outgrown(): boolean {
    return this.#compiled.fields.size !== this.#fields;
  }

  /** Stops following the store. */
  release(): void {
    this.graph.release();
  }

  /** The plan for requests of this action. It stays with the node until the policies or the action's ancestors change. */
  plan(action: Node): Plan {
    return action.$plan === NO_PLAN ? this.#makePlan(action) : (action.$plan as Plan);
  }

  /** Forgets all plans: a template came or went. */
  replan(): void {
    for (const action of this.#planned) action.$plan = NO_PLAN;
    this.#planned.clear();
    this.#dropFront();
  }

  /** Forgets the plans that are not made of segments, or have another list of them now. */
  #bucketChanged(entry: StaticEntry, follow: (segments: Segments) => void): void {
    const bucket = this.#compiled.bucketOf(entry);
    const segments = bucket && this.#segments.get(bucket);
    if (segments !== undefined) follow(segments);
    if (bucket !== undefined && bucket.entries.size >= LOOSE_AT_MOST) this.#restless.add(bucket);
    for (const action of this.#planned) {
      const plan = action.$plan as Plan;
      if (plan !== NO_PLAN) {
        if (this.#compiled.options.slice !== false && !this.#mayMatch(entry.action, action, plan.below)) continue;
        if (segments !== undefined && plan.made === undefined) {
          plan.start = Outcome.start();
          continue;
        }
      }
      action.$plan = NO_PLAN;
      this.#planned.delete(action);
      this.#dropFront();
    }
  }

  /** Follows a new link. */
  link(link: TemplateLink): void {
    this.#rows.link(this.#compiled.templates.get(link.templateId)!, link);
  }

  unlink(link: TemplateLink): void {
    this.#rows.unlink(this.#compiled.templates.get(link.templateId)!, link);
  }

  #makePlan(action: Node): Plan {
    const { buckets, templates, options } = this.#compiled;
    const slice = options.slice !== false;
    const matches = (each: { readonly action: ActionBound }) => !slice || this.#mayMatch(each.action, action);
    const [statics, links] = [[...buckets.values()].filter(matches), [...templates.values()].filter(matches)];
    const size = statics.reduce((sum, { entries }) => sum + entries.size, 0);
    const from = statics.some((bucket) => this.#restless.has(bucket)) ? LOOSE_AT_MOST : SEGMENT_FROM;
    const inSegments = slice && size >= (options.segmentFrom ?? from);
    const { made, loaded } = inSegments ? this.#segmented(statics, links) : this.#whole(statics, links, slice);
    const types = this.#options.requestTypes?.(action.$uid!);
    const below = this.graph.kept(action.$ancestors.list);
    const plan: Plan = { number: NO_PLAN.number, made, loaded, start: Outcome.start(), types, below };
    action.$plan = plan;
    // A stranger is made anew for each request: nothing is gained by remembering it.
    if (this.graph.owns(action)) {
      this.#planned.add(action);
      this.#cases.add(plan);
    }
    return plan;
  }

  /** One program. */
  #whole(buckets: readonly Bucket[], templates: readonly Entry[], slice: boolean): Made {
    const rows: PolicyRow[] = [];
    const tables: AnyTable[] = [];
    const parts: Part[] = [];
    const statics = buckets.flatMap(({ entries }) => [...entries.values()]).sort((a, b) => a.order - b.order);
    const { loose, alike } = slice ? this.#grouped(statics) : { loose: statics, alike: [] };
    for (const entry of loose) {
      parts.push(loosePart(entry, rows.length));
      rows.push(this.#rows.looseRow(entry));
    }
    for (const group of alike) {
      const table = this.#rows.shapeTable(group[0]!);
      for (const entry of group) table.add(this.#rows.shapeRow(entry));
      const validated = group.every((entry) => entry.validated);
      parts.push({ ...shapePart(group[0]!, tables.push(table) - 1), validated });
    }
    for (const template of templates) parts.push(linksPart(template, tables.push(this.#rows.ofTemplate(template)) - 1));
    const ids = [...statics, ...templates].map(({ id }) => id);
    return { made: { ids, parts, rows, tables }, loaded: this.#load(parts, rows, tables) };
  }

  #segmented(buckets: readonly Bucket[], templates: readonly Entry[]): Made {
    const segments = buckets.map((bucket) => {
      let known = this.#segments.get(bucket);
      if (known === undefined) {
        known = new Segments(bucket, this.#segmentMaker, this.#compiled.options.tableFrom ?? TABLE_FROM);
        this.#segments.set(bucket, known);
      }
      return known;
    });
    return this.#fewTables(buckets, segments, templates) ?? this.#many(segments, templates);
  }

  /** One program of tables alone, as long as nothing changes. */
  #fewTables(buckets: readonly Bucket[], segments: readonly Segments[], templates: readonly Entry[]): Made | undefined {
    if (buckets.some((bucket) => this.#restless.has(bucket))) return undefined;
    const found = segments.map(({ onlyTables }) => onlyTables);
    const all = found.flatMap((tables) => tables ?? []);
    if (found.includes(undefined) || all.length + templates.length > LOOSE_AT_MOST) return undefined;
    const tables = [...all.map(({ table }) => table), ...templates.map((template) => this.#rows.ofTemplate(template))];
    const parts = [
      ...all.map(({ first }, i) => shapePart(first, i)),
      ...templates.map((template, i) => linksPart(template, all.length + i)),
    ];
    const ids = [...all.map(({ number }) => number), ...templates.map(({ id }) => id)];
    return { made: { ids, parts, rows: [], tables }, loaded: this.#load(parts, [], tables) };
  }

  #many(segments: readonly Segments[], templates: readonly Entry[]): Made {
    const fixed = templates.map((template): Fixed => {
      const table = this.#rows.ofTemplate(template);
      const loaded = this.#segment(`links of ${template.order}`, linksPart(template, 0), table);
      return { effect: template.effect, loaded };
    });
    return { made: undefined, loaded: joined(segments, fixed) };
  }

  readonly #segmentMaker: SegmentMaker = {
    loose: (entries) => {
      const parts = entries.map(loosePart);
      const rows = entries.map((entry) => this.#rows.looseRow(entry));
      return halves((only) => this.#compiled.load(parts, this.#segmentOptions(only))(this.#runtime, rows, []));
    },
    table: (entry, table) => this.#segment(entry.shape.key, shapePart(entry, 0), table),
    emptyTable: (entry) => this.#rows.shapeTable(entry),
    row: (entry) => this.#rows.shapeRow(entry),
  };

  #load(parts: readonly Part[], rows: readonly PolicyRow[], tables: readonly AnyTable[]): Loaded {
    return halves((only) =>
      this.#compiled.factory(parts, { ...this.#programOptions, only })(this.#runtime, rows, tables),
    );
  }

  get #programOptions(): ProgramOptions {
    return { testAction: this.#compiled.options.slice === false, trusted: this.#options.trusted };
  }

  /** The program of policies that are rows of one table. */
  #segment(key: string, part: Part, table: AnyTable): Loaded {
    return halves((only) =>
      this.#compiled.segmentFactory(key, part, this.#segmentOptions(only))(this.#runtime, [], [table]),
    );
  }

  #segmentOptions(only: Mode): ProgramOptions {
    return { testAction: false, trusted: this.#options.trusted, segment: true, only };
  }

  /** What was made of other policies is not met any more. */
  #dropFront(): void {
    this.#cases.clear();
    this.front = undefined;
  }

  /** The plan of an action for which the front has no case. */
  #missed(action: Node): Plan {
    const plan = this.plan(action);
    if (this.#cases.missed()) this.#makeFront();
    return plan;
  }

  #namedActions(): readonly Node[] {
    const { statics, templates } = this.#compiled;
    if (statics.size + templates.size > FRONT_AT_MOST) return [];
    return [...statics.values(), ...templates.values()].flatMap(({ action }) =>
      action.kind === 'any' ? [] : action.uids.map((uid) => this.graph.intern(uid)),
    );
  }

  /** A case for each action that was asked for so far, as long as there is room. */
  #makeFront(): void {
    // Actions that policies name are likely to be asked for, so that the front is made once in most cases.
    for (const action of this.#namedActions()) this.plan(action);
    const { cases, rows, tables } = this.#cases.join(this.#planned, (action) => this.plan(action));
    if (cases.length === 0) return;
    this.#start = Outcome.start();
    const { graph, general } = this;
    const { named, emptyContext } = graph;
    const make = this.#compiled.frontFactory(cases, this.#programOptions);
    const [plans, run, start] = [this.#plans, this.#run, this.#start];
    this.front = make(this.#runtime, rows, tables, graph, named, emptyContext, plans, general, run, start);
    this.#options.onFront();
  }

  /** Spec: the action scope evaluated, which cannot err. `below` are the ancestors of the action. */
  #mayMatch(bound: ActionBound, action: Node, below: Iterable<Node> = action.$ancestors.list): boolean {
    if (bound.kind === 'any') return true;
    const named = bound.uids.map((uid) => this.graph.intern(uid));
    if (named.includes(action)) return true;
    return bound.kind === 'in' && [...below].some((ancestor) => named.includes(ancestor));
  }

  /** Policies that stand for themselves, and those that share a shape, if there are many. In policy order, groups by their first. */
  #grouped(entries: readonly Entry[]): { readonly loose: readonly Entry[]; readonly alike: readonly Entry[][] } {
    const { tableFrom = entries.length > LOOSE_AT_MOST ? TABLE_FROM : undefined } = this.#compiled.options;
    if (tableFrom === undefined) return { loose: entries, alike: [] };
    const groups = new Map<string, Entry[]>();
    for (const entry of entries) {
      const { key } = entry.shape;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
    const all = [...groups.values()];
    return {
      loose: all.filter(({ length }) => length < tableFrom).flat(),
      alike: all.filter(({ length }) => length >= tableFrom),
    };
  }
}

type Made = Pick<Plan, 'made' | 'loaded'>;

function nodeClassOf(compiled: CompiledPolicies): NodeClass {
  const make = load<(base: typeof Node) => NodeClass['class']>(['Node'], print(compiled.fields.emitClass()));
  return { class: make(Node), fields: compiled.fields.entries() };
}
