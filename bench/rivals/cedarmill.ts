/**
 * Cedarmill — in every way in which it can be asked: decision or full answer; handles, texts, or all entities in each call; with a schema or without.
 */
import { compile, type Engine, EntityStore, parsePolicies, PolicySet, type PreparedContext, type RequestInput, type Schema, withAnnotatedId } from '../../src/index.ts';
import type { EntitiesInput } from '../../src/engine/engine.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { LinkJson, Scenario } from '../scenario/scenario.ts';

export function cedarmill(scenario: Scenario): Oracle[] {
  const { schema } = parseSchema(scenario.schema);
  return [...asked(scenario), ...asked(scenario, schema)];
}

/** The policies of a scenario with their links. */
export function policySetOf({ text, links }: Pick<Scenario, 'text' | 'links'>): PolicySet {
  const set = PolicySet.of(parsePolicies(text).policies.map(withAnnotatedId));
  for (const link of links) set.link(linkOf(link));
  return set;
}

export function linkOf({ templateId, newId, values }: LinkJson): Parameters<PolicySet['link']>[0] {
  const { '?principal': principal, '?resource': resource } = values;
  const slotEnv = {
    ...(principal === undefined ? {} : { principal: new EntityUid(principal.type, principal.id) }),
    ...(resource === undefined ? {} : { resource: new EntityUid(resource.type, resource.id) }),
  };
  return { templateId, id: newId, slotEnv };
}

export function handlesOf({ requests }: Scenario, store: EntityStore): RequestInput[] {
  return requests.map(({ principal, action, resource, context }) => ({
    principal: store.handle(principal),
    action: store.handle(action),
    resource: store.handle(resource),
    ...(context === undefined ? {} : { context }),
  }));
}

/** The same, with each context prepared once for all requests that have an equal one. */
export function preparedOf(scenario: Scenario, store: EntityStore): RequestInput[] {
  const engine = compile('');
  const prepared = new Map<string, PreparedContext>();
  return handlesOf(scenario, store).map((request) => {
    const { context } = request;
    if (context === undefined) return request;
    const key = JSON.stringify(context);
    const known = prepared.get(key) ?? engine.prepareContext(context);
    prepared.set(key, known);
    return { ...request, context: known };
  });
}

export function textsOf({ requests }: Scenario): RequestInput[] {
  const text = ({ type, id }: { readonly type: string; readonly id: string }) => `${type}::${JSON.stringify(id)}`;
  return requests.map(({ principal, action, resource, context }) => ({
    principal: text(principal),
    action: text(action),
    resource: text(resource),
    ...(context === undefined ? {} : { context }),
  }));
}

function asked(scenario: Scenario, schema?: Schema): Oracle[] {
  const engine = compile(policySetOf(scenario), schema && { schema, validate: false });
  // Actions of a schema are its own.
  const entities = scenario.entities.filter(({ uid }) => schema === undefined || uid.type !== 'Action');
  const store = EntityStore.from(entities, schema && { schema });
  const handles = oracles(engine, store, handlesOf(scenario, store), schema === undefined ? 'handles' : 'typed, handles');
  return schema === undefined ? [...handles, ...oracles(engine, store, textsOf(scenario), 'text')] : handles;
}

/** The identical call that stateless engines get. */
export function withEntities(scenario: Scenario): Oracle[] {
  const engine = compile(policySetOf(scenario));
  return oracles(engine, scenario.entities, textsOf(scenario), 'text, all entities in each call').slice(1);
}

function oracles(engine: Engine, entities: EntitiesInput, requests: readonly RequestInput[], how: string): Oracle[] {
  const scope = { engine, requests, entities };
  const run = (name: string) => loop(`engine.${name}(requests[i], entities)`, scope, requests.length);
  return [
    {
      engine: 'cedarmill',
      mode: `decision, ${how}`,
      run: run('isAllowed'),
      allows: (i) => engine.isAllowed(requests[i]!, entities),
    },
    {
      engine: 'cedarmill',
      mode: `full, ${how}`,
      run: run('isAuthorized'),
      allows: (i) => engine.isAuthorized(requests[i]!, entities).decision === 'allow',
    },
  ];
}
