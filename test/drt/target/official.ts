/**
 * Official — the same texts and JSON data to the official build and to the drop-in, and its answers against the model's.
 *
 * A case becomes calls; their answers become findings. So the calls of many cases can travel together.
 */
import {
  checkParseContext,
  checkParseEntities,
  checkParsePolicySet,
  checkParseSchema,
  isAuthorized,
  policyToJson,
  policyToText,
  schemaToJson,
  templateToJson,
  templateToText,
  validate,
} from '../../../src/cedar-wasm/index.ts';
import { slotsOf } from '../../../src/syntax/desugar.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import { printPolicy } from '../../../src/syntax/print.ts';
import type { Response } from '../../../src/value/response.ts';
import { type Case, MISFIT } from '../../arbitrary/case.ts';
import { ExpressionMaker } from '../../arbitrary/expression.ts';
import { policySetData } from '../../arbitrary/golden.ts';
import { type Data, dataText, entityToData, linkToData, objectOf, requestToData } from '../../arbitrary/json.ts';
import { nearMisses } from '../../arbitrary/near-miss.ts';
import { type Environment, pathsOf } from '../../arbitrary/path.ts';
import { policyOf, when } from '../../arbitrary/policy.ts';
import type { Random } from '../../arbitrary/random.ts';
import { schemaText } from '../../arbitrary/schema-text.ts';
import { anyValue } from '../../arbitrary/value.ts';
import { type World, worldOf } from '../../arbitrary/world.ts';
import type { Finding } from '../finding.ts';
import type { Answer, Call } from '../official.ts';
import { modelResponses, policySetOf } from './authorize.ts';
import { type PlainResponse, plainResponse } from './codecs.ts';
import { fact, literalText } from './facts.ts';
import { garbled } from './garble.ts';

const DROP_IN = {
  checkParseContext,
  checkParseEntities,
  checkParsePolicySet,
  checkParseSchema,
  isAuthorized,
  policyToJson,
  policyToText,
  schemaToJson,
  templateToJson,
  templateToText,
  validate,
} as const;

type DropInFunction = keyof typeof DROP_IN;

/** A call, and what its answer is held against. */
export interface Question {
  readonly call: Call;
  readonly oracle: (answer: Answer) => Finding | undefined;
}

export function questionsOf(given: Case, random: Random): Question[] {
  return [
    ...authorization(given, random),
    ...conditions(given, random),
    ...facts(random),
    ...Array.from({ length: LITERALS }, () => same('policyToJson', literalText(random))),
    ...texts(given, random),
    ...data(given, random),
  ];
}

/** Two requests, with policies as text or as JSON, with or without the schema. */
function authorization(given: Case, random: Random): Question[] {
  const policies = random.chance(50) ? policySetData(given) : policyTexts(given);
  const entities = given.entities.map(entityToData);
  const requests = random.some(given.requests, 50).slice(0, 2);
  const expected = modelResponses({ ...given, requests }, [...policySetOf(given).policies()]);
  return requests.flatMap((request, i) => {
    const whole = { ...(requestToData(request) as object), policies, entities };
    const model: Question = {
      call: { fn: 'isAuthorized', args: [{ json: dataText(whole) }] },
      oracle: (answer) => against('model', 'isAuthorized', looseResponse(expected[i]!), plainAnswer(answer)),
    };
    return [model, same('isAuthorized', { ...whole, schema: schemaText(given.schema) })];
  });
}

/** Conditions in one call. */
const CONDITIONS = 24;

/** Many policies that every scope meets, so that one call tells the value of as many conditions. */
function conditions(given: Case, random: Random): Question[] {
  const world = worldOf(random, given.schema);
  const request = random.pick(given.requests);
  const action = given.schema.actions.get(request.action.key) ?? random.pick(world.actions);
  const paths = pathsOf(given.schema, request.principal.type, action, request.resource.type);
  const environment: Environment = {
    principal: request.principal.type,
    action,
    resource: request.resource.type,
    paths,
  };
  const maker = new ExpressionMaker(random, world, environment, random.pick([MISFIT.typed, MISFIT.loose, MISFIT.any]));
  const policies = Array.from({ length: CONDITIONS }, (_, i) =>
    policyOf(`policy${i}`, { conditions: [when(maker.make({ kind: 'bool' }, random.between(1, 3)))] }),
  );
  const asked: Case = { ...given, policies, links: [], requests: [request] };
  const [expected] = modelResponses(asked, [...policySetOf(asked).policies()]);
  const set = random.chance(60) ? policyTexts(asked) : policySetData(asked);
  const call = { ...(requestToData(request) as object), policies: set, entities: given.entities.map(entityToData) };
  return [
    {
      call: { fn: 'isAuthorized', args: [{ json: dataText(call) }] },
      oracle: (answer) => against('model', 'conditions', looseResponse(expected!), plainAnswer(answer), call),
    },
  ];
}

/** Static policies by id, templates, links; policies as text. */
function policyTexts({ policies, links }: Case): Data {
  const byId = (templates: boolean) =>
    objectOf(
      policies
        .filter((policy) => slotsOf(policy).length > 0 === templates)
        .map((policy) => [policy.id, printPolicy(policy)] as const),
    );
  return { staticPolicies: byId(false), templates: byId(true), templateLinks: links.map(linkToData) };
}

/** Facts in one call, and policies with odd literals. */
const FACTS = 40;
const LITERALS = 12;

/** Whether each of many facts holds, does not, or errs. */
function facts(random: Random): Question[] {
  const policies = Array.from({ length: FACTS }, () => `permit(principal, action, resource) when { ${fact(random)} };`);
  const uid = { type: 'User', id: 'a' };
  const staticPolicies = Object.fromEntries(policies.map((text, i) => [`policy${i}`, text]));
  const call = {
    ...{ principal: uid, action: { type: 'Action', id: 'a' }, resource: uid, context: {}, entities: [] },
    policies: { staticPolicies },
  };
  return [same('isAuthorized', call)];
}

