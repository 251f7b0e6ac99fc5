/**
 * Request forms — emitted code takes requests in the forms that applications have them in, and gives the answers of the exact reader.
 *
 * Every request is put to an engine that has a dispatcher and to one that never makes one. What one refuses, the other refuses with the same words.
 */
import { describe, expect, test } from 'vitest';
import {
  compile,
  type Engine,
  EntityStore,
  PolicySet,
  parsePolicies,
  type RequestInput,
} from '../../../../src/index.ts';

const POLICIES = `
@id("tenant") permit(principal, action == Action::"view", resource) when { context.tenant == resource.tenant };
@id("hour") permit(principal in Group::"g", action == Action::"edit", resource) when { context.hour < 9 };
@id("mfa") forbid(principal, action, resource) when { context has mfa && !context.mfa };
`;

const SCHEMA = `
entity Group; entity User in [Group]; entity Doc { tenant: String };
action view, edit appliesTo { principal: User, resource: Doc, context: { tenant: String, hour: Long, mfa?: Bool, note?: String } };
`;

const ENTITIES = [
  { uid: { type: 'User', id: 'ann' }, attrs: {}, parents: [{ type: 'Group', id: 'g' }] },
  { uid: { type: 'Group', id: 'g' }, attrs: {}, parents: [] },
  { uid: { type: 'Doc', id: 'd' }, attrs: { tenant: 'acme' }, parents: [] },
];

const BASE = { tenant: 'acme', hour: 8, mfa: true };

class Context {
  tenant = 'acme';
  hour = 8;
}

class Row {
  type = 'User';
  id = 'ann';
  name = 'Ann';
}

const lone = '\ud800';

/** Contexts that are right, wrong, or odd. */
const CONTEXTS: Readonly<Record<string, () => unknown>> = {
  none: () => undefined,
  empty: () => ({}),
  null: () => null,
  right: () => ({ ...BASE }),
  'with what nothing reads': () => ({ ...BASE, note: 'x' }),
  'with a wrong value that nothing reads': () => ({ ...BASE, note: () => {} }),
  'with an unknown member': () => ({ ...BASE, unknown: 1 }),
  'without hour': () => ({ tenant: 'acme' }),
  'with undefined': () => ({ ...BASE, mfa: undefined }),
  'of wrong types': () => ({ tenant: 7, hour: 'late', mfa: 'no' }),
  'a fraction': () => ({ ...BASE, hour: 8.5 }),
  'an unsafe integer': () => ({ ...BASE, hour: 2 ** 53 }),
  'a bigint': () => ({ ...BASE, hour: 8n }),
  'negative zero': () => ({ ...BASE, hour: -0 }),
  'a lone surrogate': () => ({ ...BASE, tenant: lone }),
  'a list for a text': () => ({ ...BASE, tenant: ['acme'] }),
  'a record for a text': () => ({ ...BASE, tenant: { a: 1 } }),
  'an entity for a text': () => ({ ...BASE, tenant: { __entity: { type: 'User', id: 'ann' } } }),
  'null for a text': () => ({ ...BASE, tenant: null }),
  'an escape': () => ({ __entity: { type: 'User', id: 'ann' } }),
  'an escape of an extension value': () => ({ __extn: { fn: 'ip', arg: '127.0.0.1' } }),
  'a list': () => ['acme'],
  'a list without its prototype': () => Object.setPrototypeOf(['acme'], Object.prototype),
  'an instance': () => new Context(),
  'without a prototype': () => Object.assign(Object.create(null), BASE),
  'below another': () => Object.create(BASE),
  'with a hidden member': () => Object.defineProperty({ tenant: 'acme', hour: 8 }, 'mfa', { value: false }),
  'with a symbol': () => ({ ...BASE, [Symbol('mfa')]: false }),
  'a proxy': () => new Proxy({ ...BASE }, {}),
  'with getters': () => ({
    get tenant() {
      return 'acme';
    },
    hour: 8,
  }),
  'of other order': () => ({ mfa: false, hour: 8, tenant: 'acme' }),
};

