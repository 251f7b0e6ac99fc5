/**
 * Questions about — what a generated case asks: its requests with holes, reauthorized; queries for each part; and batched loading.
 */

import type { PartialEntity } from '../../../src/partial/partial-entities.ts';
import type { PartialUid } from '../../../src/partial/partial-request.ts';
import { printPolicy } from '../../../src/syntax/print.ts';
import { checkRequest } from '../../../src/validator/conformance/conformance.ts';
import type { Entity } from '../../../src/value/entities.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import { type Data, entityToData, fieldsToData, objectOf, requestToData, uidToData } from '../../arbitrary/json.ts';
import type { Random } from '../../arbitrary/random.ts';
import { schemaText } from '../../arbitrary/schema-text.ts';
import { closed, completion, entitiesWithHoles, holesIn, type TypedCase, typedPart } from '../../drt/target/partial.ts';
import type { Question } from '../adapter.ts';

export type LiveQuestion = Question;

/** How often the official loader may be asked. */
const ITERATIONS = 8;

export function questionsAbout(given: Case, random: Random): LiveQuestion[] {
  const statics = given.policies.filter(({ principal, resource }) => !isOpen(principal) && !isOpen(resource));
  const typed = typedPart({ ...given, policies: statics, links: [] });
  if (typed === undefined || closed(typed.entities, given.schema) === undefined) return [];
  const valid = new Set([...typed.set.policies()].map(({ id }) => id));
  const policies = statics.filter(({ id }) => valid.has(id)).map(printPolicy);
  const common = { policies: policies.join('\n'), schema: schemaText(given.schema) };
  return typed.requests.flatMap((request) => [
    { ...common, kind: 'tpe', op: 'tpe', ...partially(typed, request, random) },
    ...queries(typed, request, random).map((query) => ({ ...common, kind: 'query', ...query })),
    {
      ...{ ...common, kind: 'batched', op: 'batched', request: requestToData(request) },
      ...{ entities: typed.entities.map(entityToData), maxIterations: ITERATIONS },
    },
  ]);
}

function isOpen(scope: Case['policies'][number]['principal']): boolean {
  return 'entity' in scope && scope.entity.kind === 'slot';
}

function partially(typed: TypedCase, request: Request, random: Random) {
  const partial = holesIn(request, random);
  const listed = entitiesWithHoles(typed.entities, random);
  const whole = random.chance(50) ? { request, entities: typed.entities } : completion(typed, partial, listed, random);
  // What is completed at random may have a cycle, or not fit.
  const { schema } = typed.given;
  const fits = closed(whole.entities, schema) !== undefined && checkRequest(whole.request, schema) === undefined;
  return {
    request: {
      principal: partialUid(partial.principal),
      action: uidToData(partial.action),
      resource: partialUid(partial.resource),
      context: partial.context === undefined ? null : fieldsToData(partial.context.fields),
    },
    entities: listed.map(partialEntity),
    then: fits ? { request: requestToData(whole.request), entities: whole.entities.map(entityToData) } : null,
  };
}

function queries({ entities }: TypedCase, request: Request, random: Random) {
  const { principal, action, resource, context } = requestToData(request) as Readonly<Record<string, Data>>;
  const concreteEntities = entities.map((entity: Entity) => entityToData(entity));
  const ofType = ({ type }: { readonly type: string }) => ({ type });
  return [
    {
      op: 'queryResource',
      request: { principal, action, context, resource: ofType(request.resource) },
      concreteEntities,
    },
    {
      op: 'queryPrincipal',
      request: { resource, action, context, principal: ofType(request.principal) },
      concreteEntities,
    },
    {
      op: 'queryAction',
      request: {
        principal: random.chance(20) ? ofType(request.principal) : principal,
        resource: random.chance(20) ? ofType(request.resource) : resource,
        context: random.chance(50) ? null : context,
      },
      concreteEntities,
    },
  ];
}

function partialUid({ type, uid }: PartialUid): Data {
  return uid === undefined ? { type } : uidToData(uid);
}

/** Members that are not known are left out. */
function partialEntity({ uid, attrs, parents, tags }: PartialEntity): Data {
  const members: [string, Data][] = [['uid', uidToData(uid)]];
  if (attrs !== undefined) members.push(['attrs', fieldsToData(attrs)]);
  if (parents !== undefined) members.push(['parents', parents.map(uidToData)]);
  if (tags !== undefined) members.push(['tags', fieldsToData(tags)]);
  return objectOf(members);
}
