/**
 * Print — fragments as schema text.
 */
import { describe, expect, test } from 'vitest';
import { parseFragment, parseFragmentJson, parseSchema } from '../../../../src/schema/parse-schema.ts';
import { printFragment } from '../../../../src/schema/text/print.ts';
import { readCases } from '../../../cases/read.ts';
import { showDiagnostic } from '../show.ts';

describe('printing a schema', () => {
  test.each(readCases('schema-print'))('$title', ({ input, expected }) => {
    const { text, diagnostic } = printFragment(parseFragmentJson(input).fragment!);
    expect((text ?? showDiagnostic(diagnostic!, '')).trim()).toBe(expected);
  });

  test('printed text means the same schema', () => {
    const fragments = readCases('schema-resolve').map(({ input }) => [input, parseFragment(input).fragment] as const);
    let printed = 0;
    for (const [input, fragment] of fragments) {
      const { text } = fragment === undefined ? { text: undefined } : printFragment(fragment);
      if (text === undefined) continue;
      printed += 1;
      expect(sorted(parseSchema(text))).toEqual(sorted(parseSchema(input)));
    }
    expect(printed).toBeGreaterThan(20);
  });

  test('printing what was printed changes nothing', () => {
    for (const { input } of readCases('schema-print')) {
      const { text } = printFragment(parseFragmentJson(input).fragment!);
      if (text === undefined) continue;
      // Text cannot tell an annotation without a value from one with an empty value, which JSON can: so print what was text already.
      const again = printFragment(parseFragment(text).fragment!).text!;
      expect(printFragment(parseFragment(again).fragment!).text).toBe(again);
    }
  });
});

/** The schema in no particular order; without places, which printing moves. */
function sorted({ schema, diagnostics }: ReturnType<typeof parseSchema>): unknown {
  const codes = diagnostics.map(({ message }) => message).sort();
  return { codes, entityTypes: new Map(schema?.entityTypes), actions: new Map(schema?.actions) };
}