const UIDS: Readonly<Record<string, (store: EntityStore) => unknown>> = {
  handle: (store) => store.handle('User::"ann"'),
  'handle of another store': () => EntityStore.from(ENTITIES).handle('User::"ann"'),
  text: () => 'User::"ann"',
  'text with an escape': () => 'User::"\\u{61}nn"',
  object: () => ({ type: 'User', id: 'ann' }),
  'object without a prototype': () => Object.assign(Object.create(null), { type: 'User', id: 'ann' }),
  wrapped: () => ({ __entity: { type: 'User', id: 'ann' } }),
  'wrapped beside another': () => ({ __entity: { type: 'User', id: 'ann' }, type: 'User', id: 'bob' }),
  row: () => new Row(),
  'row with hidden id': () => Object.defineProperty({ type: 'User' }, 'id', { value: 'ann' }),
  'row that inherits': () => Object.create({ type: 'User', id: 'ann' }),
  list: () => Object.assign(['ann'], { type: 'User', id: 'ann' }),
  number: () => 7,
  null: () => null,
  missing: () => undefined,
  'no id': () => ({ type: 'User' }),
  'number as id': () => ({ type: 'User', id: 7 }),
  'unknown entity': () => ({ type: 'User', id: 'zoe' }),
  'of another type': () => ({ type: 'Doc', id: 'd' }),
  'no type': () => ({ type: 'no type', id: 'ann' }),
};

