/**
 * PostgreSQL — a page of 50 rows of a table: by a query written by hand, by the SQL of a filter, planned and prepared, and by row-level security.
 *
 *     npx tsx bench/postgres.ts --rows 1000000
 *
 * It starts a server of its own (Debian's package), fills it, and compares the pages before anything is timed. Rounds are interleaved; figures are medians.
 */
import { parseArgs } from 'node:util';
import pg from 'pg';
import { compile, EntityStore, many, mapping, parseSchema, ref, rowSecurity, type SqlFilter } from '../src/index.ts';
import { startPostgres } from '../test/databases/server.ts';
import { machine } from './harness.ts';

const { values: given } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, rounds: { type: 'string', default: '101' } },
});

const schema = parseSchema(`
  entity Team;
  entity User in [Team] { level: Long, dept: String };
  entity Doc { owner: User, team: Team, public: Bool, title: String, label?: String, viewers: Set<User> };
  action view appliesTo { principal: User, resource: Doc };
`).schema!;
const map = mapping(
  schema,
  {
    User: { id: 'id', table: 'users', attrs: { level: 'level', dept: 'dept' } },
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: {
        owner: ref('owner_id'),
        team: ref('team_id'),
        public: 'public',
        title: 'title',
        label: 'label',
        viewers: many('viewers'),
      },
    },
  },
  { notNull: true },
);
const TEAMS = ['t3', 't50', 't977'];
const store = EntityStore.from(
  [
    { uid: 'User::"u7"', attrs: { level: 2, dept: 'd7' }, parents: TEAMS.map((id) => ({ type: 'Team', id })) },
    ...TEAMS.map((id) => ({ uid: { type: 'Team', id }, attrs: {}, parents: [] })),
  ],
  { schema },
);

const FILL = `
  CREATE TABLE users (id text PRIMARY KEY, level bigint NOT NULL, dept text NOT NULL);
  INSERT INTO users SELECT 'u' || i, i % 5, 'd' || i % 200 FROM generate_series(0, 9999) AS i;
  CREATE TABLE docs (id text PRIMARY KEY, owner_id text NOT NULL, team_id text NOT NULL, public boolean NOT NULL, title text NOT NULL, label text, viewers jsonb NOT NULL);
  INSERT INTO docs SELECT 'd' || i, 'u' || i % 10000, 't' || (i::bigint * 31) % 1000, i % 503 = 0, 'title ' || (i::bigint * 7919) % ${given.rows},
    CASE i % 13 WHEN 0 THEN 'secret ' || i WHEN 1 THEN 'Secret' END, jsonb_build_array('u' || i % 9973, 'u' || i % 31) FROM generate_series(0, ${given.rows} - 1) AS i;
  CREATE INDEX ON docs (owner_id); CREATE INDEX ON docs (team_id); CREATE INDEX ON docs (id) WHERE public; CREATE INDEX ON docs (title); CREATE INDEX ON docs USING gin (viewers);
  CREATE ROLE reader; GRANT SELECT ON docs, users TO reader; ANALYZE`;

/** Policies, and the condition that a person writes for them. */
interface Rules {
  readonly name: string;
  readonly policies: string;
  readonly byHand: string;
  readonly values: readonly unknown[];
}

const OWN: Rules = {
  name: 'own and public ones, but secrets',
  policies: `
    permit (principal, action, resource) when { resource.public };
    permit (principal, action, resource) when { resource.owner == principal };
    forbid (principal, action, resource) when { resource has label && resource.label like "secret*" } unless { principal.level > 5 };`,
  byHand: `(public OR owner_id = $1) AND (label IS NULL OR label NOT LIKE 'secret%')`,
  values: ['u7'],
};

const RULES: readonly Rules[] = [
  OWN,
  {
    name: "those of one's teams",
    policies: 'permit (principal, action, resource) when { principal in resource.team };',
    byHand: 'team_id = ANY($1)',
    values: [TEAMS],
  },
  {
    name: 'those that one is to see, and public ones',
    policies: `
      permit (principal, action, resource) when { resource.viewers.contains(principal) };
      permit (principal, action, resource) when { resource.public };`,
    byHand: `(viewers @> jsonb_build_array($1::text) OR public)`,
    values: ['u7'],
  },
  {
    name: 'public ones, and those of colleagues',
    policies: `
      permit (principal, action, resource) when { resource.public };
      permit (principal, action, resource) when { resource.owner.dept == principal.dept };`,
    byHand: '(public OR EXISTS (SELECT 1 FROM users u WHERE u.id = owner_id AND u.dept = $1))',
    values: ['d7'],
  },
  {
    name: "one's own, and public ones of other departments",
    policies: `
      permit (principal, action, resource) when { resource.public };
      permit (principal, action, resource) when { resource.owner == principal };
      forbid (principal, action, resource) when { resource.owner.dept == "d8" };`,
    byHand: `(public OR owner_id = $1) AND NOT EXISTS (SELECT 1 FROM users u WHERE u.id = owner_id AND u.dept = 'd8')`,
    values: ['u7'],
  },
];

