/**
 * Flat templates — nested template literals become one that says the same.
 *
 * In the cases `'` stands for the backtick and `@` for the dollar sign.
 */
import { expect, test } from 'vitest';
import { flatTemplates } from '../../build/flat-templates.ts';

const written = (text: string) => text.replaceAll("'", '`').replaceAll('@', '$');

/** What the text of an expression gives for `a` and `b`. */
function value(code: string): unknown {
  return new Function('a', 'b', `return ${code}`)('A', 'B');
}

test.each([
  ["'in \\'@{a}\\': @{'{ @{b} }'}.'", "'in \\'@{a}\\': { @{b} }.'"],
  ["'@{'@{'@{a}'}'}'", "'@{a}'"],
  ["'x@{'\\'@{a}@{'\\@{'}'}@{b}'", "'x\\'@{a}\\@{@{b}'"],
  ["'@{'a'}@{'b'}'", "'ab'"],
  ["'@@{'a'}@'", "'@a@'"],
])('%s', (nested, flat) => {
  expect(flatTemplates(written(nested))).toBe(written(flat));
  expect(value(written(flat))).toBe(value(written(nested)));
});

test.each(["'@{a+'b'}@{f('c')}'", "\"'@{'a'}'\"", "/'/.test('@{a}')", "tag'@{'a'}'"])(
  'what is not directly in one stays: %s',
  (text) => {
    expect(flatTemplates(written(text))).toBe(written(text));
  },
);

test.each(["'@@{'{a}'}'", "'@{'a@'}{'", "'@@{''}{'", "'\\0@{'1'}'", "'@{ 'a' }'"])(
  'what would mean something else is refused: %s',
  (text) => {
    expect(() => flatTemplates(written(text))).toThrow(/template literal/);
  },
);
