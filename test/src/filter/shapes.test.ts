/**
 * Shapes — each condition of the corpus on SQLite, planned and prepared, and as code for rows, against the model: as permit and as forbid.
 *
 * No shape is empty or total, so that a translation that always says yes, or no, cannot pass.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../../src/index.ts';
import { DEPTS, known, map, refer, request, rowOf, schema, whole } from './shape-setting.ts';
import { ROWS, SHAPES, WITHOUT_MEANING } from './shapes.ts';

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
