/**
 * Assumption — the check that the proofs take nothing on trust finds every way to do so.
 */
import { describe, expect, test } from 'vitest';
import { assumptionsOf } from '../../proofs/assumption.ts';

const of = (source: string): string[] => assumptionsOf('a.dfy', `module M {\n${source}\n}\n`);

describe('assumptions', () => {
  test('a lemma with a body takes nothing on trust', () => {
    expect(of('  lemma l(x: int)\n    requires x > 0\n    ensures x != 0\n  {\n  }')).toEqual([]);
    expect(of('  lemma l(x: int) ensures x == x {}')).toEqual([]);
    expect(of('  predicate p(s: set<int>) { s == {} }')).toEqual([]);
  });

  test('an assume statement is found', () => {
    expect(of('  lemma l()\n    ensures false\n  {\n    assume false;\n  }')).toEqual(['a.dfy: assume in lemma l']);
  });

  test('an axiom is found', () => {
    expect(of('  lemma {:axiom} l()\n    ensures false\n  {\n  }')).toEqual(['a.dfy: {:axiom} in lemma l']);
  });

  test('a lemma that is not verified is found', () => {
    expect(of('  lemma {:verify false} l()\n    ensures false\n  {\n  }')).toEqual([
      'a.dfy: {:verify false} in lemma l',
    ]);
  });

  test('a lemma without a body is found', () => {
    expect(of('  lemma l(s: set<int>)\n    requires s == {}\n    ensures false')).toEqual([
      'a.dfy: no body in lemma l',
    ]);
    expect(of('  lemma l() ensures false\n\n  lemma k()\n  {\n  }')).toEqual(['a.dfy: no body in lemma l']);
  });

  test('a function without a body is found', () => {
    expect(of('  function f(x: int): int\n    ensures f(x) > x')).toEqual(['a.dfy: no body in function f']);
  });

  test('the word in a comment is not an assumption', () => {
    expect(of('  /* we assume nothing */\n  lemma l()\n  {\n    // assume\n  }')).toEqual([]);
  });
});
