/**
 * Policy input — the ways in which policies are given to `compile`, and the error for those that do not parse.
 */
import { parsePolicies } from '../../parser/text/policy.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Policy } from '../../syntax/policy.ts';
import { PolicySet } from '../../syntax/policy-set.ts';
import { TextPositions } from '../../syntax/text-positions.ts';

/** Cedar text, a policy set, or parsed policies and templates. */
export type PolicyInput = string | PolicySet | readonly Policy[];

/** Policies that do not parse. The message lists every problem with line and column, and the text around it. */
export class PolicySyntaxError extends Error {
  override readonly name = 'PolicySyntaxError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], text: string) {
    const positions = new TextPositions(text);
    super(diagnostics.map((diagnostic) => describe(diagnostic, positions)).join('\n'));
    this.diagnostics = diagnostics;
  }
}

function describe({ message, labels, help }: Diagnostic, positions: TextPositions): string {
  const offset = labels[0]?.span.start;
  const hint = help === undefined ? '' : ` (${help})`;
  if (offset === undefined) return `${message}${hint}`;
  const place = `line ${positions.lineOf(offset)} column ${offset - positions.lineStart(offset) + 1}`;
  return `${message}${hint} at ${place}:\n  ${positions.excerpt(offset).text}`;
}

/** Throws `PolicySyntaxError`, and `PolicySetError` for an id that stands twice. */
export function policySetFrom(input: PolicyInput): PolicySet {
  if (input instanceof PolicySet) return input;
  if (typeof input !== 'string') return PolicySet.of(input);
  const { policies, diagnostics } = parsePolicies(input);
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new PolicySyntaxError(diagnostics, input);
  return PolicySet.of(policies);
}
