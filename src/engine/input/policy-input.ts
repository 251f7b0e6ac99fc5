/**
 * Policy input — the ways in which policies are given, and the error for those that do not parse.
 *
 * Ids are the same in every mode: a policy in Cedar text has that of its `@id`, one in a JSON policy set that of its key; all others are numbered,
 * `policy0`, `policy1`, …, by their place among everything that is given.
 */
import { policyFromJson } from '../../parser/json/policy.ts';
import { policySetFromJson } from '../../parser/json/policy-set.ts';
import { withAdvice } from '../../parser/syntax-error/advice.ts';
import { parsePolicies } from '../../parser/text/policy.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Policy, TemplateLink } from '../../syntax/policy.ts';
import { withAnnotatedId } from '../../syntax/policy-id.ts';
import { PolicySet as StrictPolicySet } from '../../syntax/policy-set.ts';
import { CedarmillError, UsageError } from '../../value/cedarmill-error.ts';
import { positionOf } from '../../value/diagnostic-text.ts';
import { parseJson } from '../../value/json.ts';
import { ownMember } from '../../value/own-member.ts';
import { TextPositions } from '../../value/text-positions.ts';

/** Cedar text; a policy set, policy or template in the JSON format, as text or as a value; a `PolicySet`; a parsed policy. */
export type OnePolicyInput = string | StrictPolicySet | Policy | object;

/** One of these, or a list of them. A `PolicySet` on its own is used as it is, and the engine follows its changes. */
export type PolicyInput = OnePolicyInput | readonly OnePolicyInput[];

/** The message lists at most this many problems; `diagnostics` has all. */
const SHOWN_AT_MOST = 20;

/** Policies that do not parse. The message lists the problems with line and column. */
export class PolicySyntaxError extends CedarmillError {
  static override readonly kind = 'PolicySyntaxError';
  override readonly name = 'PolicySyntaxError';

  constructor(diagnostics: readonly Diagnostic[], text: string | undefined, name?: string) {
    const positions = text === undefined ? undefined : new TextPositions(text);
    const advised = positions === undefined ? diagnostics : diagnostics.map((each) => withAdvice(each, positions));
    const shown = advised.slice(0, SHOWN_AT_MOST).map((each) => describe(each, positions));
    const more = advised.length - shown.length;
    super('policySyntax', [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n'), {
      diagnostics: advised,
      source: text === undefined ? undefined : { text, name },
    });
  }
}

function describe({ message, labels, help }: Diagnostic, positions: TextPositions | undefined): string {
  const [label] = labels;
  const hints = [help, label?.text].filter((hint) => hint !== undefined).join('; ');
  const told = hints === '' ? message : `${message} (${hints})`;
  if (label === undefined || positions === undefined) return told;
  const { line, column, text: shown } = positionOf(positions, label.span.start);
  return `${told} at line ${line} column ${column}:\n  ${shown}`;
}

/** Policies, templates and links, before they are in a set. */
export interface ReadPolicies {
  readonly policies: readonly Policy[];
  readonly links: readonly TemplateLink[];
}

/** Throws `PolicySyntaxError`, `JsonSyntaxError`, `PolicySetError` and `UsageError`. */
export function policiesFromInput(input: unknown): ReadPolicies {
  const policies: Policy[] = [];
  const links: TemplateLink[] = [];
  const all: readonly unknown[] = Array.isArray(input) ? Array.from(input) : [input];
  for (const each of all) {
    const read = readOne(each, policies.length);
    for (const policy of read.policies) policies.push(policy);
    for (const link of read.links) links.push(link);
  }
  return { policies, links };
}

/** `first` is the number of the first policy that has no other id. */
function readOne(input: unknown, first: number): ReadPolicies {
  if (typeof input === 'string') return textPolicies(input, first);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw notPolicies(input);
  if (input instanceof StrictPolicySet) return { policies: [...input.written()], links: [...input.links()] };
  if (isParsed(input)) return { policies: [input], links: [] };
  if (Array.isArray(ownMember(input, 'diagnostics'))) throw notPolicies(input);
  return jsonPolicies(input, first, undefined);
}

/** JSON begins with a brace, and Cedar text never does. */
function textPolicies(text: string, first: number): ReadPolicies {
  if (text.trimStart().startsWith('{')) return jsonPolicies(parseJson(text) as object, first, text);
  const { policies, diagnostics } = parsePolicies(text);
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new PolicySyntaxError(diagnostics, text);
  return { policies: policies.map((policy, i) => withAnnotatedId({ ...policy, id: `policy${first + i}` })), links: [] };
}

const SET_MEMBERS = ['staticPolicies', 'templates', 'templateLinks'];

function jsonPolicies(json: object, first: number, text: string | undefined): ReadPolicies {
  if (SET_MEMBERS.some((member) => ownMember(json, member) !== undefined)) {
    const { policies, diagnostics } = policySetFromJson(json);
    if (diagnostics.length > 0) throw new PolicySyntaxError(diagnostics, undefined);
    return { policies: [...policies.written()], links: [...policies.links()] };
  }
  if (ownMember(json, 'effect') === undefined) throw notPolicies(text ?? json);
  const parsed = policyFromJson(json, `policy${first}`);
  if (!parsed.ok) throw new PolicySyntaxError([parsed.diagnostic], parsed.text);
  return { policies: [parsed.policy], links: [] };
}

/** What `parsePolicies` gives, as against the JSON of a policy, whose scopes have an `op`. */
function isParsed(input: object): input is Policy {
  const { id, annotations, principal, conditions } = input as { readonly [member in keyof Policy]?: unknown };
  const isScope = typeof principal === 'object' && principal !== null && 'kind' in principal;
  return typeof id === 'string' && Array.isArray(annotations) && Array.isArray(conditions) && isScope;
}

const FORMS = 'give Cedar text, a policy or policy set in JSON, a `PolicySet`, or a list of these';

function notPolicies(input: unknown): UsageError {
  if (typeof input === 'object' && input !== null && Array.isArray(ownMember(input, 'diagnostics')))
    return new UsageError('the whole result of `parsePolicies` was given as policies', 'give its `policies`');
  const what = typeof input === 'object' && input !== null ? 'an object that is not a policy' : `\`${String(input)}\``;
  return new UsageError(`policies were expected, got ${what}`, FORMS);
}
