/**
 * One moment — a request is read and decided by the policies of one moment, whatever interrupted the change before, and whatever its getters do.
 */
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { compile, type Engine, EntityStore, type Policy, PolicySet, parsePolicies } from '../../../src/index.ts';

const REQUEST = { principal: 'User::"a"', action: 'Action::"view"', resource: 'Doc::"d"' };
const WHO = { __entity: { type: 'User', id: 'b' } };
const ENTITIES = [
  { uid: { type: 'User', id: 'a' }, attrs: { first: 1, second: { x: 1 } }, parents: [] },
  { uid: { type: 'User', id: 'b' }, attrs: {}, parents: [{ type: 'Group', id: 'blocked' }] },
];
const PERMIT = 'permit(principal, action, resource);';
const FORBID_WHO = 'forbid(principal, action, resource) when { context has who && context.who in Group::"blocked" };';

const policyOf = (text: string, id: string): Policy => ({ ...parsePolicies(text).policies[0]!, id });
const setOf = (...texts: string[]) => PolicySet.of(texts.map((text, i) => policyOf(text, `policy${i}`)));
const storeOf = () => EntityStore.from(ENTITIES);

/** With an exception where the engine follows the change, after the set has it. */
function unfollowed(change: () => void): void {
  const { prototype } = CompiledPolicies as unknown as { prototype: Record<string, unknown> };
  const names = ['commit', 'remove', 'commitTemplate', 'removeTemplate'];
  const saved = names.map((name) => [name, prototype[name]] as const);
  const stop = () => {
    throw new RangeError('Maximum call stack size exceeded');
  };
  for (const name of names) prototype[name] = stop;
  try {
    change();
  } finally {
    for (const [name, method] of saved) prototype[name] = method;
  }
}

const DATA: readonly (readonly [string, () => EntityStore | object[]])[] = [
  ['a store', storeOf],
  ['a list', () => ENTITIES],
];
const QUESTIONS: readonly (readonly [
  string,
  (engine: Engine, ...asked: Parameters<Engine['isAllowed']>) => boolean,
])[] = [
  ['isAllowed', (engine, request, entities) => engine.isAllowed(request, entities)],
  ['isAuthorized', (engine, request, entities) => engine.isAuthorized(request, entities).decision === 'allow'],
];
const MODES = ['compile', 'interpret'] as const;
const CASES = MODES.flatMap((mode) =>
  DATA.flatMap(([data, make]) => QUESTIONS.map(([question, ask]) => ({ mode, data, make, question, ask }))),
);

describe.each(CASES)('$question about $data ($mode)', ({ mode, make, ask }) => {
  test('reads what a policy wants that the engine could not follow when it came', () => {
    const set = setOf(PERMIT);
    const engine = compile(set, { mode });
    const entities = make();
    const request = { ...REQUEST, context: { who: WHO } };
    expect(ask(engine, request, entities)).toBe(true);
    unfollowed(() => set.add(policyOf(FORBID_WHO, 'new')));
    expect(ask(engine, request, entities)).toBe(false);
  });

  test('reads what a policy wants that a getter of the context puts in the place of another', () => {
    const set = setOf(PERMIT, 'forbid(principal, action, resource) when { context.first };');
    const engine = compile(set, { mode });
    const entities = make();
    let asked = 0;
    const context = {
      get first() {
        if (asked++ === 0) {
          set.add(policyOf(FORBID_WHO, 'new'));
          set.remove('policy1');
        }
        return true;
      },
      who: WHO,
    };
    expect(ask(engine, { ...REQUEST, context }, entities)).toBe(false);
  });

  test('is answered where a getter, before an entity of the context, replaces the policies and asks', () => {
    const set = setOf(PERMIT, 'forbid(principal, action, resource) when { context.first && context has who };');
    const engine = compile(set, { mode, ...(mode === 'compile' && { warmUp: 0 }) });
    const entities = make();
    const plain = { ...REQUEST, context: { first: false, who: WHO } };
    for (let i = 0; i < 3; i++) expect(ask(engine, plain, entities)).toBe(true);
    let asked = 0;
    const context = {
      get first() {
        if (asked++ === 0) {
          set.replace([policyOf(PERMIT, 'policy0'), policyOf(FORBID_WHO, 'new')]);
          expect(ask(engine, REQUEST, entities)).toBe(true);
        }
        return false;
      },
      who: WHO,
    };
    expect(ask(engine, { ...REQUEST, context }, entities)).toBe(false);
  });

  test('is not answered after a getter has released the engine', () => {
    const engine = compile(setOf(PERMIT, 'forbid(principal, action, resource) when { context.first };'), { mode });
    const context = {
      get first() {
        engine.release();
        return false;
      },
    };
    expect(() => ask(engine, { ...REQUEST, context }, make())).toThrow('the engine was released');
  });

  test('ends where a getter changes the policies each time', () => {
    const set = setOf(PERMIT, 'forbid(principal, action, resource) when { context.first };');
    const engine = compile(set, { mode });
    let asked = 0;
    const context = {
      get first() {
        set.add(policyOf(PERMIT, `new ${asked++}`));
        return true;
      },
    };
    const question = () => ask(engine, { ...REQUEST, context }, make());
    expect(question).toThrow('the policies change each time while the request is read');
    expect(asked).toBe(4);
  });
});

