/**
 * Roundtrip — print then parse, and to JSON and back, give the same policy.
 */
import { policyFromJson } from '../../../src/parser/json/policy.ts';
import { policySetFromJson } from '../../../src/parser/json/policy-set.ts';
import { parsePolicy } from '../../../src/parser/text/policy.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import { policySetToJson, policyToJson } from '../../../src/syntax/policy-json.ts';
import { printPolicy } from '../../../src/syntax/print.ts';
import type { Case } from '../../arbitrary/case.ts';
import type { Finding } from '../finding.ts';
import { policySetOf } from './authorize.ts';
import { plainPolicy } from './plain.ts';

export function checkText(policy: Policy): Finding | undefined {
  const text = printPolicy(policy);
  const parsed = parsePolicy(text, policy.id);
  if (parsed.policy === undefined) return difference('print then parse', text, parsed.diagnostics);
  return same('print then parse', policy, parsed.policy);
}

export function checkJson(policy: Policy): Finding | undefined {
  const json = policyToJson(policy);
  const read = policyFromJson(json, policy.id);
  if (!read.ok) return difference('to JSON and back', json, read.diagnostic);
  return same('to JSON and back', oneAsOne(policy), read.policy);
}

/** A list of one action is written like one, as the official build does. */
function oneAsOne(policy: Policy): Policy {
  const { action } = policy;
  const [only, another] = action.kind === 'memAny' ? action.uids : [];
  if (only === undefined || another !== undefined) return policy;
  return { ...policy, action: { kind: 'mem', uid: only, uidSpan: undefined, span: undefined } };
}

export function checkRoundtrip(given: Case): Finding | undefined {
  for (const policy of given.policies) {
    const finding = checkText(policy) ?? checkJson(policy);
    if (finding !== undefined) return finding;
  }
  return checkSet(given);
}

/** The JSON of the whole set, links too. */
function checkSet(given: Case): Finding | undefined {
  const set = policySetOf(given);
  const json = policySetToJson(set);
  const { policies, diagnostics } = policySetFromJson(json);
  if (diagnostics.length > 0) return difference('policy set to JSON and back', json, diagnostics);
  const [expected, actual] = [set, policies].map((each) =>
    JSON.stringify([
      [...each.written()].map((policy) => plainPolicy(oneAsOne(policy))).sort(),
      [...each.links()]
        .map((link) => [link.id, link.templateId, `${link.slotEnv.principal} ${link.slotEnv.resource}`])
        .sort(),
    ]),
  );
  return expected === actual ? undefined : difference('policy set to JSON and back', expected, actual);
}

function same(oracle: string, expected: Policy, actual: Policy): Finding | undefined {
  const [a, b] = [plainPolicy(expected), plainPolicy(actual)];
  return a === b ? undefined : difference(oracle, a, b);
}

function difference(oracle: string, expected: unknown, actual: unknown): Finding {
  return { target: 'roundtrip', oracle, what: 'policy', expected, actual };
}
