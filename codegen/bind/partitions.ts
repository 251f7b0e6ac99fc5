/**
 * Partitions — the static policies of an action group that changes: small programs that recompile one by one.
 *
 *     before  any change regroups, emits and loads all policies of an action
 *     after   a policy of a known skeleton adds or removes a row; any other recompiles one block of at most 64 policies
 *
 * Blocks that are half full merge, as in a log-structured store, so a policy is compiled only a few times.
 *
 * Sound: policies are independent of one another, so the answer can be put together from any partition of them. Satisfied sets restore policy order.
 */
import type { CompiledPolicy } from '../compiled-policy.ts';
import { BLOCK_SIZE } from '../plan/limits.ts';
import type { Node } from '../runtime/graph/node.ts';
import type { ErrorLog } from '../runtime/program/error-log.ts';
import type { Loaded, SkeletonIndex } from '../runtime/program/loaded.ts';
import type { SatisfiedSet } from '../runtime/program/satisfied-set.ts';
import type { PolicyRow } from './rows.ts';

/** What makes the programs. */
export interface PartitionPrograms {
  /** Policies of one effect, written out. */
  inline(entries: readonly CompiledPolicy[]): Loaded;
  /** Policies of the skeleton of `entry`, which are rows of `index`. */
  index(entry: CompiledPolicy, index: SkeletonIndex): Loaded;
  /** An empty index for policies of the skeleton of `entry`. */
  emptyIndex(entry: CompiledPolicy): SkeletonIndex;
  row(entry: CompiledPolicy): PolicyRow;
}

type Effect = CompiledPolicy['effect'];

class CompiledBlock {
  entries: CompiledPolicy[];
  #loaded: Loaded | undefined;

  constructor(entries: CompiledPolicy[]) {
    this.entries = entries;
  }

  /** Made when it is first run, so that blocks which are merged at once cost nothing. */
  loaded({ inline }: PartitionPrograms): Loaded {
    this.#loaded ??= inline(this.entries);
    return this.#loaded;
  }

  without(entry: CompiledPolicy): void {
    this.entries = this.entries.filter((other) => other !== entry);
    this.#loaded = undefined;
  }
}

/** Policies of one skeleton: written out while they are few. */
interface SkeletonGroup {
  readonly few: Set<CompiledPolicy>;
  indexed: Indexed | undefined;
}

interface Indexed {
  readonly index: SkeletonIndex;
  readonly rows: Map<string, PolicyRow>;
  readonly loaded: Loaded;
}

/** An action group counts only for its policies. */
interface Grouped {
  readonly entries: { values(): Iterable<CompiledPolicy> };
}

export class PolicyPartition {
  readonly #maker: PartitionPrograms;
  readonly #indexFrom: number;
  /** By the keys of their skeletons; those of validated policies apart. */
  readonly #groups = new Map<string, SkeletonGroup>();
  readonly #validated = new Map<string, SkeletonGroup>();
  readonly #indexes: Readonly<Record<Effect, Loaded[]>> = { permit: [], forbid: [] };
  readonly #blocks: Readonly<Record<Effect, CompiledBlock[]>> = { permit: [], forbid: [] };

  constructor({ entries }: Grouped, maker: PartitionPrograms, indexFrom: number) {
    this.#maker = maker;
    this.#indexFrom = indexFrom;
    for (const entry of entries.values()) this.#groupOf(entry).few.add(entry);
    const inline: Record<Effect, CompiledPolicy[]> = { permit: [], forbid: [] };
    for (const group of [...this.#groups.values(), ...this.#validated.values()]) {
      if (group.few.size >= indexFrom) this.#makeIndex(group);
      else for (const entry of group.few) inline[entry.effect].push(entry);
    }
    for (const effect of ['permit', 'forbid'] as const) {
      for (let i = 0; i < inline[effect].length; i += BLOCK_SIZE)
        this.#blocks[effect].push(new CompiledBlock(inline[effect].slice(i, i + BLOCK_SIZE)));
    }
  }

  add(entry: CompiledPolicy): void {
    const group = this.#groupOf(entry);
    if (group.indexed !== undefined) {
      this.#addRow(group.indexed, entry);
      return;
    }
    group.few.add(entry);
    if (group.few.size < this.#indexFrom) {
      this.#addInline(entry);
      return;
    }
    for (const other of group.few) if (other !== entry) this.#removeInline(other);
    this.#makeIndex(group);
  }

  remove(entry: CompiledPolicy): void {
    const group = this.#groupOf(entry);
    const { id } = entry;
    const row = group.indexed?.rows.get(id);
    if (group.indexed !== undefined && row !== undefined) {
      group.indexed.rows.delete(id);
      group.indexed.index.remove(row);
      if (group.indexed.rows.size === 0) this.#dropIndex(entry, group.indexed);
      return;
    }
    group.few.delete(entry);
    this.#removeInline(entry);
    if (group.few.size === 0) this.#groupsFor(entry).delete(entry.skeleton.key);
  }

  #dropIndex(entry: CompiledPolicy, { loaded }: Indexed): void {
    const indexes = this.#indexes[entry.effect];
    indexes.splice(indexes.indexOf(loaded), 1);
    this.#groupsFor(entry).delete(entry.skeleton.key);
  }

