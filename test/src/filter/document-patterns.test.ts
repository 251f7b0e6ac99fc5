/**
 * Document patterns — `like` as a query of MongoDB, run by mingo, for every pattern against every text: characters of regular expressions, U+0000, line
 * breaks, and characters of several bytes.
 */
import { Query } from 'mingo';
import { expect, test } from 'vitest';
import { compile, EntityStore, mapping, parseSchema } from '../../../src/index.ts';
import { printPattern } from '../../../src/syntax/print.ts';
import { patternMatches } from '../../../src/value/pattern.ts';
import { PATTERNS, TEXTS } from './patterns.ts';

const schema = parseSchema(
  'entity User; entity Doc { text?: String }; action view appliesTo { principal: User, resource: Doc };',
).schema!;
const map = mapping(schema, { Doc: { id: '_id', table: 'docs', attrs: { text: 'text' } } });
const known = EntityStore.from([], { schema });

test('texts match in MongoDB if they match in Cedar, and negated if they do not', () => {
  const wrong: string[] = [];
  for (const pattern of PATTERNS)
    for (const isNegated of [false, true]) {
      const like = `resource.text like "${printPattern(pattern)}"`;
      const condition = `resource has text && ${isNegated ? `!(${like})` : like}`;
      const engine = compile(`permit(principal, action, resource) when { ${condition} };`, {
        schema,
        mapping: map,
        mode: 'interpret',
      });
      const filter = engine.filter({ principal: 'User::"a"', action: 'view', resource: 'Doc' }, known);
      const where = filter.mongo();
      // A server takes no pattern that holds the character itself.
      if (regexesOf(where).some((each) => each.includes('\0'))) wrong.push(`U+0000: ${like}`);
      const query = new Query(where as never);
      for (const text of TEXTS)
        if (query.test({ text } as never) === (patternMatches(pattern, text) === isNegated))
          wrong.push(`${JSON.stringify(text)}: ${isNegated ? 'not ' : ''}${like}`);
      for (const row of [{}, { text: null }])
        if (query.test(row as never)) wrong.push(`${JSON.stringify(row)}: ${like}`);
    }
  expect(wrong).toEqual([]);
});

function regexesOf(query: unknown): string[] {
  if (typeof query !== 'object' || query === null) return [];
  return Object.entries(query).flatMap(([name, value]) => (name === '$regex' ? [value as string] : regexesOf(value)));
}
