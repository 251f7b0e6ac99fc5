/**
 * Schema — the drop-in answers for schemas as the official build does.
 */
import * as official from '@cedar-policy/cedar-wasm/nodejs';
import { describe, expect, test } from 'vitest';
import * as ours from '../../../src/cedar-wasm/schema.ts';
import { readCases } from '../../cases/read.ts';
import { asOf413 } from './since-4.13.ts';

type Answer = Record<string, unknown>;

const texts = [...readCases('schema-syntax'), ...readCases('schema-resolve'), ...readCases('schema-json-write')];
const jsons = [...readCases('schema-json-read'), ...readCases('schema-print')].map((each) => ({
  title: each.title,
  input: JSON.parse(each.input) as unknown,
}));

/** We tell every problem, the official build the first of each kind; and which is first depends on its hashes. */
const SEVERAL: ReadonlySet<string> = new Set([
  'every kind of declaration',
  'several things declared twice are all told',
  'reserved names of declarations',
  'principal, resource and context come once each',
  'all names that stand for nothing are told',
  'no namespace may declare what the empty one declares',
  'a cycle of common types',
  'a cycle of actions is told once',
  'actions are neither principals nor parents',
  'and nothing else',
  'text cannot tell an entity type from a common type of the same namespace',
]);

function same(title: string, mine: unknown, theirs: unknown): void {
  const [a, b] = [asOf413(JSON.stringify(mine)), JSON.stringify(theirs)].map((each) => JSON.parse(each) as Answer);
  if (SEVERAL.has(title)) expect(a!.type).toBe(b!.type);
  else expect(a).toEqual(b);
}

describe.each([
  ['checkParseSchema', ours.checkParseSchema, official.checkParseSchema],
  ['schemaToJson', ours.schemaToJson, official.schemaToJson],
  ['schemaToText', ours.schemaToText, official.schemaToText],
])('%s', (_, mine, theirs) => {
  test.each(texts)('text: $title', ({ title, input }) => same(title, mine(input), theirs(input)));

  test.each(jsons)('JSON: $title', ({ title, input }) => same(title, mine(input), theirs(input as never)));
});

describe('schemaToJsonWithResolvedTypes', () => {
  test.each(texts)('$title', ({ title, input }) =>
    same(title, ours.schemaToJsonWithResolvedTypes(input), official.schemaToJsonWithResolvedTypes(input)),
  );

  test('throws for what is not text', () => {
    expect(() => ours.schemaToJsonWithResolvedTypes({})).toThrow('expected a string');
  });
});

describe('the schema argument', () => {
  test('gives the schema and its warnings', () => {
    const { schema, warnings } = ours.parseSchemaArgument('entity Long;') as { schema: unknown; warnings: unknown[] };
    expect(schema).toBeDefined();
    expect(warnings).toHaveLength(1);
  });

  test('counts places in bytes', () => {
    const { error } = ours.parseSchemaArgument('entity A { "é€😀": X };');
    expect(error?.sourceLocations).toEqual([{ label: null, start: 24, end: 25 }]);
  });
});