  #groupsFor({ validated }: CompiledPolicy): Map<string, SkeletonGroup> {
    return validated ? this.#validated : this.#groups;
  }

  full(
    principal: Node,
    action: Node,
    resource: Node,
    context: Node,
    errorLog: ErrorLog,
    start: SatisfiedSet,
  ): SatisfiedSet {
    let satisfied = start;
    for (const effect of ['permit', 'forbid'] as const) {
      for (const index of this.#indexes[effect])
        satisfied = index.full(principal, action, resource, context, errorLog, satisfied);
      for (const block of this.#blocks[effect])
        satisfied = block.loaded(this.#maker).full(principal, action, resource, context, errorLog, satisfied);
    }
    return satisfied;
  }

  /** Whether a policy of this effect is satisfied. */
  any(effect: Effect, principal: Node, action: Node, resource: Node, context: Node): boolean {
    for (const index of this.#indexes[effect]) if (index.decide(principal, action, resource, context)) return true;
    for (const block of this.#blocks[effect])
      if (block.loaded(this.#maker).decide(principal, action, resource, context)) return true;
    return false;
  }

  #groupOf(entry: CompiledPolicy): SkeletonGroup {
    const groups = this.#groupsFor(entry);
    const { key } = entry.skeleton;
    let group = groups.get(key);
    if (group === undefined) {
      group = { few: new Set(), indexed: undefined };
      groups.set(key, group);
    }
    return group;
  }

  #makeIndex(group: SkeletonGroup): void {
    const [first] = group.few;
    const index = this.#maker.emptyIndex(first!);
    const loaded = this.#maker.index(first!, index);
    group.indexed = { index, rows: new Map(), loaded };
    for (const entry of group.few) this.#addRow(group.indexed, entry);
    group.few.clear();
    this.#indexes[first!.effect].push(group.indexed.loaded);
  }

  #addRow({ index, rows }: Indexed, entry: CompiledPolicy): void {
    const row = this.#maker.row(entry);
    rows.set(entry.id, row);
    index.add(row);
  }

  /** A block of its own at first; two blocks of one size merge, so a policy is compiled only a few times. */
  #addInline(entry: CompiledPolicy): void {
    const blocks = this.#blocks[entry.effect];
    let last = [entry];
    for (let before = blocks.at(-1)?.entries; before !== undefined; before = blocks.at(-1)?.entries) {
      if (before.length > last.length || before.length + last.length > BLOCK_SIZE) break;
      last = [...before, ...last];
      blocks.pop();
    }
    blocks.push(new CompiledBlock(last));
  }

  #removeInline(entry: CompiledPolicy): void {
    const blocks = this.#blocks[entry.effect];
    const index = blocks.findIndex(({ entries }) => entries.includes(entry));
    const block = blocks[index]!;
    if (block.entries.length === 1) blocks.splice(index, 1);
    else block.without(entry);
  }
}

/** One that is always run: the links of a template. */
export interface Fixed {
  readonly effect: Effect;
  readonly loaded: Loaded;
}

/** The functions of a plan that is made of partitions. */
export function joined(partitions: readonly PolicyPartition[], fixed: readonly Fixed[]): Loaded {
  const [forbids, permits] = [
    fixed.filter(({ effect }) => effect === 'forbid'),
    fixed.filter(({ effect }) => effect === 'permit'),
  ];
  return {
    full: (principal, action, resource, context, errorLog, start) => {
      let satisfied = start;
      for (const each of partitions) satisfied = each.full(principal, action, resource, context, errorLog, satisfied);
      for (const each of fixed) satisfied = each.loaded.full(principal, action, resource, context, errorLog, satisfied);
      return satisfied;
    },
    decide: (principal, action, resource, context) => {
      for (const each of partitions) if (each.any('forbid', principal, action, resource, context)) return false;
      for (const each of forbids) if (each.loaded.decide(principal, action, resource, context)) return false;
      for (const each of partitions) if (each.any('permit', principal, action, resource, context)) return true;
      for (const each of permits) if (each.loaded.decide(principal, action, resource, context)) return true;
      return false;
    },
  };
}
