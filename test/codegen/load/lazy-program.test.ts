/**
 * Halves — that each function is made at its first call, once, and alone.
 */
import { expect, test } from 'vitest';
import type { Mode } from '../../../codegen/emit/program-options.ts';
import { compileOnFirstCall } from '../../../codegen/load/lazy-program.ts';

test('each function is made when it is first called', () => {
  const made: Mode[] = [];
  const asked: unknown[] = [];
  const loaded = compileOnFirstCall((only) => {
    made.push(only);
    const answer = (...request: unknown[]) => asked.push(request);
    return { [only]: answer } as never;
  });
  expect(made).toEqual([]);
  const [full, decide] = [[1, 2, 3, 4, 5, 6] as never, [1, 2, 3, 4] as never];
  expect(loaded.decide(...(decide as [never, never, never, never]))).toBe(1);
  expect(made).toEqual(['decide']);
  expect(loaded.full(...(full as [never, never, never, never, never, never]))).toBe(2);
  loaded.decide(...(decide as [never, never, never, never]));
  loaded.full(...(full as [never, never, never, never, never, never]));
  expect(made).toEqual(['decide', 'full']);
  expect(asked).toEqual([decide, full, decide, full]);
});
