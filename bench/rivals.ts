/**
 * Rivals — the engines that a scenario is timed on. All must agree on every request before anything is timed.
 */
import { createRequire } from 'node:module';
import {
  compile,
  type Engine,
  EntityStore,
  PolicySet,
  parseSchema,
  type RequestInput,
  type Schema,
} from '../src/index.ts';
import { isAuthorized } from '../src/model/authorizer.ts';
import { entitiesFromData } from '../src/parser/data-entities.ts';
import { Entities } from '../src/value/entities.ts';
import { EntityUid } from '../src/value/entity-uid.ts';
import { CedarRecord } from '../src/value/record.ts';
import type { Rival } from './harness.ts';
import { own } from './own.ts';
import type { Scenario } from './scenario/tinytodo.ts';
import { ByHand, type HandAnswer } from './scenario/tinytodo-by-hand.ts';

type CedarWasm = typeof import('@cedar-policy/cedar-wasm/nodejs');

/** A rival with what it decides, for the check of agreement. */
export interface Judge extends Rival {
  readonly allows: (request: number) => boolean;
}

export function rivalsOf(scenario: Scenario): Judge[] {
  return [...byHand(scenario), ...compiled(scenario), ...typed(scenario), model(scenario), ...cedarWasm(scenario)];
}

/** The requests on which some rival decides other than the first. */
export function disagreements(judges: readonly Judge[], requests: number): string[] {
  return judges.flatMap(({ engine, mode, allows }) =>
    [...Array(requests).keys()]
      .filter((request) => allows(request) !== judges[0]!.allows(request))
      .map((request) => `${engine} ${mode} on request ${request}`),
  );
}

function byHand(scenario: Scenario): Judge[] {
  const hand = new ByHand(scenario);
  const requests = scenario.requests.map((request) => hand.request(request));
  const decide = own<(i: number) => boolean>('(i) => hand.isAllowed(requests[i])', { hand, requests });
  const full = own<(i: number) => HandAnswer>('(i) => hand.isAuthorized(requests[i])', { hand, requests });
  return [
    { engine: 'hand-written', mode: 'decision', run: decide, allows: decide },
    { engine: 'hand-written', mode: 'full', run: full, allows: (i) => full(i).decision === 'allow' },
  ];
}

/** With a schema: entities and every request are checked by it, and the type checks in the code are left out. */
function typed(scenario: Scenario): Judge[] {
  const { schema } = parseSchema(scenario.schema);
  return compiled(scenario, schema, 'typed, ');
}

function compiled({ policies, entities, requests }: Scenario, schema?: Schema, prefix = ''): Judge[] {
  const engine: Engine = compile(PolicySet.of(policies), { schema });
  const store = EntityStore.from(entities, { schema });
  const handles: RequestInput[] = requests.map(({ principal, action, resource }) => ({
    principal: store.handle(principal),
    action: store.handle(action),
    resource: store.handle(resource),
  }));
  const text = ({ type, id }: { type: string; id: string }) => `${type}::"${id}"`;
  const texts: RequestInput[] = requests.map(({ principal, action, resource }) => ({
    principal: text(principal),
    action: text(action),
    resource: text(resource),
  }));
  const judge = (mode: string, inputs: readonly RequestInput[]): Judge[] => [
    {
      engine: 'cedarmill',
      mode: `decision, ${mode}`,
      run: own('(i) => engine.isAllowed(inputs[i], store)', { engine, inputs, store }),
      allows: (i) => engine.isAllowed(inputs[i]!, store),
    },
    {
      engine: 'cedarmill',
      mode: `full, ${mode}`,
      run: own('(i) => engine.isAuthorized(inputs[i], store)', { engine, inputs, store }),
      allows: (i) => engine.isAuthorized(inputs[i]!, store).decision === 'allow',
    },
  ];
  return [...judge(`${prefix}handles`, handles), ...(schema === undefined ? judge('text', texts) : [])];
}

function model({ policies, entities, requests }: Scenario): Judge {
  const set = [...PolicySet.of(policies).policies()];
  const data = Entities.from(entitiesFromData(entities));
  const inputs = requests.map(({ principal, action, resource }) => ({
    principal: new EntityUid(principal.type, principal.id),
    action: new EntityUid(action.type, action.id),
    resource: new EntityUid(resource.type, resource.id),
    context: CedarRecord.empty,
  }));
  const run = (i: number) => isAuthorized(inputs[i]!, data, set);
  return { engine: 'model', mode: 'full', run, allows: (i) => run(i).decision === 'allow' };
}

/** The official build: policies parsed before, entities in every call, for it keeps none. */
function cedarWasm({ text, entities, requests }: Scenario): Judge[] {
  const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as CedarWasm;
  cedar.preparsePolicySet('bench', { staticPolicies: text });
  const slices = requests.map((request) => sliceOf(request, entities));
  const judge = (mode: string, data: (i: number) => unknown): Judge => {
    const run = (i: number) =>
      cedar.statefulIsAuthorized({
        ...requests[i]!,
        context: {},
        preparsedPolicySetId: 'bench',
        entities: data(i),
      } as Parameters<CedarWasm['statefulIsAuthorized']>[0]);
    const allows = (i: number) => {
      const answer = run(i);
      return answer.type === 'success' && answer.response.decision === 'allow';
    };
    return { engine: 'cedar-wasm', mode, run, allows };
  };
  return [judge('full, smallest data', (i) => slices[i]), judge('full, all data', () => entities)];
}

/** Principal and resource with their ancestors as direct parents and without what no policy reads: the cheapest call that is right. */
function sliceOf(request: Scenario['requests'][number], entities: Scenario['entities']): unknown {
  const byKey = new Map(entities.map((entity) => [`${entity.uid.type}::${entity.uid.id}`, entity]));
  return [request.principal, request.resource].map((uid) => {
    const found = byKey.get(`${uid.type}::${uid.id}`)!;
    const parents = new Map<string, unknown>();
    const open = [...found.parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      parents.set(`${next.type}::${next.id}`, next);
      open.push(...(byKey.get(`${next.type}::${next.id}`)?.parents ?? []));
    }
    const read = ['owner', 'readers', 'editors', 'archived'].filter((name) => name in found.attrs);
    return {
      uid,
      attrs: Object.fromEntries(read.map((name) => [name, found.attrs[name]])),
      parents: [...parents.values()],
    };
  });
}
