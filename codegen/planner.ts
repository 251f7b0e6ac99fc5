/**
 * Planner — which policies run for an action, and how: one program, or partitions of it that follow changes one by one (segments.ts).
 *
 *     before  a plan for each action
 *     after   a plan for each set of action groups: actions that meet the same constraints share it, however many they are
 *
 * Technique: plans are valid for a version. Each group has a version that changes with its policies; a plan knows the sum of those of its groups,
 * which only grow, so that it is the same only while all of them are.
 *
 * Long because it holds all forms that a plan can have.
 */
import type { EntityUid } from '../src/value/entity-uid.ts';
import type { CompiledPolicies } from './compile.ts';
import type { Part } from './emit/program.ts';
import type { Mode, ProgramOptions } from './emit/program-options.ts';
import type { RequestTypes } from './emit/request-types.ts';
import type { ActionGroup, Entry, StaticEntry } from './entry.ts';
import { halves } from './halves.ts';
import type { AttributeKinds } from './ir/kind.ts';
import { linksPart, loosePart, shapePart } from './part.ts';
import type { Plan } from './plan.ts';
import type { PolicyRow, Rows } from './rows.ts';
import type { AnyTable, Loaded } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';
import { Outcome } from './runtime/outcome.ts';
import { type Fixed, joined, type SegmentMaker, Segments } from './segments.ts';

/** Policies of one shape become a table from so many on, if there are more policies than one function should hold; unless options say otherwise. */
const TABLE_FROM = 8;
const LOOSE_AT_MOST = 64;

/**
 * An action of so many policies has its plan in segments, unless options say otherwise; of fewer, if they come and go. One program is faster to run,
 * segments are faster to change.
 */
const SEGMENT_FROM = 512;

/** Where there are so many plans, each new one is made of functions that all policies of a shape share, so that it costs no code. */
const MANY_PLANS = 512;
const SWEEP_FROM = 64;

export interface PlanOptions {
  /** The entities of the store, and all requests, fit the schema that the policies were validated against, of whose attributes this tells. */
  readonly trusted?: AttributeKinds | undefined;
  /** Requests must fit a schema, which this tells of. Default: they need not. */
  readonly requestTypes?: ((action: EntityUid) => RequestTypes) | undefined;
}

type Made = Pick<Plan, 'made' | 'loaded'>;

/** Grows with every change of one of the groups. */
function versionOf(groups: readonly ActionGroup[]): number {
  return groups.reduce((sum, group) => sum + group.version, 0);
}

export class Planner {
  readonly #compiled: CompiledPolicies;
  readonly #rows: Rows;
  readonly #runtime: object;
  readonly #options: PlanOptions;
  readonly #plans = new Map<string, Plan>();
  #sweepAt = SWEEP_FROM;
  /** Those of groups that are part of a plan in segments. */
  readonly #segments = new WeakMap<ActionGroup, Segments>();
  /** Groups that have changed since they were first planned, and may change again. */
  readonly #volatile = new WeakSet<ActionGroup>();

  constructor(compiled: CompiledPolicies, rows: Rows, runtime: object, options: PlanOptions) {
    this.#compiled = compiled;
    this.#rows = rows;
    this.#runtime = runtime;
    this.#options = options;
  }

