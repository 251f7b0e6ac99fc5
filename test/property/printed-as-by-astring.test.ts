/**
 * Printed as by astring — the printer of what is emitted writes the same bytes as the printer of the whole language.
 */
import { generate } from 'astring';
import { test } from 'vitest';
import type { Finding } from '../drt/finding.ts';
import { emittedText } from './emitted.ts';
import { holds } from './holds.ts';

test('programs are printed as astring prints them', async () => {
  await holds({
    cases: 800,
    check: (given) => {
      let finding: Finding | undefined;
      emittedText(given, {
        check: (program, text) => {
          const expected = generate(program, { comments: true });
          if (text === expected) return;
          finding = { target: 'print', oracle: 'astring', what: 'text', expected: [expected], actual: [text] };
        },
      });
      return finding;
    },
  });
});
