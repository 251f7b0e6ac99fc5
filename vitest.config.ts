import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Against what hangs, not against what is slow.
    testTimeout: 180_000,
    pool: 'forks',
    // All cores: the default leaves one out, which is half of them on small machines.
    maxWorkers: availableParallelism(),
  },
});
