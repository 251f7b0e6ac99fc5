/**
 * Authorize — the drop-in's authorization calls.
 *
 * Policy sets, schemas and entities that come again are known by their content (argument-cache.ts, entities-cache.ts). A set that was prepared is
 * decided by emitted code (compiled-set.ts); one that comes with the call by the model, so that who calls nothing else loads no compiler.
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
import { ArgumentCache } from './argument-cache.ts';
import { booleanOf, members, type Shape } from './call.ts';
import { type DetailedError, detailedError } from './detailed-error.ts';
import { contextArgument, DATA_OPTIONS, entitiesArgument, nonconforming, uidArgument } from './entities.ts';
import { EntitiesCache, type ListedEntities } from './entities-cache.ts';
import { jsonArgument } from './json-argument.ts';
import { isPlainCall } from './plain-call.ts';
import { type Argument, policySetArgument } from './policy-argument.ts';
import { NO_SCHEMA, type OptionalSchema, schemaArgument } from './schema.ts';

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
  if (!isPlainCall(call)) return answerKnowing(NOTHING, call);
  const policies = policySets.find(call.policies);
  const schema = call.schema == null ? undefined : schemas.find(call.schema);
  const isReadBySchema = schema?.ok === true || call.schema == null;
  if (!isReadBySchema) return answerKnowing({ policies, schema, entities: undefined }, call);
  return entitiesCacheOf(schema?.ok ? schema.value.schema : undefined).use(call.entities, (entities) =>
    answerKnowing({ policies, schema, entities }, call),
  );
}

/** What is known of the parts of a call. All are members of its own: what is inherited is none. */
interface KnownOfCall {
  readonly policies: Argument<PolicySet> | undefined;
  readonly schema: Argument<OptionalSchema> | undefined;
  readonly entities: ListedEntities | undefined;
}

const NOTHING: KnownOfCall = { policies: undefined, schema: undefined, entities: undefined };

const policySets = new ArgumentCache<Argument<PolicySet>>();
const schemas = new ArgumentCache<Argument<OptionalSchema>>();

/** Parts that are known are not nested too deep, and not looked at again. */
function answerKnowing(known: KnownOfCall, call: unknown): AuthorizationAnswer {
  const shallow = {
    ...(known.policies !== undefined && { policies: null }),
    ...(known.schema !== undefined && { schema: null }),
    ...(known.entities !== undefined && { entities: null }),
  };
  const isAnyKnown = Object.keys(shallow).length > 0;
  const given = members(jsonArgument(isAnyKnown ? { ...(call as object), ...shallow } : call), CALL);
  const policies = known.policies ?? policySets.make(given.policies, policySetArgument, isOk);
  const schema = known.schema ?? schemas.make(given.schema, schemaArgument, isOk);
  return answer(given, { schema, policies, known: known.entities }, (request, entities, set) =>
    modelIsAuthorized(request, entities, set.policies()),
  );
}

function isOk(argument: Argument<unknown>): boolean {
  return argument.ok;
}

const NO_SCHEMA_ENTITIES = new EntitiesCache(undefined, DATA_OPTIONS);
const entitiesCaches = new WeakMap<Schema, EntitiesCache>();

export function entitiesCacheOf(schema: Schema | undefined): EntitiesCache {
  if (schema === undefined) return NO_SCHEMA_ENTITIES;
  let cache = entitiesCaches.get(schema);
  if (cache === undefined) {
    cache = new EntitiesCache(schema, DATA_OPTIONS);
    entitiesCaches.set(schema, cache);
  }
  return cache;
}

type Decide = (request: Request, entities: Entities, policies: PolicySet) => Response;

interface ReadArguments {
  readonly schema: Argument<OptionalSchema>;
  readonly policies: Argument<PolicySet>;
  /** The entities, if they are known. */
  readonly known: ListedEntities | undefined;
}

export function answer(
  given: Record<string, unknown>,
  { schema: schemaGiven, policies, known }: ReadArguments,
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
  const entities =
    known === undefined ? entitiesArgument(given.entities, schema) : { ok: true as const, value: known.entities };
  if (problem !== undefined || !entities.ok || !policies.ok) {
    const request = problem === undefined ? [] : [nonconforming(problem)];
    return failure([...request, ...errorsOf(entities), ...errorsOf(policies)], warnings);
  }
  return success(decide(request, entities.value, policies.value), policies.value, warnings);
}

export const SCOPE = ['principal', 'action', 'resource'] as const;

export function errorsOf(argument: Argument<unknown>): readonly DetailedError[] {
  return argument.ok ? [] : argument.errors;
}

export function failure(errors: readonly DetailedError[], warnings: readonly DetailedError[]): AuthorizationAnswer {
  return { type: 'failure', errors, warnings };
}

export function success(
  { decision, determiningPolicies, errors }: Response,
  policies: PolicySet,
  warnings: readonly DetailedError[],
): AuthorizationAnswer {
  // Answers may be frozen and shared; the official build's are the caller's own.
  const diagnostics = { reason: [...determiningPolicies], errors: errors.map((error) => policyError(error, policies)) };
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
