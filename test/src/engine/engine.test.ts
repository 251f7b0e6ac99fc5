/**
 * Engine — the shapes that requests and entities may have, and changes of policies and data.
 */
import { describe, expect, test } from 'vitest';
import { check } from '../../../codegen/print/check.ts';
import {
  ConformanceError,
  compile,
  DataError,
  EntitiesError,
  EntityStore,
  EntityUid,
  PolicySet,
  PolicySyntaxError,
  parsePolicies,
  parseSchema,
} from '../../../src/index.ts';

const alice = { uid: { type: 'User', id: 'alice' }, attrs: { age: 30 }, parents: [{ type: 'Team', id: 'eng' }] };
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"d"' };
const ADULTS = 'permit(principal in Team::"eng", action, resource) when { principal.age >= context.least };';

describe('an engine', () => {
  test('tells the error of a policy that shares code with others of another action scope', () => {
    const scopes = ['action', 'action == Action::"view"', 'action in [Action::"view", Action::"edit"]'];
    const sameSkeletonPolicies = Array.from({ length: 90 }, (_, i) => {
      return `permit(principal, ${scopes[i % 3]}, resource) when { context.n == ${i} };`;
    });
    const texts = (mode: 'compile' | 'interpret') =>
      compile(sameSkeletonPolicies.join('\n'), { mode }).isAuthorized({ ...request, context: {} }, []).errors;
    expect(texts('compile')).toEqual(texts('interpret'));
  });

  test('reads attributes however many names of them there are', () => {
    const names = ['_proto__', 'constructor', ...Array.from({ length: 1200 }, (_, i) => `a${i}`)];
    const policies = names.map((name) => `permit(principal, action, resource) when { principal has ${name} };`);
    const engine = compile(policies.join('\n'));
    const store = EntityStore.from([]);
    const reasons = (...present: string[]) => {
      store.upsert({ ...alice, attrs: Object.fromEntries(present.map((name) => [name, 1])) });
      return engine.isAuthorized(request, store).determiningPolicies;
    };
    expect(reasons()).toEqual([]);
    expect(reasons('_proto__', 'a7', 'a1100')).toEqual(['policy0', 'policy9', 'policy1102']);
    expect(reasons('constructor', 'a7')).toEqual(['policy1', 'policy9']);
  });

  test('takes uids as text, as objects, as values and as handles', () => {
    const engine = compile('permit(principal == User::"alice", action == Action::"view", resource == Doc::"d");');
    const store = EntityStore.from([alice]);
    const parts = { principal: ['User', 'alice'], action: ['Action', 'view'], resource: ['Doc', 'd'] } as const;
    const all = <T>(make: (type: string, id: string) => T) => ({
      principal: make(...parts.principal),
      action: make(...parts.action),
      resource: make(...parts.resource),
    });
    expect(engine.isAllowed(request, store)).toBe(true);
    expect(
      engine.isAllowed(
        all((type, id) => ({ type, id })),
        store,
      ),
    ).toBe(true);
    expect(
      engine.isAllowed(
        all((type, id) => new EntityUid(type, id)),
        store,
      ),
    ).toBe(true);
    expect(
      engine.isAllowed(
        all((type, id) => store.handle({ type, id })),
        store,
      ),
    ).toBe(true);
    expect(
      engine.isAllowed(
        all((type, id) => new EntityStore().handle({ type, id })),
        store,
      ),
    ).toBe(true);
    expect(engine.isAllowed({ ...request, principal: ' User :: "\\u{61}lice" ' }, store)).toBe(true);
  });

  test('names the path to what is wrong in a request', () => {
    const engine = compile(ADULTS);
    const ask = (change: object) => () => engine.isAllowed({ ...request, context: { least: 1 }, ...change }, [alice]);
    expect(ask({ principal: 'nonsense' })).toThrow(DataError);
    expect(ask({ principal: 'nonsense' })).toThrow('principal');
    expect(ask({ context: { least: 0.5 } })).toThrow('context.least');
    expect(ask({ context: { least: new Map() } })).toThrow('context.least');
    expect(ask({ context: { least: 2 ** 60 } })).toThrow('context.least');
    expect(ask({ context: { least: 2n ** 60n } })()).toBe(false);
    expect(ask({ context: { least: 30 } })()).toBe(true);
  });

  test('names the path to what is wrong in the entities', () => {
    const engine = compile(ADULTS);
    const asked = { ...request, context: { least: 1 } };
    const ask = (entity: object) => () => engine.isAllowed(asked, [alice, entity]);
    const bad = { ...alice, attrs: { age: [{ b: Number.NaN }] } };
    expect(() => engine.isAllowed(asked, [bad])).toThrow('entities[0].attrs.age[0].b');
    expect(ask({ ...bad, uid: { type: 'no name', id: 'bob' } })).toThrow('entities[1].uid');
    expect(ask({ uid: { type: 'User', id: 'bob' }, attrs: {} })).toThrow('parents');
    // No policy can reach Bob.
    expect(ask({ ...bad, uid: { type: 'User', id: 'bob' } })()).toBe(true);
    expect(ask({ ...alice, attrs: { age: 31 } })).toThrow(EntitiesError);
    expect(ask({ uid: { type: 'Team', id: 'eng' }, attrs: {}, parents: [{ type: 'User', id: 'alice' }] })).toThrow(
      'cycle',
    );
  });

  test('tells two unknown entities apart by their uids alone', () => {
    const engine = compile(
      'permit(principal, action, resource) when { principal == context.who && principal != resource };',
    );
    const ask = (who: string) =>
      engine.isAllowed({ ...request, principal: 'X::"1"', context: { who: { __entity: { type: 'X', id: who } } } }, []);
    expect([ask('1'), ask('2')]).toEqual([true, false]);
  });

  test('words the error of an absent context attribute as the model does', () => {
    const text = 'permit(principal, action, resource) when { context.a == 1 };';
    const asked = { ...request, context: { b: 1, c: { d: 2 } } };
    const [compiled, model] = [compile(text), compile(text, { mode: 'interpret' })];
    expect(compiled.isAuthorized(asked, []).errors[0]?.help).toBe('available attributes: ["b", "c"]');
    expect(compiled.isAuthorized(asked, [])).toEqual(model.isAuthorized(asked, []));
  });

  test('knows an unknown entity that only the data mention', () => {
    const engine = compile('permit(principal, action, resource) when { resource.owner == principal };');
    const doc = {
      uid: { type: 'Doc', id: 'd' },
      attrs: { owner: { __entity: { type: 'User', id: 'ghost' } } },
      parents: [],
    };
    expect(engine.isAllowed({ ...request, principal: 'User::"ghost"' }, EntityStore.from([doc]))).toBe(true);
  });

  test('follows policies, links and entities as they change', () => {
    const set = new PolicySet();
    const engine = compile(set);
    const store = EntityStore.from([alice]);
    const allowed = () => engine.isAllowed({ ...request, context: { least: 18 } }, store);
    const parse = (text: string, id: string) => ({ ...parsePolicies(text).policies[0]!, id });
    expect(allowed()).toBe(false);
    set.add(parse(ADULTS, 'adults'));
    expect(allowed()).toBe(true);
    store.upsert({ ...alice, attrs: { age: 17 } });
    expect(allowed()).toBe(false);
    store.upsert(alice);
    set.add(parse('forbid(principal, action, resource) when { principal has banned && principal.banned };', 'banned'));
    store.upsert({ ...alice, attrs: { age: 30, banned: true } });
    expect(allowed()).toBe(false);
    set.remove('banned');
    expect(allowed()).toBe(true);
    set.remove('adults');
    set.addTemplate(parse('permit(principal in ?principal, action, resource == ?resource);', 'share'));
    expect(allowed()).toBe(false);
    const slotEnv = { principal: new EntityUid('Team', 'all'), resource: new EntityUid('Doc', 'd') };
    set.link({ id: 'link', templateId: 'share', slotEnv });
    expect(allowed()).toBe(false);
    store.upsert({ uid: { type: 'Team', id: 'eng' }, attrs: {}, parents: [{ type: 'Team', id: 'all' }] });
    expect(allowed()).toBe(true);
    store.remove('Team::"eng"');
    expect(allowed()).toBe(false);
    store.upsert({ ...alice, parents: [{ type: 'Team', id: 'all' }] });
    expect(engine.isAuthorized(request, store).determiningPolicies).toEqual(['link']);
    set.unlink('link');
    expect(allowed()).toBe(false);
  });

  test('shares a store with others, by handles and texts, while the data change and one of them is released', () => {
    const store = EntityStore.from([alice]);
    const handles = {
      principal: store.handle('User::"alice"'),
      action: store.handle('Action::"view"'),
      resource: store.handle('Doc::"d"'),
    };
    const engines = [18, 30, 40].map((least) =>
      compile(`permit(principal in Team::"eng", action, resource) when { principal.age >= ${least} };`, { warmUp: 2 }),
    );
    const expectAllowed = (...expected: readonly boolean[]) => {
      for (const named of [request, handles, { ...request, principal: handles.principal }]) {
        for (let round = 0; round < 4; round++)
          expect(engines.slice(-expected.length).map((engine) => engine.isAllowed(named, store))).toEqual(expected);
      }
    };
    expectAllowed(true, true, false);
    store.upsert({ ...alice, attrs: { age: 20 } });
    expectAllowed(true, false, false);
    store.upsert({ ...alice, parents: [] });
    expectAllowed(false, false, false);
    engines[0]!.release();
    store.upsert({ ...alice, attrs: { age: 50 } });
    expectAllowed(true, true);
    store.remove('User::"alice"');
    expectAllowed(false, false);
  });

  test('knows an action that only the request names for the same wherever it stands', () => {
    const engine = compile(
      'permit(principal, action, resource) when { principal == action || principal.last == action };',
    );
    const view = { type: 'Action', id: 'view' };
    const bob = { uid: { type: 'User', id: 'bob' }, attrs: { last: { __entity: view } }, parents: [] };
    for (const entities of [[bob], EntityStore.from([bob])]) {
      for (let round = 0; round < 3; round++) {
        expect(engine.isAllowed({ ...request, principal: 'User::"bob"' }, entities)).toBe(true);
        expect(engine.isAllowed({ ...request, principal: view, action: { ...view } }, entities)).toBe(true);
        expect(engine.isAllowed({ ...request, principal: 'Action::"new"', action: 'Action::"new"' }, entities)).toBe(
          true,
        );
        expect(engine.isAllowed({ ...request, principal: 'User::"bob"', action: 'Action::"edit"' }, entities)).toBe(
          false,
        );
      }
    }
  });

  test('follows an action that joins a group', () => {
    const engine = compile('permit(principal, action in Action::"read", resource);');
    const store = new EntityStore();
    expect(engine.isAllowed(request, store)).toBe(false);
    store.upsert({ uid: { type: 'Action', id: 'view' }, attrs: {}, parents: [{ type: 'Action', id: 'read' }] });
    expect(engine.isAllowed(request, store)).toBe(true);
    store.remove('Action::"view"');
    expect(engine.isAllowed(request, store)).toBe(false);
  });

  test('keeps no more stores than it is asked about', () => {
    const engine = compile('permit(principal in Team::"eng", action, resource);');
    const stores = [...Array(20).keys()].map((n) => EntityStore.from(n % 2 === 0 ? [alice] : []));
    for (const round of [1, 2]) {
      const answers = stores.map((store) => engine.isAllowed(request, store));
      expect(answers, `round ${round}`).toEqual(stores.map((store) => store.size === 1));
    }
    stores[0]!.remove('User::"alice"');
    expect(engine.isAllowed(request, stores[0]!)).toBe(false);
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < 3000; n++) engine.isAllowed(request, EntityStore.from([alice]));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(100_000_000);
  });

  test('gives frozen answers, and an empty one for an empty set', () => {
    const answer = compile('').isAuthorized(request, []);
    expect(answer).toEqual({ decision: 'deny', determiningPolicies: [], errors: [] });
    expect(Object.isFrozen(answer) && Object.isFrozen(answer.determiningPolicies)).toBe(true);
  });

  test('tells every problem of a text with line and column', () => {
    const make = () => compile('permit(principal, action, resource)\nwhen { 1 + };\nforbid(principal foo);');
    expect(make).toThrow(PolicySyntaxError);
    expect(make).toThrow(/line 2 column 12[\s\S]*line 3 column 18/);
  });
});

