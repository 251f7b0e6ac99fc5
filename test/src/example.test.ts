/**
 * Example — every example in the docstrings of the public API runs, and gives the result it states.
 *
 * An example is the indented part of a docstring; `// value` behind a line is what the line gives. Examples of one file go on from one another.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as cedarmill from '../../src/index.ts';
import { parseFragment, parseFragmentJson, resolveParsed } from '../../src/schema/parse-schema.ts';

const FILES = [
  'src/engine/engine.ts',
  'src/engine/compile.ts',
  'src/engine/entity-builders.ts',
  'src/engine/entity-store.ts',
  'src/engine/policy-set.ts',
  'src/engine/validate-policies.ts',
  'src/engine/standard-schemas.ts',
  'src/syntax/policy-id.ts',
  'src/schema/parse-schema.ts',
  'src/validator/conformance/standard-schema.ts',
];

/** What the examples take as given. */
const given = {
  ...cedarmill,
  parseFragment,
  parseFragmentJson,
  resolveParsed,
  teams: { '': { entityTypes: { Team: {} }, actions: {} } },
};

const readme = () => readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

describe('examples', () => {
  for (const file of FILES) {
    test(`of ${file} give what they say`, () => {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
      const checks = run(examplesOf(text).join('\n'));
      expect(checks.length).toBeGreaterThan(0);
      for (const [got, said] of checks) expect(got).toEqual(said);
    });
  }

  test('of the README give what they say', () => {
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(readme()) ?? [];
    const lines = code.replace(/^import .*\n/m, '').replace(/console\.log\((.*)\); \/\/ → (.*)$/gm, '$1 // $2');
    const checks = run(lines);
    expect(checks.map(([got]) => got)).toEqual(checks.map(([, said]) => said));
    expect(checks).toHaveLength(2);
  });
});

function examplesOf(text: string): string[] {
  const lines = text.split('\n').flatMap((line) => /^\s*\*( {4,}.*)$/.exec(line)?.[1] ?? []);
  return lines.map((line) => line.slice(5));
}

/** Pairs of what each line with a comment gives and what the comment says. */
function run(code: string): [unknown, unknown][] {
  const checked = code.replace(
    /^(.*\S)\s+\/\/ (.*)$/gm,
    (_line, expression, value) => `checks.push([${expression}, (${value})]);`,
  );
  // An example may declare names that another has used.
  const body = checked.replace(/\bconst (\{[^}]*\}|\w+) =/g, 'var $1 =');
  // The entity store's examples speak of an engine.
  const prelude =
    'var engine = compile("permit(principal, action, resource);"); var store = new EntityStore(); var checks = [];';
  return new Function(...Object.keys(given), `${prelude}\n${body}\nreturn checks;`)(...Object.values(given));
}
