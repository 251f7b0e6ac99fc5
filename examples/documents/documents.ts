/**
 * Documents — lists from a database: a page of the documents that a user may view, sorted and counted, through Drizzle on SQLite.
 *
 * `pageOf` is all that an application needs: the filter of the policies in a query of its own. The rest makes a database to try it on.
 */
import { readFileSync } from 'node:fs';
import { asc, count, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/sql-js';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Database } from 'sql.js';
import { compile, EntityStore, type Filter, many, mapping, parseSchema, ref } from '../../src/index.ts';

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

const schema = parseSchema(read('documents.cedarschema')).schema!;

/** Where entities are: columns of SQLite compare texts byte by byte, and none of them is NULL but `label`. */
const tables = mapping(
  schema,
  {
    Folder: { id: 'id', table: 'folders', parents: { Folder: ref('parent_id') } },
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: {
        owner: ref('owner_id'),
        public: 'public',
        title: 'title',
        label: 'label',
        teams: many('teams', { through: { table: 'doc_teams', owner: 'doc_id', element: 'team_id' } }),
      },
      parents: { Folder: ref('folder_id') },
    },
  },
  { notNull: true, enforced: true, collation: 'binary' },
);

export const engine = compile(read('policies.cedar'), { schema, mapping: tables });

const docs = sqliteTable('docs', { id: text('id').primaryKey(), title: text('title'), public: integer('public') });

/** What the application knows of its users and teams. */
export const people = EntityStore.from(
  [
    { uid: 'Team::"red"', attrs: {}, parents: [] },
    { uid: 'User::"alice"', attrs: { level: 1 }, parents: ['Team::"red"'] },
    { uid: 'User::"boss"', attrs: { level: 9 }, parents: [] },
  ],
  { schema },
);

export function filterFor(user: string): Filter {
  return engine.filter({ principal: `User::"${user}"`, action: 'view', resource: 'Doc' }, people);
}

/** One page of what the user may view, and how many there are. */
export function pageOf(database: Database, user: string, offset: number, limit: number) {
  const db = drizzle(database);
  const where = filterFor(user).drizzle(sql, 'sqlite');
  const page = db.select({ id: docs.id }).from(docs).where(where).orderBy(asc(docs.title)).limit(limit).offset(offset);
  const [total] = db.select({ count: count() }).from(docs).where(where).all();
  return { ids: page.all().map(({ id }) => id), total: total!.count };
}

/** A database of this number of documents. */
export function fill(database: Database, documents: number): void {
  database.exec(`
    CREATE TABLE folders (id TEXT PRIMARY KEY, parent_id TEXT);
    INSERT INTO folders VALUES ('handbook', NULL), ('holidays', 'handbook'), ('beach', 'holidays'), ('plans', NULL);
    CREATE TABLE docs (id TEXT PRIMARY KEY, owner_id TEXT NOT NULL, public INTEGER NOT NULL, title TEXT NOT NULL, label TEXT, folder_id TEXT);
    CREATE TABLE doc_teams (doc_id TEXT NOT NULL, team_id TEXT NOT NULL, PRIMARY KEY (doc_id, team_id));
    WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < ${documents - 1})
    INSERT INTO docs SELECT
      'd' || i, CASE WHEN i % 97 = 0 THEN 'alice' ELSE 'u' || (i % 50) END, i % 101 = 0, 'title ' || ((i * 7919) % ${documents}),
      CASE i % 13 WHEN 0 THEN 'secret ' || i WHEN 1 THEN 'Secret' WHEN 2 THEN 'draft' END,
      CASE i % 211 WHEN 0 THEN 'beach' WHEN 1 THEN 'handbook' WHEN 2 THEN 'plans' END
    FROM n;
    INSERT INTO doc_teams SELECT id, CASE WHEN rowid % 2 THEN 'red' ELSE 'blue' END FROM docs WHERE rowid % 89 = 0;
    CREATE INDEX docs_owner ON docs (owner_id);
    CREATE INDEX docs_public ON docs (public);
    CREATE INDEX docs_folder ON docs (folder_id);
    ANALYZE;
  `);
}
