/**
 * Lists — 10,000 rows of which those shall be shown that a user may view: a predicate written by hand, the filter's, and a loop over `isAllowed` with the rows
 * as entities; and how long it takes to make a filter and its SQL.
 *
 * The three lists are compared before anything is timed. Times are of one row, or of one filter.
 */
import { compile, EntityStore, mapping, parseSchema, ref } from '../../src/index.ts';
import type { Row } from '../row.ts';
import { type Measure, measured, nsOf } from './measure.ts';

interface Doc {
  readonly id: string;
  readonly ownerId: string;
  readonly isPublic: boolean;
  readonly size: number;
  readonly label: string | null;
}

const schema = parseSchema(`
  entity Team;
  entity User in [Team] { level: Long };
  entity Doc { owner: User, public: Bool, size: Long, label?: String };
  action view, edit appliesTo { principal: User, resource: Doc };
`).schema!;

const POLICIES = `
  permit (principal, action == Action::"view", resource) when { resource.public };
  permit (principal, action, resource) when { resource.owner == principal };
  forbid (principal, action, resource) when { resource has label && resource.label like "secret*" } unless { principal.level > 3 };
`;

const DOCS = mapping(
  schema,
  {
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: { owner: ref('ownerId'), public: 'isPublic', size: 'size', label: 'label' },
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
    size: i,
    label: i % 5 === 0 ? `secret${i}` : i % 2 === 0 ? 'x' : null,
  }));
}

function byHand({ isPublic, ownerId, label }: Doc): boolean {
  return (isPublic || ownerId === 'alice') && label?.startsWith('secret') !== true;
}

function entityOf({ id, ownerId, isPublic, size, label }: Doc) {
  const attrs = { owner: { type: 'User', id: ownerId }, public: isPublic, size };
  return { uid: { type: 'Doc', id }, attrs: label === null ? attrs : { ...attrs, label }, parents: [] };
}

export const lists: Measure = {
  about: 'which of the rows in memory a user may view, a row; and a filter for the database',
  rows: (effort) => {
    const [count, rounds] = effort === 'quick' ? [1000, 5] : [10_000, 60];
    const engine = compile(POLICIES, { schema, mapping: DOCS });
    const store = EntityStore.from([ALICE], { schema });
    const query = { principal: ALICE.uid, action: 'view', resource: 'Doc' } as const;
    const passes = engine.filter(query, store).predicate();
    const isAllowed = (doc: Doc) =>
      engine.isAllowed({ principal: ALICE.uid, action: 'view', resource: { type: 'Doc', id: doc.id } }, [
        ALICE,
        entityOf(doc),
      ]);
    const all = docs(count);
    const ways: Readonly<Record<string, (doc: Doc) => boolean>> = { 'by hand': byHand, filter: passes, isAllowed };
    agree(all, Object.values(ways));
    const listed = Object.entries(ways).map(([mode, way]) =>
      timed(mode, count, rounds, () => nsOf(() => all.filter(way)) / count),
    );
    const plans = { plan: () => engine.filter(query, store), sql: () => engine.filter(query, store).sql('postgresql') };
    const planned = Object.entries(plans).map(([mode, plan]) => timed(mode, 1, rounds * 20, () => nsOf(plan)));
    engine.release();
    return [...listed, ...planned];
  },
};

function agree(all: readonly Doc[], ways: readonly ((doc: Doc) => boolean)[]): void {
  const found = ways.map((way) =>
    all
      .filter(way)
      .map(({ id }) => id)
      .join(),
  );
  if (new Set(found).size !== 1) throw new Error('the lists are not the same');
}

function timed(mode: string, size: number, rounds: number, time: () => number): Row {
  for (let i = 0; i < rounds / 4; i++) time();
  const samples = Array.from({ length: rounds }, time);
  return measured({ scenario: 'lists', size, engine: mode === 'by hand' ? 'hand' : 'cedarmill', mode }, samples);
}
