/**
 * Validate — whether the policies of a set fit a schema.
 *
 * For each policy and template: are the names declared, is there an action it can apply to, do its parts have types; then links; then strings
 * that do not look like what they are. With a level also: how far policies may follow attributes from entity to entity.
 *
 * Spec:  Cedar.Validation.Validator: validate, validateWithLevel
 */

import { incompletenessOf } from '../schema/completeness.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { linkPolicy } from '../syntax/desugar.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { TemplateLink } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { append } from '../value/append.ts';
import { applicabilityProblem } from './applicability.ts';
import { levelProblems } from './level.ts';
import { typecheckEverywhere } from './relevance.ts';
import type { ValidationMode } from './type.ts';
import { isDeclared, undeclaredNames } from './wording/names.ts';
import { stringWarnings } from './wording/string-warning.ts';
import {
  forPolicy,
  impossiblePolicy,
  incompleteSchema,
  type Problem,
  unrecognizedEntityType,
} from './wording/validation-error.ts';

export interface ValidationOptions {
  /** `strict` unless said otherwise. */
  readonly mode?: ValidationMode | undefined;
  /** How many entities deep attributes, tags and ancestors may be looked up. */
  readonly level?: number | undefined;
}

export interface PolicyDiagnostic {
  readonly policyId: string;
  readonly diagnostic: Diagnostic;
}

export interface ValidationResult {
  /** Empty iff the policies passed. */
  readonly errors: readonly PolicyDiagnostic[];
  readonly warnings: readonly PolicyDiagnostic[];
}

/** Validates static policies, templates and links. */
export function validate(policies: PolicySet, schema: Schema, options: ValidationOptions = {}): ValidationResult {
  const incompleteness = incompletenessOf(schema);
  if (incompleteness !== undefined) return { errors: refuseAll(policies, incompleteness), warnings: [] };
  const found: PolicyDiagnostic[] = [];
  for (const policy of policies.staticPolicies()) append(found, validatePolicy(policy, schema, options));
  for (const template of policies.templates()) append(found, validatePolicy(template, schema, options));
  for (const link of policies.links()) append(found, validateLink(link, policies.template(link.templateId)!, schema));
  return {
    errors: found.filter(({ diagnostic }) => diagnostic.severity === 'error'),
    warnings: found.filter(({ diagnostic }) => diagnostic.severity === 'warning'),
  };
}

/** What a schema leaves to others to define may be what a policy is about: so every one of them is refused. */
function refuseAll(policies: PolicySet, incompleteness: string): PolicyDiagnostic[] {
  const all = [...policies.staticPolicies(), ...policies.templates()];
  return all.map(({ id, span }) => named(incompleteSchema(incompleteness, span), id));
}

/** Validates one static policy or template. */
export function validatePolicy(
  policy: CorePolicy,
  schema: Schema,
  { mode = 'strict', level }: ValidationOptions = {},
): PolicyDiagnostic[] {
  const { problems, impossible } = typecheckEverywhere(policy, schema, mode);
  const all = [
    ...undeclaredNames(policy, schema),
    ...list(applicabilityProblem(policy, schema)),
    ...distinct(problems),
    ...(level === undefined ? [] : distinct(levelProblems(policy, schema, mode, level))),
    ...(impossible ? [impossiblePolicy(policy.span)] : []),
    ...stringWarnings(policy),
  ];
  return all.map((problem) => named(problem, policy.id));
}

/** Template and slot values: the values' types are declared, and some action applies. */
export function validateLink(link: TemplateLink, template: CorePolicy, schema: Schema): PolicyDiagnostic[] {
  const { principal, resource } = link.slotEnv;
  const unknown = [principal, resource]
    .flatMap((uid) => uid?.type ?? [])
    .filter((type) => !isDeclared(type, schema))
    .map((type) => unrecognizedEntityType(type, undefined, schema));
  const linked = linkPolicy(template, link);
  return [...unknown, ...list(applicabilityProblem(linked, schema))].map((problem) => named(problem, link.id));
}

function list(problem: Problem | undefined): Problem[] {
  return problem === undefined ? [] : [problem];
}

function named(problem: Problem, policyId: string): PolicyDiagnostic {
  return { policyId, diagnostic: forPolicy(problem, policyId) };
}

/** Each problem once, in however many environments it was found. */
function distinct(problems: readonly Problem[]): Problem[] {
  const bySpan = new Map<string, Problem[]>();
  return problems.filter((problem) => {
    const key = `${problem.span?.start} ${problem.span?.end}`;
    const others = bySpan.get(key);
    if (others === undefined) bySpan.set(key, [problem]);
    else if (others.some((other) => isSame(other, problem))) return false;
    else others.push(problem);
    return true;
  });
}

/** Messages may be as long as the schema, so they are compared where they are about the same part of the policy, and have no keys made of them. */
function isSame(a: Problem, b: Problem): boolean {
  return a.message === b.message && a.help === b.help && a.detail === b.detail;
}
