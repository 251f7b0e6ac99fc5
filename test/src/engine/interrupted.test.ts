/**
 * Interrupted — an exception at each call of each method of compiler, programs, graphs and indexes, while an engine is asked and while it follows a
 * change: whatever was thrown, every question afterwards has the model's answer.
 */
import { expect, test } from 'vitest';
import { ActionPlans } from '../../../codegen/bind/action-plans.ts';
import { BoundProgram } from '../../../codegen/bind/bound-program.ts';
import { DispatchCases } from '../../../codegen/bind/dispatch-cases.ts';
import { PolicyPartition } from '../../../codegen/bind/partitions.ts';
import { Rows } from '../../../codegen/bind/rows.ts';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { ActionIndex } from '../../../codegen/plan/action-index.ts';
import { Graph } from '../../../codegen/runtime/graph/graph.ts';
import { NodeSet } from '../../../codegen/runtime/graph/node-set.ts';
import { RequestGraph } from '../../../codegen/runtime/graph/request-graph.ts';
import { LinkIndex } from '../../../codegen/runtime/index/link-index.ts';
import { PolicyIndex } from '../../../codegen/runtime/index/policy-index.ts';
import { ScopeIndex } from '../../../codegen/runtime/index/scope-index.ts';
import { ErrorLog } from '../../../codegen/runtime/program/error-log.ts';
import { SatisfiedSet } from '../../../codegen/runtime/program/satisfied-set.ts';
import { HandleStore } from '../../../codegen/runtime/store/store.ts';
import {
  compile,
  type Engine,
  EntityStore,
  EntityUid,
  type Policy,
  PolicySet,
  parsePolicies,
} from '../../../src/index.ts';

const CLASSES: readonly { readonly prototype: object }[] = [
  ...[ActionPlans, BoundProgram, DispatchCases, PolicyPartition, Rows, CompiledPolicies, ActionIndex],
  ...[Graph, NodeSet, RequestGraph, LinkIndex, PolicyIndex, ScopeIndex, ErrorLog, SatisfiedSet, HandleStore],
] as never;

class Injected extends Error {}

/** Runs `body` with an exception at the n-th call; returns whether there was an n-th call. */
function withExceptionAt(n: number, body: () => void): boolean {
  let calls = 0;
  const undo = CLASSES.flatMap(({ prototype }) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, descriptor]) => {
      const method: unknown = descriptor.value;
      if (typeof method !== 'function' || name === 'constructor') return [];
      Object.defineProperty(prototype, name, {
        ...descriptor,
        value(this: unknown, ...args: unknown[]) {
          calls++;
          if (calls === n) throw new Injected(name);
          return method.apply(this, args);
        },
      });
      return [() => Object.defineProperty(prototype, name, descriptor)];
    }),
  );
  try {
    body();
  } catch (error) {
    if (!(error instanceof Injected)) throw error;
  } finally {
    for (const each of undo) each();
  }
  return calls >= n;
}

const policyOf = (text: string, id: string): Policy => ({ ...parsePolicies(text).policies[0]!, id });
const POLICIES = [
  'permit(principal in Group::"staff", action, resource);',
  'permit(principal, action == Action::"view", resource) when { resource.owner == principal };',
  'forbid(principal, action in Action::"write", resource) when { principal.level < 2 };',
  'forbid(principal in Group::"blocked", action, resource);',
];
const template = policyOf('permit(principal == ?principal, action, resource);', 'template');
const link = (id: string, user: string) => ({
  id,
  templateId: 'template',
  slotEnv: { principal: new EntityUid('User', user) },
});
const uid = (type: string, id: string) => ({ type, id });
const user = (id: string, level: unknown, ...groups: string[]) => ({
  uid: uid('User', id),
  attrs: { level },
  parents: groups.map((group) => uid('Group', group)),
});
const ENTITIES = [
  user('a', 1, 'staff'),
  user('b', 3, 'team'),
  user('c', 'wrong'),
  { uid: uid('Group', 'team'), attrs: {}, parents: [uid('Group', 'staff')] },
  { uid: uid('Doc', 'd'), attrs: { owner: { __entity: uid('User', 'c') } }, parents: [] },
  { uid: uid('Action', 'edit'), attrs: {}, parents: [uid('Action', 'write')] },
];

