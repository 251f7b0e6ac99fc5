/**
 * Policy argument — policies, templates, links and policy sets as callers of the official build give them.
 *
 * A wrong shape throws; what is wrong inside becomes detailed errors, each with the prefix that says which part it is about.
 */

import { isJsonObject, JsonError } from '../parser/json/json-form.ts';
import { policyFromJson } from '../parser/json/policy.ts';
import { uidFromJson } from '../parser/json/value.ts';
import { parsePolicies, parsePolicy } from '../parser/text/policy.ts';
import { slotsOf } from '../syntax/desugar.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Policy, SlotEnv } from '../syntax/policy.ts';
import { PolicySet } from '../syntax/policy-set.ts';
import { PolicySetError } from '../syntax/policy-set-error.ts';
import { has } from '../value/own-member.ts';
import { CallShapeError, entriesOf, listOf, members, stringOf } from './call.ts';
import { type DetailedError, detailedError, leadingError, plainError } from './detailed-error.ts';

export type Argument<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly errors: readonly DetailedError[] };

/** The official build enables partial evaluation, so that `unknown` is a function. */
const OPTIONS = { unknown: true };

const POLICY_SET = ['staticPolicies', 'templates', 'templateLinks'];

/** `{ staticPolicies, templates, templateLinks }`. */
export function policySetArgument(value: unknown): Argument<PolicySet> {
  const call = members(value, { name: 'PolicySet', fields: POLICY_SET, optional: POLICY_SET });
  const templates = call.templates === undefined ? [] : entriesOf(call.templates);
  const links = call.templateLinks === undefined ? [] : listOf(call.templateLinks).map(linkOf);
  const set = new PolicySet();
  const errors = [
    ...addStaticPolicies(set, call.staticPolicies),
    ...templates.flatMap(([id, template]) => addTemplate(set, id, template)),
    ...links.flatMap((link) => addLink(set, link)),
  ];
  return errors.length === 0 ? { ok: true, value: set } : { ok: false, errors };
}

/** A text of several policies, a list of policies, or policies by id. If one is wrong, none is added. */
function addStaticPolicies(set: PolicySet, value: unknown): readonly DetailedError[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return addPolicies(set, policiesOf(stringOf(value)));
  if (Array.isArray(value)) return addPolicies(set, together(value.map((policy) => policyArgument(policy))));
  if (isJsonObject(value)) {
    return addPolicies(set, together(entriesOf(value).map(([id, policy]) => policyArgument(policy, id))));
  }
  throw new CallShapeError(
    'expected a static policy set represented by a string, JSON array, or JSON object (with no duplicate keys)',
  );
}

function policiesOf(text: string): Argument<readonly Policy[]> {
  const { policies, diagnostics } = parsePolicies(text, OPTIONS);
  if (diagnostics.length > 0) return failure(leadingError(diagnostics, text, 'failed to parse policies from string'));
  if (policies.every(isStatic)) return { ok: true, value: policies };
  return failure(plainError('static policy set includes a template'));
}

function isStatic(policy: Policy): boolean {
  return slotsOf(policy).length === 0;
}

function together(parts: readonly Argument<Policy>[]): Argument<readonly Policy[]> {
  const errors = parts.flatMap((part) => (part.ok ? [] : part.errors));
  if (errors.length > 0) return { ok: false, errors };
  return { ok: true, value: parts.flatMap((part) => (part.ok ? [part.value] : [])) };
}

function addPolicies(set: PolicySet, policies: Argument<readonly Policy[]>): readonly DetailedError[] {
  if (!policies.ok) return policies.errors;
  const ids = new Set<string>();
  for (const { id } of policies.value) {
    if (ids.has(id)) return [plainError(`duplicate template or policy id \`${id}\``)];
    ids.add(id);
  }
  for (const policy of policies.value) set.add(policy);
  return [];
}

/** One static policy, as text or JSON. */
export function policyArgument(value: unknown, id?: string): Argument<Policy> {
  const what = id === undefined ? 'policy' : `policy with id \`${id}\``;
  const parsed = parseOne(value, what, id, true);
  if (!parsed.ok || isStatic(parsed.value)) return parsed;
  const source = parsed.value.source?.text;
  const prefix = prefixOf(value, what);
  return failure(detailedError(expectedStatic(parsed.value), source, prefix));
}

/** One template, as text or JSON. */
export function templateArgument(value: unknown, id?: string): Argument<Policy> {
  const what = id === undefined ? 'template' : `template with id \`${id}\``;
  const parsed = parseOne(value, what, id, false);
  if (!parsed.ok || !isStatic(parsed.value)) return parsed;
  return failure(detailedError(expectedTemplate(parsed.value), parsed.value.source?.text, prefixOf(value, what)));
}

function prefixOf(value: unknown, what: string): string {
  const start = `failed to parse ${what} from`;
  return typeof value === 'string' ? `${start} string` : `${start} JSON: ${JSON_PREFIX}`;
}

