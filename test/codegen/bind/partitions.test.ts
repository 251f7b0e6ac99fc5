/**
 * Partitions — that each policy is run once however policies come and go, and that a change rebuilds few of them.
 */
import { describe, expect, test } from 'vitest';
import { joined, type PartitionPrograms, PolicyPartition } from '../../../codegen/bind/partitions.ts';
import type { ActionGroup, CompiledPolicy } from '../../../codegen/compiled-policy.ts';
import type { PolicyIndexRow } from '../../../codegen/runtime/index/policy-index.ts';
import type { Loaded, SkeletonIndex } from '../../../codegen/runtime/program/loaded.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../../src/index.ts';
import { Random } from '../../arbitrary/random.ts';

type Effect = CompiledPolicy['effect'];

const FROM = 3;

function entryOf(id: string, effect: Effect, key = `only ${id}`, validated = false): CompiledPolicy {
  return { id, effect, validated, skeleton: { key: `${effect} ${key}` } } as unknown as CompiledPolicy;
}

/** Programs that note which policies they ran, instead of an satisfied set; those with a `!` in their id are satisfied. */
class Maker implements PartitionPrograms {
  /** How many policies each program was made of, in the order of making. */
  readonly written: number[] = [];
  ran: string[] = [];

  readonly inline = (entries: readonly CompiledPolicy[]): Loaded => {
    this.written.push(entries.length);
    expect(new Set(entries.map(({ effect }) => effect)).size).toBe(1);
    return this.#program(() => entries.map(({ id }) => id));
  };

  index(entry: CompiledPolicy, index: SkeletonIndex): Loaded {
    const rows = index as unknown as Set<PolicyIndexRow>;
    return this.#program(() => {
      for (const { effect } of rows) expect(effect).toBe(entry.effect);
      return [...rows].map(({ id }) => id);
    });
  }

  emptyIndex(): SkeletonIndex {
    const rows = new Set<PolicyIndexRow>();
    return Object.assign(rows, { remove: (row: PolicyIndexRow) => void rows.delete(row) }) as unknown as SkeletonIndex;
  }

  row({ id, effect }: CompiledPolicy): never {
    return { id, effect } as never;
  }

  #program(ids: () => readonly string[]): Loaded {
    return {
      full: (...args) => {
        this.ran.push(...ids());
        return args[5];
      },
      decide: () => {
        this.ran.push(...ids());
        return ids().some((id) => id.includes('!'));
      },
    };
  }
}

function partitionOf(maker: Maker, entries: readonly CompiledPolicy[]): PolicyPartition {
  return new PolicyPartition(
    { entries: new Map(entries.map((entry) => [entry.id, entry])) } as unknown as ActionGroup,
    maker,
    FROM,
  );
}

const NOBODY = [undefined, undefined, undefined, undefined] as unknown as Parameters<Loaded['decide']>;

/** Those that are run for a whole answer. */
function ran(maker: Maker, partitions: PolicyPartition): string[] {
  maker.ran = [];
  const start = {} as never;
  expect(partitions.full(...NOBODY, {} as never, start)).toBe(start);
  return maker.ran.sort();
}

/** Those that are asked whether any of an effect is satisfied, if none is. */
function asked(maker: Maker, partitions: PolicyPartition, effect: Effect): string[] {
  maker.ran = [];
  expect(partitions.any(effect, ...NOBODY)).toBe(false);
  return maker.ran.sort();
}

