/**
 * Segments — that each policy is run once however policies come and go, and that a change makes few of them anew.
 */
import { describe, expect, test } from 'vitest';
import type { ActionGroup, Entry } from '../../codegen/entry.ts';
import type { Loaded, ShapeTable } from '../../codegen/runtime/loaded.ts';
import type { PolicyTableRow } from '../../codegen/runtime/policy-table.ts';
import { joined, type SegmentMaker, Segments } from '../../codegen/segments.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../src/index.ts';
import { Random } from '../arbitrary/random.ts';

type Effect = Entry['effect'];

const FROM = 3;

function entryOf(id: string, effect: Effect, key = `only ${id}`, validated = false): Entry {
  return { id, effect, validated, shape: { key: `${effect} ${key}` } } as unknown as Entry;
}

/** Programs that note which policies they ran, instead of an outcome; those with a `!` in their id are satisfied. */
class Maker implements SegmentMaker {
  /** How many policies each program was made of, in the order of making. */
  readonly written: number[] = [];
  ran: string[] = [];

  readonly loose = (entries: readonly Entry[]): Loaded => {
    this.written.push(entries.length);
    expect(new Set(entries.map(({ effect }) => effect)).size).toBe(1);
    return this.#program(() => entries.map(({ id }) => id));
  };

