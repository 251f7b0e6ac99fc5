/**
 * JSON policy set — `{ staticPolicies, templates, templateLinks }`, from JSON text or from JavaScript values.
 *
 * Every problem is reported, each with the part of the set it is about.
 *
 * Docs:  Cedar policy language, JSON policy format: Representing a policy set
 */

import { slotsOf } from '../../syntax/desugar.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Policy, SlotEnv } from '../../syntax/policy.ts';
import { PolicySet } from '../../syntax/policy-set.ts';
import { PolicySetError } from '../../syntax/policy-set-error.ts';
import { JsonSyntaxError, parseJson } from '../../value/json.ts';
import {
  isJsonObject,
  JsonError,
  type JsonObject,
  jsonArray,
  jsonEntries,
  jsonError,
  jsonFields,
  jsonMember,
  jsonString,
  oneOf,
  wrongJsonType,
} from './json-form.ts';
import { type JsonPolicyOptions, policyFromJson } from './policy.ts';
import { uidFromJson } from './value.ts';

export interface JsonPolicySet {
  /** What could be read. Do not use it if there are diagnostics. */
  readonly policies: PolicySet;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a policy set from JSON text; Longs beyond 2^53 keep their value, duplicate keys are errors. */
export function parseJsonPolicySet(text: string, options: JsonPolicyOptions = {}): JsonPolicySet {
  try {
    return policySetFromJson(parseJson(text), options);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const span = { start: error.offset, end: error.offset };
    const { message } = error;
    return {
      policies: new PolicySet(),
      diagnostics: [{ severity: 'error', code: 'invalidJson', message, labels: [{ span }] }],
    };
  }
}

export function policySetFromJson(json: unknown, options: JsonPolicyOptions = {}): JsonPolicySet {
  const reader = new Reader(options);
  reader.guard('policy set', () => reader.read(json));
  return { policies: reader.policies, diagnostics: reader.diagnostics };
}

class Reader {
  readonly policies = new PolicySet();
  readonly diagnostics: Diagnostic[] = [];
  readonly #options: JsonPolicyOptions;

  constructor(options: JsonPolicyOptions) {
    this.#options = options;
  }

  read(json: unknown): void {
    const parts = ['staticPolicies', 'templates', 'templateLinks'];
    const { staticPolicies = {}, templates = {}, templateLinks = [] } = jsonFields(json, 'a policy set', parts);
    this.#readEach('policy', staticPolicies, (policy) => this.#addStatic(policy));
    this.#readEach('template', templates, (template) => this.#addTemplate(template));
    jsonArray(templateLinks).forEach((link, i) => {
      this.guard(`template link ${i + 1}`, () => this.#link(link));
    });
  }

  #readEach(what: string, json: unknown, add: (policy: Policy) => void): void {
    if (!isJsonObject(json)) throw wrongJsonType(json, 'a map');
    for (const [id, member] of jsonEntries(json)) {
      this.guard(`${what} \`${id}\``, () => {
        const parsed = policyFromJson(member, id, this.#options);
        if (!parsed.ok) throw new JsonError(parsed.diagnostic);
        add(parsed.policy);
      });
    }
  }

  #addStatic(policy: Policy): void {
    if (slotsOf(policy).length > 0) throw jsonError('expected a static policy, found a template');
    this.policies.add(policy);
  }

  #addTemplate(template: Policy): void {
    if (slotsOf(template).length === 0) throw jsonError('expected a template, found a static policy');
    this.policies.addTemplate(template);
  }

  #link(json: unknown): void {
    const fields = jsonFields(json, 'a template link', ['templateId', 'newId', 'values']);
    const templateId = jsonString(jsonMember(fields, 'templateId'));
    const id = jsonString(jsonMember(fields, 'newId'));
    this.policies.link({ id, templateId, slotEnv: readSlotEnv(jsonMember(fields, 'values')) });
  }

  /** Turns what goes wrong in one part into a diagnostic about it. */
  guard(part: string, read: () => void): void {
    try {
      read();
    } catch (error) {
      if (error instanceof JsonError) {
        const { diagnostic } = error;
        this.diagnostics.push({ ...diagnostic, message: `${part}: ${diagnostic.message}`, labels: [] });
      } else if (error instanceof PolicySetError) {
        const message = `${part}: ${error.message}`;
        this.diagnostics.push({ severity: 'error', code: error.code, message, labels: [] });
      } else throw error;
    }
  }
}

const SLOTS = ['?principal', '?resource'];

function readSlotEnv(json: unknown): SlotEnv {
  if (!isJsonObject(json)) throw wrongJsonType(json, 'a map');
  for (const [slot] of jsonEntries(json)) {
    if (!SLOTS.includes(slot)) throw jsonError(`unknown slot \`${slot}\`, expected ${oneOf(SLOTS)}`);
  }
  return { principal: slotUid(json, '?principal'), resource: slotUid(json, '?resource') };
}

function slotUid(json: JsonObject, slot: string) {
  return json[slot] === undefined ? undefined : uidFromJson(json[slot]);
}
