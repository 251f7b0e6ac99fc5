/**
 * Input mutants — every bug that is put into the readers of input on purpose breaks a claim about them.
 */
import { describe, expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { broken } from '../src/engine/input/claims.ts';
import { INPUT_MUTANTS } from './input.ts';

async function brokenWith(
  mutant: (typeof INPUT_MUTANTS)[number] | undefined,
  name: string,
): Promise<readonly string[]> {
  const module = await bundle('test/src/engine/input/claims.ts', mutant, `input-${name}`);
  return ((await import(module)) as { broken: typeof broken }).broken();
}

describe('the claims about input', () => {
  test('hold without a bug', async () => {
    expect(await brokenWith(undefined, 'none')).toEqual([]);
  });

  test.each(INPUT_MUTANTS.map((mutant, i) => [mutant.name, mutant, i] as const))(
    'find that %s',
    async (_, mutant, i) => {
      expect(await brokenWith(mutant, String(i))).not.toEqual([]);
    },
  );
});
