/**
 * Segments — the static policies that demand the same of the action, when they are many: programs of a few each, that follow changes one by one.
 *
 *     before  any change: all policies of an action are grouped, emitted and loaded anew
 *     after   a policy of a known shape: a row comes or goes; another: one program of at most 64 policies is made anew, and of one mostly
 *
 * Sound: policies are independent of one another, so that the answer is put together from any partition of them; outcomes bring the determining
 * policies and the errors into policy order.
 */
import type { ActionGroup, Entry } from './entry.ts';
import type { PolicyRow } from './rows.ts';
import type { Loaded, ShapeTable } from './runtime/loaded.ts';
import type { Node } from './runtime/node.ts';
import type { Outcome } from './runtime/outcome.ts';
import type { Run } from './runtime/run.ts';

/** What makes the programs. */
export interface SegmentMaker {
  /** Policies of one effect, written out. */
  loose(entries: readonly Entry[]): Loaded;
  /** Policies of the shape of `entry`, which are rows of `table`. */
  table(entry: Entry, table: ShapeTable): Loaded;
  /** An empty table for policies of the shape of `entry`. */
  emptyTable(entry: Entry): ShapeTable;
  row(entry: Entry): PolicyRow;
}

type Effect = Entry['effect'];

/** Policies that are written out in one program. */
const CHUNK = 64;

class Chunk {
  entries: Entry[];
  #loaded: Loaded | undefined;

  constructor(entries: Entry[]) {
    this.entries = entries;
  }

  /** Made when it is first run, so that chunks which are merged at once cost nothing. */
  loaded({ loose }: SegmentMaker): Loaded {
    this.#loaded ??= loose(this.entries);
    return this.#loaded;
  }

  without(entry: Entry): void {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#loaded = undefined;
  }
}

/** Policies of one shape: written out while they are few. */
interface Group {
  readonly few: Set<Entry>;
  tabled: Tabled | undefined;
}

interface Tabled {
  readonly table: ShapeTable;
  readonly rows: Map<string, PolicyRow>;
  readonly loaded: Loaded;
  /** One of its policies, or a former one. */
  readonly first: Entry;
}

export class Segments {
  readonly #maker: SegmentMaker;
  readonly #tableFrom: number;
  /** By the keys of their shapes; those of validated policies apart. */
  readonly #groups = new Map<string, Group>();
  readonly #validated = new Map<string, Group>();
  readonly #tables: Readonly<Record<Effect, Loaded[]>> = { permit: [], forbid: [] };
  readonly #chunks: Readonly<Record<Effect, Chunk[]>> = { permit: [], forbid: [] };