/** What comes of it: the answer, or the error. */
function outcome(ask: () => unknown): unknown {
  try {
    return ask();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

function engines(schema: string | undefined) {
  const make = (warmUp: number): Engine =>
    compile(POLICIES, { warmUp, ...(schema !== undefined && { schema }) } as Parameters<typeof compile>[1]);
  return { fast: make(0), exact: make(Number.POSITIVE_INFINITY) };
}

const warm = (engine: Engine, store: EntityStore) => {
  const request = { principal: 'User::"ann"', action: 'Action::"view"', resource: 'Doc::"d"', context: { ...BASE } };
  for (let i = 0; i < 3; i++) engine.isAuthorized(request, store);
};

describe.each([
  ['without a schema', undefined],
  ['with a schema', SCHEMA],
])('a request %s', (_, schema) => {
  const { fast, exact } = engines(schema);
  const store = EntityStore.from(ENTITIES, schema === undefined ? {} : { schema });
  warm(fast, store);

  const same = (request: () => unknown) => {
    for (const name of ['isAuthorized', 'isAllowed'] as const) {
      const expected = outcome(() => exact[name](request() as RequestInput, store));
      for (let i = 0; i < 2; i++) expect(outcome(() => fast[name](request() as RequestInput, store))).toEqual(expected);
    }
  };

  test.each(Object.entries(CONTEXTS))('with a context that is %s', (_name, context) => {
    for (const [action, id] of [['view'], ['edit']].map(([each]) => [`Action::"${each}"`, each] as const)) {
      const resource = 'Doc::"d"';
      same(() => ({ principal: 'User::"ann"', action, resource, context: context() }));
      same(() => ({
        principal: store.handle('User::"ann"'),
        action: store.handle(action),
        resource: store.handle(resource),
        context: context(),
      }));
      same(() => ({
        principal: { type: 'User', id: 'ann' },
        action: { type: 'Action', id },
        resource: { type: 'Doc', id: 'd' },
        context: context(),
      }));
    }
  });

  test.each(Object.entries(UIDS))('with a uid that is %s', (_name, uid) => {
    for (const context of [undefined, { ...BASE }]) {
      same(() => ({ principal: uid(store), action: 'Action::"view"', resource: { type: 'Doc', id: 'd' }, context }));
      same(() => ({ principal: { type: 'User', id: 'ann' }, action: uid(store), resource: 'Doc::"d"', context }));
      same(() => ({ principal: 'User::"ann"', action: store.handle('Action::"edit"'), resource: uid(store), context }));
    }
  });
});

describe('what objects inherit', () => {
  /** Answers while all objects inherit these; nothing else runs meanwhile. */
  function polluted<T>(members: object, enumerable: boolean, ask: () => T): T {
    for (const [name, value] of Object.entries(members))
      Object.defineProperty(Object.prototype, name, { value, enumerable, configurable: true, writable: true });
    try {
      return ask();
    } finally {
      for (const name of Object.keys(members)) delete (Object.prototype as Record<string, unknown>)[name];
    }
  }

  test.each([true, false])('is not a part of a request, enumerable or not (%s)', (enumerable) => {
    const { fast, exact } = engines(undefined);
    const store = EntityStore.from(ENTITIES);
    warm(fast, store);
    const [principal, resource] = ['User::"ann"', 'Doc::"d"'];
    const requests = [
      [{ principal: { type: 'User' }, action: 'Action::"view"', resource, context: { ...BASE } }, { id: 'ann' }],
      [{ principal: { id: 'ann' }, action: 'Action::"view"', resource, context: { ...BASE } }, { type: 'User' }],
      [{ principal, action: 'Action::"view"', resource, context: { hour: 8 } }, { tenant: 'acme' }],
      [
        { principal, action: 'Action::"edit"', resource, context: { hour: 8, mfa: false } },
        { tenant: 'x', mfa: true },
      ],
    ] as const;
    for (const [request, members] of requests) {
      const ask = (engine: Engine) =>
        outcome(() => polluted(members, enumerable, () => engine.isAuthorized(request as RequestInput, store)));
      const actual = ask(fast);
      expect(actual).toEqual(ask(exact));
      expect(JSON.stringify(actual)).not.toContain('"allow"');
    }
  });
});

describe('a getter of a request', () => {
  const ALL = 'permit(principal, action, resource) when { context.n == 1 };';
  const uids = (store: EntityStore) => ({
    principal: store.handle('User::"ann"'),
    action: store.handle('Action::"view"'),
    resource: store.handle('Doc::"d"'),
  });

  /** Requests of which one member does something when it is read. */
  const trapped = (store: EntityStore, spring: () => void) => [
    {
      ...uids(store),
      context: {
        get n() {
          spring();
          return 1;
        },
      },
    },
    {
      ...uids(store),
      context: { n: 1 },
      get resource() {
        spring();
        return store.handle('Doc::"d"');
      },
    },
    {
      ...uids(store),
      context: { n: 1 },
      principal: {
        type: 'User',
        get id() {
          spring();
          return 'ann';
        },
      },
    },
    {
      principal: 'User::"ann"',
      action: 'Action::"view"',
      resource: 'Doc::"d"',
      get context() {
        spring();
        return { n: 1 };
      },
    },
  ];

  test.each([0, 1, 2, 3])('that removes the policy has removed it (%i)', (which) => {
    for (const name of ['isAllowed', 'isAuthorized'] as const) {
      const set = PolicySet.of(parsePolicies(ALL).policies);
      const engine = compile(set, { warmUp: 0 } as Parameters<typeof compile>[1]);
      const store = EntityStore.from(ENTITIES);
      for (let i = 0; i < 3; i++) engine[name]({ ...uids(store), context: { n: 1 } }, store);
      let removed = false;
      const remove = () => {
        if (!removed) set.remove('policy0');
        removed = true;
      };
      const answer = engine[name](trapped(store, remove)[which] as RequestInput, store);
      expect(typeof answer === 'boolean' ? answer : answer.decision === 'allow').toBe(false);
    }
  });

  test.each([0, 1, 2, 3])('that asks the same engine changes no other answer (%i)', (which) => {
    const set = PolicySet.of(
      parsePolicies(`${ALL} permit(principal, action, resource) when { context.m > 1 };`).policies,
    );
    const engine = compile(set, { warmUp: 0 } as Parameters<typeof compile>[1]);
    const store = EntityStore.from(ENTITIES);
    const plain = { ...uids(store), context: { n: 1 } };
    for (let i = 0; i < 3; i++) engine.isAuthorized(plain, store);
    const expected = engine.isAuthorized(plain, store);
    const inner = { ...uids(store), context: { n: 2, m: 'x' } };
    const nested = () => expect(engine.isAuthorized(inner, store).errors).toHaveLength(1);
    expect(engine.isAuthorized(trapped(store, nested)[which] as RequestInput, store)).toEqual(expected);
  });

  /** The store gives up the handles of all that have gone, once there are many. */
  function swept(store: EntityStore, uids: readonly string[]): void {
    const fillers = Array.from({ length: 2000 }, (_, i) => ({ uid: `Filler::"${i}"`, attrs: {}, parents: [] }));
    for (const uid of uids) store.remove(uid);
    for (const each of fillers) store.upsert(each);
    for (const { uid } of fillers) store.remove(uid);
  }

  const FORMS: Readonly<
    Record<string, (store: EntityStore) => Pick<RequestInput, 'principal' | 'action' | 'resource'>>
  > = {
    handles: uids,
    texts: () => ({ principal: 'User::"ann"', action: 'Action::"view"', resource: 'Doc::"d"' }),
    objects: () => ({
      principal: { type: 'User', id: 'ann' },
      action: { type: 'Action', id: 'view' },
      resource: { type: 'Doc', id: 'd' },
    }),
  };

  test.each(
    Object.keys(FORMS).flatMap((form) =>
      ['User::"ann"', 'Action::"view"', 'Doc::"d"'].flatMap((uid) =>
        [SCHEMA, undefined].map((schema) => ({ form, uid, schema })),
      ),
    ),
  )('that has $uid swept and put elsewhere is answered about where it is then ($form)', ({ form, uid, schema }) => {
    const policies = `permit(principal, action, resource) when { context.hour == 1 };
      forbid(principal in Group::"no", action, resource); forbid(principal, action in Action::"no", resource);
      forbid(principal, action, resource in Group::"no");`;
    const typed =
      schema === undefined
        ? undefined
        : {
            schema: `entity Group, Filler; entity User, Doc in [Group]; action no;
        action view appliesTo { principal: User, resource: Doc, context: { hour: Long } };`,
          };
    if (typed && uid.startsWith('Action')) return;
    const engine = compile(policies, { warmUp: 0, validate: false, ...typed } as Parameters<typeof compile>[1]);
    const all = ['User::"ann"', 'Doc::"d"', ...(typed ? [] : ['Action::"view"'])];
    const store = EntityStore.from(
      all.map((each) => ({ uid: each, attrs: {}, parents: [] })),
      typed ?? {},
    );
    const plain = { ...FORMS[form]!(store), context: { hour: 1 } };
    for (let i = 0; i < 5; i++) expect(engine.isAllowed(plain, store)).toBe(true);
    const no = uid.startsWith('Action') ? 'Action::"no"' : 'Group::"no"';
    let isDone = false;
    const context = {
      get hour() {
        if (!isDone) {
          isDone = true;
          swept(store, [uid]);
          store.upsert({ uid, attrs: {}, parents: [no] });
        }
        return 1;
      },
    };
    expect(engine.isAllowed({ ...plain, context }, store)).toBe(false);
    expect(engine.isAllowed(plain, store)).toBe(false);
  });

  test('that lists the members of a context may ask, too', () => {
    const { fast, exact } = engines(undefined);
    const store = EntityStore.from(ENTITIES);
    warm(fast, store);
    const request = (engine: Engine) => ({
      ...uids(store),
      context: new Proxy({ hour: 1 } as object, {
        ownKeys(target) {
          engine.isAuthorized({ ...uids(store), context: { ...BASE, mfa: false } }, store);
          return Reflect.ownKeys(target);
        },
      }),
    });
    expect(fast.isAuthorized(request(fast), store)).toEqual(exact.isAuthorized(request(exact), store));
  });
});

test('a policy that reads another attribute has it looked at in requests for all actions', () => {
  const texts = [
    'action == Action::"view", resource) when { context.n == 1 || resource has m };',
    'action == Action::"edit", resource) when { context.m == 1 };',
  ];
  const [view, edit] = parsePolicies(texts.map((text) => `permit(principal, ${text}`).join('\n')).policies;
  const set = PolicySet.of([view!]);
  const engine = compile(set, { warmUp: 0 } as Parameters<typeof compile>[1]);
  const store = EntityStore.from(ENTITIES);
  const base = { principal: 'User::"ann"', resource: 'Doc::"d"' };
  const request = { ...base, action: 'Action::"view"', context: { n: 1, m: () => {} } };
  for (let i = 0; i < 3; i++) expect(engine.isAllowed(request, store)).toBe(true);
  set.add(edit!);
  for (let i = 0; i < 3; i++) {
    expect(() => engine.isAllowed(request, store)).toThrow(/context\.m/);
    expect(engine.isAllowed({ ...base, action: 'Action::"edit"', context: { m: 1 } }, store)).toBe(true);
  }
});

test.each([undefined, SCHEMA])('a policy may take the context as a whole', (schema) => {
  const policy =
    'permit(principal, action, resource) when { [context].contains({ tenant: context.tenant, hour: 8 }) };';
  const engine = compile(policy, { warmUp: 0, ...(schema && { schema, validate: false }) } as Parameters<
    typeof compile
  >[1]);
  const store = EntityStore.from(ENTITIES, schema === undefined ? {} : { schema });
  const base = { principal: 'User::"ann"', action: 'Action::"view"', resource: 'Doc::"d"' };
  for (let i = 0; i < 3; i++) {
    expect(engine.isAllowed({ ...base, context: { tenant: 'acme', hour: 8 } }, store)).toBe(true);
    expect(engine.isAuthorized({ ...base, context: { tenant: 'acme', hour: 9 } }, store).decision).toBe('deny');
  }
});

test('the errors of a request stay what they are when others follow', () => {
  const { fast } = engines(undefined);
  const store = EntityStore.from(ENTITIES);
  warm(fast, store);
  const ask = (context: object) =>
    fast.isAuthorized({ principal: 'User::"ann"', action: 'Action::"view"', resource: 'Doc::"d"', context }, store);
  const first = ask({ a: 1, b: 2 });
  const text = JSON.stringify(first);
  ask({ c: 1 });
  expect(JSON.stringify(first)).toBe(text);
  expect(text).toContain('available attributes: [\\"a\\", \\"b\\"]');
});

test('a request has nothing of the context of another action', () => {
  const schema = `
    entity User, Doc;
    action "open" appliesTo { principal: User, resource: Doc, context: { trusted: Bool, hour: Long } };
    action "closed" appliesTo { principal: User, resource: Doc, context: { hour: Long } };
  `;
  // It does not fit the second action, so it is not validated: without the attribute it errs.
  const policies = 'permit(principal, action, resource) when { context.trusted };';
  const engine = compile(policies, { schema, validate: false, warmUp: 0 });
  const entities = ['User::"a"', 'Doc::"d"'].map((uid) => ({ uid, attrs: {}, parents: [] }));
  const store = EntityStore.from(entities, { schema });
  const ask = (action: string, context: object) =>
    engine.isAuthorized(
      { principal: 'User::"a"', action: `Action::"${action}"`, resource: 'Doc::"d"', context },
      store,
    );
  for (let round = 0; round < 50; round++) {
    expect(ask('open', { trusted: true, hour: 1 }).decision).toBe('allow');
    const { decision, errors } = ask('closed', { hour: 1 });
    expect([decision, errors.length]).toEqual(['deny', 1]);
  }
});
