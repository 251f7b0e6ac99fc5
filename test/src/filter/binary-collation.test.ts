/**
 * Binary collation — a mapping that says that columns compare by bytes says nothing of values of JSON, which have the collation of the database.
 */
import { expect, test } from 'vitest';
import { compile, json, many, mapping, parseSchema } from '../../../src/index.ts';

const schema = parseSchema(`
  entity User { word: String };
  entity Doc { title: String, label: String, words: Set<String>, meta: { lang: String } };
  action view appliesTo { principal: User, resource: Doc };
`).schema!;
const attrs = { title: 'title', label: 'label', words: many('words'), meta: json('meta') };
const map = mapping(schema, { Doc: { id: 'id', table: 'docs', attrs } }, { collation: 'binary', notNull: true });

function sql(condition: string): string {
  const policy = `permit(principal, action, resource) when { ${condition} };`;
  const engine = compile(policy, { schema, mapping: map, mode: 'interpret' });
  return engine.filter({ principal: 'User::"u"', action: 'view', resource: 'Doc' }, []).sql('mariadb').text;
}

test.each([
  'resource.title == "e"',
  'resource.title like "e*"',
  'resource.title == resource.label',
  '["e", "f"].contains(resource.title)',
])('columns need not be told: %s', (condition) => {
  expect(sql(condition)).not.toContain('COLLATE');
});

test.each([
  'resource.words.contains("e")',
  'resource.words.contains(resource.title)',
  'resource.words.containsAny(["e", "f"])',
  'resource.meta.lang == "e"',
  'resource.meta.lang == resource.title',
  'resource.title == resource.meta.lang',
  'resource.meta.lang like "e*"',
  '(if resource.title == "x" then "e" else "é") == "e"',
])('values of JSON, and constants that are chosen, are: %s', (condition) => {
  expect(sql(condition)).toContain('COLLATE utf8mb4_nopad_bin');
});
