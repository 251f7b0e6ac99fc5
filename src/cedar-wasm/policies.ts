/**
 * Policies — the functions of the official build that parse and convert policies.
 */
import { parsePolicies } from '../parser/text/policy.ts';
import { slotsOf } from '../syntax/desugar.ts';
import type { Policy } from '../syntax/policy.ts';
import { type Json, policyToJson as toJson } from '../syntax/policy-json.ts';
import { printPolicy } from '../syntax/print.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { requireShallow, stringOf } from './call.ts';
import { type DetailedError, leadingError } from './detailed-error.ts';
import { type Argument, policyArgument, policySetArgument, templateArgument } from './policy-argument.ts';
import { spelledAs } from './spelling.ts';

export interface Failure {
  readonly type: 'failure';
  readonly errors: readonly DetailedError[];
}

/** Checks whether a policy set parses. */
export function checkParsePolicySet(policies: unknown): { readonly type: 'success' } | Failure {
  requireShallow(policies);
  const parsed = policySetArgument(policies);
  return parsed.ok ? { type: 'success' } : { type: 'failure', errors: parsed.errors };
}

export type PolicyToJsonAnswer = { readonly type: 'success'; readonly json: Json } | Failure;

/** The JSON form of a static policy. */
export function policyToJson(policy: unknown): PolicyToJsonAnswer {
  requireShallow(policy);
  return jsonAnswer(policyArgument(policy), policy);
}

/** The JSON form of a template. */
export function templateToJson(template: unknown): PolicyToJsonAnswer {
  requireShallow(template);
  return jsonAnswer(templateArgument(template), template);
}

function jsonAnswer(policy: Argument<Policy>, given: unknown): PolicyToJsonAnswer {
  if (!policy.ok) return { type: 'failure', errors: policy.errors };
  return { type: 'success', json: spelledAs(toJson(policy.value), given) };
}

export type PolicyToTextAnswer = { readonly type: 'success'; readonly text: string } | Failure;

/** The Cedar text of a static policy; text stays as it was. */
export function policyToText(policy: unknown): PolicyToTextAnswer {
  requireShallow(policy);
  return textAnswer(policyArgument(policy));
}

/** The Cedar text of a template; text stays as it was. */
export function templateToText(template: unknown): PolicyToTextAnswer {
  requireShallow(template);
  return textAnswer(templateArgument(template));
}

function textAnswer(policy: Argument<Policy>): PolicyToTextAnswer {
  if (!policy.ok) return { type: 'failure', errors: policy.errors };
  return { type: 'success', text: policy.value.source?.text ?? printPolicy(policy.value) };
}

export type PolicySetTextToPartsAnswer =
  | { readonly type: 'success'; readonly policies: readonly string[]; readonly policy_templates: readonly string[] }
  | Failure;

/** The texts of the policies and templates of a policy set text, each sorted by id (so `policy10` is before `policy2`). */
export function policySetTextToParts(policySet: unknown): PolicySetTextToPartsAnswer {
  const text = stringOf(policySet);
  const { policies, diagnostics } = parsePolicies(text, { unknown: true });
  if (diagnostics.length > 0) return { type: 'failure', errors: [leadingError(diagnostics, text, '')] };
  const sorted = [...policies].sort((a, b) => compareCodePoints(a.id, b.id));
  const textOf = ({ span }: Policy) => text.slice(span?.start, span?.end);
  return {
    type: 'success',
    policies: sorted.filter((policy) => slotsOf(policy).length === 0).map(textOf),
    policy_templates: sorted.filter((policy) => slotsOf(policy).length > 0).map(textOf),
  };
}