  table(entry: Entry, table: ShapeTable): Loaded {
    const rows = table as unknown as Set<PolicyTableRow>;
    return this.#program(() => {
      for (const { effect } of rows) expect(effect).toBe(entry.effect);
      return [...rows].map(({ id }) => id);
    });
  }

  emptyTable(): ShapeTable {
    const rows = new Set<PolicyTableRow>();
    return Object.assign(rows, { remove: (row: PolicyTableRow) => void rows.delete(row) }) as unknown as ShapeTable;
  }

  row({ id, effect }: Entry): never {
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

function segmentsOf(maker: Maker, entries: readonly Entry[]): Segments {
  return new Segments(
    { entries: new Map(entries.map((entry) => [entry.id, entry])) } as unknown as ActionGroup,
    maker,
    FROM,
  );
}

const NOBODY = [undefined, undefined, undefined, undefined] as unknown as Parameters<Loaded['decide']>;

/** Those that are run for a whole answer. */
function ran(maker: Maker, segments: Segments): string[] {
  maker.ran = [];
  const start = {} as never;
  expect(segments.full(...NOBODY, {} as never, start)).toBe(start);
  return maker.ran.sort();
}

/** Those that are asked whether any of an effect is satisfied, if none is. */
function asked(maker: Maker, segments: Segments, effect: Effect): string[] {
  maker.ran = [];
  expect(segments.any(effect, ...NOBODY)).toBe(false);
  return maker.ran.sort();
}

describe('segments', () => {
  test.each([0, 1])('run each policy once, whatever comes and goes (%i)', (seed) => {
    const random = new Random(seed);
    const some = (n: number) =>
      entryOf(`${n}`, random.pick(['permit', 'forbid']), random.pick(['a', 'b', `only ${n}`]), random.chance(30));
    const there = new Map(Array.from({ length: 20 }, (_, n) => [`${n}`, some(n)]));
    const maker = new Maker();
    const segments = segmentsOf(maker, [...there.values()]);
    for (let n = 20; n < 220; n++) {
      if (there.size > 0 && random.chance(n < 120 ? 30 : 70)) {
        const entry = random.pick([...there.values()]);
        there.delete(entry.id);
        segments.remove(entry);
      } else {
        const entry = some(n);
        there.set(entry.id, entry);
        segments.add(entry);
      }
      const entries = [...there.values()];
      expect(ran(maker, segments)).toEqual(entries.map(({ id }) => id).sort());
      for (const effect of ['permit', 'forbid'] as const) {
        const ofEffect = entries.filter((entry) => entry.effect === effect).map(({ id }) => id);
        expect(asked(maker, segments, effect)).toEqual(ofEffect.sort());
      }
    }
  });

  test('write out at most 64 policies in one program, and a new one in a small one', () => {
    const maker = new Maker();
    const segments = segmentsOf(
      maker,
      Array.from({ length: 130 }, (_, n) => entryOf(`${n}`, 'permit')),
    );
    ran(maker, segments);
    expect(maker.written).toEqual([64, 64, 2]);
    const writtenFor = (change: () => void) => {
      const before = maker.written.length;
      change();
      ran(maker, segments);
      return maker.written.slice(before);
    };
    const news = Array.from({ length: 4 }, (_, n) => entryOf(`new ${n}`, 'permit'));
    expect(news.map((entry) => writtenFor(() => segments.add(entry)))).toEqual([[1], [4], [1], [2]]);
    expect(writtenFor(() => {})).toEqual([]);
    expect(writtenFor(() => segments.remove(news[3]!))).toEqual([1]);
    expect(writtenFor(() => segments.remove(news[2]!))).toEqual([]);
    expect(writtenFor(() => segments.add(entryOf('no', 'forbid')))).toEqual([1]);
  });

  test('never write out more, however many come one by one', () => {
    const maker = new Maker();
    const segments = segmentsOf(maker, []);
    for (let n = 0; n < 140; n++) segments.add(entryOf(`${n}`, 'permit'));
    expect(ran(maker, segments)).toHaveLength(140);
    expect([...maker.written].sort((a, b) => a - b)).toEqual([4, 8, 64, 64]);
  });

  test('make a table of those that are alike, once they are enough', () => {
    const maker = new Maker();
    const alike = Array.from({ length: 5 }, (_, n) => entryOf(`${n}`, 'permit', 'a'));
    const segments = segmentsOf(maker, alike.slice(0, 2));
    ran(maker, segments);
    expect(maker.written).toEqual([2]);
    for (const [i, entry] of alike.slice(2).entries()) {
      segments.add(entry);
      expect(ran(maker, segments)).toHaveLength(3 + i);
    }
    expect(maker.written).toEqual([2]);
    const other = new Maker();
    expect(ran(other, segmentsOf(other, alike.slice(0, 3)))).toHaveLength(3);
    expect(other.written).toEqual([]);
    for (const entry of alike.slice(1)) segments.remove(entry);
    expect(ran(maker, segments)).toEqual(['0']);
    expect(maker.written).toEqual([2]);
    // Validated policies have programs of their own.
    segments.add(entryOf('validated', 'permit', 'a', true));
    expect(ran(maker, segments)).toEqual(['0', 'validated']);
    expect(maker.written).toEqual([2, 1]);
  });

  test('end with the first that is satisfied', () => {
    const maker = new Maker();
    const alike = Array.from({ length: 3 }, (_, n) => entryOf(`a${n}!`, 'permit', 'a'));
    for (const entries of [[entryOf('b!', 'permit'), entryOf('c', 'forbid')], alike]) {
      const segments = segmentsOf(maker, entries);
      expect([segments.any('permit', ...NOBODY), segments.any('forbid', ...NOBODY)]).toEqual([true, false]);
    }
  });
});

describe('a plan of segments', () => {
  const decided = (
    ids: readonly [segment: string, effect: Effect][],
    fixed: readonly [id: string, effect: Effect][],
  ) => {
    const maker = new Maker();
    const segments = ids.map(([id, effect]) => segmentsOf(maker, [entryOf(id, effect)]));
    const links = fixed.map(([id, effect]) => ({ effect, loaded: maker.loose([entryOf(id, effect)]) }));
    const loaded = joined(segments, links);
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

test('a table that outlives the policy it was made for is not taken for that of another of the same id', () => {
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
  const engine = compile(set, { segmentFrom: 1, tableFrom: 2, warmUp: Number.POSITIVE_INFINITY });
  const ask = (action: string) =>
    engine.isAuthorized({ principal: uid, action: { type: 'Action', id: action }, resource: uid }, store);
  expect(ask('view').determiningPolicies).toEqual(['b']);
  set.remove('reused');
  set.add({ ...low!, id: 'reused' });
  set.add({ ...lower!, id: 'lower' });
  expect(ask('view').determiningPolicies).toEqual(['b']);
  expect(ask('edit').determiningPolicies).toEqual(['reused', 'lower']);
});
