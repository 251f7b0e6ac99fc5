/**
 * Load — that text becomes a function of its own each time, or is refused where no code may be made.
 */
import { afterEach, expect, test, vi } from 'vitest';
import { CodeGenerationForbidden, load } from '../../../codegen/load/load.ts';

afterEach(() => vi.unstubAllGlobals());

test('a function has these parameters and this body, in strict mode', () => {
  expect(load<(a: number, b: number) => number>(['a', 'b'], 'return a - b;')(5, 3)).toBe(2);
  expect(load<() => unknown>([], 'return this;')()).toBeUndefined();
});

test('no two functions have the same text', () => {
  const [one, other] = [0, 1].map(() => String(load([], 'return 1;')));
  expect(one).not.toBe(other);
});

test('what cannot be parsed is our mistake', () => expect(() => load([], 'return (')).toThrow(SyntaxError));

test('an environment that forbids code is told from other mistakes', () => {
  const cause = new EvalError('Code generation from strings disallowed for this context');
  vi.stubGlobal(
    'Function',
    class {
      constructor() {
        throw cause;
      }
    },
  );
  const asked = () => load([], '');
  expect(asked).toThrow(CodeGenerationForbidden);
  expect(asked).toThrow(expect.objectContaining({ name: 'CodeGenerationForbidden', cause }));
  expect(asked).toThrow('{ mode: "interpret" }');
});