const query = { principal: 'User::"u7"', action: 'view', resource: 'Doc' } as const;

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}

/** Two orders: by an index that gives the order, and one for which all allowed rows are looked up. */
const ORDERS = {
  'a page by title': (where: string) => `SELECT id, title FROM docs WHERE ${where} ORDER BY title LIMIT 50`,
  'all, counted': (where: string) => `SELECT count(*) FROM docs WHERE ${where}`,
} as const;

/** By hand twice: what two rows of the same differ by is what the machine does to the others. */
function statements(
  { policies, byHand, values }: Rules,
  order: keyof typeof ORDERS,
): Readonly<Record<string, () => Statement>> {
  const engine = compile(policies, { schema, mapping: map });
  const prepared = engine.prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
  const select = ORDERS[order];
  const hand = () => ({ text: select(byHand), values: [...values] });
  const of = ({ text, values: own }: SqlFilter) => ({ text: select(text), values: own });
  return {
    'by hand': hand,
    'again by hand': hand,
    filter: () => of(engine.filter(query, store).sql('postgresql')),
    prepared: () => of(prepared.bind({ principal: query.principal }, store).sql('postgresql')),
  };
}

function median(samples: readonly number[]): number {
  return [...samples].sort((a, b) => a - b)[samples.length >> 1]!;
}

/** Each way comes behind each other one as often: what was asked last has left its pages in the cache. */
function rotated<T>(ways: readonly T[], round: number): readonly T[] {
  const first = ((round % ways.length) + ways.length) % ways.length;
  const turned = [...ways.slice(first), ...ways.slice(0, first)];
  return Math.floor(round / ways.length) % 2 === 0 ? turned : turned.reverse();
}

async function timed(client: pg.Client, rules: Rules, order: keyof typeof ORDERS): Promise<void> {
  const ways = Object.entries(statements(rules, order));
  const results: string[] = [];
  for (const [, make] of ways) results.push(JSON.stringify((await client.query(make())).rows));
  if (new Set(results).size !== 1) throw new Error('the pages are not the same');
  // As in an application that has made filters before.
  for (const [, make] of ways) for (let i = 0; i < 2000; i++) make();
  const samples = new Map(ways.map(([name]) => [name, [] as number[]]));
  for (let round = -10; round < Number(given.rounds); round++)
    for (const [name, make] of rotated(ways, round)) {
      const statement = make();
      const begin = performance.now();
      await client.query(statement);
      if (round >= 0) samples.get(name)!.push(performance.now() - begin);
    }
  const hand = median(samples.get('by hand')!);
  console.log(`  ${rules.name}: ${order}`);
  for (const [name, all] of samples)
    console.log(`    ${name.padEnd(14)} ${median(all).toFixed(2)} ms   ${(median(all) / hand).toFixed(2)} × by hand`);
}

/** A statement in a transaction of a role that the policies restrict, beside the condition written by hand in the same kind of transaction. */
async function timedSecurity(client: pg.Client): Promise<void> {
  const security = rowSecurity(compile(OWN.policies, { schema, mapping: map }).policies, map, {
    principal: 'User',
    resources: ['Doc'],
    actions: { select: 'view' },
  });
  for (const statement of security.statements) await client.query(statement);
  const session = security.session(query);
  const text = 'SELECT id, title FROM docs ORDER BY title LIMIT 50';
  const run = async (begin: string, statement: { text: string; values: string[] }) => {
    await client.query(begin);
    await client.query({ text: session.text, values: session.values });
    const start = performance.now();
    const { rows } = await client.query(statement);
    const ms = performance.now() - start;
    await client.query('ROLLBACK');
    return { ms, rows: JSON.stringify(rows) };
  };
  const ways = {
    'by hand': () => run('BEGIN', { text: text.replace('ORDER', `WHERE ${OWN.byHand} ORDER`), values: ['u7'] }),
    policies: () => run('BEGIN; SET LOCAL ROLE reader', { text, values: [] }),
  };
  const samples: Record<keyof typeof ways, number[]> = { 'by hand': [], policies: [] };
  for (let round = -10; round < Number(given.rounds); round++) {
    const [hand, secured] = [await ways['by hand'](), await ways.policies()];
    if (hand.rows !== secured.rows) throw new Error('the pages are not the same');
    if (round < 0) continue;
    samples['by hand'].push(hand.ms);
    samples.policies.push(secured.ms);
  }
  const ratio = median(samples.policies) / median(samples['by hand']);
  console.log(
    `  a page by title: row-level security ${median(samples.policies).toFixed(2)} ms   ${ratio.toFixed(2)} × by hand`,
  );
}

const server = startPostgres();
const client = new pg.Client({ host: server.folder, user: 'postgres', database: 'postgres' });
try {
  await client.connect();
  await client.query(FILL);
  console.log(`${machine()}; ${given.rows} rows, ${given.rounds} rounds`);
  for (const rules of RULES)
    for (const order of Object.keys(ORDERS) as (keyof typeof ORDERS)[]) await timed(client, rules, order);
  await timedSecurity(client);
} finally {
  await client.end();
  server.stop();
}
