/**
 * Expected — the model's answer to a question on the present data.
 */
import { requestFromInput } from '../../../src/engine/input/request-input.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import type { Entities } from '../../../src/value/entities.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Response } from '../../../src/value/response.ts';
import type { LiveEngine, LiveList, LiveStore } from './live.ts';
import type { RequestSpec } from './operation.ts';
import {
  entitiesOf,
  entitiesOfList,
  entitiesWithActions,
  type PlainSet,
  type PlainStore,
  policiesOf,
  uidOf,
  uncheckedList,
} from './plain-data.ts';
import { SCHEMA } from './schema.ts';

/** `unreached` is the answer where what is wrong is in entities of a list that no policy can reach: compiled engines and modules do not look there. */
export type Expected =
  | { readonly response: Response }
  | { readonly error: unknown; readonly unreached?: Response | undefined };

/** Plain data are never changed, so that what is made of them holds for good. */
const memo = {
  sets: new WeakMap<PlainSet, readonly CorePolicy[]>(),
  stores: new WeakMap<PlainStore, Entities>(),
  withActions: new WeakMap<PlainStore, Entities>(),
};

export function presentPolicies(set: PlainSet): readonly CorePolicy[] {
  let policies = memo.sets.get(set);
  if (policies === undefined) {
    policies = policiesOf(set);
    memo.sets.set(set, policies);
  }
  return policies;
}

/** To an engine with a schema, its actions are as the schema has them, in every store. */
function presentEntities(store: PlainStore, schema: boolean): Entities {
  const known = schema && !store.schema ? memo.withActions : memo.stores;
  let entities = known.get(store);
  if (entities === undefined) {
    entities = known === memo.stores ? entitiesOf(store) : entitiesWithActions(store);
    known.set(store, entities);
  }
  return entities;
}

/** `undefined` stands for data that are neither a store nor a list. */
export function expectedOf(engine: LiveEngine, data: LiveStore | LiveList | undefined, request: RequestSpec): Expected {
  try {
    if (engine.isReleased) throw new Error('the engine was released');
    if (data === undefined) throw new TypeError('neither a store nor a list');
    const entities =
      'schema' in data.plain ? presentEntities(data.plain, engine.schema) : entitiesOfList(data.plain, engine.schema);
    const asked = requestOf(request, engine.schema ? SCHEMA : undefined);
    const policies = engine.frozen ?? presentPolicies(engine.set.plain);
    return { response: isAuthorized(asked, entities, policies) };
  } catch (error) {
    return { error, unreached: unreachedAnswer(engine, data, request) };
  }
}

function unreachedAnswer(engine: LiveEngine, data: LiveStore | LiveList | undefined, request: RequestSpec) {
  if (data === undefined || 'schema' in data.plain || !engine.schema || engine.mode === 'interpret') return undefined;
  if (engine.isReleased) return undefined;
  try {
    const asked = requestFromInput(plainRequest(request), { schema: SCHEMA });
    return isAuthorized(asked, uncheckedList(data.plain), engine.frozen ?? presentPolicies(engine.set.plain));
  } catch {
    return undefined;
  }
}

export function requestOf(request: RequestSpec, schema: Schema | undefined): Request {
  return requestFromInput(plainRequest(request), { schema });
}

function plainRequest({ principal, action, resource, context }: RequestSpec) {
  if ([principal, action, resource].some(({ wrong }) => wrong !== undefined)) throw new TypeError('not a uid');
  return {
    principal: uidOf(principal.name),
    action: uidOf(action.name),
    resource: uidOf(resource.name),
    ...(context && { context }),
  };
}
