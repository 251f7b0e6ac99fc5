/**
 * SQLite patterns — `like` on a real SQLite, for every pattern against every text: wildcards of `GLOB` and `LIKE`, blanks, and characters of several bytes.
 */
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { expect, test } from 'vitest';
import { compile, EntityStore, mapping, parseSchema } from '../../../src/index.ts';
import { printPattern } from '../../../src/syntax/print.ts';
import { patternMatches } from '../../../src/value/pattern.ts';
import { PATTERNS, TEXTS } from './patterns.ts';

const schema = parseSchema(
  'entity User; entity Doc { text: String }; action view appliesTo { principal: User, resource: Doc };',
).schema!;
const map = mapping(schema, { Doc: { id: 'id', table: 'docs', attrs: { text: 'text' } } });

test('texts match in SQLite if they match in Cedar, and negated if they do not', async () => {
  const { Database } = await (initSqlJs as () => Promise<import('sql.js').SqlJsStatic>)();
  const database = new Database();
  database.run('CREATE TABLE docs (id INTEGER, text TEXT COLLATE NOCASE)');
  // A text with U+0000 can only be made of bytes.
  for (const [i, text] of TEXTS.entries())
    database.run(`INSERT INTO docs VALUES (${i}, CAST(x'${Buffer.from(text, 'utf8').toString('hex')}' AS TEXT))`);
  const known = EntityStore.from([], { schema });
  const wrong: string[] = [];
  for (const pattern of PATTERNS) {
    for (const isNegated of [false, true]) {
      const like = `resource.text like "${printPattern(pattern)}"`;
      const engine = compile(`permit(principal, action, resource) when { ${isNegated ? `!(${like})` : like} };`, {
        schema,
        mapping: map,
        mode: 'interpret',
      });
      const { text, values } = engine
        .filter({ principal: 'User::"a"', action: 'view', resource: 'Doc' }, known)
        .sql('sqlite');
      const [found] = database.exec(`SELECT id FROM docs WHERE ${text} ORDER BY id`, [...values]);
      const passed = new Set((found?.values ?? []).map(([id]) => id));
      for (const [i, each] of TEXTS.entries())
        if (passed.has(i) === (patternMatches(pattern, each) === isNegated))
          wrong.push(`${JSON.stringify(each)}: ${isNegated ? 'not ' : ''}${like}`);
    }
  }
  expect(wrong).toEqual([]);
});
