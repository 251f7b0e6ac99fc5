/**
 * Shapes — each condition of the corpus on SQLite, planned and prepared, and as code for rows, against the model: as permit and as forbid.
 *
 * No shape is empty or total, so that a translation that always says yes, or no, cannot pass.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile, EntityStore, field, many, mapping, parseSchema, ref } from '../../../src/index.ts';
import { ROWS, SHAPES, type ShapeRow, WITHOUT_MEANING } from './shapes.ts';

const schema = parseSchema(`
  entity Dept in [Dept];
  entity User { level: Long, few: Set<String>, many: Set<String>, friends: Set<User>, depts: Set<Dept> };
  entity Row {
    flag: Bool, text: String, note?: String, n: Long, words: Set<String>, parent?: Row, owner?: User, coOwner?: User, dept: Dept,
    at: datetime, obj: { inner: String, extra?: Long },
  };
  action view appliesTo { principal: User, resource: Row, context: { now: datetime, words: Set<String> } };
`).schema!;
const map = mapping(schema, {
  Dept: { id: 'id', table: 'depts', parents: { Dept: ref('above') } },
  User: { id: 'id', table: 'users' },
  Row: {
    id: 'id',
    table: 'things',
    attrs: {
      flag: field('flag', { notNull: true }),
      text: field('text', { notNull: true }),
      note: 'note',
      n: field('n', { notNull: true }),
      words: many('words'),
      parent: ref('parent'),
      owner: ref('owner'),
      coOwner: ref('co_owner'),
      dept: ref('dept'),
      at: field('at', { notNull: true }),
      obj: { inner: 'inner_text', extra: 'extra' },
    },
  },
});

const DEPTS: readonly (readonly [id: string, above: string | null])[] = [
  ['eng', null],
  ['platform', 'eng'],
  ['Eng', null],
  ['ops', null],
  ['[env]%_', null],
  ['under', '[env]%_'],
  ['xenvX', null],
];
const refer = (type: string, id: string) => ({ type, id });
const optional = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });

function entityOf({ id, flag, text, note, n, words, parent, owner, coOwner, dept, at, inner, extra }: ShapeRow) {
  const attrs = {
    ...{ flag, text, n, words, dept: refer('Dept', dept) },
    at: `1970-01-01`,
    obj: { inner, ...optional('extra', extra) },
    ...optional('note', note),
    ...optional('parent', parent && refer('Row', parent)),
    ...optional('owner', owner && refer('User', owner)),
    ...optional('coOwner', coOwner && refer('User', coOwner)),
  };
  const offset = { __extn: { fn: 'datetime', arg: new Date(at).toISOString() } };
  return { uid: refer('Row', id), attrs: { ...attrs, at: offset }, parents: [] };
}

const people = [
  {
    uid: refer('User', 'alice'),
    attrs: {
      level: 6,
      few: ['set', '', '%_o', 'public'],
      many: ['set', 'same', '', '%_o', 'X', 'Y', 'MIRROR', ...Array.from({ length: 20 }, (_, i) => `other ${i}`)],
      friends: [refer('User', 'x'), refer('User', 'bob')],
      depts: [refer('Dept', 'eng'), refer('Dept', 'under')],
    },
    parents: [],
  },
  ...DEPTS.map(([id, above]) => ({
    uid: refer('Dept', id),
    attrs: {},
    parents: above === null ? [] : [refer('Dept', above)],
  })),
];
const known = EntityStore.from(people, { schema });
const whole = EntityStore.from([...people, ...ROWS.map(entityOf)], { schema });
const request = {
  principal: 'User::"alice"',
  action: 'view',
  context: {
    now: { __extn: { fn: 'datetime', arg: '2024-06-02T00:00:00.002Z' } },
    words: ['one', 'Secret', '50%_off'],
  },
} as const;

function rowOf({ id, flag, text, note, n, words, parent, owner, coOwner, dept, at, inner, extra }: ShapeRow) {
  return { id, flag, text, note, n, words, parent, owner, co_owner: coOwner, dept, at, inner_text: inner, extra };
}

let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Database();
  database.exec(`CREATE TABLE depts (id TEXT, above TEXT); CREATE TABLE users (id TEXT);
    CREATE TABLE things (id TEXT, flag INTEGER, text TEXT COLLATE NOCASE, note TEXT COLLATE RTRIM, n INTEGER, words TEXT, parent TEXT, owner TEXT COLLATE NOCASE,
      co_owner TEXT, dept TEXT COLLATE NOCASE, at INTEGER, inner_text TEXT, extra INTEGER)`);
  for (const [id, above] of DEPTS) database.run('INSERT INTO depts VALUES (?, ?)', [id, above]);
  for (const each of ROWS) {
    const values = Object.values({ ...rowOf(each), words: JSON.stringify(each.words), flag: each.flag ? 1 : 0 });
    const marks = values.map((value) => (typeof value === 'bigint' ? 'CAST(? AS INTEGER)' : '?')).join(', ');
    database.run(
      `INSERT INTO things VALUES (${marks})`,
      values.map((value) => (value === undefined ? null : typeof value === 'bigint' ? `${value}` : value)),
    );
  }
});

function found({ text, values }: { readonly text: string; readonly values: readonly (string | null)[] }): unknown[] {
  return (database.exec(`SELECT id FROM things WHERE ${text} ORDER BY rowid`, [...values])[0]?.values ?? []).flat();
}

const names = Object.keys(SHAPES);

describe('the corpus', () => {
  test('is counted', () => {
    console.info(
      `${names.length} shapes on ${ROWS.length} rows; without meaning in Cedar: ${Object.keys(WITHOUT_MEANING).join(', ')}`,
    );
    expect(names.length).toBeGreaterThanOrEqual(140);
    expect(new Set(Object.values(SHAPES)).size).toBe(names.length);
  });

  test.each(names)('%s', (name) => {
    const policy = `(principal, action, resource) when { ${SHAPES[name]} };`;
    for (const policies of [`permit${policy}`, `permit(principal, action, resource); forbid${policy}`]) {
      const [engine, model] = (['compile', 'interpret'] as const).map((mode) =>
        compile(policies, { schema, mapping: map, mode }),
      );
      const query = { ...request, resource: 'Row' };
      const allowed = ROWS.filter(({ id }) => model!.isAllowed({ ...request, resource: refer('Row', id) }, whole)).map(
        ({ id }) => id,
      );
      expect(allowed.length, 'not empty').toBeGreaterThan(0);
      expect(allowed.length, 'not total').toBeLessThan(ROWS.length);
      expect(found(engine!.filter(query, known).sql('sqlite')), 'planned').toEqual(allowed);
      const prepared = engine!.prepareFilter({ principal: 'User', action: 'view', resource: 'Row' });
      expect(found(prepared.bind(request, known).sql('sqlite')), 'prepared').toEqual(allowed);
      const passes = engine!.filter(query, whole).predicate();
      expect(
        ROWS.filter((each) => passes(rowOf(each))).map(({ id }) => id),
        'in memory',
      ).toEqual(allowed);
    }
  });
});
