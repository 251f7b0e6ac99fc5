/**
 * The tests that check the mutations of a folder (mutate.ts): those that are near it and run in seconds, with few and always the same generated
 * cases, the quickest first.
 */
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { CASES, MUTATED, ORACLES } from './oracles.ts';

const oracles = ORACLES[process.env[MUTATED] ?? ''] ?? [...new Set(Object.values(ORACLES).flat())];

/** In the order of the list: the first that fails ends the trial of a mutant. */
class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      oracles.findIndex((oracle) => moduleId.includes(oracle.replace(/\*.*$/, '')));
    return files.sort((a, b) => place(a) - place(b));
  }
}

const config = defineConfig({
  test: {
    include: [...oracles],
    // What fails need not be made small: that takes far longer than to find it.
    env: { [CASES]: process.env[CASES] ?? '40', CEDARMILL_SEED: '7', CEDARMILL_SHRINK: 'no' },
    // No module keeps anything between tests, and to load them again for each file takes longer than most tests do.
    isolate: false,
    testTimeout: 60_000,
    sequence: { sequencer: InOrder },
  },
});

export { config as default };
