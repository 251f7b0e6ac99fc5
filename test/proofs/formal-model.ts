/**
 * Formal model — the oracle that Dafny compiled: the answer of the model that the proofs are about.
 *
 *     Request × entities as given × core policies → decision, determining policies, errors
 */
import { Authorizer, type Datum, dafny, EarlyExit } from '../../proofs/generated/model.js';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { EvaluationErrorKind } from '../../src/value/evaluation-error.ts';
import type { Request } from '../../src/value/request.ts';
import type { Decision, Response } from '../../src/value/response.ts';
import { formalEntities, formalPolicy, formalRequest } from './formal-data.ts';

/** Ids and errors are sorted: the formal answer has sets. */
export interface FormalResponse {
  readonly decision: Decision;
  readonly determiningPolicies: readonly string[];
  readonly errors: readonly { readonly policyId: string; readonly kind: EvaluationErrorKind }[];
}

/** `entities` as they are given, with their direct parents; `policies` static or linked. */
export function isAuthorized(
  request: Request,
  entities: Iterable<Entity>,
  policies: Iterable<CorePolicy>,
): FormalResponse {
  return formallyAuthorized(
    formalRequest(request),
    formalEntities(entities),
    [...policies].map((policy) => formalPolicy(policy)),
  );
}

/** The same for data that is formal already, so that many requests can share it. */
export function formallyAuthorized(request: Datum, entities: unknown, policies: readonly Datum[]): FormalResponse {
  const response = Authorizer.__default.isAuthorized(request, entities, dafny.Seq.of(...policies)) as Datum;
  const errors = [...(response.dtor_errors as Iterable<Datum>)].map((error) => ({
    policyId: error.dtor_id as string,
    kind: kindOf(error.dtor_error as Datum),
  }));
  return sorted({
    decision: decisionOf(response.dtor_decision as Datum),
    determiningPolicies: [...(response.dtor_determiningPolicies as Iterable<string>)],
    errors,
  });
}

/** The decision alone, with the early exit that the proofs are about. */
export function decide(request: Request, entities: Iterable<Entity>, policies: Iterable<CorePolicy>): Decision {
  const formal = dafny.Seq.of(...[...policies].map((policy) => formalPolicy(policy)));
  return decisionOf(EarlyExit.__default.decide(formalRequest(request), formalEntities(entities), formal) as Datum);
}

/** Any response, in the form that formal ones have. */
export function sorted({
  decision,
  determiningPolicies,
  errors,
}: Pick<Response, 'decision' | 'determiningPolicies'> & { readonly errors: FormalResponse['errors'] }): FormalResponse {
  return {
    decision,
    determiningPolicies: [...determiningPolicies].sort(),
    errors: errors
      .map(({ policyId, kind }) => ({ policyId, kind }))
      .sort((a, b) => (a.policyId < b.policyId ? -1 : a.policyId > b.policyId ? 1 : 0)),
  };
}

function decisionOf(decision: Datum): Decision {
  return decision.is_Allow ? 'allow' : 'deny';
}

function kindOf(error: Datum): EvaluationErrorKind {
  if (error.is_EntityDoesNotExist) return 'entityDoesNotExist';
  if (error.is_AttrDoesNotExist) return 'attrDoesNotExist';
  if (error.is_TagDoesNotExist) return 'tagDoesNotExist';
  if (error.is_TypeError) return 'typeError';
  return error.is_ArithBoundsError ? 'arithBoundsError' : 'extensionError';
}