const JSON_PREFIX = 'error deserializing a policy/template from JSON';

function parseOne(value: unknown, what: string, id: string | undefined, asStatic: boolean): Argument<Policy> {
  const prefix = prefixOf(value, what);
  if (typeof value === 'string') {
    const text = stringOf(value);
    const { policy, diagnostics } = parsePolicy(text, id ?? 'policy0', OPTIONS);
    if (policy !== undefined) return { ok: true, value: policy };
    return failure(leadingError(asStatic ? withExpectedStatic(diagnostics) : diagnostics, text, prefix));
  }
  const parsed = policyFromJson(value, id, OPTIONS);
  if (parsed.ok) return { ok: true, value: parsed.policy };
  return failure(detailedError(parsed.diagnostic, parsed.text, prefix));
}

function failure<T>(error: DetailedError): Argument<T> {
  return { ok: false, errors: [error] };
}

/** Where a static policy was asked for, a slot in a clause is wrong for two reasons. */
function withExpectedStatic(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const slots = diagnostics.filter(({ code }) => code === 'slotInCondition');
  const more = slots.map(({ message, labels }) => {
    const slot = /\?\w+/.exec(message)?.[0] ?? '';
    return { ...notStatic(slot), labels };
  });
  return [...diagnostics, ...more];
}

function notStatic(slot: string): Diagnostic {
  return {
    severity: 'error',
    code: 'notStatic',
    message: `expected a static policy, got a template containing the slot ${slot}`,
    help: 'try removing the template slot(s) from this policy',
    labels: [],
  };
}

/** If two slots are wrong, the official build reports the last. */
function expectedStatic(policy: Policy): Diagnostic {
  for (const scope of [policy.resource, policy.principal]) {
    if (!has(scope, 'entity') || scope.entity.kind !== 'slot') continue;
    const { slot, span } = scope.entity;
    return { ...notStatic(slot), labels: span === undefined ? [] : [{ span }] };
  }
  return notStatic('');
}

function expectedTemplate({ span }: Policy): Diagnostic {
  return {
    severity: 'error',
    code: 'notATemplate',
    message: 'expected a template, got a static policy',
    help: 'a template should include slot(s) `?principal` or `?resource`',
    labels: span === undefined ? [] : [{ span }],
  };
}

function addTemplate(set: PolicySet, id: string, value: unknown): readonly DetailedError[] {
  const template = templateArgument(value, id);
  if (!template.ok) return template.errors;
  if (set.has(id)) {
    const duplicate = `duplicate template or policy id \`${id}\``;
    return [plainError(`failed to add template with id \`${id}\` to policy set: ${duplicate}`)];
  }
  set.addTemplate(template.value);
  return [];
}

interface LinkArgument {
  readonly templateId: string;
  readonly newId: string;
  readonly values: readonly (readonly [string, unknown])[];
}

function linkOf(value: unknown): LinkArgument {
  const call = members(value, { name: 'TemplateLink', fields: ['templateId', 'newId', 'values'] });
  const values = entriesOf(call.values);
  for (const [slot] of values) {
    if (slot !== '?principal' && slot !== '?resource') {
      throw new CallShapeError(`unknown variant \`${slot}\`, expected \`?principal\` or \`?resource\``);
    }
  }
  return { templateId: stringOf(call.templateId), newId: stringOf(call.newId), values };
}

function addLink(set: PolicySet, { templateId, newId, values }: LinkArgument): readonly DetailedError[] {
  const slotEnv: { -readonly [slot in keyof SlotEnv]: SlotEnv[slot] } = {};
  try {
    for (const [slot, uid] of values) slotEnv[slot === '?principal' ? 'principal' : 'resource'] = uidFromJson(uid);
    set.link({ id: newId, templateId, slotEnv });
    return [];
  } catch (error) {
    if (error instanceof JsonError) {
      const prefix = 'failed to parse link values: failed to parse entity uid';
      return [detailedError(error.diagnostic, error.text, prefix)];
    }
    if (error instanceof PolicySetError) return [plainError(linkProblem(set, error))];
    throw error;
  }
}

function linkProblem(set: PolicySet, error: PolicySetError): string {
  const start = 'unable to link template:';
  switch (error.code) {
    case 'duplicateId':
      return `${start} template-linked policy id \`${error.id}\` conflicts with an existing policy id`;
    case 'unknownTemplate':
      return set.has(error.id) ? 'expected a template, but a static policy was provided' : `${start} ${error.message}`;
    default:
      return `${start} ${slotProblem(error)}`;
  }
}

function slotProblem({ missing, extra }: PolicySetError): string {
  const notGiven = `the following slots were not provided as arguments: ${missing.join(', ')}`;
  const notThere = `the following slots were provided as arguments, but did not exist in the template: ${extra.join(', ')}`;
  if (missing.length === 0) return notThere;
  return extra.length === 0 ? notGiven : `${notGiven}. T${notThere.slice(1)}`;
}