  get programOptions(): ProgramOptions {
    return { testAction: this.#compiled.options.slice === false, trusted: this.#options.trusted };
  }

  /** The plan of the groups whose constraint the action meets. Spec: the action scope evaluated, which cannot err. */
  planFor(action: Node): Plan {
    const groups = this.#groupsOf(action);
    const types = this.#options.requestTypes?.(action.$uid!);
    const key = `${groups.map(({ number }) => number).join()} ${types === undefined ? '' : JSON.stringify(types)}`;
    const version = versionOf(groups);
    const known = this.#plans.get(key);
    if (known !== undefined && known.version === version) return known;
    const made = this.#make(groups);
    const plan: Plan = { number: 0, ...made, start: Outcome.start(), types, groups, version, numbering: -1 };
    if (this.#plans.size >= this.#sweepAt) this.#sweep();
    this.#plans.set(key, plan);
    return plan;
  }

  /** Forgets the plans of former versions, each time when there are twice as many as were left the last time. */
  #sweep(): void {
    for (const [key, { groups, version }] of [...this.#plans])
      if (versionOf(groups) !== version) this.#plans.delete(key);
    this.#sweepAt = 2 * this.#plans.size + SWEEP_FROM;
  }

  /** The plans that have this numbering. */
  *plansOf(numbering: number): IterableIterator<Plan> {
    for (const plan of this.#plans.values()) if (plan.numbering === numbering) yield plan;
  }

  add(entry: StaticEntry): void {
    this.#segments.get(entry.group)?.add(entry);
    this.#noteChange(entry.group);
  }

  remove(entry: StaticEntry): void {
    this.#segments.get(entry.group)?.remove(entry);
    this.#noteChange(entry.group);
  }

  #noteChange(group: ActionGroup): void {
    if (group.entries.size >= LOOSE_AT_MOST) this.#volatile.add(group);
  }

  #groupsOf(action: Node): readonly ActionGroup[] {
    if (this.#compiled.options.slice === false) return this.#compiled.groups;
    return this.#compiled.matching(
      action.$uid!,
      action.$ancestors.list.map(({ $uid }) => $uid!),
    );
  }

  #make(groups: readonly ActionGroup[]): Made {
    const { options } = this.#compiled;
    const slice = options.slice !== false;
    const templates = groups.flatMap((group) => [...group.templates.values()]).sort((a, b) => a.order - b.order);
    const size = groups.reduce((sum, { entries }) => sum + entries.size, 0);
    const isVolatile = groups.some((group) => this.#volatile.has(group));
    const from = options.segmentFrom ?? (isVolatile ? LOOSE_AT_MOST : SEGMENT_FROM);
    const inSegments = slice && (size >= from || this.#plans.size >= MANY_PLANS);
    return inSegments ? this.#segmented(groups, templates) : this.#whole(groups, templates, slice);
  }

  /** One program. */
  #whole(groups: readonly ActionGroup[], templates: readonly Entry[], slice: boolean): Made {
    const rows: PolicyRow[] = [];
    const tables: AnyTable[] = [];
    const parts: Part[] = [];
    const statics = groups.flatMap(({ entries }) => [...entries.values()]).sort((a, b) => a.order - b.order);
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
    return { made: { parts, rows, tables }, loaded: this.#load(parts, rows, tables) };
  }

  #segmented(groups: readonly ActionGroup[], templates: readonly Entry[]): Made {
    const segments = groups.map((group) => {
      let known = this.#segments.get(group);
      if (known === undefined) {
        known = new Segments(group, this.#segmentMaker, this.#tableFrom);
        this.#segments.set(group, known);
      }
      return known;
    });
    return this.#fewTables(groups, segments, templates) ?? this.#many(segments, templates);
  }

  get #tableFrom(): number {
    return this.#compiled.options.tableFrom ?? (this.#plans.size >= MANY_PLANS ? 1 : TABLE_FROM);
  }

  /** One program of tables alone, as long as nothing changes and there are not many plans. */
  #fewTables(
    groups: readonly ActionGroup[],
    segments: readonly Segments[],
    templates: readonly Entry[],
  ): Made | undefined {
    if (this.#plans.size >= MANY_PLANS || groups.some((group) => this.#volatile.has(group))) return undefined;
    const found = segments.map(({ onlyTables }) => onlyTables);
    const all = found.flatMap((tables) => tables ?? []);
    if (found.includes(undefined) || all.length + templates.length > LOOSE_AT_MOST) return undefined;
    const tables = [...all.map(({ table }) => table), ...templates.map((template) => this.#rows.ofTemplate(template))];
    const parts = [
      ...all.map(({ first }, i) => shapePart(first, i)),
      ...templates.map((template, i) => linksPart(template, all.length + i)),
    ];
    return { made: { parts, rows: [], tables }, loaded: this.#load(parts, [], tables) };
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
      this.#compiled.factory(parts, { ...this.programOptions, only })(this.#runtime, rows, tables),
    );
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