  constructor({ entries }: Pick<ActionGroup, 'entries'>, maker: SegmentMaker, tableFrom: number) {
    this.#maker = maker;
    this.#tableFrom = tableFrom;
    for (const entry of entries.values()) this.#groupOf(entry).few.add(entry);
    const loose: Record<Effect, Entry[]> = { permit: [], forbid: [] };
    for (const group of [...this.#groups.values(), ...this.#validated.values()]) {
      if (group.few.size >= tableFrom) this.#makeTable(group);
      else for (const entry of group.few) loose[entry.effect].push(entry);
    }
    for (const effect of ['permit', 'forbid'] as const) {
      for (let i = 0; i < loose[effect].length; i += CHUNK)
        this.#chunks[effect].push(new Chunk(loose[effect].slice(i, i + CHUNK)));
    }
  }

  /** The tables, if no policy is written out. */
  get onlyTables(): readonly Tabled[] | undefined {
    if (this.#chunks.permit.length + this.#chunks.forbid.length > 0) return undefined;
    return [...this.#groups.values(), ...this.#validated.values()].flatMap(({ tabled }) => tabled ?? []);
  }

  add(entry: Entry): void {
    const group = this.#groupOf(entry);
    if (group.tabled !== undefined) {
      this.#addRow(group.tabled, entry);
      return;
    }
    group.few.add(entry);
    if (group.few.size < this.#tableFrom) {
      this.#addLoose(entry);
      return;
    }
    for (const other of group.few) if (other !== entry) this.#removeLoose(other);
    this.#makeTable(group);
  }

  remove(entry: Entry): void {
    const group = this.#groupOf(entry);
    const { id } = entry;
    const row = group.tabled?.rows.get(id);
    if (group.tabled !== undefined && row !== undefined) {
      group.tabled.rows.delete(id);
      group.tabled.table.remove(row);
      if (group.tabled.rows.size === 0) this.#dropTable(entry, group.tabled);
      return;
    }
    group.few.delete(entry);
    this.#removeLoose(entry);
    if (group.few.size === 0) this.#groupsFor(entry).delete(entry.shape.key);
  }

  #dropTable(entry: Entry, { loaded }: Tabled): void {
    const tables = this.#tables[entry.effect];
    tables.splice(tables.indexOf(loaded), 1);
    this.#groupsFor(entry).delete(entry.shape.key);
  }

  #groupsFor({ validated }: Entry): Map<string, Group> {
    return validated ? this.#validated : this.#groups;
  }

  full(principal: Node, action: Node, resource: Node, context: Node, run: Run, start: Outcome): Outcome {
    let satisfied = start;
    for (const effect of ['permit', 'forbid'] as const) {
      for (const table of this.#tables[effect])
        satisfied = table.full(principal, action, resource, context, run, satisfied);
      for (const chunk of this.#chunks[effect])
        satisfied = chunk.loaded(this.#maker).full(principal, action, resource, context, run, satisfied);
    }
    return satisfied;
  }

  /** Whether a policy of this effect is satisfied. */
  any(effect: Effect, principal: Node, action: Node, resource: Node, context: Node): boolean {
    for (const table of this.#tables[effect]) if (table.decide(principal, action, resource, context)) return true;
    for (const chunk of this.#chunks[effect])
      if (chunk.loaded(this.#maker).decide(principal, action, resource, context)) return true;
    return false;
  }

  #groupOf(entry: Entry): Group {
    const groups = this.#groupsFor(entry);
    const { key } = entry.shape;
    let group = groups.get(key);
    if (group === undefined) {
      group = { few: new Set(), tabled: undefined };
      groups.set(key, group);
    }
    return group;
  }

  #makeTable(group: Group): void {
    const [first] = group.few;
    const table = this.#maker.emptyTable(first!);
    const loaded = this.#maker.table(first!, table);
    group.tabled = { table, rows: new Map(), loaded, first: first! };
    for (const entry of group.few) this.#addRow(group.tabled, entry);
    group.few.clear();
    this.#tables[first!.effect].push(group.tabled.loaded);
  }

  #addRow({ table, rows }: Tabled, entry: Entry): void {
    const row = this.#maker.row(entry);
    rows.set(entry.id, row);
    table.add(row);
  }

  /** A chunk of its own at first; two of a size become one, so that a policy is written out anew only a few times. */
  #addLoose(entry: Entry): void {
    const chunks = this.#chunks[entry.effect];
    let last = [entry];
    for (let before = chunks.at(-1)?.entries; before !== undefined; before = chunks.at(-1)?.entries) {
      if (before.length > last.length || before.length + last.length > CHUNK) break;
      last = [...before, ...last];
      chunks.pop();
    }
    chunks.push(new Chunk(last));
  }

  #removeLoose(entry: Entry): void {
    const chunks = this.#chunks[entry.effect];
    const place = chunks.findIndex(({ entries }) => entries.includes(entry));
    const chunk = chunks[place]!;
    if (chunk.entries.length === 1) chunks.splice(place, 1);
    else chunk.without(entry);
  }
}

/** One that is always run: the links of a template. */
export interface Fixed {
  readonly effect: Effect;
  readonly loaded: Loaded;
}

/** The functions of a plan that is made of segments. */
export function joined(segments: readonly Segments[], fixed: readonly Fixed[]): Loaded {
  const [forbids, permits] = [
    fixed.filter(({ effect }) => effect === 'forbid'),
    fixed.filter(({ effect }) => effect === 'permit'),
  ];
  return {
    full: (principal, action, resource, context, run, start) => {
      let satisfied = start;
      for (const each of segments) satisfied = each.full(principal, action, resource, context, run, satisfied);
      for (const each of fixed) satisfied = each.loaded.full(principal, action, resource, context, run, satisfied);
      return satisfied;
    },
    decide: (principal, action, resource, context) => {
      for (const each of segments) if (each.any('forbid', principal, action, resource, context)) return false;
      for (const each of forbids) if (each.loaded.decide(principal, action, resource, context)) return false;
      for (const each of segments) if (each.any('permit', principal, action, resource, context)) return true;
      for (const each of permits) if (each.loaded.decide(principal, action, resource, context)) return true;
      return false;
    },
  };
}
