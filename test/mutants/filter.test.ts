/**
 * Filter mutants — every bug that one database alone shows, put in on purpose, breaks a claim about filters.
 */
import { describe, expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { broken } from '../src/filter/claims.ts';
import { FILTER_MUTANTS } from './filter.ts';

async function brokenWith(
  mutant: (typeof FILTER_MUTANTS)[number] | undefined,
  name: string,
): Promise<readonly string[]> {
  const module = await bundle('test/src/filter/claims.ts', mutant, `filter-${name}`);
  return ((await import(module)) as { broken: typeof broken }).broken();
}

describe('the claims about filters', () => {
  test('hold without a bug', async () => {
    expect(await brokenWith(undefined, 'none')).toEqual([]);
  });

  test.each(FILTER_MUTANTS.map((mutant, i) => [mutant.name, mutant, i] as const))(
    'find that %s',
    async (_, mutant, i) => {
      expect(await brokenWith(mutant, String(i))).not.toEqual([]);
    },
  );
});
