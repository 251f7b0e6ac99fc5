/**
 * SQLite — what generated cases found once, on tables made by hand.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, mapping, ref } from '../../../src/index.ts';

const schema = `
  entity User;
  entity Folder in [Folder];
  entity Doc in [Folder] { label: String };
  action view appliesTo { principal: User, resource: Doc };
`;
const map = mapping(schema, {
  Folder: { id: 'id', table: 'folders', parents: { Folder: ref('parent') } },
  Doc: { id: 'id', table: 'docs', attrs: { label: 'label' }, parents: { Folder: ref('folder') } },
});

let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Database();
});

function passed(condition: string): unknown[] {
  const policy = `permit(principal, action, resource) when { ${condition} };`;
  const engine = compile(policy, { schema, mapping: map, mode: 'interpret' });
  const filter = engine.filter({ principal: 'User::"u"', action: 'view', resource: 'Doc' }, []);
  const { text, values } = filter.sql('sqlite');
  return (database.exec(`SELECT id FROM docs WHERE ${text} ORDER BY rowid`, [...values])[0]?.values ?? []).flat();
}

describe('in SQLite', () => {
  test('a recursive query keeps ids that differ in case only', () => {
    database.exec(`
      CREATE TABLE folders (id TEXT COLLATE NOCASE, parent TEXT COLLATE NOCASE);
      INSERT INTO folders VALUES ('top', NULL), ('in', 'top'), ('IN', 'top'), ('deep', 'IN'), ('other', 'TOP');
      CREATE TABLE docs (id TEXT, folder TEXT COLLATE NOCASE, label TEXT COLLATE NOCASE);
      INSERT INTO docs VALUES ('a', 'in', ''), ('b', 'IN', 'x'), ('c', 'deep', 'X'), ('d', 'other', 'a' || char(0) || 'b'), ('e', 'Top', 'x ');
    `);
    expect(passed('resource in Folder::"top"')).toEqual(['a', 'b', 'c']);
    expect(passed('resource in Folder::"IN"')).toEqual(['b', 'c']);
  });

  test.each<[string, string[]]>([
    ['resource.label like "*b"', ['d']],
    ['!(resource.label like "*b")', ['a', 'b', 'c', 'e']],
    ['resource.label like "a*b"', ['d']],
    ['resource.label like "a\\0*"', ['d']],
    ['resource.label like "*\\0*"', ['d']],
    ['!(resource.label like "*x*")', ['a', 'c', 'd']],
    ['resource.label like "x*"', ['b', 'e']],
    ['resource.label == "x"', ['b']],
    ['resource.label like "*"', ['a', 'b', 'c', 'd', 'e']],
    ['resource.label like ""', ['a']],
    ['!(resource.label like "a*b*")', ['a', 'b', 'c', 'e']],
  ])('texts are compared whole: %s', (condition, ids) => {
    expect(passed(condition)).toEqual(ids);
  });
});