describe('partitions', () => {
  test.each([0, 1])('errorLog each policy once, whatever comes and goes (%i)', (seed) => {
    const random = new Random(seed);
    const some = (n: number) =>
      entryOf(`${n}`, random.pick(['permit', 'forbid']), random.pick(['a', 'b', `only ${n}`]), random.chance(30));
    const there = new Map(Array.from({ length: 20 }, (_, n) => [`${n}`, some(n)]));
    const maker = new Maker();
    const partitions = partitionOf(maker, [...there.values()]);
    for (let n = 20; n < 220; n++) {
      if (there.size > 0 && random.chance(n < 120 ? 30 : 70)) {
        const entry = random.pick([...there.values()]);
        there.delete(entry.id);
        partitions.remove(entry);
      } else {
        const entry = some(n);
        there.set(entry.id, entry);
        partitions.add(entry);
      }
      const entries = [...there.values()];
      expect(ran(maker, partitions)).toEqual(entries.map(({ id }) => id).sort());
      for (const effect of ['permit', 'forbid'] as const) {
        const ofEffect = entries.filter((entry) => entry.effect === effect).map(({ id }) => id);
        expect(asked(maker, partitions, effect)).toEqual(ofEffect.sort());
      }
    }
  });

  test('write out at most 64 policies in one program, and a new one in a small one', () => {
    const maker = new Maker();
    const partitions = partitionOf(
      maker,
      Array.from({ length: 130 }, (_, n) => entryOf(`${n}`, 'permit')),
    );
    ran(maker, partitions);
    expect(maker.written).toEqual([64, 64, 2]);
    const writtenFor = (change: () => void) => {
      const before = maker.written.length;
      change();
      ran(maker, partitions);
      return maker.written.slice(before);
    };
    const news = Array.from({ length: 4 }, (_, n) => entryOf(`new ${n}`, 'permit'));
    expect(news.map((entry) => writtenFor(() => partitions.add(entry)))).toEqual([[1], [4], [1], [2]]);
    expect(writtenFor(() => {})).toEqual([]);
    expect(writtenFor(() => partitions.remove(news[3]!))).toEqual([1]);
    expect(writtenFor(() => partitions.remove(news[2]!))).toEqual([]);
    expect(writtenFor(() => partitions.add(entryOf('no', 'forbid')))).toEqual([1]);
  });

  test('never write out more, however many come one by one', () => {
    const maker = new Maker();
    const partitions = partitionOf(maker, []);
    for (let n = 0; n < 140; n++) partitions.add(entryOf(`${n}`, 'permit'));
    expect(ran(maker, partitions)).toHaveLength(140);
    expect([...maker.written].sort((a, b) => a - b)).toEqual([4, 8, 64, 64]);
  });

  test('make an index of those that are alike, once they are enough', () => {
    const maker = new Maker();
    const alike = Array.from({ length: 5 }, (_, n) => entryOf(`${n}`, 'permit', 'a'));
    const partitions = partitionOf(maker, alike.slice(0, 2));
    ran(maker, partitions);
    expect(maker.written).toEqual([2]);
    for (const [i, entry] of alike.slice(2).entries()) {
      partitions.add(entry);
      expect(ran(maker, partitions)).toHaveLength(3 + i);
    }
    expect(maker.written).toEqual([2]);
    const other = new Maker();
    expect(ran(other, partitionOf(other, alike.slice(0, 3)))).toHaveLength(3);
    expect(other.written).toEqual([]);
    for (const entry of alike.slice(1)) partitions.remove(entry);
    expect(ran(maker, partitions)).toEqual(['0']);
    expect(maker.written).toEqual([2]);
    // Validated policies have programs of their own.
    partitions.add(entryOf('validated', 'permit', 'a', true));
    expect(ran(maker, partitions)).toEqual(['0', 'validated']);
    expect(maker.written).toEqual([2, 1]);
  });

  test('end with the first that is satisfied', () => {
    const maker = new Maker();
    const alike = Array.from({ length: 3 }, (_, n) => entryOf(`a${n}!`, 'permit', 'a'));
    for (const entries of [[entryOf('b!', 'permit'), entryOf('c', 'forbid')], alike]) {
      const partitions = partitionOf(maker, entries);
      expect([partitions.any('permit', ...NOBODY), partitions.any('forbid', ...NOBODY)]).toEqual([true, false]);
    }
  });
});

describe('a plan of partitions', () => {
  const decided = (
    ids: readonly [partition: string, effect: Effect][],
    fixed: readonly [id: string, effect: Effect][],
  ) => {
    const maker = new Maker();
    const partitions = ids.map(([id, effect]) => partitionOf(maker, [entryOf(id, effect)]));
    const links = fixed.map(([id, effect]) => ({ effect, loaded: maker.inline([entryOf(id, effect)]) }));
    const loaded = joined(partitions, links);
    const allowed = loaded.decide(...NOBODY);
    const decidedBy = maker.ran;
    maker.ran = [];
    const start = {} as never;
    expect(loaded.full(...NOBODY, {} as never, start)).toBe(start);
    expect(maker.ran.sort()).toEqual([...ids, ...fixed].map(([id]) => id).sort());
    return [allowed, ...decidedBy];
  };

  test.each<[string, [string, Effect][], [string, Effect][], unknown[]]>([
    ['nothing', [], [], [false]],
    ['no permit', [['a', 'permit']], [['b', 'permit']], [false, 'a', 'b']],
    ['a permit', [['a!', 'permit']], [['b', 'forbid']], [true, 'b', 'a!']],
    ['a permit by a link', [['a', 'permit']], [['b!', 'permit']], [true, 'a', 'b!']],
    [
      'a forbid',
      [
        ['a!', 'permit'],
        ['c!', 'forbid'],
      ],
      [['b!', 'permit']],
      [false, 'c!'],
    ],
    [
      'a forbid by a link',
      [['a!', 'permit']],
      [
        ['b!', 'forbid'],
        ['c', 'permit'],
      ],
      [false, 'b!'],
    ],
  ])('with %s satisfied', (_, ids, fixed, expected) => expect(decided(ids, fixed)).toEqual(expected));
});

test('an index that outlives the policy it was made for is not taken for that of another of the same id', () => {
  const { policies } = parsePolicies(`
    permit(principal, action == Action::"view", resource) when { principal.team == "a" };
    permit(principal, action == Action::"view", resource) when { principal.team == "b" };
    permit(principal, action == Action::"view", resource) when { principal.team == "c" };
    permit(principal, action == Action::"edit", resource) when { principal.level < 3 };
    permit(principal, action == Action::"edit", resource) when { principal.level < 2 };
  `);
  const [a, b, c, low, lower] = policies.map((policy) => ({ ...policy, source: undefined, span: undefined }));
  const set = PolicySet.of([
    { ...a!, id: 'reused' },
    { ...b!, id: 'b' },
    { ...c!, id: 'c' },
  ]);
  const uid = { type: 'User', id: 'a' };
  const store = EntityStore.from([{ uid, attrs: { team: 'b', level: 1 }, parents: [] }]);
  const engine = compile(set, { partitionFrom: 1, indexFrom: 2, warmUp: Number.POSITIVE_INFINITY });
  const ask = (action: string) =>
    engine.isAuthorized({ principal: uid, action: { type: 'Action', id: action }, resource: uid }, store);
  expect(ask('view').determiningPolicies).toEqual(['b']);
  set.remove('reused');
  set.add({ ...low!, id: 'reused' });
  set.add({ ...lower!, id: 'lower' });
  expect(ask('view').determiningPolicies).toEqual(['b']);
  expect(ask('edit').determiningPolicies).toEqual(['reused', 'lower']);
});
