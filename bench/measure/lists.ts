/**
 * Lists — 10,000 rows of which those shall be shown that a user may view: by a function written by hand, by the predicate of a filter, by a specialized
 * request, by CASL, and by a loop over `isAllowed` with the rows as entities; by a query for resources, ours and that of the official crate, over a store of
 * them; and how long it takes to make a filter and its SQL, planned and prepared, and CASL's query.
 *
 * All lists are compared before anything is timed. Times are of one row, or of one filter. Rounds of the ways are interleaved, and each way has a loop of its
 * own; the crate has a process of its own after them. CASL's query is asked of the rows too, by an evaluator of such queries.
 */
import { subject } from '@casl/ability';
import { Query } from 'mingo';
import { compile, type Engine, EntityStore } from '../../src/index.ts';
import { own } from '../monomorphic.ts';
import type { Row } from '../row.ts';
import { abilityOf, accessibleBy } from './lists/casl.ts';
import { ALICE, byHand, DOCS, type Doc, docs, entityOf, POLICIES, QUERY, schema } from './lists/documents.ts';
import { timeQueryResource } from './lists/query-resource.ts';
import { type Effort, type Measure, measured, nsOf } from './measure.ts';

/** A way to a list. */
interface Way {
  readonly engine: string;
  readonly mode: string;
  readonly ids: () => string[];
  /** How many there are: what is timed. */
  readonly count: () => number;
  /** Slow ones are asked less often. */
  readonly isSlow?: boolean;
}

interface Rows {
  readonly engine: Engine;
  readonly all: readonly Doc[];
  /** The principal alone. */
  readonly store: EntityStore;
  readonly withRows: EntityStore;
}

export const lists: Measure = {
  about: 'which of the rows in memory a user may view, a row; and a filter for the database',
  rows: (effort) => {
    const [count, rounds] = effort === 'quick' ? [1000, 5] : [10_000, 60];
    const engine = compile(POLICIES, { schema, mapping: DOCS });
    const all = docs(count);
    const withRows = EntityStore.from([ALICE, ...all.map(entityOf)], { schema });
    const ways = waysOf({ engine, all, store: EntityStore.from([ALICE], { schema }), withRows });
    const ids = agreed(ways, all);
    const rows = [
      ...interleaved(ways, all.length, rounds),
      ...official(all, ids, effort),
      ...planned(plansOf(engine), rounds * 2),
    ];
    engine.release();
    return rows;
  },
};

function waysOf({ engine, all, store, withRows }: Rows): readonly Way[] {
  const each = (mode: string, name: string, passes: (doc: Doc) => boolean, isSlow?: boolean): Way => ({
    engine: name,
    mode,
    ids: () => all.filter(passes).map(({ id }) => id),
    count: own<() => number>('() => all.filter(passes).length', { all, passes }),
    isSlow: isSlow ?? false,
  });
  const ability = abilityOf('alice');
  const marked = new Map(all.map((doc) => [doc, subject('Doc', { ...doc })]));
  const handles = new Map(all.map((doc) => [doc, withRows.handle(`Doc::"${doc.id}"`)]));
  const may = engine.specialize({ principal: ALICE.uid, action: 'view' }, withRows);
  const isAllowed = (doc: Doc) =>
    engine.isAllowed({ principal: ALICE.uid, action: 'view', resource: { type: 'Doc', id: doc.id } }, [
      ALICE,
      entityOf(doc),
    ]);
  const query = () => engine.allowedResources(QUERY, withRows);
  return [
    each('by hand', 'hand', byHand),
    each('filter', 'cedarmill', engine.filter(QUERY, store).predicate()),
    each('specialize, handles', 'cedarmill', (doc) => may.isAllowed(handles.get(doc)!)),
    {
      engine: 'cedarmill',
      mode: 'allowedResources',
      ids: () => [...query()].map(({ id }) => id),
      count: own<() => number>('() => { let n = 0; for (const each of query()) n++; return n; }', { query }),
    },
    each('ability', 'CASL', (doc) => ability.can('view', marked.get(doc)!)),
    each('isAllowed', 'cedarmill', isAllowed, true),
  ];
}

