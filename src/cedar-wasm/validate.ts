/**
 * Validate — the drop-in's `validate`.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Policy } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import type { Span } from '../syntax/span.ts';
import { type PolicyDiagnostic, validate as validatePolicies } from '../validator/validate.ts';
import { positionsIn } from '../value/text-positions.ts';
import { CallShapeError, members, requireShallow, stringOf } from './call.ts';
import { type DetailedError, detailedError } from './detailed-error.ts';
import { policySetArgument } from './policy-argument.ts';
import { parseSchemaArgument } from './schema.ts';

export interface ValidationError {
  readonly policyId: string;
  readonly error: DetailedError;
}

export type ValidationAnswer =
  | { readonly type: 'failure'; readonly errors: readonly DetailedError[]; readonly warnings: readonly DetailedError[] }
  | {
      readonly type: 'success';
      readonly validationErrors: readonly ValidationError[];
      readonly validationWarnings: readonly ValidationError[];
      readonly otherWarnings: readonly DetailedError[];
    };

/** Checks policies against a schema; `call` is `{ schema, policies, validationSettings? }`. */
export function validate(call: unknown): ValidationAnswer {
  requireShallow(call);
  const given = members(call, {
    name: 'ValidationCall',
    fields: ['validationSettings', 'schema', 'policies'],
    optional: ['validationSettings'],
  });
  requireStrict(given.validationSettings);
  const policies = policySetArgument(given.policies);
  const schema = parseSchemaArgument(given.schema);
  if (!policies.ok || schema.error !== undefined) {
    const errors = [...(schema.error === undefined ? [] : [schema.error]), ...(policies.ok ? [] : policies.errors)];
    return { type: 'failure', errors, warnings: schema.error === undefined ? schema.warnings : [] };
  }
  const { errors, warnings } = validatePolicies(policies.value, schema.schema);
  return {
    type: 'success',
    validationErrors: errors.map((error) => validationError(error, policies.value)),
    validationWarnings: warnings.map((warning) => validationError(warning, policies.value)),
    otherWarnings: schema.warnings,
  };
}

/** The official build knows one mode. */
function requireStrict(settings: unknown): void {
  if (settings === undefined) return;
  const { mode } = members(settings, { name: 'ValidationSettings', fields: ['mode'] });
  if (stringOf(mode) !== 'strict') throw new CallShapeError(`unknown variant \`${mode}\`, expected \`strict\``);
}

function validationError({ policyId, diagnostic }: PolicyDiagnostic, policies: PolicySet): ValidationError {
  const written = policies.get(policyId);
  const policy = written ?? policies.get(policies.linkOf(policyId)?.templateId ?? '');
  const labels = diagnostic.labels.filter(({ span }) => policy === undefined || isPlaced(diagnostic, span, policy));
  const error = detailedError({ ...diagnostic, labels }, policy?.source && positionsIn(policy.source));
  if (written === undefined || written.source !== undefined || diagnostic.code !== 'unrecognizedEntityType')
    return { policyId, error };
  // In JSON, a type name is a text of its own, and the whole of it is wrong.
  const type = /`([^`]*)`$/.exec(diagnostic.message)?.[1] ?? '';
  return { policyId, error: { ...error, sourceLocations: [{ label: null, start: 0, end: type.length }] } };
}

/** Problems of names, which the official build finds in the scope as it was written. */
const NAMED: ReadonlySet<string> = new Set(['unrecognizedEntityType', 'unrecognizedAction', 'invalidEnumEntity']);

/** To the official build's typechecker, the scope is an expression that stands nowhere. */
function isPlaced({ code }: Diagnostic, span: Span, { principal, action, resource }: Policy): boolean {
  return NAMED.has(code) || ![principal, action, resource].some((scope) => scope.span && isWithin(span, scope.span));
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
