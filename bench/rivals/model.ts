/**
 * Model — the readable evaluator that the compiler is tested against; what an interpreter costs.
 */
import { isAuthorized } from '../../src/model/authorizer.ts';
import { contextFromData } from '../../src/parser/data/value.ts';
import { entitiesFromData } from '../../src/parser/data/entities.ts';
import { DataPath } from '../../src/parser/data/data-path.ts';
import { Entities } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Request } from '../../src/value/request.ts';
import type { Response } from '../../src/value/response.ts';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { RequestJson, Scenario } from '../scenario/scenario.ts';
import { policySetOf } from './cedarmill.ts';

export function model(scenario: Scenario): Oracle[] {
  const answer = answersOf(scenario);
  return [{ engine: 'model', mode: 'full', run: loop('answer(i)', { answer }, scenario.requests.length), allows: (i) => answer(i).decision === 'allow' }];
}

/** What the specification says of each request. */
export function answersOf(scenario: Scenario): (request: number) => Response {
  const policies = [...policySetOf(scenario).policies()];
  const entities = Entities.from(entitiesFromData(scenario.entities));
  const requests = scenario.requests.map(requestOf);
  return (i) => isAuthorized(requests[i]!, entities, policies);
}

function requestOf({ principal, action, resource, context }: RequestJson): Request {
  return {
    principal: new EntityUid(principal.type, principal.id),
    action: new EntityUid(action.type, action.id),
    resource: new EntityUid(resource.type, resource.id),
    context: contextFromData(context ?? {}, DataPath.root('context', '')),
  };
}
