/**
 * Cedarmill error — one base for all that is thrown, which holds between two copies of the package too.
 */
import { describe, expect, test } from 'vitest';
import * as cedarmill from '../../../src/index.ts';
import { CedarmillError, compile, DataError, EntityStore, UsageError } from '../../../src/index.ts';

const classes = Object.entries(cedarmill).filter(
  ([, each]) => typeof each === 'function' && Error.prototype.isPrototypeOf.call(Error.prototype, each.prototype),
) as [string, typeof CedarmillError][];

function thrown(attempt: () => unknown): CedarmillError {
  try {
    attempt();
  } catch (error) {
    return error as CedarmillError;
  }
  throw new Error('nothing was thrown');
}

describe('every error that is exported', () => {
  test.each(classes)('%s has its own kind, by which it is known', (name, type) => {
    expect(Object.hasOwn(type, 'kind') && type.kind).toBe(name);
    expect(Object.create(type.prototype)).toBeInstanceOf(CedarmillError);
  });

  test('is among them', () => {
    expect(classes.length).toBeGreaterThan(12);
  });

  test('of another copy of the package is known by its kind and by those it extends', async () => {
    const path = '../../../src/value/cedarmill-error.ts?copy';
    const copy = (await import(/* @vite-ignore */ path)) as typeof import('../../../src/value/cedarmill-error.ts');
    expect(copy.CedarmillError).not.toBe(CedarmillError);
    class Foreign extends copy.CedarmillError {
      static override readonly kind = 'DataError';
    }
    const [foreign, usage] = [new Foreign('x', 'y'), new copy.UsageError('x')];
    expect([foreign instanceof CedarmillError, foreign instanceof DataError]).toEqual([true, true]);
    expect([foreign instanceof UsageError, foreign instanceof cedarmill.EntitiesError]).toEqual([false, false]);
    expect([usage instanceof UsageError, usage instanceof CedarmillError, usage instanceof TypeError]).toEqual([
      true,
      true,
      true,
    ]);
    expect(new CedarmillError('x', 'y') instanceof copy.CedarmillError).toBe(true);
  });

  test('is not mistaken for another, and a class of the application has ordinary instances only', () => {
    class Own extends DataError {}
    const error = thrown(() => EntityStore.from([{}]));
    for (const other of [new Error('x'), null, undefined, 'x', {}, new TypeError('x')])
      expect(other instanceof CedarmillError || other instanceof UsageError).toBe(false);
    expect([error instanceof DataError, error instanceof Own, error instanceof UsageError]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('an error', () => {
  test('shows each problem with its line and a caret, in colour if asked', () => {
    const error = thrown(() => compile('permit(principal, action, resource)\nwhen { 1 + };'));
    expect(error.format()).toBe(
      [
        'error: unexpected token `}`',
        ' --> <input>:2:12',
        '2 | when { 1 + };',
        '  |            ^ expected `!`, `(`, `-`, `[`, `{`, `false`, identifier, `if`, number, `?principal`, `?resource`, string literal, or `true`',
      ].join('\n'),
    );
    expect(error.format({ color: true })).toContain('\u001b[31merror\u001b[39m');
    expect(error.diagnostics).toHaveLength(1);
  });

  test('without a source shows what it says, and what helps', () => {
    const error = thrown(() => compile('', { shema: '' } as never));
    expect([error.code, error.message]).toEqual(['usage', '`compile` has no option `shema`: did you mean `schema`?']);
    expect(error.format()).toBe('error: `compile` has no option `shema`\n  help: did you mean `schema`?');
  });

  test('never throws for being shown, and does not grow with the number of problems', () => {
    const odd = new CedarmillError('x', 'y', {
      diagnostics: [{ severity: 'error', code: 'x', message: 'y', labels: [{ span: { start: 99, end: -1 } }] }],
      source: { text: 'a' },
    });
    expect(odd.format()).toContain('y');
    const broken = new CedarmillError('x', 'y', { diagnostics: [null as never] });
    expect(broken.format()).toBe('y');
    const text = `permit(principal, action, resource) when { ${'1 = 1 && '.repeat(30)} true };\n`.repeat(1000);
    const many = thrown(() => compile(text));
    expect(many.diagnostics.length).toBeGreaterThan(20);
    expect(many.message).toMatch(/and \d+ more$/);
    expect(many.format()).toMatch(/and \d+ more$/);
  });
});
