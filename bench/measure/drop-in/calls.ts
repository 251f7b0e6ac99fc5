/**
 * Calls — what both packages are asked, and how long they take.
 */
import { createHash } from 'node:crypto';
import { range } from '../../scenario/generator.ts';
import type { Effort } from '../measure.ts';

/** The functions of either package. */
export interface Package {
  isAuthorized(call: never): unknown;
  statefulIsAuthorized(call: never): unknown;
  preparsePolicySet(name: string, policies: never): unknown;
  preparseSchema(name: string, schema: never): unknown;
}

export interface CallTimes {
  readonly mode: string;
  readonly size: number;
  /** Nanoseconds of a call, each over several. */
  readonly samples: readonly number[];
  /** A digest of the answers to the first calls. */
  readonly answers: string;
}

const POLICIES = `
  permit (principal, action == Action::"view", resource) when { resource.public };
  permit (principal, action == Action::"view", resource) when { resource.owner == principal };
  permit (principal, action in [Action::"view", Action::"edit"], resource) when { principal in resource.viewers && context.hour > 7 };
  permit (principal in Group::"staff", action == Action::"view", resource is Doc) when { context.mfa };
  forbid (principal, action, resource) when { resource.archived && context.tenant != "acme" };
`;
const SCHEMA = `
  entity Group; entity User in [Group]; entity Folder;
  entity Doc in [Folder] { public: Bool, owner: User, viewers: Group, archived: Bool };
  action view, edit appliesTo { principal: User, resource: Doc, context: { tenant: String, hour: Long, mfa: Bool } };
`;

/** Lists among which changed ones are taken in turn: none is among the last few that may be remembered. */
const LISTS = 256;
/** The calls that are built: each list comes with three contexts. */
const CALLS = 3 * LISTS;

export function timesOf(asked: Package, effort: Effort): readonly CallTimes[] {
  asked.preparsePolicySet('set', { staticPolicies: POLICIES } as never);
  asked.preparseSchema('schema', SCHEMA as never);
  return [5, 20, 300].flatMap((size) => {
    const lists = range(LISTS).map((i) => entities(size, i));
    return [true, false].flatMap((typed) =>
      ['stateful', 'stateless'].flatMap((kind) =>
        ['unchanged', 'changed'].map((change) => {
          const listOf = (i: number) => lists[change === 'changed' ? i % LISTS : 1]!;
          const callOf = kind === 'stateful' ? stateful : stateless;
          const calls = range(CALLS).map((i) => callOf(listOf(i), i, typed));
          const ask = (i: number) =>
            kind === 'stateful'
              ? asked.statefulIsAuthorized(calls[i % CALLS] as never)
              : asked.isAuthorized(calls[i % CALLS] as never);
          const mode = `${kind}, entities ${change}${typed ? ', schema' : ''}`;
          return { mode, size, answers: digest(range(32).map(ask)), samples: timed(ask, effort) };
        }),
      ),
    );
  });
}

/**
 * So long a round takes at least, in milliseconds of the processor: another process may have it meanwhile. V8 compiles at the cost of the same process, so
 * 0.7 s go before.
 */
const ROUND = 20;

function timed(ask: (i: number) => unknown, effort: Effort): readonly number[] {
  const rounds = effort === 'quick' ? 1 : 15;
  const warmUp = effort === 'quick' ? 0 : 35;
  let i = 0;
  const samples = range(warmUp + rounds).map(() => {
    const first = i;
    const begin = process.cpuUsage();
    const used = () => {
      const { user, system } = process.cpuUsage(begin);
      return user + system;
    };
    do for (const _ of range(8)) ask(i++);
    while (used() < ROUND * 1000);
    return (used() * 1000) / (i - first);
  });
  return samples.slice(warmUp);
}

/** The official package names policies in the order of a hash table. */
function digest(answers: readonly unknown[]): string {
  const sorted = (name: string, value: unknown) => (name === 'reason' ? [...(value as string[])].sort() : value);
  return createHash('sha256').update(JSON.stringify(answers, sorted)).digest('hex');
}

function request(i: number) {
  return {
    principal: { type: 'User', id: 'alice' },
    action: { type: 'Action', id: 'view' },
    resource: { type: 'Doc', id: 'plan' },
    context: { tenant: i % 2 === 0 ? 'x' : 'acme', hour: i % 24, mfa: i % 3 === 0 },
  };
}

/** Literals, as applications write them: objects that are spread into one another have layouts of their own each, for which V8 searches. */
function stateful(entities: object, i: number, typed: boolean): object {
  const { principal, action, resource, context } = request(i);
  if (!typed) return { principal, action, resource, context, entities, preparsedPolicySetId: 'set' };
  return {
    principal,
    action,
    resource,
    context,
    entities,
    preparsedPolicySetId: 'set',
    preparsedSchemaName: 'schema',
    validateRequest: true,
  };
}

function stateless(entities: object, i: number, typed: boolean): object {
  const { principal, action, resource, context } = request(i);
  const policies = { staticPolicies: POLICIES };
  if (!typed) return { principal, action, resource, context, entities, policies };
  return { principal, action, resource, context, entities, policies, schema: SCHEMA, validateRequest: true };
}

function entities(size: number, i: number): object[] {
  const uid = (type: string, id: string) => ({ type, id });
  const doc = (id: string, owner: string, n: number) => ({
    uid: uid('Doc', id),
    attrs: {
      public: n % 3 === 0,
      owner: { __entity: uid('User', owner) },
      viewers: { __entity: uid('Group', 'other') },
      archived: n % 5 === 0,
    },
    parents: [uid('Folder', 'f')],
  });
  return [
    { uid: uid('User', 'alice'), attrs: {}, parents: [uid('Group', i % 2 === 0 ? 'other' : 'staff')] },
    doc('plan', `user${i}`, i),
    ...['staff', 'other'].map((id) => ({ uid: uid('Group', id), attrs: {}, parents: [] })),
    { uid: uid('Folder', 'f'), attrs: {}, parents: [] },
    ...range(size - 5).map((n) => doc(`doc${n}`, `user${n % 7}`, n)),
  ];
}
