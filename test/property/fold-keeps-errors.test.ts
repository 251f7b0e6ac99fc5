/**
 * Fold keeps errors — each pass alone, and all together, leave every error and its place what it was.
 */
import { expect, test } from 'vitest';
import { lowerPolicy } from '../../codegen/lower/lower.ts';
import { optimizePolicy, PASSES, type PassName } from '../../codegen/optimize/passes.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import { desugarPolicy } from '../../src/syntax/desugar.ts';
import { withConstantNoise } from '../arbitrary/constant-noise.ts';
import { Random } from '../arbitrary/random.ts';
import { checkAuthorize } from '../drt/target/authorize.ts';
import { holds } from './holds.ts';

const NAMES = Object.keys(PASSES) as PassName[];

function only(name: PassName): CodegenOptions {
  return { optimize: Object.fromEntries(NAMES.map((each) => [each, each === name])) };
}

test('with what passes feed on strewn into every policy', async () => {
  const fired = new Set<PassName>();
  await holds({
    cases: 250,
    check: (given, seed) => {
      const random = new Random(seed);
      const policies = given.policies.map((policy) => withConstantNoise(random, policy));
      for (const policy of policies) {
        const ir = lowerPolicy(desugarPolicy(policy));
        for (const name of NAMES)
          if (optimizePolicy(ir, only(name).optimize).condition !== ir.condition) fired.add(name);
      }
      return checkAuthorize({ ...given, policies }, undefined, [{}, ...NAMES.map(only)]);
    },
  });
  expect([...fired].sort(), 'passes that changed something').toEqual([...NAMES].sort());
});
