/**
 * Own object mutants — every bug that is put into the short cuts of own objects on purpose breaks a claim about them.
 */
import { expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { broken } from '../src/engine/own-object-claims.ts';
import { OWN_OBJECT_MUTANTS } from './own-objects.ts';

test.each(OWN_OBJECT_MUTANTS.map((mutant, i) => [mutant.name, mutant, i] as const))(
  'it is noticed when %s',
  async (_, mutant, i) => {
    const module = await bundle('test/src/engine/own-object-claims.ts', mutant, `own-objects-${i}`);
    expect(((await import(module)) as { broken: typeof broken }).broken()).not.toEqual([]);
  },
);
