/**
 * Last good build — what a hot reloading compiler goes on with, and that a build without one fails.
 */
import { expect, test, vi } from 'vitest';
import { orLastGood } from '../../../src/plugin/last-good-build.ts';

const fail = (): string => {
  throw new Error('does not build');
};

test('an error is reported, and the last good build of the same import goes on', () => {
  const context = { hot: true, _compiler: {}, emitError: vi.fn<(error: Error) => void>() };
  expect(orLastGood(context, 'p.cedar', () => 'first')).toBe('first');
  expect(orLastGood(context, 'p.cedar', () => 'second')).toBe('second');
  expect(orLastGood(context, 'p.cedar', fail)).toBe('second');
  expect(orLastGood(context, 'p.cedar', fail)).toBe('second');
  expect(context.emitError.mock.calls.map(([{ message }]) => message)).toEqual(['does not build', 'does not build']);
});

test('other imports and other compilers have builds of their own', () => {
  const context = { hot: true, _compiler: {}, emitError: () => expect.unreachable() };
  orLastGood(context, 'p.cedar', () => 'good');
  expect(() => orLastGood(context, 'p.cedar?actions=view', fail)).toThrow('does not build');
  expect(() => orLastGood({ ...context, _compiler: {} }, 'p.cedar', fail)).toThrow('does not build');
});

test.each([
  ['without hot replacement', { hot: false }],
  ['without a compiler', { _compiler: undefined }],
  ['where errors cannot be reported', { emitError: undefined }],
])('%s an error is an error', (_, change) => {
  const context = { hot: true, _compiler: {}, emitError: () => expect.unreachable() };
  orLastGood(context, 'p.cedar', () => 'good');
  expect(() => orLastGood({ ...context, ...change }, 'p.cedar', fail)).toThrow('does not build');
});
