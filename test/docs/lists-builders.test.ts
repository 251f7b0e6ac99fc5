/**
 * Lists, with query builders — the lines of docs/lists.md that need a database or a client are run, on the policies and the mapping of the page itself: Drizzle,
 * Kysely and plain SQL on SQLite, MongoDB by an interpreter of its queries, and for Prisma and PostgreSQL what their clients are given.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sql-js';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { transformSync } from 'esbuild';
import { DummyDriver, Kysely, sql as kyselySql, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { find } from 'mingo';
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import * as cedarmill from '../../src/index.ts';
import { CLAIMS, withAssertions } from './arrow.ts';
import { blocksOf } from './block.ts';
import { partsOf } from './page.ts';

const page = readFileSync(new URL('../../docs/lists.md', import.meta.url), 'utf8');

/** The page's own program about databases, up to its filter, without the results that stand beside it. */
function programOf(): { readonly filter: cedarmill.Filter; readonly security: cedarmill.RowSecurity } {
  const program = partsOf(page).find((part) => part.kind === 'program' && part.text.includes('mapping(schema'));
  const refusals = program!.text.indexOf('const net = ');
  const { code } = transformSync(program!.text.slice(0, refusals), { loader: 'ts', format: 'cjs' });
  return new Function('require', `${code}\nreturn { filter, security };`)(() => cedarmill);
}

/** Runs the block of the page that holds `part`, on SQLite in place of PostgreSQL. The scope has what it imports; gives what it waits for, in order. */
async function run(part: string, scope: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const block = blocksOf(page).find((each) => each.shown === true && each.text.includes(part));
  if (block === undefined) throw new Error(`the page does not show \`${part}\``);
  const text = block.text
    .replaceAll("'postgresql'", "'sqlite'")
    .replace(/^import .*$/gm, '')
    .replace(/^await (.*);(?: \/\/.*)?$/gm, 'results.push(await $1);');
  const { code } = transformSync(`(async () => { ${text} })`, { loader: 'ts' });
  const results: unknown[] = [];
  await new Function('results', ...Object.keys(scope), `return ${code}`)(results, ...Object.values(scope))();
  return results;
}

function idsOf(rows: unknown): string[] {
  return (rows as { id: string }[]).map(({ id }) => id);
}

const { filter, security } = programOf();
const docs = sqliteTable('docs', { id: text('id'), title: text('title'), public: integer('public') });

const ROWS = [
  { id: 'plan', owner_id: 'alice', public: false, title: 'Plan', label: null },
  { id: 'news', owner_id: 'bob', public: true, title: 'News', label: 'secret' },
  { id: 'film', owner_id: 'bob', public: true, title: 'Film', label: null },
  { id: 'diary', owner_id: 'bob', public: false, title: 'Diary', label: 'open' },
];
const ALLOWED = ['film', 'plan'];

let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Database();
  database.exec('CREATE TABLE docs (id TEXT, owner_id TEXT, public INTEGER, title TEXT, label TEXT)');
  for (const { id, owner_id, public: isPublic, title, label } of ROWS)
    database.run('INSERT INTO docs VALUES (?, ?, ?, ?, ?)', [id, owner_id, isPublic ? 1 : 0, title, label]);
});

function rowsOf(query: string, values: readonly unknown[]): string[] {
  return (database.exec(query, values as string[])[0]?.values ?? []).map(([id]) => id as string);
}

/** A cursor of the driver, over an interpreter of its queries. */
class Found {
  readonly #cursor: ReturnType<typeof find>;

  constructor(rows: readonly object[], query: object) {
    this.#cursor = find(rows as never[], query as never);
  }

  sort(order: object): this {
    this.#cursor.sort(order as never);
    return this;
  }

  limit(count: number): this {
    this.#cursor.limit(count);
    return this;
  }

  async toArray(): Promise<unknown[]> {
    return this.#cursor.all();
  }
}

describe('the lines of docs/lists.md', () => {
  test('that claim a result say what it is', async () => {
    const claims = CLAIMS.replaceAll('export ', '').replace(/^import .*$/m, '');
    for (const part of partsOf(page)) {
      if (part.kind !== 'program') continue;
      const program = withAssertions(part.text).replace(/^import \{ same.*$/m, '');
      const { code } = transformSync(program, { loader: 'ts', format: 'esm', target: 'es2022' });
      const imports = code.replace(/^import \{([^}]*)\} from "cedarmill";$/gm, 'const {$1} = cedarmill;');
      await new Function('cedarmill', 'assert', `return (async () => {${claims}${imports}})();`)(cedarmill, assert);
    }
  });

  test('for plain SQL', async () => {
    const statement = /const page = (`SELECT .*`);/.exec(page)?.[1];
    const sqlite = filter.sql('sqlite');
    const query = new Function('text', `return ${statement}`)(sqlite.text) as string;
    expect(rowsOf(query, sqlite.values)).toEqual(ALLOWED);
  });

  test('for drivers', async () => {
    const [lite, mysql] = [filter.sql('sqlite'), filter.sql('mysql')];
    const sent: unknown[][] = [];
    const note = async (...args: unknown[]) => sent.push(args);
    const db = { prepare: (query: string) => ({ all: (...values: string[]) => sent.push([rowsOf(query, values)]) }) };
    await run('better-sqlite3', {
      client: { query: note },
      pool: { execute: note },
      db,
      lite,
      mysql,
      ...filter.sql('postgresql'),
    });
    expect(sent.slice(0, 2).map(([, values]) => values)).toEqual([
      ['alice', 'secret%'],
      ['alice', 'secret%'],
    ]);
    expect(sent[2]).toEqual([ALLOWED]);
  });

  test('for Drizzle', async () => {
    const [rows, count] = await run('filter.drizzle', { db: drizzle(database), docs, filter, sql: drizzleSql });
    expect([idsOf(rows), count]).toEqual([ALLOWED, ALLOWED.length]);
  });

  test('for Kysely', async () => {
    const queries: { readonly sql: string; readonly parameters: readonly unknown[] }[] = [];
    const db = new Kysely({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (each) => new SqliteIntrospector(each),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
      log: ({ query }) => {
        queries.push(query);
      },
    });
    await run('filter.kysely', { db, filter, sql: kyselySql });
    expect(queries.map(({ sql, parameters }) => rowsOf(sql, parameters))).toEqual([ALLOWED]);
  });

  test('for Prisma and MongoDB: Prisma is given the condition, the order and the size of a page', async () => {
    const doc = { findMany: (query: object) => query, count: (query: object) => query };
    const collection = () => ({ find: (query: object) => new Found(ROWS, query) });
    const own = { prisma: () => 'the condition', mongo: () => filter.mongo() };
    const [page, count, documents] = await run('filter.mongo', { prisma: { doc }, db: { collection }, filter: own });
    expect(page).toEqual({ where: 'the condition', orderBy: { title: 'asc' }, take: 50 });
    expect(count).toEqual({ where: { AND: ['the condition', { folderId: 'plans' }] } });
    expect(idsOf(documents)).toEqual(ALLOWED);
  });

  test('for row-level security: who asks is said first, within the transaction', async () => {
    const queries: unknown[] = [];
    const query = async (each: unknown) => {
      queries.push(each);
      return { rows: [] };
    };
    const session = security.session({ principal: 'User::"alice"', action: 'view' });
    await run("client.query('BEGIN')", { client: { query }, session });
    expect(queries.slice(0, 2)).toEqual(['BEGIN', session]);
    expect(queries.at(-1)).toBe('COMMIT');
  });
});
