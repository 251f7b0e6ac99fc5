/**
 * Of — IR and policies from text, for tests of what is done with them.
 */
import { expect } from 'vitest';
import type { Ir, IrPolicy } from '../../codegen/ir/ir.ts';
import { lower, lowerPolicy } from '../../codegen/lower/lower.ts';
import { parsePolicies } from '../../src/index.ts';
import { parseExpression } from '../../src/parser/text/text.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugar, desugarPolicy } from '../../src/syntax/desugar.ts';
import type { Policy } from '../../src/syntax/policy.ts';

export function irOf(text: string): Ir {
  const parsed = parseExpression(text);
  return parsed.ok ? lower(desugar(parsed.value)) : expect.unreachable(`${text}: ${parsed.diagnostics[0]?.message}`);
}

/** The first policy of a text, as it is written. */
export function writtenOf(text: string): Policy {
  return allWrittenOf(text)[0]!;
}

function allWrittenOf(text: string): readonly Policy[] {
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  return policies;
}

/** Policies of a text, templates included. */
export function coresOf(text: string): CorePolicy[] {
  return allWrittenOf(text).map(desugarPolicy);
}

/** The first policy of a text. */
export function coreOf(text: string): CorePolicy {
  return coresOf(text)[0]!;
}

export function policyOf(text: string): IrPolicy {
  return lowerPolicy(coreOf(text));
}