describe.each(MODES)('a question about a list (%s)', (mode) => {
  /** Nested, so that it is read as late as possible. */
  test.each(QUESTIONS)('%s: by the policies after a getter within a value changed them', (_, ask) => {
    const set = setOf(PERMIT, 'forbid(principal, action, resource) when { principal.first.x == 1 };');
    const engine = compile(set, { mode });
    let asked = 0;
    const first = {
      get x() {
        if (asked++ === 0) {
          set.add(policyOf('forbid(principal, action, resource) when { resource.other == principal.third };', 'new'));
          set.remove('policy1');
        }
        return 1;
      },
    };
    const entities = [
      { uid: { type: 'User', id: 'a' }, attrs: { first, third: 3 }, parents: [] },
      { uid: { type: 'Doc', id: 'd' }, attrs: { other: 3 }, parents: [] },
    ];
    expect(ask(engine, REQUEST, entities)).toBe(false);
    expect(asked).toBeGreaterThan(0);
  });
});

describe('a specialized request', () => {
  const SCHEMA = `
    entity User { ok: Bool };
    entity Doc { ok: Bool };
    entity Page { ok: Bool };
    action view appliesTo { principal: [User], resource: [Doc, Page], context: { on: Bool } };`;
  const POLICIES = setOf(
    'permit(principal, action, resource) when { context.on };',
    'forbid(principal, action, resource is Page);',
  );
  const rows = (type: string) => Array.from({ length: 12 }, (_, i) => `${type}::"${i}"`);

  test('is not answered for one type of rows by what is left for another, though reading the context failed in between', () => {
    const store = new EntityStore({ schema: SCHEMA });
    const engine = compile(POLICIES, { schema: SCHEMA });
    let fails = false;
    const context = {
      get on() {
        if (fails) throw new Error('not now');
        return true;
      },
    };
    const may = engine.specialize({ principal: 'User::"a"', action: 'view', context }, store);
    for (const row of rows('Doc')) expect(may.isAllowed(row)).toBe(true);
    fails = true;
    expect(() => may.isAllowed('Page::"0"')).toThrow('not now');
    fails = false;
    for (const row of rows('Page')) expect(may.isAllowed(row)).toBe(false);
    for (const row of rows('Doc')) expect(may.isAllowed(row)).toBe(true);
  });

  test('is not answered for one type of rows by what is left for another that a getter asked about', () => {
    const store = new EntityStore({ schema: SCHEMA });
    const engine = compile(POLICIES, { schema: SCHEMA });
    let isAsking = false;
    const context = {
      get on() {
        if (!isAsking) return true;
        isAsking = false;
        expect(may.isAllowed('Doc::"0"')).toBe(true);
        return true;
      },
    };
    const may = engine.specialize({ principal: 'User::"a"', action: 'view', context }, store);
    for (const row of rows('User')) expect(() => may.isAllowed(row)).toThrow();
    isAsking = true;
    expect(may.isAllowed('Page::"0"')).toBe(false);
    expect(isAsking).toBe(false);
    for (const row of rows('Doc')) expect(may.isAllowed(row)).toBe(true);
    for (const row of rows('Page')) expect(may.isAllowed(row)).toBe(false);
  });
});
