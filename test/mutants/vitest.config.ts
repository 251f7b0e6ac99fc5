/**
 * The tests that judge mutations of codegen and src/value: those that run in seconds, with few and always the same generated cases.
 *
 *     npm run mutate -- --mutate 'codegen/optimize/*.ts'
 */
import { defineConfig } from 'vitest/config';

const config = defineConfig({
  test: {
    include: [
      'test/src/{value,model,engine}/**/*.test.ts',
      'test/{codegen,golden}/**/*.test.ts',
      'test/property/*.test.ts',
    ],
    // The first needs the official build, the second more cases than these.
    exclude: ['test/property/agrees-with-cedar-wasm.test.ts', 'test/property/validator-is-sound.test.ts'],
    env: { CEDARMILL_CASES: '120', CEDARMILL_SEED: '7' },
    testTimeout: 60_000,
  },
});

export { config as default };
