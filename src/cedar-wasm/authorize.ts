/**
 * Authorize — the drop-in's authorization calls.
 *
 * The model decides, also for the stateful call: its entities are new each time, and binding a compiled program to them costs thirty times what the
 * model needs (1,000 policies, 50 entities: 10 ms against 0.3). Who keeps entities between requests wants an engine and an entity store.
 *
 * Problems come in stages, as in the official build; each stage is reported only if those before it found none.
 */
import { isAuthorized as modelIsAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { checkRequest } from '../validator/conformance/conformance.ts';
import type { Entities } from '../value/entities.ts';
import type { Request } from '../value/request.ts';
import type { Decision, PolicyError, Response } from '../value/response.ts';
import { positionsIn, type TextPositions } from '../value/text-positions.ts';
import { booleanOf, members, requireShallow, type Shape, stringOf } from './call.ts';
import { type DetailedError, detailedError, plainError } from './detailed-error.ts';
import {
  type CheckParseAnswer,
  checkParseAnswer,
  contextArgument,
  entitiesArgument,
  nonconforming,
  uidArgument,
} from './entities.ts';
import { type Argument, policySetArgument } from './policy-argument.ts';
import { NO_SCHEMA, type OptionalSchema, parseSchemaArgument, schemaArgument } from './schema.ts';

export type AuthorizationAnswer =
  | {
      readonly type: 'success';
      readonly response: {
        readonly decision: Decision;
        readonly diagnostics: {
          readonly reason: readonly string[];
          readonly errors: readonly { readonly policyId: string; readonly error: DetailedError }[];
        };
      };
      readonly warnings: readonly DetailedError[];
    }
  | {
      readonly type: 'failure';
      readonly errors: readonly DetailedError[];
      readonly warnings: readonly DetailedError[];
    };

const CALL: Shape = {
  name: 'AuthorizationCall',
  fields: ['principal', 'action', 'resource', 'context', 'schema', 'validateRequest', 'policies', 'entities'],
  optional: ['schema', 'validateRequest'],
};

/** Decides one request against policies and entities that come with the call. */
export function isAuthorized(call: unknown): AuthorizationAnswer {
  requireShallow(call);
  const given = members(call, CALL);
  const policies = policySetArgument(given.policies);
  return answer(given, schemaArgument(given.schema), policies, (request, entities, set) =>
    modelIsAuthorized(request, entities, set.policies()),
  );
}

type Decide = (request: Request, entities: Entities, policies: PolicySet) => Response;

function answer(
  given: Record<string, unknown>,
  schemaGiven: Argument<OptionalSchema>,
  policies: Argument<PolicySet>,
  decide: Decide,
): AuthorizationAnswer {
  const validateRequest = given.validateRequest === undefined || booleanOf(given.validateRequest);
  const { schema, warnings } = schemaGiven.ok ? schemaGiven.value : NO_SCHEMA;
  const scope = SCOPE.map((name) => uidArgument(given[name], name));
  const [principal, action, resource] = scope;
  if (!schemaGiven.ok || !principal?.ok || !action?.ok || !resource?.ok)
    return failure([...errorsOf(schemaGiven), ...scope.flatMap(errorsOf)], warnings);
  const context = contextArgument(given.context, schema, action.value);
  if (!context.ok) return failure(context.errors, warnings);
  const request: Request = {
    principal: principal.value,
    action: action.value,
    resource: resource.value,
    context: context.value,
  };
  const problem = schema !== undefined && validateRequest ? checkRequest(request, schema) : undefined;
  const entities = entitiesArgument(given.entities, schema);
  if (problem !== undefined || !entities.ok || !policies.ok) {
    const request = problem === undefined ? [] : [nonconforming(problem)];
    return failure([...request, ...errorsOf(entities), ...errorsOf(policies)], warnings);
  }
  return success(decide(request, entities.value, policies.value), policies.value, warnings);
}

const SCOPE = ['principal', 'action', 'resource'] as const;

export function errorsOf(argument: Argument<unknown>): readonly DetailedError[] {
  return argument.ok ? [] : argument.errors;
}

function failure(errors: readonly DetailedError[], warnings: readonly DetailedError[]): AuthorizationAnswer {
  return { type: 'failure', errors, warnings };
}

function success(
  { decision, determiningPolicies, errors }: Response,
  policies: PolicySet,
  warnings: readonly DetailedError[],
): AuthorizationAnswer {
  const diagnostics = { reason: determiningPolicies, errors: errors.map((error) => policyError(error, policies)) };
  return { type: 'success', response: { decision, diagnostics }, warnings };
}

function policyError({ policyId, message, help, span }: PolicyError, policies: PolicySet) {
  const labels = span === undefined ? [] : [{ span }];
  const diagnostic = { severity: 'error', code: 'evaluation', message, help, labels } as const;
  return { policyId, error: detailedError(diagnostic, sourceOf(policyId, policies)) };
}

/** The text that the policy, or the template behind the link, was parsed from. */
function sourceOf(policyId: string, policies: PolicySet): TextPositions | undefined {
  const policy = policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? '');
  return policy?.source && positionsIn(policy.source);
}

