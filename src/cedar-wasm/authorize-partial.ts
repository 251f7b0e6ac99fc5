/**
 * Authorize partial — the drop-in's `isAuthorizedPartial`: a request of which some is unknown.
 *
 * What is left of the policies is given in the JSON policy format, with Longs beyond 2^53 as bigint, where the official build rounds them.
 */

import { type Json, policyToJson } from '../syntax/policy-json.ts';
import { resugar } from '../syntax/resugar.ts';
import { isAuthorizedPartially, type PartialPolicy, type PartialResponse } from '../untyped-partial/authorize.ts';
import type { PartialRequest } from '../untyped-partial/evaluate.ts';
import { Residual, Spellings, unknownExpr } from '../untyped-partial/partial-value.ts';
import { checkRequestType, type RequestType, whole } from '../validator/conformance/conformance.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import type { Decision } from '../value/response.ts';
import { errorsOf } from './authorize.ts';
import { booleanOf, members, requireShallow, type Shape } from './call.ts';
import type { DetailedError } from './detailed-error.ts';
import { contextArgument, entitiesArgument, nonconforming, uidArgument } from './entities.ts';
import { type Argument, policySetArgument } from './policy-argument.ts';
import { NO_SCHEMA, schemaArgument } from './schema.ts';

export type PartialAuthorizationAnswer =
  | {
      readonly type: 'failure';
      readonly errors: readonly DetailedError[];
      readonly warnings: readonly DetailedError[];
    }
  | {
      readonly type: 'residuals';
      readonly response: ResidualResponse;
      readonly warnings: readonly DetailedError[];
    };

export interface ResidualResponse {
  readonly decision: Decision | null;
  readonly satisfied: readonly string[];
  readonly errored: readonly string[];
  readonly mayBeDetermining: readonly string[];
  readonly mustBeDetermining: readonly string[];
  readonly residuals: Readonly<Record<string, Json>>;
  readonly nontrivialResiduals: readonly string[];
}

const CALL: Shape = {
  name: 'PartialAuthorizationCall',
  fields: ['principal', 'action', 'resource', 'context', 'schema', 'validateRequest', 'policies', 'entities'],
  optional: ['principal', 'action', 'resource', 'schema', 'validateRequest'],
};

/** Decides a request as far as its known parts allow. A `principal`, `action` or `resource` that is absent or null is unknown. */
export function isAuthorizedPartial(call: unknown): PartialAuthorizationAnswer {
  requireShallow(call);
  const given = members(call, CALL);
  const spellings = new Spellings();
  const note: Spellings['note'] = (...made) => spellings.note(...made);
  const validateRequest = given.validateRequest === undefined || booleanOf(given.validateRequest);
  const policies = policySetArgument(given.policies);
  const schemaGiven = schemaArgument(given.schema);
  const { schema, warnings } = schemaGiven.ok ? schemaGiven.value : NO_SCHEMA;
  const failure = (errors: readonly DetailedError[]) => ({ type: 'failure', errors, warnings }) as const;
  const scope = SCOPE.map((name) => partArgument(given[name], name));
  const [principal, action, resource] = scope;
  if (!schemaGiven.ok || !principal?.ok || !action?.ok || !resource?.ok)
    return failure([...errorsOf(schemaGiven), ...scope.flatMap(errorsOf)]);
  const context = contextArgument(given.context, schema, action.value, note);
  if (!context.ok) return failure(context.errors);
  const entities = entitiesArgument(given.entities, schema, note);
  const parts = { principal: principal.value, action: action.value, resource: resource.value, context: context.value };
  const problem = schema !== undefined && validateRequest ? checkRequestType(typesOf(parts), schema) : undefined;
  if (problem !== undefined || !entities.ok || !policies.ok) {
    const nonconformance = problem === undefined ? [] : [nonconforming(problem)];
    return failure([...errorsOf(entities), ...errorsOf(policies), ...nonconformance]);
  }
  const request: PartialRequest = {
    principal: parts.principal ?? unknown('principal'),
    action: parts.action ?? unknown('action'),
    resource: parts.resource ?? unknown('resource'),
    context: spellings.partial(parts.context),
  };
  const response = isAuthorizedPartially(request, entities.value, policies.value.policies(), spellings);
  return { type: 'residuals', response: residualResponse(response), warnings };
}

function typesOf({ principal, action, resource, context }: Parts): RequestType {
  return { principal: principal && whole(principal), action, resource: resource && whole(resource), context };
}

interface Parts extends Readonly<Record<'principal' | 'action' | 'resource', EntityUid | undefined>> {
  readonly context: CedarRecord;
}

const SCOPE = ['principal', 'action', 'resource'] as const;

function partArgument(value: unknown, name: string): Argument<EntityUid | undefined> {
  return value === undefined || value === null ? { ok: true, value: undefined } : uidArgument(value, name);
}

function unknown(name: string): Residual {
  return new Residual(unknownExpr(name));
}

function residualResponse(response: PartialResponse): ResidualResponse {
  const { decision, policies, mayBeDetermining, mustBeDetermining } = response;
  const residuals: Record<string, Json> = Object.create(null);
  for (const each of policies) residuals[each.policy.id] = residualToJson(each);
  const ids = (list: readonly PartialPolicy[]) => list.map(({ policy }) => policy.id);
  const idsOf = (wanted: PartialPolicy['outcome']) => ids(policies.filter(({ outcome }) => outcome === wanted));
  return {
    decision: decision ?? null,
    satisfied: idsOf('satisfied'),
    errored: idsOf('erring'),
    mayBeDetermining: ids(mayBeDetermining),
    mustBeDetermining: ids(mustBeDetermining),
    residuals,
    nontrivialResiduals: idsOf('residual'),
  };
}

/** A policy about everything, with what is left as its condition. An annotation without a value has the empty one. */
function residualToJson({ policy, condition }: PartialPolicy): Json {
  const any = { kind: 'any', span: undefined } as const;
  return policyToJson({
    id: policy.id,
    annotations: policy.annotations.map((annotation) => ({ ...annotation, value: annotation.value ?? '' })),
    effect: policy.effect,
    principal: any,
    action: any,
    resource: any,
    conditions: [{ kind: 'when', body: resugar(condition), span: undefined }],
    span: undefined,
    source: undefined,
  });
}
