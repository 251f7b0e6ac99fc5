/**
 * SQLite — what generated cases found once, on tables made by hand.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, many, mapping, ref } from '../../../src/index.ts';

const schema = `
  entity User { words: Set<String>, teams: Set<User>, place: { lat: Long } };
  entity Folder in [Folder];
  entity Doc in [Folder] { label: String, owner: User };
  action view appliesTo { principal: User, resource: Doc };
`;
const map = mapping(schema, {
  Folder: { id: 'id', table: 'folders', parents: { Folder: ref('parent') } },
  User: {
    id: 'id',
    table: 'users',
    attrs: {
      words: many('words'),
      teams: many('teams', { through: { table: 'user_teams', owner: 'owner', element: 'team', enforced: true } }),
      place: { lat: 'lat' },
    },
  },
  Doc: { id: 'id', table: 'docs', attrs: { label: 'label', owner: ref('owner') }, parents: { Folder: ref('folder') } },
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
      CREATE TABLE users (id TEXT, words TEXT, lat INTEGER);
      CREATE TABLE user_teams (owner TEXT, team TEXT);
      INSERT INTO users VALUES ('u', '[]', 1);
      CREATE TABLE docs (id TEXT, folder TEXT COLLATE NOCASE, label TEXT COLLATE NOCASE, owner TEXT);
      INSERT INTO docs VALUES ('a', 'in', '', 'u'), ('b', 'IN', 'x', 'U'), ('c', 'deep', 'X', 'gone'),
        ('d', 'other', 'a' || char(0) || 'b', 'u'), ('e', 'Top', 'x ', NULL);
    `);
    expect(passed('resource in Folder::"top"')).toEqual(['a', 'b', 'c']);
    expect(passed('resource in Folder::"IN"')).toEqual(['b', 'c']);
  });

  test.each<[string]>([
    ['resource.owner.words == resource.owner.words'],
    ['resource.owner.teams == resource.owner.teams'],
    ['["a"].containsAll(resource.owner.words)'],
    ['resource.owner.teams.isEmpty()'],
    ['!(resource.owner.words.contains("a"))'],
    ['!(resource.owner.teams.contains(principal))'],
    ['resource.owner.place == resource.owner.place'],
    ['resource.owner.place.lat > 0 || true'],
    ['[resource.owner.words].contains(resource.owner.words)'],
    ['!(resource.owner.words.containsAny(["a"]))'],
    ['resource.owner.words != ["a"]'],
  ])('what an owner who is not there has is an error: %s', (condition) => {
    expect(passed(condition)).toEqual(['a', 'd']);
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