/** The ids of the rows. Throws if the ways do not lead to the same. */
function agreed(ways: readonly Way[], all: readonly Doc[]): string {
  const query = new Query(accessibleBy(abilityOf('alice')));
  const found = [...ways.map(({ ids }) => ids()), all.filter((doc) => query.test({ ...doc })).map(({ id }) => id)];
  const [first, ...others] = found.map((ids) => ids.sort().join());
  if (others.some((each) => each !== first)) throw new Error('the lists are not the same');
  return first!;
}

/** Each way once a round; the slow ones every tenth round. */
function interleaved(ways: readonly Way[], size: number, rounds: number): Row[] {
  const samples = ways.map((): number[] => []);
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++)
    for (const [i, way] of ways.entries()) {
      if (way.isSlow && round % 10 !== 0) continue;
      const ns = nsOf(way.count) / size;
      if (round >= 0) samples[i]!.push(ns);
    }
  const rows = ways.map(({ engine, mode }, i) => measured({ scenario: 'lists', size, engine, mode }, samples[i]!));
  const hand = rows[0]!.nsPerDecision;
  return rows.map((row) => ({ ...row, ratioToHand: row.nsPerDecision / hand }));
}

/** The official crate, if it is there: the same list. */
function official(all: readonly Doc[], ids: string, effort: Effort): Row[] {
  const timing = timeQueryResource(all, effort);
  if (timing === undefined) return [];
  if ([...timing.ids].sort().join() !== ids) throw new Error('the list of `query_resource` is not the same');
  const { nsPerDecision, spread } = timing;
  const [engine, mode] = ['cedar-policy', 'query_resource'];
  const nsOfRow = nsPerDecision / all.length;
  return [
    { scenario: 'lists', size: all.length, engine, mode, nsPerDecision: nsOfRow, spread, ratioToHand: undefined },
  ];
}

interface Plan {
  readonly engine: string;
  readonly plan: () => unknown;
}

function plansOf(engine: Engine): Readonly<Record<string, Plan>> {
  const store = EntityStore.from([ALICE], { schema });
  const prepared = engine.prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
  const ability = abilityOf('alice');
  const ours = (plan: () => unknown) => ({ engine: 'cedarmill', plan });
  const casl = (plan: () => unknown) => ({ engine: 'CASL', plan });
  return {
    plan: ours(() => engine.filter(QUERY, store)),
    sql: ours(() => engine.filter(QUERY, store).sql('postgresql')),
    mongo: ours(() => engine.filter(QUERY, store).mongo()),
    prepared: ours(() => prepared.bind({ principal: ALICE.uid }, store).sql('postgresql')),
    accessibleBy: casl(() => accessibleBy(ability)),
    'ability, accessibleBy': casl(() => accessibleBy(abilityOf('alice'))),
  };
}

/** Some hundred filters a sample: a single one is shorter than what a clock can tell. */
const FILTERS_AT_A_TIME = 200;

/** In turns, each once a round. */
function planned(plans: Readonly<Record<string, Plan>>, rounds: number): Row[] {
  const ways = Object.entries(plans).map(([mode, { engine, plan }]) => {
    const many = own<() => void>(`() => { for (let i = 0; i < ${FILTERS_AT_A_TIME}; i++) plan(); }`, { plan });
    return { mode, engine, many, samples: [] as number[] };
  });
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++)
    for (const { many, samples } of ways) {
      const ns = nsOf(many) / FILTERS_AT_A_TIME;
      if (round >= 0) samples.push(ns);
    }
  return ways.map(({ engine, mode, samples }) => measured({ scenario: 'lists', size: 1, engine, mode }, samples));
}
