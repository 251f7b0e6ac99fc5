/**
 * JSON — schemas in the JSON format, read and written.
 */
import { describe, expect, test } from 'vitest';
import { fragmentToJson } from '../../../../src/schema/json/to-json.ts';
import { parseFragment, parseFragmentJson, parseSchemaJson } from '../../../../src/schema/parse-schema.ts';
import { readCases } from '../../../cases/read.ts';
import { showResolved } from '../show.ts';

describe('reading JSON', () => {
  test.each(readCases('schema-json-read'))('$title', ({ input, expected }) => {
    expect(showResolved(parseSchemaJson(input), '')).toBe(expected);
  });

  test('a parsed value is read like its text', () => {
    for (const { input } of readCases('schema-json-read'))
      expect(parseSchemaJson(JSON.parse(input))).toEqual(parseSchemaJson(input));
  });

  test('an undefined member counts as absent', () => {
    expect(parseSchemaJson({ '': { entityTypes: {}, actions: {}, commonTypes: undefined } }).diagnostics).toEqual([]);
  });

  test.each([
    '{"":{"entityTypes":{},"entityTypes":{},"actions":{}}}',
    '{"":{"entityTypes":{"A":{},"A":{}},"actions":{}}}',
  ])('a member given twice is refused: %s', (text) => {
    const { diagnostics } = parseSchemaJson(text);
    expect(diagnostics.map(({ message }) => message)).toEqual([expect.stringContaining('duplicate key')]);
  });

  test.each(['', '{', '{"":', 'null', '"x"', '1e999', '[]', `${'['.repeat(100_000)}`, '{} x'])(
    '%.20j is not a schema',
    (text) => {
      expect(parseSchemaJson(text).diagnostics.map(({ code }) => code)).toEqual(['json']);
    },
  );

  test.each([
    { '': { entityTypes: { A: { enum: ['\ud800'] } }, actions: {} } },
    { '': { entityTypes: {}, actions: { '\udc00': {} } } },
    { N: { entityTypes: {}, actions: {}, annotations: { a: 'x\ud800' } } },
  ])('half a surrogate pair is refused: %j', (json) => {
    expect(parseSchemaJson(json).diagnostics.map(({ message }) => message)).toEqual(['lone surrogate in a string']);
  });

  test.each([[new Map()], [new Date(0)], [new Set()], [{ '': new Map() }]])(
    'an instance of a class is refused',
    (json) => {
      expect(parseSchemaJson(json).diagnostics.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^invalid type: instance of `(Map|Date|Set)`, expected/),
      ]);
    },
  );

  test('types nested beyond the limit are refused, not followed', () => {
    let type: unknown = { type: 'Long' };
    for (let depth = 0; depth < 5000; depth++) type = { type: 'Set', element: type };
    const { diagnostics } = parseSchemaJson({ '': { entityTypes: {}, actions: {}, commonTypes: { T: type } } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['json']);
  });
});

describe('writing JSON', () => {
  test.each(readCases('schema-json-write'))('$title', ({ input, expected }) => {
    expect(fragmentToJson(parseFragment(input).fragment!)).toEqual(JSON.parse(expected));
  });

  test('what was written reads back as the same', () => {
    const inputs = readCases('schema-json-read').map(({ input }) => parseFragmentJson(input).fragment);
    const fragments = inputs.filter((fragment) => fragment !== undefined);
    expect(fragments.length).toBeGreaterThan(5);
    for (const fragment of fragments) expect(parseFragmentJson(fragmentToJson(fragment)).fragment).toEqual(fragment);
  });
});
