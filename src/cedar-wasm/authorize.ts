/**
 * Authorize — the drop-in's authorization calls.
 *
 * A call by itself is decided by the model: making code for one use would cost more than it saves. The stateful call keeps a compiled engine
 * with each policy set, or the model where code generation is forbidden.
 *
 * Problems come in stages, as in the official build; each stage is reported only if those before it found none.
 */
import { isAuthorized as modelIsAuthorized } from '../model/authorizer.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import type { Entities } from '../value/entities.ts';
import type { Request } from '../value/request.ts';
import type { Decision, PolicyError, Response } from '../value/response.ts';
import { booleanOf, members, requireShallow, type Shape, stringOf } from './call.ts';
import { type DetailedError, detailedError, plainError } from './detailed-error.ts';
import { type CheckParseAnswer, checkParseAnswer, contextArgument, entitiesArgument, uidArgument } from './entities.ts';
import { type Argument, policySetArgument } from './policy-argument.ts';

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
  required: ['principal', 'action', 'resource', 'context', 'policies', 'entities'],
  optional: ['schema', 'validateRequest'],
};

/** Decides one request against policies and entities that come with the call. */
export function isAuthorized(call: unknown): AuthorizationAnswer {
  requireShallow(call);
  const given = members(call, CALL);
  const policies = policySetArgument(given.policies);
  return answer(given, policies, (request, entities, set) => modelIsAuthorized(request, entities, set.policies()));
}

type Decide = (request: Request, entities: Entities, policies: PolicySet) => Response;

function answer(given: Record<string, unknown>, policies: Argument<PolicySet>, decide: Decide): AuthorizationAnswer {
  if (given.schema !== undefined && given.schema !== null) {
    throw new Error('not implemented yet: authorization with a schema');
  }
  if (given.validateRequest !== undefined) booleanOf(given.validateRequest);
  const scope = SCOPE.map((name) => uidArgument(given[name], name));
  const [principal, action, resource] = scope;
  if (!principal?.ok || !action?.ok || !resource?.ok) return failure(scope.flatMap(errorsOf));
  const context = contextArgument(given.context);
  if (!context.ok) return failure(context.errors);
  const entities = entitiesArgument(given.entities);
  if (!entities.ok || !policies.ok) return failure([...errorsOf(entities), ...errorsOf(policies)]);
  const request: Request = {
    principal: principal.value,
    action: action.value,
    resource: resource.value,
    context: context.value,
  };
  return success(decide(request, entities.value, policies.value), policies.value);
}

const SCOPE = ['principal', 'action', 'resource'] as const;

function errorsOf(argument: Argument<unknown>): readonly DetailedError[] {
  return argument.ok ? [] : argument.errors;
}

function failure(errors: readonly DetailedError[]): AuthorizationAnswer {
  return { type: 'failure', errors, warnings: [] };
}

function success({ decision, determiningPolicies, errors }: Response, policies: PolicySet): AuthorizationAnswer {
  const diagnostics = { reason: determiningPolicies, errors: errors.map((error) => policyError(error, policies)) };
  return { type: 'success', response: { decision, diagnostics }, warnings: [] };
}

function policyError({ policyId, message, help, span }: PolicyError, policies: PolicySet) {
  const labels = span === undefined ? [] : [{ span }];
  const diagnostic = { severity: 'error', code: 'evaluation', message, help, labels } as const;
  return { policyId, error: detailedError(diagnostic, sourceOf(policyId, policies)) };
}

/** The text that the policy, or the template behind the link, was parsed from. */
function sourceOf(policyId: string, policies: PolicySet): string | undefined {
  return (policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? ''))?.source?.text;
}

/** What the stateful calls remember, by name. It lives as long as the module: the official build has nothing to empty it either. */
const preparsedPolicySets = new Map<string, PolicySet>();

/** Parses a policy set and keeps it by name for `statefulIsAuthorized`. A set that does not parse replaces nothing. */
export function preparsePolicySet(id: unknown, policies: unknown): CheckParseAnswer {
  const name = stringOf(id);
  requireShallow(policies);
  const parsed = policySetArgument(policies);
  if (parsed.ok) preparsedPolicySets.set(name, parsed.value);
  return checkParseAnswer(parsed);
}

const STATEFUL_CALL: Shape = {
  name: 'StatefulAuthorizationCall',
  required: ['principal', 'action', 'resource', 'context', 'preparsedPolicySetId', 'entities'],
  optional: ['preparsedSchemaName', 'validateRequest'],
};

/** Decides one request against a policy set that `preparsePolicySet` keeps. */
export function statefulIsAuthorized(call: unknown): AuthorizationAnswer {
  requireShallow(call);
  const given = members(call, STATEFUL_CALL);
  const id = stringOf(given.preparsedPolicySetId);
  const set = preparsedPolicySets.get(id);
  if (set === undefined) return failure([plainError(`preparsed policy set '${id}' not found`)]);
  return answer(given, { ok: true, value: set }, (request, entities) =>
    modelIsAuthorized(request, entities, set.policies()),
  );
}
