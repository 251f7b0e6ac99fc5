/**
 * Builders — filters in queries of Drizzle and Kysely, run on SQLite: composed, sorted, paged and counted.
 */
import { sql as drizzleSql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sql-js';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  DummyDriver,
  Kysely,
  sql as kyselySql,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, mapping, ref } from '../../../src/index.ts';

const schema = `
  entity User;
  entity Doc { owner: User, public: Bool, title: String };
  action view appliesTo { principal: User, resource: Doc };
`;
const map = mapping(
  schema,
  {
    Doc: { id: 'id', table: 'docs', attrs: { owner: ref('owner_id'), public: 'public', title: 'title' } },
  },
  { notNull: true },
);
const engine = compile(
  `permit(principal, action, resource) when { resource.public || resource.owner == principal };
   forbid(principal, action, resource) when { resource.title like "secret*" };`,
  { schema, mapping: map },
);
const filter = engine.filter({ principal: 'User::"alice"', action: 'view', resource: 'Doc' }, []);

const docs = sqliteTable('docs', {
  id: text('id').primaryKey(),
  ownerId: text('owner_id').notNull(),
  isPublic: integer('public', { mode: 'boolean' }).notNull(),
  title: text('title').notNull(),
});

interface Database {
  docs: { id: string; owner_id: string; public: number; title: string };
}

const kysely = new Kysely<Database>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database: Sqlite } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Sqlite();
  database.exec('CREATE TABLE docs (id TEXT PRIMARY KEY, owner_id TEXT, public INTEGER, title TEXT)');
  const rows = [
    ['a', 'alice', 0, 'plan'],
    ['b', 'bob', 1, 'news'],
    ['c', 'bob', 0, 'draft'],
    ['d', 'alice', 1, 'secret plan'],
    ['e', 'Alice', 0, 'other case'],
    ['f', 'alice', 1, 'Secret in capitals'],
  ] as const;
  for (const row of rows) database.run('INSERT INTO docs VALUES (?, ?, ?, ?)', [...row]);
});

describe('in Drizzle', () => {
  test('a page, sorted, with a condition of the application', () => {
    const db = drizzle(database);
    const where = filter.drizzle(drizzleSql, 'sqlite');
    const page = db.select({ id: docs.id }).from(docs).where(where).orderBy(docs.id).limit(2).offset(1).all();
    expect(page).toEqual([{ id: 'b' }, { id: 'f' }]);
    const own = db.select({ id: docs.id }).from(docs).where(drizzleSql`${where} AND ${docs.isPublic} = 0`).all();
    expect(own).toEqual([{ id: 'a' }]);
  });
});

describe('in Kysely', () => {
  test('a page, sorted, with a condition of the application', () => {
    const query = kysely
      .selectFrom('docs as d')
      .select('d.id')
      .where('d.public', '=', 1)
      .where(filter.kysely<RawBuilder<boolean>>(kyselySql, 'sqlite', { alias: 'd' }))
      .orderBy('d.id')
      .limit(5)
      .compile();
    const [result] = database.exec(query.sql, query.parameters as never);
    expect(result?.values).toEqual([['b'], ['f']]);
  });
});
