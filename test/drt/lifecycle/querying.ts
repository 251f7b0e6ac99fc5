/**
 * Querying — questions beyond one request, held against what the model says to each request that they stand for.
 *
 * Many may be refused: for want of a schema, or for policies or data that do not fit it. An answer must be right in any case.
 */
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { CedarmillError } from '../../../src/value/cedarmill-error.ts';
import type { Response } from '../../../src/value/response.ts';
import { unreachable } from '../../../src/value/unreachable.ts';
import { sameResponse } from '../target/authorize.ts';
import { type Expected, expectedOf, presentPolicies, requestOf } from './expected.ts';
import { requestInput } from './input.ts';
import type { LiveEngine, LiveList, LiveStore } from './live.ts';
import type { Machine, Op } from './machine.ts';
import type { Name } from './operation.ts';
import { entitiesOfList, uidOf } from './plain-data.ts';
import { SCHEMA } from './schema.ts';

type Query = Op<'query'>;

export class Querying {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  query(op: Query): void {
    const machine = this.#machine;
    const engine = machine.engines.get(op.engine);
    const data = 'store' in op.data ? machine.stores.get(op.data.store) : machine.lists.get(op.data.list);
    if (engine === undefined || data === undefined) return;
    const request = requestInput(
      op.request,
      (n) => machine.stores.get(n),
      () => {},
    ) as RequestInput;
    const attempt = machine.attempt(() => answerOf(op, engine, data, request));
    engine.set.asked = true;
    data.asked = true;
    engine.asked.add(data);
    if (!attempt.ok) {
      if (!machine.mayStop(attempt.error) && !(attempt.error instanceof CedarmillError))
        machine.differ('exception', op, 'an answer', attempt.error);
      return;
    }
    if (attempt.value === undefined) return;
    machine.answered++;
    const wrong = this.#wrong(op, engine, data, attempt.value);
    if (wrong !== undefined) machine.differ('answer', op, wrong, shown(attempt.value));
  }

  /** What is expected instead. */
  #wrong(op: Query, engine: LiveEngine, data: LiveStore | LiveList, answer: Answer): unknown {
    switch (answer.what) {
      case 'names': {
        const expected = op.what === 'allowedActions' ? actionsBy(op, engine, data) : resourcesBy(op, engine, data);
        return 'error' in expected || expected.names.join() !== answer.names.join() ? expected : undefined;
      }
      case 'response': {
        const expected = typedExpected(engine, data, op.request);
        if ('error' in expected) return expected.error;
        const { response } = expected;
        const isDecided = answer.decision === undefined || answer.decision === response.decision;
        return isDecided && sameResponse(withoutWords(answer.response), withoutWords(response)) ? undefined : response;
      }
      default:
        return unreachable(answer);
    }
  }
}

type Answer =
  | { readonly what: 'names'; readonly names: readonly string[] }
  | { readonly what: 'response'; readonly decision: string | undefined; readonly response: Response };

/** `undefined` where the engine has no such question. */
function answerOf(
  { what }: Query,
  { real }: LiveEngine,
  data: LiveStore | LiveList,
  request: RequestInput,
): Answer | undefined {
  const { principal, action, resource, context = {} } = request;
  switch (what) {
    case 'allowedActions': {
      const names = real.allowedActions?.({ principal, resource, context }, data.real as never);
      return names && { what: 'names', names };
    }
    case 'allowedResources': {
      const found = real.allowedResources?.({ principal, action, resource: 'Doc', context }, data.real as never);
      return found && { what: 'names', names: [...found].map(({ id }) => id).sort() };
    }
    case 'partial': {
      if (!('schema' in data.plain)) return undefined;
      const { type } = uidOf('Doc::d');
      const answer = real.partial?.({ principal, action, resource: { type }, context }, data.real as never);
      if (answer === undefined) return undefined;
      const response = answer.authorize({ ...request, context }, data.real as never);
      return { what: 'response', decision: answer.decision, response };
    }
    default:
      return unreachable(what);
  }
}

/** The model on the data as the schema reads them. */
function typedExpected(engine: LiveEngine, data: LiveStore | LiveList, request: Query['request']): Expected {
  try {
    if (engine.isReleased) throw new Error('the engine was released');
    const specs = 'schema' in data.plain ? [...data.plain.entities.values()] : data.plain;
    const asked = requestOf(request, SCHEMA);
    const policies = engine.frozen ?? presentPolicies(engine.set.plain);
    return { response: isAuthorized(asked, entitiesOfList(specs, true), policies) };
  } catch (error) {
    return { error };
  }
}

type Names = { readonly names: readonly string[] } | { readonly error: unknown };

function actionsBy({ request }: Query, engine: LiveEngine, data: LiveStore | LiveList): Names {
  if (!engine.schema || engine.isReleased) return { error: 'no schema' };
  const names: string[] = [];
  for (const { uid } of SCHEMA.actions.values()) {
    const action = { name: `${uid.type}::${uid.id}`, form: 'text' } as const;
    // A module asks itself; an engine evaluates in part, on data that it reads by the schema.
    const expected = (engine.mode === 'module' ? expectedOf : typedExpected)(engine, data, { ...request, action });
    // An action that does not apply is not allowed.
    if ('response' in expected && expected.response.decision === 'allow') names.push(uid.id);
  }
  return { names };
}

function resourcesBy({ request }: Query, engine: LiveEngine, data: LiveStore | LiveList): Names {
  const entries: readonly Name[] =
    'schema' in data.plain ? [...data.plain.entities.keys()] : data.plain.map(({ uid }) => uid);
  const names: string[] = [];
  for (const name of new Set(entries)) {
    const { type, id } = uidOf(name);
    if (type !== 'Doc') continue;
    const expected = expectedOf(engine, data, { ...request, resource: { name, form: 'text' } });
    if ('error' in expected) return expected;
    if (expected.response.decision === 'allow') names.push(id);
  }
  return { names: names.sort() };
}

/** What is left of an error after partial evaluation has other words. */
function withoutWords({ errors, ...response }: Response): Response {
  const bare = errors.map(({ policyId }) => ({ policyId, message: '' }));
  return { ...response, errors: bare as unknown as Response['errors'] };
}

function shown(answer: Answer): unknown {
  return answer.what === 'names' ? answer.names : answer.response;
}