interface World {
  readonly set: PolicySet;
  readonly store: EntityStore;
  readonly engine: Engine;
}

const QUESTIONS = ['a', 'b', 'c', 'linked', 'unknown'].flatMap((principal) =>
  ['view', 'edit', 'other'].map((action) => ({
    principal: `User::"${principal}"`,
    action: `Action::"${action}"`,
    resource: 'Doc::"d"',
  })),
);

function world(isWarm: boolean): World {
  const set = PolicySet.of(POLICIES.map((text, i) => policyOf(text, `policy${i}`)));
  set.addTemplate(template);
  set.link(link('link', 'linked'));
  const store = EntityStore.from(ENTITIES);
  const engine = compile(set, { warmUp: 4 });
  if (isWarm) for (const question of QUESTIONS) engine.isAuthorized(question, store);
  if (isWarm) engine.isAllowed(QUESTIONS[0]!, ENTITIES);
  return { set, store, engine };
}

const ask = (i: number, context?: object) => ({ ...QUESTIONS[i]!, ...(context && { context }) });

const OPERATIONS: Readonly<Record<string, (world: World) => void>> = {
  'a decision': ({ engine, store }) => engine.isAllowed(ask(4), store),
  'a whole answer with an error': ({ engine, store }) => engine.isAuthorized(ask(7), store),
  'a question with a context': ({ engine, store }) =>
    engine.isAuthorized(ask(7, { x: { __entity: uid('User', 'new') } }), store),
  'a question about an unknown action': ({ engine, store }) =>
    engine.isAllowed({ ...ask(0), action: 'Action::"new"' }, store),
  'a question about entities of the call': ({ engine }) => engine.isAuthorized(ask(7), ENTITIES),
  'a policy that comes': ({ set }) => set.add(policyOf('forbid(principal, action, resource);', 'new')),
  'a policy of one action that comes': ({ set }) =>
    set.add(policyOf('forbid(principal, action == Action::"view", resource);', 'new')),
  'a policy of a new attribute that comes': ({ set }) =>
    set.add(
      policyOf(
        'forbid(principal, action, resource) when { principal has level && resource has fresh || principal has level };',
        'new',
      ),
    ),
  'a policy that goes': ({ set }) => set.remove('policy3'),
  'a template that comes': ({ set }) => set.addTemplate({ ...template, id: 'other' }),
  'a link that comes': ({ set }) => set.link(link('new', 'unknown')),
  'a link that goes': ({ set }) => set.unlink('link'),
  'an entity that changes': ({ store }) => store.upsert(user('b', 1)),
  'a group that changes': ({ store }) =>
    store.upsert({ uid: uid('Group', 'team'), attrs: {}, parents: [uid('Group', 'blocked')] }),
  'an entity that goes': ({ store }) => store.remove('User::"a"'),
};

function expectModelAnswers({ set, store, engine }: World, what: string): void {
  const model = compile(set, { mode: 'interpret' });
  for (const question of QUESTIONS) {
    const expected = model.isAuthorized(question, store);
    expect(engine.isAuthorized(question, store), `${what}: ${JSON.stringify(question)}`).toEqual(expected);
    expect(engine.isAllowed(question, store), `${what}: ${JSON.stringify(question)}`).toBe(
      expected.decision === 'allow',
    );
    expect(engine.isAuthorized(question, ENTITIES), `${what}, of the call`).toEqual(
      model.isAuthorized(question, ENTITIES),
    );
  }
}

/** At each of the first calls, and then at some. */
const nextOf = (n: number) => (n < 40 ? n + 1 : Math.ceil(n * 1.25));

test.each(Object.keys(OPERATIONS))('%s may be interrupted anywhere', { timeout: 60_000 }, (name) => {
  for (const isWarm of [true, false]) {
    for (let n = 1, went = true; went; n = nextOf(n)) {
      const given = world(isWarm);
      went = withExceptionAt(n, () => OPERATIONS[name]!(given));
      expectModelAnswers(given, `${name}, ${isWarm ? 'warm' : 'cold'}, at call ${n}`);
    }
  }
});
