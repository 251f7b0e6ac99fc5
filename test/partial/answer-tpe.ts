/**
 * Answer tpe — partial evaluation, and authorizing a completion by what was left.
 */
import { authorizePartially, ConsistencyError, type PartialResponse } from '../../src/partial/authorize.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { Json } from '../../src/syntax/policy-json.ts';
import type { Question } from './adapter.ts';
import {
  type RequestJson,
  readEntities,
  readPartialEntities,
  readPartialRequest,
  readRequest,
  readSets,
  readWholeAsPartial,
} from './questions.ts';

interface Completion {
  readonly request: RequestJson;
  readonly entities: unknown;
}

export function answerTpe(question: Question): unknown {
  const { schema, policies } = readSets(question);
  const request = readPartialRequest(question.request as RequestJson, schema);
  const entities =
    question.concreteEntities === undefined
      ? readPartialEntities(question.entities, schema)
      : readWholeAsPartial(question.concreteEntities, schema);
  const response = authorizePartially(policies, request, entities, schema);
  return {
    decision: response.decision ?? null,
    reason: response.reason === undefined ? null : [...response.reason].sort(),
    permits: sortedIds(response.permits),
    forbids: sortedIds(response.forbids),
    residuals: residualsOf(response),
    ...(question.then == null ? {} : { then: thenOf(response, question.then as Completion, schema) }),
  };
}

function sortedIds(outcomes: PartialResponse['permits']) {
  return Object.fromEntries(Object.entries(outcomes).map(([outcome, ids]) => [outcome, [...ids].sort()]));
}

function residualsOf({ policies }: PartialResponse) {
  const left = policies.filter(({ outcome }) => outcome === 'residual');
  return Object.fromEntries(
    left.map((policy) => [policy.id, { json: rounded(policy.policyToJson()), text: policy.policyToCedar() }]),
  );
}

/** Large integers as `JSON.parse` reads them, which is how the runner has read what it expects. */
function rounded(json: Json): unknown {
  return JSON.parse(JSON.stringify(json, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)));
}

function thenOf(response: PartialResponse, { request, entities }: Completion, schema: Schema) {
  try {
    const whole = response.reauthorize(readRequest(request, schema), readEntities(entities, schema));
    return { decision: whole.decision, reason: [...whole.determiningPolicies].sort() };
  } catch (error) {
    if (error instanceof ConsistencyError) return { failure: 'reauthorize', message: error.message };
    throw error;
  }
}