/** Policies whole and garbled, through parsers and printers. */
function texts({ policies }: Case, random: Random): Question[] {
  const policy = random.pick(policies);
  const text = printPolicy(policy);
  const wrong = garbled(random, text);
  const converse = slotsOf(policy).length > 0 ? 'templateToJson' : 'policyToJson';
  const print = slotsOf(policy).length > 0 ? 'templateToText' : 'policyToText';
  return [
    same(converse, text),
    same(converse, wrong),
    same('checkParsePolicySet', { staticPolicies: wrong }),
    same(print, policyJson(policy)),
  ];
}

function policyJson(policy: Policy): Data {
  const { staticPolicies, templates } = policySetData({ policies: [policy], links: [] }) as {
    staticPolicies: Record<string, Data>;
    templates: Record<string, Data>;
  };
  return Object.values(staticPolicies)[0] ?? Object.values(templates)[0]!;
}

const MISFITS = [1, 2];

/** One entity, right but perhaps for one attribute: nothing else is in the way of what is wrong. */
function misfit(random: Random, world: World, { entities }: Case): Data {
  if (entities.length === 0) return [];
  const entity = random.pick(entities);
  const attrs = new Map(entity.attrs);
  if (attrs.size > 0 && random.chance(75)) {
    const name = random.pick([...attrs.keys()]);
    if (random.chance(50)) attrs.delete(name);
    else attrs.set(name, anyValue(random, world));
  }
  return [entityToData({ ...entity, attrs })];
}

/** Schemas, entities and contexts. */
function data(given: Case, random: Random): Question[] {
  const schema = schemaText(given.schema);
  const entities = given.entities.map(entityToData);
  const world = worldOf(random, given.schema);
  const { action, context } = requestToData(random.pick(given.requests)) as {
    readonly action: Data;
    readonly context: Data;
  };
  const all: Question[] = [
    same('validate', { schema, policies: policySetData(given) }),
    same('validate', { schema, policies: policyTexts(given) }),
    same('validate', {
      schema,
      policies: policyTexts({ ...given, policies: nearMisses(random, world, given.policies) }),
    }),
    same('schemaToJson', schema),
    same('checkParseSchema', garbled(random, schema)),
    same('checkParseEntities', { entities }),
    same('checkParseEntities', { entities, schema }),
    ...MISFITS.map(() => same('checkParseEntities', { entities: misfit(random, world, given), schema })),
    same('checkParseContext', { context }),
    same('checkParseContext', { context, schema, action }),
  ];
  return random.some(all, 40);
}

/** The drop-in's answer is the verdict of the official build. */
function same(fn: DropInFunction, arg: Data): Question {
  return {
    call: { fn, args: [typeof arg === 'string' ? arg : { json: dataText(arg) }] },
    oracle: (answer) => against('drop-in', fn, verdict(answer), verdict(ask(fn, arg)), arg),
  };
}

function ask(fn: DropInFunction, value: unknown): Answer {
  try {
    return { answer: DROP_IN[fn](value as never) };
  } catch (error) {
    return { threw: String(error) };
  }
}

/** What has to agree: accepted or not, decision, reasons, who erred with which message, the JSON. */
function verdict(answer: Answer): unknown {
  const { type, json, text, validationErrors, validationWarnings } = (answer.answer ?? {}) as OfficialAnswer;
  if (answer.threw !== undefined || type === 'failure') return 'refused';
  if (validationErrors !== undefined)
    return [validationErrors, validationWarnings ?? []].map((list) => list.map(({ policyId }) => policyId).sort());
  return plainAnswer(answer) ?? { json: canonical(json), text };
}

function plainAnswer({ answer }: Answer): PlainResponse | undefined {
  const response = (answer as { readonly response?: OfficialResponse } | undefined)?.response;
  if (response === undefined) return undefined;
  const errors = response.diagnostics.errors.map(({ policyId, error }) => [policyId, loose(error.message)] as const);
  return { decision: response.decision, reason: [...response.diagnostics.reason].sort(), errors: errors.sort() };
}

function looseResponse(response: Response): PlainResponse {
  const { decision, reason, errors } = plainResponse(response);
  return { decision, reason, errors: errors.map(([id, message]) => [id, loose(message)]) };
}

/** Which element of a set is not an entity first is a matter of the order in which a set is kept. */
function loose(message: string): string {
  return message.replace(/(expected \(entity of type `any_entity_type`\), got ).*/, '$1…');
}

/** The members of answers that are compared. */
interface OfficialAnswer {
  readonly type?: string;
  readonly json?: unknown;
  readonly text?: string;
  readonly validationErrors?: readonly { readonly policyId: string }[];
  readonly validationWarnings?: readonly { readonly policyId: string }[];
}

interface OfficialResponse {
  readonly decision: string;
  readonly diagnostics: {
    readonly reason: readonly string[];
    readonly errors: readonly { readonly policyId: string; readonly error: { readonly message: string } }[];
  };
}

/** Keys in order; integers as the doubles that the official build gives back. */
function canonical(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(canonical);
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, canonical(inner)]);
}

function against(
  oracle: string,
  fn: string,
  expected: unknown,
  actual: unknown,
  arg?: Data | object,
): Finding | undefined {
  if (JSON.stringify(expected) === JSON.stringify(actual)) return undefined;
  return {
    target: 'official',
    oracle,
    what: arg === undefined ? fn : `${fn} of ${typeof arg === 'string' ? arg : dataText(arg)}`,
    expected,
    actual,
  };
}
