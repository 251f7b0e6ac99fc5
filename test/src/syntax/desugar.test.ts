/**
 * Desugar — what surface forms become in the core tree.
 */
import { describe, expect, test } from 'vitest';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { parseExpression } from '../../../src/parser/text/text.ts';
import { desugar, desugarPolicy, linkPolicy, policyToExpr } from '../../../src/syntax/desugar.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { readCases } from '../../cases/read.ts';
import { showExpr } from './show.ts';

function coreOf(text: string) {
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  return desugarPolicy(policies[0]!);
}

describe('expressions', () => {
  test.each(readCases('desugar'))('$title', ({ input, expected }) => {
    const parsed = parseExpression(input);
    if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
    expect(showExpr(desugar(parsed.value))).toBe(expected);
  });
});

describe('policies', () => {
  test.each(readCases('desugar-policy'))('$title', ({ input, expected }) => {
    expect(showExpr(policyToExpr(coreOf(input)))).toBe(expected);
  });

  test('linking fills the slots and nothing else', () => {
    const template = coreOf('permit(principal == ?principal, action, resource is T in ?resource) when { 1 == 1 };');
    const slotEnv = { principal: new EntityUid('U', 'a'), resource: new EntityUid('F', 'f') };
    const linked = linkPolicy(template, { id: 'l', templateId: 'policy0', slotEnv });
    expect(linked.id).toBe('l');
    expect(showExpr(policyToExpr(linked))).toBe(
      '(and (eq principal U::"a") (and true (and (and (is T resource) (mem resource F::"f")) (eq 1 1))))',
    );
  });
});
