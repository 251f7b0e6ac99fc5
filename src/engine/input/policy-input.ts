/**
 * Policy input — the ways in which policies are given to `compile`, and the error for those that do not parse.
 */
import { parsePolicies } from '../../parser/text/policy.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Policy } from '../../syntax/policy.ts';
import { PolicySet } from '../../syntax/policy-set.ts';

/** Cedar text, a policy set, or parsed policies and templates. */
export type PolicyInput = string | PolicySet | readonly Policy[];

/** Policies that do not parse. The message lists every problem with line and column. */
export class PolicySyntaxError extends Error {
  override readonly name = 'PolicySyntaxError';
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[], text: string) {
    super(diagnostics.map((diagnostic) => describe(diagnostic, text)).join('\n'));
    this.diagnostics = diagnostics;
  }
}

function describe({ message, labels, help }: Diagnostic, text: string): string {
  const offset = labels[0]?.span.start;
  const hint = help === undefined ? '' : ` (${help})`;
  if (offset === undefined) return `${message}${hint}`;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(0, lineStart).split('\n').length;
  const shown = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  return `${message}${hint} at line ${line} column ${offset - lineStart + 1}:\n  ${shown}`;
}

/** Throws `PolicySyntaxError`, and `PolicySetError` for an id that stands twice. */
export function policySetFrom(input: PolicyInput): PolicySet {
  if (input instanceof PolicySet) return input;
  if (typeof input !== 'string') return PolicySet.of(input);
  const { policies, diagnostics } = parsePolicies(input);
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new PolicySyntaxError(diagnostics, input);
  return PolicySet.of(policies);
}