test.each([null, 'x', 7, [], { __entity: { type: 'U', id: 'a' } }])(
  'a context that is not a record is refused, even if no policy reads it: %j',
  (context) => {
    for (const engine of [compile('permit(principal, action, resource);'), compile('', { mode: 'interpret' })])
      expect(() => engine.isAllowed({ ...request, context: context as object }, [])).toThrow(DataError);
  },
);

test.each(['-(if true then {} else 1) == 1', '1 + (true && context has a) == 2', '1 + !!(context has a) == 2'])(
  'an error of `%s` points to what the optimizer has put another in the place of',
  (condition) => {
    const text = `permit(principal, action, resource) when { ${condition} };`;
    const [compiled, model] = [{}, { mode: 'interpret' } as const].map((options) =>
      compile(text, options).isAuthorized(request, []),
    );
    expect(compiled).toEqual(model);
    expect(compiled?.errors[0]?.span).toBeDefined();
  },
);

describe('an engine with a schema', () => {
  const { schema } = parseSchema(`
    entity Team;
    entity User in Team { age: Long };
    entity Doc;
    action view appliesTo { principal: User, resource: Doc, context: { least: Long } };
  `);
  const engine = compile(ADULTS, { schema, check });
  const plain = compile(ADULTS);

  test('refuses requests that do not fit', () => {
    const store = EntityStore.from([alice], { schema });
    expect(() => engine.isAllowed(request, store)).toThrow(DataError);
    expect(() => engine.isAllowed({ ...request, context: { least: 'x' } }, store)).toThrow(ConformanceError);
    expect(() => engine.isAllowed({ ...request, resource: 'Team::"eng"', context: { least: 1 } }, store)).toThrow(
      ConformanceError,
    );
    expect(engine.isAllowed({ ...request, context: { least: 18 } }, store)).toBe(true);
  });

  test('refuses them as well when it has made its functions of many requests', () => {
    const { schema } = parseSchema(`
      entity User; entity Doc; entity Team;
      action view, edit appliesTo { principal: User, resource: Doc };
    `);
    const engine = compile('permit(principal, action, resource);', { schema });
    const store = EntityStore.from([], { schema });
    const ask = (principal: string, action: string, resource: string) =>
      engine.isAllowed({ principal: store.handle(principal), action, resource: store.handle(resource) }, store);
    store.handle('Action::"delete"');
    for (let n = 0; n < 100; n++) expect(ask('User::"a"', 'Action::"view"', 'Doc::"d"')).toBe(true);
    expect(ask('User::"a"', 'Action::"edit"', 'Doc::"d"')).toBe(true);
    expect(() => ask('User::"a"', 'Action::"delete"', 'Doc::"d"')).toThrow(ConformanceError);
    expect(() => ask('User::"a"', 'Action::"edit"', 'Team::"d"')).toThrow(ConformanceError);
    expect(() => ask('Doc::"d"', 'Action::"view"', 'Doc::"d"')).toThrow(ConformanceError);
  });

  test('answers in full as it decides, by handles and by texts, when it has made its functions', () => {
    const { schema } = parseSchema(`
      entity User; entity Doc;
      action view, share appliesTo { principal: User, resource: Doc };
      action edit appliesTo { principal: User, resource: Doc, context: { why: String } };
    `);
    const text = `
      permit(principal == User::"a", action, resource);
      permit(principal, action, resource == Doc::"open");
      forbid(principal, action == Action::"share", resource == Doc::"secret");
    `;
    const store = EntityStore.from([], { schema });
    const [plain, checked] = [compile(text, { warmUp: 1 }), compile(text, { warmUp: 1, schema })];
    const model = compile(text, { mode: 'interpret' });
    for (let round = 0; round < 3; round++) {
      for (const principal of ['User::"a"', 'User::"b"', 'Doc::"open"']) {
        for (const action of ['Action::"view"', 'Action::"share"', 'Action::"edit"']) {
          for (const resource of ['Doc::"open"', 'Doc::"secret"', 'Doc::"d"']) {
            const texts = { principal, action, resource };
            const handles = {
              principal: store.handle(principal),
              action: store.handle(action),
              resource: store.handle(resource),
            };
            const expected = model.isAuthorized(texts, store);
            const needsContext = action === 'Action::"edit"';
            const fits = principal.startsWith('User') && !needsContext;
            const refusal = needsContext ? DataError : ConformanceError;
            for (const asked of [texts, handles, { ...texts, action: handles.action }]) {
              expect(plain.isAuthorized(asked, store)).toEqual(expected);
              expect(plain.isAllowed(asked, store)).toBe(expected.decision === 'allow');
              if (needsContext && principal.startsWith('User'))
                expect(checked.isAuthorized({ ...asked, context: { why: 'x' } }, store)).toEqual(expected);
              if (fits) {
                expect(checked.isAuthorized(asked, store)).toEqual(expected);
                expect(checked.isAllowed(asked, store)).toBe(expected.decision === 'allow');
              } else {
                expect(() => checked.isAuthorized(asked, store)).toThrow(refusal);
                expect(() => checked.isAllowed(asked, store)).toThrow(refusal);
              }
            }
          }
        }
      }
    }
  });

  test('keeps the checks for data that were not checked', () => {
    const unchecked = EntityStore.from([{ ...alice, attrs: { age: 'old' } }]);
    const asked = { ...request, context: { least: 18 } };
    expect(engine.isAuthorized(asked, unchecked)).toEqual(plain.isAuthorized(asked, unchecked));
    expect(engine.isAuthorized(asked, unchecked).errors[0]?.kind).toBe('typeError');
  });

  test('keeps the checks for policies that the validator refuses', () => {
    const wrong = 'permit(principal, action, resource) when { principal.nope == 1 };';
    const store = EntityStore.from([alice], { schema });
    const asked = { ...request, context: { least: 18 } };
    expect(compile(wrong, { schema, validate: false }).isAuthorized(asked, store)).toEqual(
      compile(wrong).isAuthorized(asked, store),
    );
  });

  test('refuses entities that do not fit its store', () => {
    expect(() => EntityStore.from([{ ...alice, attrs: {} }], { schema })).toThrow(ConformanceError);
    const store = EntityStore.from([alice], { schema });
    expect(() => store.upsert({ ...alice, attrs: { age: 'x' } })).toThrow(ConformanceError);
    expect(store.get('User::"alice"')?.attrs.get('age')).toBe(30);
  });
});

test('a check that is switched on instead of given is told where it is', () => {
  expect(() => compile('permit(principal, action, resource);', { check: true as never })).toThrow('cedarmill/check');
});
