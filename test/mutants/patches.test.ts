/**
 * Patches — each still fits the file it damages.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { patched, ROOT } from '../drt/bundle.ts';
import { readMutants } from './patch.ts';

const mutants = readMutants();

describe('seeded bugs', () => {
  test('there are enough of them, in every part of the house', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(60);
    const classes = new Set(mutants.map(({ name }) => name.split('/')[0]));
    expect([...classes]).toEqual(
      expect.arrayContaining(['codec', 'emit', 'extension', 'fold', 'model', 'parser', 'slice', 'store', 'validator']),
    );
  });

  test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
    '%s fits its file and changes it',
    (_, { path, before, after }) => {
      const text = readFileSync(`${ROOT}${path}`, 'utf8');
      expect(patched(text, before, after, path)).not.toBe(text);
    },
  );
});
