/**
 * Passes — two columns, before and after; and what none may touch.
 */
import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../codegen/ir/ir.ts';
import { printIr } from '../../../codegen/ir/print.ts';
import { dropDoubleNegation } from '../../../codegen/optimize/double-negation.ts';
import { flattenChains } from '../../../codegen/optimize/flatten-chains.ts';
import { foldConstants } from '../../../codegen/optimize/fold-constants.ts';
import { optimize, optimizePolicy } from '../../../codegen/optimize/passes.ts';
import { irOf, policyOf } from '../of.ts';

/** `a`, `b` and `c` stand for what may be of any kind, `p` and `q` for Bools. */
function ir(text: string): Ir {
  const words: Readonly<Record<string, string>> = {
    a: 'context.a',
    b: 'context.b',
    c: 'context.c',
    p: 'principal == resource',
    q: 'principal == action',
  };
  return irOf(text.replace(/\b[abcpq]\b/g, (word) => `(${words[word]})`));
}

function columns(pass: (ir: Ir) => Ir, rows: readonly (readonly [before: string, after: string])[]): void {
  test.each(rows)('%s → %s', (before, after) => {
    expect(printIr(pass(ir(before)))).toBe(printIr(ir(after)));
  });
}

function unchanged(pass: (ir: Ir) => Ir, texts: readonly string[]): void {
  test.each(texts)('%s stays as it is', (text) => {
    const before = ir(text);
    expect(pass(before)).toBe(before);
  });
}

describe('flatten chains', () => {
  columns(flattenChains, [
    ['a && (b && c)', 'a && b && c'],
    ['a || (b || c)', 'a || b || c'],
    ['a && (b && (c && p))', 'a && b && c && p'],
    ['(a && (b && c)) == p', '(a && b && c) == p'],
    ['a && (b || (c || p)) && (q && a)', 'a && (b || c || p) && q && a'],
  ]);
  unchanged(flattenChains, ['a && (b || c)', 'a || b && c', 'a && b', 'a || b', '!a', '[a, b]', 'a == b']);
});

describe('double negation', () => {
  columns(dropDoubleNegation, [
    ['!!p', 'p'],
    ['!!!p', '!p'],
    ['!!!!p', 'p'],
  ]);
  unchanged(dropDoubleNegation, ['!!a', '!p', '!a', '-a', 'a == b']);
});

describe('fold constants', () => {
  columns(foldConstants, [
    ['true && p', 'p'],
    ['false || p', 'p'],
    ['true && a', 'true && a'],
    ['false || a', 'false || a'],
    ['a && true', 'true && a'],
    ['a || false', 'false || a'],
    ['a && false && b', 'a && false'],
    ['a || true || b', 'a || true'],
    ['false && a', 'false'],
    ['true || a', 'true'],
    ['true && true', 'true'],
    ['false || false', 'false'],
    ['true && a && b', 'a && b'],
    ['a && true && b', 'a && b'],
    ['if true then a else b', 'a'],
    ['if false then a else b', 'b'],
    ['1 == 1', 'true'],
    ['1 == 2', 'false'],
    ['"1" == 1', 'false'],
    ['!true', 'false'],
    ['!false', 'true'],
    ['!(1 == 1) || p', 'p'],
    ['if 1 == 1 then a else b', 'a'],
  ]);
  unchanged(foldConstants, [
    'a && b',
    'a || b',
    'a == 1',
    '1 == a',
    'if a then b else c',
    'if 1 then b else c',
    '!1',
    '!a',
    'a && 1',
    '-a',
  ]);

  test('what takes a place keeps the place that operators point to', () => {
    const before = ir('if true then a else b');
    const after = foldConstants(before);
    expect(after.outer).toEqual(before.span);
    expect(after.span).not.toEqual(before.span);
    expect(foldConstants(ir('true && p')).outer).toEqual(ir('true && p').span);
    expect(dropDoubleNegation(ir('!!p')).outer).toEqual(ir('!!p').span);
  });

  test('a literal that takes a place stands there', () => {
    for (const text of ['!true', '1 == 1', 'true && true']) expect(foldConstants(ir(text)).span).toEqual(ir(text).span);
  });
});

describe('passes', () => {
  const text = 'true && (p && !!q)';

  test('errorLog in their order, all by default', () => {
    expect(printIr(optimize(ir(text)))).toBe(printIr(ir('p && q')));
    expect(printIr(optimize(ir(text), true))).toBe(printIr(ir('p && q')));
    expect(printIr(optimize(ir(text), {}))).toBe(printIr(ir('p && q')));
  });

  test('are switched off together', () => {
    const before = ir(text);
    expect(optimize(before, false)).toBe(before);
  });

  test('are switched off by name', () => {
    expect(printIr(optimize(ir(text), { flattenChains: false }))).toBe(printIr(ir('p && q')));
    expect(printIr(optimize(ir(text), { dropDoubleNegation: false }))).toBe(printIr(ir('p && !!q')));
    expect(printIr(optimize(ir(text), { foldConstants: false }))).toBe(printIr(ir('true && p && q')));
    expect(printIr(optimize(ir(text), { foldConstants: undefined, flattenChains: true }))).toBe(printIr(ir('p && q')));
  });

  test('see every part of a policy, and only those that are there', () => {
    const policy = policyOf('permit(principal, action, resource) when { !!(principal == resource) };');
    const withConstantNoise = {
      ...policy,
      principal: policy.condition,
      action: policy.condition,
      resource: policy.condition,
    };
    const plain = irOf('principal == resource');
    for (const part of ['principal', 'action', 'resource', 'condition'] as const) {
      expect(printIr(optimizePolicy(withConstantNoise)[part]!)).toBe(printIr(plain));
      expect(optimizePolicy(withConstantNoise, false)[part]).toBe(policy.condition);
    }
    expect(optimizePolicy(policy)).toMatchObject({ id: policy.id, principal: undefined, resource: undefined });
  });
});
