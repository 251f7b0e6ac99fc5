/**
 * Request forms — the rows of the application scenarios: each form in which an application asks, by every engine, and the function by hand over the same
 * inputs.
 *
 * A mode is the form, and behind a semicolon how the engine was made: `decision, handles; schema`. The function by hand for a row has the form as its mode.
 */

import { createMongoAbility, type MongoAbility, subject } from '@casl/ability';
import { emitModule } from '../../codegen/bind/module.ts';
import { load as loadCode } from '../../codegen/load/load.ts';
import { LinkIndex, Node, type PolicyModule } from '../../codegen/runtime/index.ts';
import { compile, type Engine, EntityStore, load, type RequestInput, schemaOf } from '../../src/index.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { ApplicationByHand, type TextRequest } from '../hand/application.ts';
import { ExtensionsByHand } from '../hand/application-extensions.ts';
import { loop } from '../monomorphic.ts';
import type { Oracle } from '../oracle.ts';
import { callLists } from '../scenario/application.ts';
import type { EntityJson, Scenario } from '../scenario/scenario.ts';
import { cedarWasmWith } from './cedar-wasm.ts';
import { handlesOf, policySetOf, preparedOf, textsOf } from './cedarmill.ts';

/** What is asked of engines, compiled or loaded. */
type Asked = Pick<Engine, 'isAllowed' | 'isAuthorized'>;
type Method = keyof Asked;

interface Made {
  readonly how: '' | '; schema' | '; module' | '; module, schema';
  readonly schema: Schema | undefined;
  readonly make: () => Asked;
}

/** Each row has an engine of its own, as it has in an application. */
export function engines(scenario: Scenario): Made[] {
  const { schema } = parseSchema(scenario.schema);
  const engine = (typed?: Schema) => () =>
    compile(policySetOf(scenario), typed && { schema: typed, validate: false });
  const emitted = (typed?: Schema) => moduleOf(emitModule(policySetOf(scenario), 'esm', { schema: typed }));
  const module = (typed?: Schema) => () => load(emitted(typed));
  return [
    { how: '', schema: undefined, make: engine() },
    { how: '; schema', schema, make: engine(schema) },
    { how: '; module', schema: undefined, make: module() },
    // As an application has it: stores are of the module's schema.
    { how: '; module, schema', schema: schemaOf(emitted(schema)), make: module(schema) },
  ];
}

/** What importing a module gives. */
function moduleOf(text: string): PolicyModule {
  const body = text
    .replace(/^import \{ .*Node \} from 'cedarmill\/runtime';$/m, '')
    .replace('export const policies =', 'return');
  return loadCode<(index: typeof LinkIndex, node: typeof Node) => PolicyModule>(['LinkIndex', 'Node'], body)(LinkIndex, Node);
}

export function row(engine: string, mode: string, text: string, scope: Readonly<Record<string, unknown>>, count: number): Oracle {
  const one = new Function(...Object.keys(scope), 'i', `return ${text};`).bind(undefined, ...Object.values(scope));
  return {
    engine,
    mode,
    run: loop(text, scope, count),
    allows: (i) => {
      const answer = one(i) as boolean | { readonly decision: string };
      return typeof answer === 'boolean' ? answer : answer.decision === 'allow';
    },
  };
}

const WORDS: Readonly<Record<Method, string>> = { isAllowed: 'decision', isAuthorized: 'full' };

/** Requests of one form against a store. */
function overStore(
  scenario: Scenario,
  form: string,
  methods: readonly Method[],
  requestsOf: (scenario: Scenario, store: EntityStore) => readonly RequestInput[],
): Oracle[] {
  return engines(scenario).flatMap(({ how, schema, make }) => {
    // Modules are the same engine: one row tells.
    const asked = how.includes('module') ? methods.slice(0, 1) : methods;
    return asked.map((method) => {
      // And a store of its own: of two engines, the second finds its nodes by a map.
      const store = EntityStore.from(scenario.entities, schema && { schema });
      const requests = requestsOf(scenario, store);
      const scope = { engine: make(), requests, store };
      return row('cedarmill', `${WORDS[method]}, ${form}${how}`, `engine.${method}(requests[i], store)`, scope, requests.length);
    });
  });
}

/** Requests that bring their entities. */
function overLists(scenario: Scenario, form: string, lists: readonly object[], methods: readonly Method[]): Oracle[] {
  const { requests } = scenario;
  return engines(scenario).flatMap(({ how, make }) => {
    const asked = how.includes('module') ? methods.slice(0, 1) : methods;
    return asked.map((method) => {
      const scope = { engine: make(), requests, lists };
      return row('cedarmill', `${WORDS[method]}, ${form}${how}`, `engine.${method}(requests[i], lists[i])`, scope, requests.length);
    });
  });
}

/** Equal contexts are one that was prepared. */
const PREPARED = 'handles, prepared context';
const BOTH: readonly Method[] = ['isAllowed', 'isAuthorized'];

