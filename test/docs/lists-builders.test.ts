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

/** A statement of the page, which must be there word for word up to what the scope replaces. */
function shown(part: string, scope: Readonly<Record<string, unknown>>): unknown {
  const lines = blocksOf(page)
    .filter((block) => block.shown === true)
    .flatMap((block) => block.text.split('\n'));
  const line = lines.find((each) => each.includes(part));
  if (line === undefined) throw new Error(`the page does not show \`${part}\``);
  const { code } = transformSync(`return ${line.replaceAll("'postgresql'", "'sqlite'")}`, { loader: 'ts' });
  return new Function(...Object.keys(scope), code)(...Object.values(scope));
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

  test('for Drizzle', () => {
    const db = drizzle(database);
    const query = shown('filter.drizzle', { db, docs, filter, sql: drizzleSql }) as { all(): { id: string }[] };
    expect(query.all().map(({ id }) => id)).toEqual(ALLOWED);
  });

  test('for Kysely', () => {
    const db = new Kysely({
      dialect: {
        createAdapter: () => new SqliteAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (each) => new SqliteIntrospector(each),
        createQueryCompiler: () => new SqliteQueryCompiler(),
      },
    });
    const query = shown('filter.kysely', { db, filter, sql: kyselySql }) as {
      compile(): { sql: string; parameters: string[] };
    };
    const { sql, parameters } = query.compile();
    expect(database.exec(sql, parameters)[0]?.values.map(([id]) => id)).toEqual(ALLOWED);
  });

  test('for plain SQL', () => {
    const statement = /const page = (`SELECT .*`);/.exec(page)?.[1];
    const { text: condition, values } = filter.sql('sqlite');
    const query = new Function('text', `return ${statement}`)(condition) as string;
    expect(database.exec(query, [...values])[0]?.values.map(([id]) => id)).toEqual(ALLOWED);
  });

  test('for MongoDB', () => {
    const collection = () => ({ find: (query: object) => find(ROWS as never[], query as never) });
    const found = shown('filter.mongo', { db: { collection }, filter }) as Iterable<{ id: string }>;
    expect([...found].map(({ id }) => id)).toEqual(ALLOWED);
  });

  test('for Prisma: its client is given the condition, the order and the size of a page', () => {
    const given = shown('prisma.doc.findMany', {
      prisma: { doc: { findMany: (query: object) => query } },
      filter: { prisma: () => 'the condition' },
    });
    expect(given).toEqual({ where: 'the condition', orderBy: { title: 'asc' }, take: 50 });
  });

  test('for row-level security: who asks is said first, within the transaction', async () => {
    const queries: unknown[] = [];
    const query = async (each: unknown) => {
      queries.push(each);
      return { rows: [] };
    };
    const block = blocksOf(page).find((each) => each.shown === true && each.text.includes('client.query'));
    const session = security.session({ principal: 'User::"alice"', action: 'view' });
    await new Function('client', 'session', `return (async () => {${block!.text}})();`)({ query }, session);
    expect(queries.slice(0, 2)).toEqual(['BEGIN', session]);
    expect(queries.at(-1)).toBe('COMMIT');
  });
});
