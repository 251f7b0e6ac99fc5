/**
 * Answer query — which resources, principals or actions.
 */
import { authorizePartially } from '../../src/partial/authorize.ts';
import { actionsNotDenied, allowedAmong, type ContextFor } from '../../src/partial/query.ts';
import type { ActionEntry, Schema } from '../../src/schema/schema.ts';
import { checkContext } from '../../src/validator/conformance/conformance.ts';
import type { Question } from './adapter.ts';
import {
  type RequestJson,
  readEntities,
  readPartialEntities,
  readPartialRequest,
  readPartialUid,
  readSets,
  readUntypedContext,
  readWholeAsPartial,
  wholeAsPartial,
} from './questions.ts';

export function answerQuery(question: Question): unknown {
  switch (question.op) {
    case 'queryResource':
      return found(question, 'resource');
    case 'queryPrincipal':
      return found(question, 'principal');
    case 'queryAction':
      return actions(question);
    default:
      throw new Error(`no answer is known to the query \`${question.op}\``);
  }
}

function found(question: Question, open: 'principal' | 'resource'): unknown {
  const { schema, policies } = readSets(question);
  const request = readPartialRequest(question.request as RequestJson, schema);
  const entities = readEntities(question.entities ?? question.concreteEntities, schema);
  const response = authorizePartially(policies, request, wholeAsPartial(entities, schema), schema);
  const candidates = [...entities].map(({ uid }) => uid);
  const uids = [...allowedAmong(response, open, candidates, entities)];
  return { found: uids.map(String).sort() };
}

function actions(question: Question): unknown {
  const { schema, policies } = readSets(question);
  const { principal, resource, context } = question.request as RequestJson;
  const entities =
    question.concreteEntities === undefined
      ? readPartialEntities(question.entities, schema)
      : readWholeAsPartial(question.concreteEntities, schema);
  const parts = { principal: readPartialUid(principal), resource: readPartialUid(resource) };
  const answers = [...actionsNotDenied(policies, schema, parts, contextFor(context, schema), entities)];
  return { actions: Object.fromEntries(answers.map(({ action, decision }) => [`${action}`, decision ?? null])) };
}

/** The official query reads the context before it knows an action, and so without a type. */
function contextFor(json: unknown, schema: Schema): ContextFor {
  const context = json === null || json === undefined ? undefined : readUntypedContext(json);
  return ({ uid }: ActionEntry) =>
    context === undefined || checkContext(context, uid, schema) === undefined ? context : 'unfit';
}
