/**
 * Lists — 10,000 rows of which those shall be shown that a user may view: by a function written by hand, by the predicate of a filter, by a specialized
 * request, by CASL, and by a loop over `isAllowed` with the rows as entities; and how long it takes to make a filter and its SQL, planned and prepared.
 *
 * All lists are compared before anything is timed. Times are of one row, or of one filter. Rounds of the ways are interleaved, and each way has a loop of its
 * own. The official `query_resource` is not among them: it is in Rust alone, and answers for entities in its store, not for rows.
 */
import { createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import { compile, EntityStore, many, mapping, parseSchema, ref } from '../../src/index.ts';
import { own } from '../monomorphic.ts';
import type { Row } from '../row.ts';
import { type Measure, measured, nsOf } from './measure.ts';

interface Doc {
  readonly id: string;
  readonly ownerId: string;
  readonly isPublic: boolean;
  readonly size: number;
  readonly label: string | null;
  readonly viewerIds: readonly string[];
}

const schema = parseSchema(`
  entity Team;
  entity User in [Team] { level: Long };
  entity Doc { owner: User, public: Bool, size: Long, label?: String, viewers: Set<User> };
  action view, edit appliesTo { principal: User, resource: Doc };
`).schema!;

const POLICIES = `
  permit (principal, action == Action::"view", resource) when { resource.public };
  permit (principal, action, resource) when { resource.owner == principal };
  permit (principal, action == Action::"view", resource) when { resource.viewers.contains(principal) };
  forbid (principal, action, resource) when { resource has label && resource.label like "secret*" } unless { principal.level > 3 };
  forbid (principal, action, resource) when { resource.size > 9000 } unless { resource.owner == principal };
`;

const DOCS = mapping(
  schema,
  {
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: { owner: ref('ownerId'), public: 'isPublic', size: 'size', label: 'label', viewers: many('viewerIds') },
    },
  },
  { notNull: true },
);

const ALICE = { uid: 'User::"alice"', attrs: { level: 1 }, parents: [] };

function docs(count: number): Doc[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `d${i}`,
    ownerId: i % 7 === 0 ? 'alice' : `u${i % 50}`,
    isPublic: i % 3 === 0,
    size: (i * 37) % 10_000,
    label: i % 5 === 0 ? `secret${i}` : i % 2 === 0 ? 'x' : null,
    viewerIds: i % 4 === 0 ? ['bob', i % 8 === 0 ? 'alice' : 'carol'] : [],
  }));
}

function byHand({ isPublic, ownerId, label, size, viewerIds }: Doc): boolean {
  if (label?.startsWith('secret') === true) return false;
  if (size > 9000 && ownerId !== 'alice') return false;
  return isPublic || ownerId === 'alice' || viewerIds.includes('alice');
}

/** What `accessibleBy` makes a query of, asked of the rows. */
function abilityOfAlice(): MongoAbility {
  return createMongoAbility([
    { action: 'view', subject: 'Doc', conditions: { isPublic: true } },
    { action: 'view', subject: 'Doc', conditions: { ownerId: 'alice' } },
    { action: 'view', subject: 'Doc', conditions: { viewerIds: 'alice' } },
    { action: 'view', subject: 'Doc', inverted: true, conditions: { label: { $regex: '^secret' } } },
    { action: 'view', subject: 'Doc', inverted: true, conditions: { size: { $gt: 9000 }, ownerId: { $ne: 'alice' } } },
  ]);
}

function entityOf({ id, ownerId, isPublic, size, label, viewerIds }: Doc) {
  const viewers = viewerIds.map((each) => ({ type: 'User', id: each }));
  const attrs = { owner: { type: 'User', id: ownerId }, public: isPublic, size, viewers };
  return { uid: { type: 'Doc', id }, attrs: label === null ? attrs : { ...attrs, label }, parents: [] };
}

interface Way {
  readonly engine: string;
  readonly mode: string;
  readonly passes: (doc: Doc) => boolean;
  /** Slow ones are asked less often. */
  readonly isSlow?: true;
}

