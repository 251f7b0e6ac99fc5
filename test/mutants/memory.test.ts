/**
 * Memory mutants — everything that is made to stay in memory on purpose is noticed.
 */
import { expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import { LIMITS } from '../src/engine/memory.ts';
import { bytesLeft } from '../src/engine/memory-process.ts';
import { MEMORY_MUTANTS } from './memory.ts';

test.each(MEMORY_MUTANTS.map((mutant, i) => [mutant.name, mutant, i] as const))(
  'it is noticed when %s',
  { timeout: 60_000 },
  async (_, mutant, i) => {
    const { count, atMost } = LIMITS[mutant.kind]!;
    const script = await bundle('test/src/engine/memory.ts', mutant, `memory-${i}`);
    expect(await bytesLeft(script, mutant.kind, count)).toBeGreaterThan(atMost);
  },
);
