/**
 * Asking — puts a question to an engine and holds the answer against the model's.
 */
import type { EntitiesInput } from '../../../src/engine/engine.ts';
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import type { SpecializeQuery } from '../../../src/engine/specialize.ts';
import type { Response } from '../../../src/value/response.ts';
import { sameResponse } from '../target/authorize.ts';
import { type Expected, expectedOf } from './expected.ts';
import { requestInput, trapEntity, uidInput } from './input.ts';
import type { Attempt, LiveEngine, LiveList, LiveQuery, LiveStore } from './live.ts';
import { hasManyLevels, type Machine, type Op } from './machine.ts';
import type { Ask, Data } from './operation.ts';

type Answer = Response | boolean;

export class Asking {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  ask(op: Ask): void {
    const machine = this.#machine;
    const engine = machine.engines.get(op.engine);
    const data = this.#dataOf(op.data);
    if (engine === undefined || (data === undefined && !('nothing' in op.data))) return;
    const questions = op.question === 'both' ? (['isAuthorized', 'isAllowed'] as const) : [op.question];
    for (let i = 0; i < op.times && machine.difference === undefined; i++)
      for (const question of questions) this.#put(op, question, engine, data);
    engine.set.asked = true;
    if (data === undefined) return;
    data.asked = true;
    engine.asked.add(data);
  }

  specialize({ query: number, engine: engineNumber, data: given, request }: Op<'specialize'>): void {
    const machine = this.#machine;
    const engine = machine.engines.get(engineNumber);
    const data = this.#dataOf(given);
    if (engine?.real.specialize === undefined || data === undefined) return;
    let query: LiveQuery | undefined;
    const { resource: _, ...known } = requestInput(
      request,
      (n) => machine.stores.get(n),
      () => query?.spring(),
    );
    const attempt = machine.attempt(() => engine.real.specialize!(known as SpecializeQuery, data.real));
    if (attempt.ok) query = { real: attempt.value, engine, data, request, spring: () => {} };
    if (query !== undefined) machine.queries.set(number, query);
    else machine.queries.delete(number);
  }

  /** Rows are asked about one after another, while everything else goes on. */
  askRow(op: Op<'askRow'>): void {
    const machine = this.#machine;
    const query = machine.queries.get(op.query);
    if (query === undefined) return;
    const { engine, data } = query;
    const request = { ...query.request, resource: op.resource };
    const resource = uidInput(op.resource, (n) => machine.stores.get(n));
    for (const question of op.question === 'both' ? (['isAuthorized', 'isAllowed'] as const) : [op.question]) {
      const before = expectedOf(engine, data, request);
      if (query.request.trap !== undefined) query.spring = machine.once(query.request.trap);
      const attempt = machine.attempt<Answer>(() => query.real[question](resource));
      query.spring = () => {};
      const after = expectedOf(engine, data, request);
      if (![before, after].some((expected) => this.#agrees(attempt, expected, data)))
        machine.differ('answer', op, shown(after, question), attempt.ok ? attempt.value : attempt.error);
    }
  }

  #dataOf(data: Data): LiveStore | LiveList | undefined {
    if ('store' in data) return this.#machine.stores.get(data.store);
    return 'list' in data ? this.#machine.lists.get(data.list) : undefined;
  }

  #put(
    op: Ask,
    question: 'isAllowed' | 'isAuthorized',
    engine: LiveEngine,
    data: LiveStore | LiveList | undefined,
  ): void {
    const machine = this.#machine;
    const before = expectedOf(engine, data, op.request);
    const spring = op.request.trap === undefined ? () => {} : machine.once(op.request.trap);
    const request = requestInput(op.request, (n) => machine.stores.get(n), spring);
    const restore = this.#trapList(op, data);
    const entities = data === undefined ? nothing(op.data) : data.real;
    const attempt = machine.attempt<Answer>(() =>
      engine.real[question](request as RequestInput, entities as EntitiesInput),
    );
    restore();
    const after = expectedOf(engine, data, op.request);
    if (![before, after].some((expected) => this.#agrees(attempt, expected, data)))
      machine.differ('answer', op, shown(after, question), attempt.ok ? attempt.value : attempt.error);
    if (op.writes && attempt.ok && typeof attempt.value === 'object') writeInto(attempt.value);
  }

  #trapList({ data: input }: Ask, data: LiveStore | LiveList | undefined): () => void {
    if (!('list' in input) || input.trap === undefined || data === undefined) return () => {};
    const { at, member, trap } = input.trap;
    const entity = (data as LiveList).real[at];
    return entity === undefined ? () => {} : trapEntity(entity, member, this.#machine.once(trap));
  }

  #agrees(attempt: Attempt<Answer>, expected: Expected, data: LiveStore | LiveList | undefined): boolean {
    if (!attempt.ok) {
      if (this.#machine.mayStop(attempt.error) || isTooDeep(data)) return true;
      return 'error' in expected && !(attempt.error instanceof RangeError);
    }
    const response = 'error' in expected ? expected.unreached : expected.response;
    if (response === undefined) return false;
    const { value } = attempt;
    if (typeof value === 'boolean') return value === (response.decision === 'allow');
    return value !== undefined && sameResponse(value, response);
  }
}

/** Data that may be refused for the levels of their values. */
function isTooDeep(data: LiveStore | LiveList | undefined): boolean {
  const specs = data === undefined ? [] : 'schema' in data.plain ? [] : data.plain;
  return specs.some(hasManyLevels);
}

function nothing(data: Data): unknown {
  if (!('nothing' in data)) return undefined;
  return data.nothing === 'undefined' ? undefined : data.nothing === 'null' ? null : {};
}

function shown(expected: Expected, question: 'isAllowed' | 'isAuthorized'): unknown {
  if ('error' in expected) return expected.error;
  return question === 'isAllowed' ? expected.response.decision === 'allow' : expected.response;
}

/** What an application may do to an answer. Frozen ones refuse it. */
function writeInto(response: Response): void {
  const writes: (() => unknown)[] = [
    () => (response.determiningPolicies as string[]).push('written'),
    () => (response.errors as unknown[]).pop(),
    () => Object.assign(response.errors[0] ?? {}, { policyId: 'written' }),
    () => Object.assign(response.errors[0]?.span ?? {}, { start: -1 }),
    () => Object.assign(response, { decision: 'allow' }),
  ];
  for (const write of writes) {
    try {
      write();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
}