/** What the stateful calls remember, by name. It lives as long as the module: the official build has nothing to empty it either. */
const preparsedPolicySets = new Map<string, PolicySet>();
const preparsedSchemas = new Map<string, Schema>();

/** Parses a policy set and keeps it by name for `statefulIsAuthorized`. A set that does not parse replaces nothing. */
export function preparsePolicySet(id: unknown, policies: unknown): CheckParseAnswer {
  const name = stringOf(id);
  requireShallow(policies);
  const parsed = policySetArgument(policies);
  if (parsed.ok) preparsedPolicySets.set(name, parsed.value);
  return checkParseAnswer(parsed);
}

/** Parses a schema and keeps it by name for `statefulIsAuthorized`. One that does not parse replaces nothing. */
export function preparseSchema(id: unknown, schema: unknown): CheckParseAnswer {
  const name = stringOf(id);
  requireShallow(schema);
  const parsed = parseSchemaArgument(schema);
  if (parsed.error !== undefined) return { type: 'failure', errors: [parsed.error] };
  preparsedSchemas.set(name, parsed.schema);
  return { type: 'success' };
}

const STATEFUL_CALL: Shape = {
  name: 'StatefulAuthorizationCall',
  fields: [
    'principal',
    'action',
    'resource',
    'context',
    'preparsedSchemaName',
    'validateRequest',
    'preparsedPolicySetId',
    'entities',
  ],
  optional: ['preparsedSchemaName', 'validateRequest'],
};

/** Decides one request against a policy set that `preparsePolicySet` keeps. */
export function statefulIsAuthorized(call: unknown): AuthorizationAnswer {
  requireShallow(call);
  const given = members(call, STATEFUL_CALL);
  const id = stringOf(given.preparsedPolicySetId);
  const schema = preparsedSchema(given.preparsedSchemaName);
  const set = preparsedPolicySets.get(id);
  const missing = plainError(`preparsed policy set '${id}' not found`);
  if (set === undefined) return failure([...errorsOf(schema), missing, ...scopeErrors(given)], []);
  return answer(given, schema, { ok: true, value: set }, (request, entities) =>
    modelIsAuthorized(request, entities, set.policies()),
  );
}

function preparsedSchema(name: unknown): Argument<OptionalSchema> {
  if (name === undefined || name === null) return { ok: true, value: NO_SCHEMA };
  const schema = preparsedSchemas.get(stringOf(name));
  if (schema !== undefined) return { ok: true, value: { schema, warnings: [] } };
  return { ok: false, errors: [plainError(`preparsed schema '${name}' not found`)] };
}

function scopeErrors(given: Record<string, unknown>): readonly DetailedError[] {
  return SCOPE.flatMap((name) => errorsOf(uidArgument(given[name], name)));
}
