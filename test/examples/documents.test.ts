/**
 * Documents — that the example's pages are those of a loop over every document, and that the database uses its indexes.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, expect, test } from 'vitest';
import { engine, fill, filterFor, pageOf, people } from '../../examples/documents/documents.ts';

const COUNT = 2000;
let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Database();
  fill(database, COUNT);
});

function rowsOf(query: string): readonly Record<string, unknown>[] {
  const [result] = database.exec(query);
  return (result?.values ?? []).map((values) =>
    Object.fromEntries(values.map((value, i) => [result!.columns[i]!, value])),
  );
}

/** The documents that the user may view, one decision for each. */
function oneByOne(user: string): string[] {
  const folders = rowsOf('SELECT * FROM folders').map(({ id, parent_id: parent }) => ({
    uid: { type: 'Folder', id },
    attrs: {},
    parents: parent === null ? [] : [{ type: 'Folder', id: parent }],
  }));
  const teams = rowsOf('SELECT * FROM doc_teams');
  const known = [...people].map(({ uid, attrs, parents }) => ({ uid, attrs: Object.fromEntries(attrs), parents }));
  const others = known.filter(({ uid }) => !uid.type.endsWith('Action'));
  const docs = rowsOf('SELECT * FROM docs ORDER BY title');
  const isAllowed = ({
    id,
    owner_id: owner,
    public: isPublic,
    title,
    label,
    folder_id: folder,
  }: Record<string, unknown>) => {
    const doc = {
      uid: { type: 'Doc', id },
      attrs: {
        owner: { type: 'User', id: owner },
        public: isPublic === 1,
        title,
        ...(label !== null && { label }),
        teams: teams.filter(({ doc_id: each }) => each === id).map(({ team_id: team }) => ({ type: 'Team', id: team })),
      },
      parents: folder === null ? [] : [{ type: 'Folder', id: folder }],
    };
    const request = { principal: `User::"${user}"`, action: 'view', resource: { type: 'Doc', id: `${id}` } };
    return engine.isAllowed(request, [...others, ...folders, doc] as never);
  };
  return docs.filter(isAllowed).map(({ id }) => `${id}`);
}

test.each(['alice', 'boss', 'nobody'])('the page of %s is that of a decision for each document', (user) => {
  if (user === 'nobody') people.upsert({ uid: 'User::"nobody"', attrs: { level: 0 }, parents: [] });
  const expected = oneByOne(user);
  expect(expected.length).toBeGreaterThan(10);
  expect(expected.length).toBeLessThan(COUNT / 10);
  expect(pageOf(database, user, 5, 10)).toEqual({ ids: expected.slice(5, 15), total: expected.length });
});

test('the database finds owners and public documents by their indexes', () => {
  const edit = engine.filter({ principal: 'User::"alice"', action: 'edit', resource: 'Doc' }, people).sql('sqlite');
  const plan = database.exec(`EXPLAIN QUERY PLAN SELECT id FROM docs WHERE ${edit.text}`, [...edit.values]);
  expect(JSON.stringify(plan[0]!.values)).toContain('USING INDEX docs_owner');
  expect(filterFor('alice').kind).toBe('conditional');
});