const QUERY = { principal: ALICE.uid, action: 'view', resource: 'Doc' } as const;

export const lists: Measure = {
  about: 'which of the rows in memory a user may view, a row; and a filter for the database',
  rows: (effort) => {
    const [count, rounds] = effort === 'quick' ? [1000, 5] : [10_000, 60];
    const engine = compile(POLICIES, { schema, mapping: DOCS });
    const store = EntityStore.from([ALICE], { schema });
    const all = docs(count);
    const ability = abilityOfAlice();
    const marked = new Map(all.map((doc) => [doc, subject('Doc', { ...doc })]));
    const withRows = EntityStore.from([ALICE, ...all.map(entityOf)], { schema });
    const handles = new Map(all.map((doc) => [doc, withRows.handle(`Doc::"${doc.id}"`)]));
    const may = engine.specialize({ principal: ALICE.uid, action: 'view' }, withRows);
    const ways: readonly Way[] = [
      { engine: 'hand', mode: 'by hand', passes: byHand },
      { engine: 'cedarmill', mode: 'filter', passes: engine.filter(QUERY, store).predicate() },
      { engine: 'cedarmill', mode: 'specialize, handles', passes: (doc) => may.isAllowed(handles.get(doc)!) },
      { engine: 'CASL', mode: 'ability', passes: (doc) => ability.can('view', marked.get(doc)!) },
      {
        engine: 'cedarmill',
        mode: 'isAllowed',
        isSlow: true,
        passes: (doc) =>
          engine.isAllowed({ principal: ALICE.uid, action: 'view', resource: { type: 'Doc', id: doc.id } }, [
            ALICE,
            entityOf(doc),
          ]),
      },
    ];
    agree(all, ways);
    const prepared = engine.prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
    const principal = { type: 'User', id: 'alice' };
    const plans = {
      plan: () => engine.filter(QUERY, store),
      sql: () => engine.filter(QUERY, store).sql('postgresql'),
      prepared: () => prepared.bind({ principal }, store).sql('postgresql'),
    };
    const rows = [...interleaved(ways, all, rounds), ...planned(plans, rounds * 2)];
    engine.release();
    return rows;
  },
};

function agree(all: readonly Doc[], ways: readonly Way[]): void {
  const found = ways.map(({ passes }) =>
    all
      .filter(passes)
      .map(({ id }) => id)
      .join(),
  );
  if (new Set(found).size !== 1) throw new Error('the lists are not the same');
}

/** Each way once a round; the slow ones every tenth round. */
function interleaved(ways: readonly Way[], all: readonly Doc[], rounds: number): Row[] {
  const loops = ways.map(({ passes }) => own<() => number>('() => all.filter(passes).length', { all, passes }));
  const samples = ways.map((): number[] => []);
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++)
    for (const [i, way] of ways.entries()) {
      if (way.isSlow && round % 10 !== 0) continue;
      const ns = nsOf(loops[i]!) / all.length;
      if (round >= 0) samples[i]!.push(ns);
    }
  const rows = ways.map(({ engine, mode }, i) =>
    measured({ scenario: 'lists', size: all.length, engine, mode }, samples[i]!),
  );
  const hand = rows[0]!.nsPerDecision;
  return rows.map((row) => ({ ...row, ratioToHand: row.nsPerDecision / hand }));
}

/** Some hundred filters a sample: a single one is shorter than what a clock can tell. */
const FILTERS_AT_A_TIME = 200;

function planned(plans: Readonly<Record<string, () => unknown>>, rounds: number): Row[] {
  return Object.entries(plans).map(([mode, plan]) => {
    const many = own<() => void>(`() => { for (let i = 0; i < ${FILTERS_AT_A_TIME}; i++) plan(); }`, { plan });
    for (let i = 0; i < rounds / 4; i++) many();
    const samples = Array.from({ length: rounds }, () => nsOf(many) / FILTERS_AT_A_TIME);
    return measured({ scenario: 'lists', size: 1, engine: 'cedarmill', mode }, samples);
  });
}