export function applicationForms(scenario: Scenario): Oracle[] {
  const hand = new ApplicationByHand(scenario);
  const { requests } = scenario;
  const handled = requests.map((request) => hand.handled(request));
  const texts = textsOf(scenario) as readonly TextRequest[];
  const byHand = (mode: string, text: string, scope: object) =>
    row('hand-written', mode, text, { hand, ...scope }, requests.length);
  return [
    byHand('decision, handles', 'hand.isAllowed(handled[i])', { handled }),
    byHand('full, handles', 'hand.isAuthorized(handled[i])', { handled }),
    byHand('decision, { type, id }', 'hand.isAllowedById(requests[i])', { requests }),
    byHand('full, { type, id }', 'hand.isAuthorizedById(requests[i])', { requests }),
    byHand('decision, text', 'hand.isAllowedByText(texts[i])', { texts }),
    byHand('full, text', 'hand.isAuthorizedByText(texts[i])', { texts }),
    ...overStore(scenario, 'handles', BOTH, handlesOf),
    byHand(`decision, ${PREPARED}`, 'hand.isAllowed(handled[i])', { handled }),
    ...overStore(scenario, PREPARED, ['isAllowed'], preparedOf),
    ...overStore(scenario, '{ type, id }', BOTH, () => requests),
    ...overStore(scenario, 'text', BOTH, textsOf),
    casl(scenario),
  ];
}

export function applicationErrorForms(scenario: Scenario): Oracle[] {
  const hand = new ApplicationByHand(scenario);
  const handled = scenario.requests.map((request) => hand.handled(request));
  return [
    row('hand-written', 'full, handles', 'hand.isAuthorizedWithError(handled[i])', { hand, handled }, handled.length),
    ...overStore(scenario, 'handles', ['isAuthorized'], handlesOf),
  ];
}

export function applicationExtensionForms(scenario: Scenario): Oracle[] {
  const hand = new ExtensionsByHand(scenario);
  const handled = scenario.requests.map((request) => hand.handled(request));
  const prepared = scenario.requests.map((request) => hand.prepared(request));
  return [
    row('hand-written', 'decision, handles', 'hand.isAllowed(handled[i])', { hand, handled }, handled.length),
    row('hand-written', `decision, ${PREPARED}`, 'hand.isAllowedPrepared(prepared[i])', { hand, prepared }, prepared.length),
    ...overStore(scenario, 'handles', BOTH, handlesOf),
    ...overStore(scenario, PREPARED, ['isAllowed'], preparedOf),
  ];
}

/** Beyond this a call of cedar-wasm takes milliseconds. */
const FOR_WASM = 20;

export function applicationListForms(scenario: Scenario): Oracle[] {
  const { requests, size } = scenario;
  const lists = callLists(scenario, size);
  const hand = new ApplicationByHand(scenario);
  const scope = { hand, requests, lists };
  return [
    row('hand-written', 'decision, entities in the call', 'hand.isAllowedByList(requests[i], lists[i])', scope, requests.length),
    ...overLists(scenario, 'entities in the call', lists, size <= FOR_WASM ? BOTH : ['isAllowed']),
    ...(size <= FOR_WASM ? [cedarWasmWith(scenario, 'full, entities in the call', lists)] : []),
  ];
}

/** An ability for each user, as it is kept with a session; what the context says is asked beside it. */
function casl({ entities, requests }: Scenario): Oracle {
  const byId = new Map(entities.map((each) => [each.uid.id, each]));
  const abilities = new Map<string, MongoAbility>();
  const documents = new Map<string, object>();
  const asked = requests.map(({ principal, action, resource, context }) => {
    if (!abilities.has(principal.id)) abilities.set(principal.id, abilityOf(byId.get(principal.id)!, byId));
    const { owner, team, ...rest } = byId.get(resource.id)!.attrs as Readonly<Record<string, { readonly __entity: { readonly id: string } }>>;
    if (!documents.has(resource.id))
      documents.set(resource.id, subject('Document', { ...rest, owner: owner!.__entity.id, team: team!.__entity.id }));
    const role = byId.get(principal.id)!.attrs.role;
    return { ability: abilities.get(principal.id)!, action: action.id, document: documents.get(resource.id)!, role, context };
  });
  const decide = (i: number) => {
    const { ability, action, document, role, context } = asked[i]!;
    const { hour, mfa, tenant } = context as { hour: number; mfa: boolean; tenant: string };
    if (hour < 6 && role !== 'admin') return false;
    if (ability.can(action, document as never)) return true;
    if (action === 'view') return mfa && (document as { readonly public: boolean }).public;
    return role === 'editor' && (document as { readonly tenant: string }).tenant === tenant;
  };
  return row('CASL', 'decision, handles', 'decide(i)', { decide }, requests.length);
}

function abilityOf({ uid, parents }: EntityJson, byId: ReadonlyMap<string, EntityJson>): MongoAbility {
  const teams: string[] = [];
  for (let team = byId.get(parents[0]!.id); team !== undefined; team = byId.get(team.parents[0]?.id ?? '')) teams.push(team.uid.id);
  return createMongoAbility([
    { action: ['view', 'edit'], subject: 'Document', conditions: { owner: uid.id } },
    { action: 'view', subject: 'Document', conditions: { team: { $in: teams } } },
  ]);
}
