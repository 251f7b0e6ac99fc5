/**
 * Inputs — everything that comes in from the application is read alike in every mode, or refused with what would be right.
 */
import { describe, expect, test } from 'vitest';
import {
  CedarmillError,
  ConformanceError,
  compile,
  DataError,
  EntityStore,
  EntityUid,
  PolicySet,
  PolicySetError,
  PolicySyntaxError,
  parsePolicies,
  parseSchema,
  SchemaError,
  UsageError,
  ValidationError,
} from '../../../../src/index.ts';
import { engineIn, MODES } from '../modes.ts';

const PERMIT = 'permit(principal, action, resource);';
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"d"' };
const SCHEMA = `
  entity User in Team { age: Long };
  entity Team;
  entity Doc { owner?: User, at?: datetime, tags?: Set<String> } tags Long;
  action write;
  action view, edit appliesTo { principal: User, resource: Doc, context: { ip?: ipaddr, least?: Long } };
  action delete in write appliesTo { principal: User, resource: Doc };
`;

/** All forms of one uid. */
const FORMS = [
  ['text', 'User::"alice"'],
  ['text with spaces and escapes', ' User :: "\\u{61}lice" '],
  ['type and id', { type: 'User', id: 'alice' }],
  ['the JSON escape', { __entity: { type: 'User', id: 'alice' } }],
  ['a value', new EntityUid('User', 'alice')],
  ['a handle', new EntityStore().handle('User::"alice"')],
] as const;

/** What names no entity. */
const NO_UIDS: readonly (readonly [string, unknown])[] = [
  ['an empty object', {}],
  ['a number', 5],
  ['null', null],
  ['a list', ['User', 'alice']],
  ['a numeric id', { type: 'User', id: 5 }],
  ['a bigint id', { type: 'User', id: 5n }],
  ['a value with a numeric id', new EntityUid('User', 5 as never)],
  ['a value without members', Object.create(EntityUid.prototype)],
  ['a bare name', 'alice'],
  ['text without quotes', 'User::alice'],
  ['a reserved type as text', '__cedar::"x"'],
  ['a reserved type', { type: '__cedar', id: 'x' }],
  ['a reserved type as value', new EntityUid('A::__cedar', 'x')],
  ['a reserved word as text', 'if::"x"'],
  ['a reserved word', { __entity: { type: 'if', id: 'x' } }],
  ['half a character as text', 'User::"\ud800"'],
  ['half a character', { type: 'User', id: '\ud800' }],
  ['half a character as value', new EntityUid('User', '\udc00')],
  ['members that are inherited', Object.create({ type: 'User', id: 'alice' })],
];

describe('a uid', () => {
  const entity = (change: object) => ({ uid: 'User::"bob"', attrs: {}, parents: [], ...change });
  const setWithTemplate = () => PolicySet.of('forbid(principal == ?principal, action, resource);');

  test.each(FORMS)('is taken as %s wherever one comes in', (_, uid) => {
    for (const mode of MODES) {
      const engine = engineIn(mode, 'permit(principal == User::"alice", action, resource);');
      for (const entities of [[], new EntityStore()])
        expect(engine.isAllowed({ ...request, principal: uid }, entities), mode).toBe(true);
    }
    const store = EntityStore.from([entity({ uid, parents: [{ type: 'Team', id: 't' }] })]);
    expect(store.has(uid) && store.get(uid)?.uid.toString() === 'User::"alice"').toBe(true);
    store.upsert(entity({ parents: [uid] }));
    expect(String(store.get('User::"bob"')?.parents)).toBe('User::"alice"');
    expect(store.remove(uid)).toBe(true);
    const set = setWithTemplate();
    set.link({ id: 'ban', templateId: 'policy0', slotEnv: { principal: uid } });
    for (const mode of MODES)
      expect(engineIn(mode, set).isAuthorized(request, []).determiningPolicies, mode).toEqual(['ban']);
  });

  test.each(NO_UIDS)('is refused as %s wherever one comes in', (_, wrong) => {
    const uid = wrong as string;
    for (const mode of MODES) {
      const engine = engineIn(mode, PERMIT);
      for (const entities of [[], new EntityStore()])
        for (const name of ['principal', 'action', 'resource'])
          expect(() => engine.isAllowed({ ...request, [name]: uid }, entities), mode).toThrow(DataError);
    }
    const reads = 'permit(principal in Team::"t", action, resource);';
    for (const mode of MODES)
      expect(
        () => engineIn(mode, reads).isAllowed({ ...request, principal: 'User::"bob"' }, [entity({ uid })]),
        mode,
      ).toThrow(DataError);
    for (const mode of MODES)
      expect(
        () => engineIn(mode, reads).isAllowed({ ...request, principal: 'User::"bob"' }, [entity({ parents: [uid] })]),
        mode,
      ).toThrow(DataError);
    const store = new EntityStore();
    for (const attempt of [
      () => EntityStore.from([entity({ uid })]),
      () => EntityStore.from([entity({ parents: [uid] })]),
      () => store.upsert(entity({ uid })),
      () => store.upsert(entity({ parents: [uid] })),
      () => store.remove(uid),
      () => store.get(uid),
      () => store.has(uid),
      () => store.handle(uid),
      () => setWithTemplate().link({ id: 'ban', templateId: 'policy0', slotEnv: { principal: uid } }),
    ])
      expect(attempt).toThrow(DataError);
    expect(store.size).toBe(0);
  });

  test('that a link lacks, or has too many of, refuses the link', () => {
    const set = setWithTemplate();
    const link = (slotEnv: object) => () => set.link({ id: 'ban', templateId: 'policy0', slotEnv });
    expect(link({})).toThrow(PolicySetError);
    expect(link({ principal: undefined })).toThrow(PolicySetError);
    expect(link({ principal: 'User::"a"', resource: 'Doc::"d"' })).toThrow(PolicySetError);
    expect(link({ '?principal': 'User::"a"' })).toThrow(UsageError);
    expect(() => set.link({ id: 1, templateId: 'policy0', slotEnv: {} } as never)).toThrow(UsageError);
    expect(() => set.link({ id: 'x', templateId: 'policy0' } as never)).toThrow(UsageError);
    expect(set.size).toBe(0);
  });
});

describe('a schema', () => {
  const forbid = 'permit(principal, action, resource); forbid(principal, action in Action::"write", resource);';
  const alice = { uid: 'User::"alice"', attrs: { age: 3 }, parents: [] };
  const remove = { ...request, action: 'Action::"delete"' };
  const { schema } = parseSchema(SCHEMA);

  test('has its action groups in every store of it, however it was made, and in every list', () => {
    const filled = new EntityStore({ schema });
    filled.upsert(alice);
    const replaced = new EntityStore({ schema });
    replaced.replaceAll([alice]);
    const stores = {
      filled,
      replaced,
      empty: new EntityStore({ schema }),
      from: EntityStore.from([alice], { schema }),
      text: EntityStore.from(JSON.stringify([alice]), { schema: SCHEMA }),
      of: EntityStore.of(filled, { schema }),
      with: new EntityStore({ schema }).with([alice]),
      written: EntityStore.from(filled.toJSON(), { schema }),
    };
    for (const mode of MODES) {
      const engine = engineIn(mode, forbid, schema);
      for (const [how, store] of Object.entries(stores))
        expect(engine.isAllowed(remove, store), `${mode}, ${how}`).toBe(false);
      expect(engine.isAllowed(remove, [alice]), mode).toBe(false);
      expect(engine.isAllowed(request, [alice]), mode).toBe(true);
    }
  });

  test('keeps its actions as they are', () => {
    const store = EntityStore.from([alice], { schema });
    const action = { uid: 'Action::"delete"', attrs: {}, parents: [] };
    expect(() => store.remove('Action::"delete"')).toThrow(ConformanceError);
    expect(() => store.upsert(action)).toThrow(ConformanceError);
    expect(() => store.upsert({ ...action, uid: 'Action::"other"' })).toThrow(ConformanceError);
    expect(() => store.upsert({ ...action, parents: ['Action::"write"'], attrs: { a: 1 } })).toThrow(ConformanceError);
    expect(() => store.replaceAll([alice, action])).toThrow(ConformanceError);
    store.upsert({ ...action, parents: ['Action::"write"'] });
    for (const entity of [...store]) store.upsert(entity);
    expect(store.remove('Action::"none"')).toBe(false);
    expect(String(store.get('Action::"delete"')?.parents)).toBe('Action::"write"');
    expect(store.size).toBe(5);
  });

  test('is taken as text, as JSON and parsed; the same text gives the same schema', () => {
    const json = {
      '': {
        entityTypes: { User: {}, Doc: {} },
        actions: { view: { appliesTo: { principalTypes: ['User'], resourceTypes: ['Doc'] } } },
      },
    };
    for (const given of [SCHEMA, schema, json, JSON.stringify(json)]) {
      const engine = compile(PERMIT, { schema: given });
      expect(engine.isAllowed(request, EntityStore.from([], { schema: given }))).toBe(true);
      expect(() => engine.isAllowed({ ...request, principal: 'Doc::"d"' }, [])).toThrow(ConformanceError);
    }
    expect(new EntityStore({ schema: SCHEMA }).schema).toBe(new EntityStore({ schema: SCHEMA }).schema);
    const changed = structuredClone(json) as { '': { entityTypes: Record<string, object> } };
    const before = new EntityStore({ schema: changed }).schema;
    changed[''].entityTypes.Team = {};
    expect(new EntityStore({ schema: changed }).schema).not.toBe(before);
  });

  test('that is undefined, or none, is refused wherever one is given', () => {
    const broken = parseSchema('entity User { name: Strin };');
    for (const wrong of [undefined, null, broken, broken.schema, 5, [], true]) {
      const given = { schema: wrong } as object;
      for (const attempt of [
        () => compile(PERMIT, given),
        () => compile(PERMIT, { ...given, mode: 'interpret' }),
        () => new EntityStore(given),
        () => EntityStore.from([], given),
        () => EntityStore.of([], given),
      ])
        expect(attempt, String(wrong)).toThrow(TypeError);
    }
    expect(() => compile(PERMIT, { schema: 'entity User { name: Strin };' })).toThrow(SchemaError);
    expect(() => new EntityStore({ schema: { '': {} } })).toThrow(SchemaError);
  });

  test('reads contexts and entities by types in every mode', () => {
    const text = `
      permit(principal, action, resource);
      forbid(principal, action, resource) when { context has ip && context.ip.isLoopback() };
    `;
    for (const mode of MODES) {
      const engine = engineIn(mode, text, schema);
      for (const entities of [new EntityStore({ schema }), []]) {
        expect(engine.isAllowed({ ...request, context: { ip: '127.0.0.1' } }, entities), mode).toBe(false);
        expect(engine.isAllowed({ ...request, context: { ip: '10.0.0.1' } }, entities), mode).toBe(true);
        expect(() => engine.isAllowed({ ...request, context: { ip: 'x' } }, entities), mode).toThrow(DataError);
        expect(() => engine.isAllowed({ ...request, context: { more: 1 } }, entities), mode).toThrow(CedarmillError);
        expect(() => engine.isAllowed({ ...request, context: { least: 'x' } }, entities), mode).toThrow(
          ConformanceError,
        );
        expect(() => engine.isAllowed({ ...request, resource: 'Team::"t"' }, entities), mode).toThrow(ConformanceError);
        expect(() => engine.isAllowed({ ...request, action: 'Action::"vew"' }, entities), mode).toThrow(
          ConformanceError,
        );
      }
      expect(() => engine.isAllowed(request, [{ ...alice, attrs: { age: 'x' } }]), mode).toThrow(CedarmillError);
    }
  });
});

describe('policies that do not fit the schema', () => {
  const wrong = 'permit(principal, action, resource) when { resource.pubic };';
  const options = { schema: SCHEMA };

  test.each(['compile', 'interpret'] as const)('are refused with the report, in mode %s', (mode) => {
    const make = (more: object) => () => compile(wrong, { ...options, mode, ...more });
    expect(make({})).toThrow(ValidationError);
    expect(make({ validate: 'permissive' })).toThrow(ValidationError);
    expect(make({})).toThrow(/`pubic`[\s\S]*resource\.pubic/);
    expect(make({ validate: false })).not.toThrow();
    const told: unknown[] = [];
    make({ validate: (result: unknown) => told.push(result) })();
    expect(told).toMatchObject([{ errors: [{ policyId: 'policy0' }], warnings: [] }]);
    expect(make({ validate: 'no' as never })).toThrow(UsageError);
    expect(() => compile(PERMIT, { validate: 'strict' })).toThrow(UsageError);
  });

  test.each(['compile', 'interpret'] as const)(
    'are refused when they are added, and nothing changes, in mode %s',
    (mode) => {
      const engine = compile('@id("all") permit(principal, action, resource);', { ...options, mode });
      const { policies } = engine;
      const template = 'permit(principal == ?principal, action, resource) when { principal.agee > 3 };';
      expect(() => policies.add(wrong)).toThrow(ValidationError);
      expect(() => policies.addTemplate(template)).toThrow(ValidationError);
      expect([...policies.written()].map(({ id }) => id)).toEqual(['all']);
      policies.add('@id("adults") forbid(principal, action, resource) unless { principal.age > 17 };');
      expect(
        engine.isAuthorized(request, [{ uid: 'User::"alice"', attrs: { age: 3 }, parents: [] }]).determiningPolicies,
      ).toEqual(['adults']);
      policies.addTemplate('@id("ban") forbid(principal == ?principal, action, resource);');
      const ban = (principal: string) => policies.link({ id: 'b', templateId: 'ban', slotEnv: { principal } });
      expect(() => ban('Usr::"alice"')).toThrow(ValidationError);
      expect(policies.size).toBe(2);
      ban('User::"alice"');
      engine.release();
      policies.add(wrong);
    },
  );

  test('are told with warnings, which do not refuse them', () => {
    const told: unknown[] = [];
    compile('permit(principal, action, resource) when { false };', {
      ...options,
      onWarnings: (warnings) => told.push(...warnings.map(({ diagnostic }) => diagnostic.severity)),
    });
    expect(told).toEqual(['warning']);
  });
});

describe('options', () => {
  test.each([
    [() => compile(PERMIT, { shema: SCHEMA } as never), 'did you mean `schema`?'],
    [() => compile(PERMIT, { validated: () => true } as never), 'has no option `validated`'],
    [() => compile(PERMIT, { mode: 'interpreted' } as never), '`mode` is `interpreted`'],
    [() => compile(PERMIT, { check: true } as never), 'cedarmill/check'],
    [() => compile(PERMIT, { check: undefined }), 'cedarmill/check'],
    [() => compile(PERMIT, null as never), 'plain object'],
    [() => compile(PERMIT, Object.create({ schema: SCHEMA })), 'plain object'],
    [() => new EntityStore({ scheme: SCHEMA } as never), 'did you mean `schema`?'],
    [() => EntityStore.from([], SCHEMA as never), 'plain object'],
  ])('number %# are refused', (make, message) => {
    expect(make).toThrow(UsageError);
    expect(make).toThrow(TypeError);
    expect(make).toThrow(message);
  });

  test('are read as own members, whatever `Object.prototype` has', () => {
    const { schema } = parseSchema(SCHEMA);
    const polluted = Object.prototype as Record<string, unknown>;
    try {
      Object.assign(polluted, { schema, validate: false, mode: 'interpret', tags: { t: 1 }, context: { least: 1 } });
      expect(new EntityStore().schema).toBeUndefined();
      expect(new EntityStore({}).schema).toBeUndefined();
      expect(EntityStore.from([{ uid: 'User::"a"', attrs: {}, parents: [] }]).get('User::"a"')?.tags.size).toBe(0);
      expect(() => compile('permit(principal, action, resource) when { resource.x };', { schema })).toThrow(
        ValidationError,
      );
      expect(compile(PERMIT).isAllowed({ ...request, principal: 'Any::"x"' }, [])).toBe(true);
    } finally {
      for (const name of ['schema', 'validate', 'mode', 'tags', 'context']) delete polluted[name];
    }
  });
});

describe('policies', () => {
  const json = {
    staticPolicies: { all: parsedJson('permit') },
    templates: {},
    templateLinks: [],
  };

  function parsedJson(effect: string) {
    return { effect, principal: { op: 'All' }, action: { op: 'All' }, resource: { op: 'All' }, conditions: [] };
  }

  const idsIn = (policies: Parameters<typeof compile>[0]) =>
    MODES.map((mode) => engineIn(mode, policies).isAuthorized(request, []).determiningPolicies.join());

  test.each<[string, Parameters<typeof compile>[0], string]>([
    ['text', PERMIT, 'policy0'],
    ['text with an id', `@id("all") ${PERMIT}`, 'all'],
    ['a policy in JSON', parsedJson('permit'), 'policy0'],
    ['the text of a policy in JSON', JSON.stringify(parsedJson('permit')), 'policy0'],
    ['a set in JSON', json, 'all'],
    ['the text of a set in JSON', ` ${JSON.stringify(json)}`, 'all'],
    ['parsed policies', parsePolicies(PERMIT).policies, 'policy0'],
    ['a set', PolicySet.of(PERMIT), 'policy0'],
    ['a list of texts', [PERMIT, PERMIT], 'policy0,policy1'],
    ['a list of all of them', [PERMIT, `@id("b") ${PERMIT}`, parsedJson('permit'), json], 'policy0,b,policy2,all'],
    ['an empty list', [], ''],
  ])('are taken as %s, with the same ids in every mode', (_, policies, ids) => {
    expect(idsIn(policies)).toEqual(MODES.map(() => ids));
  });

  test.each<[string, unknown, new (...args: never) => Error]>([
    ['nothing', undefined, UsageError],
    ['null', null, UsageError],
    ['a number', 5, UsageError],
    ['an object', {}, UsageError],
    ['a list in a list', [[PERMIT]], UsageError],
    ['the whole result of parsing', parsePolicies(PERMIT), UsageError],
    ['text that does not parse', 'permit(principal, action, resource)', PolicySyntaxError],
    [
      'JSON that does not',
      { ...json, staticPolicies: { all: { ...parsedJson('permit'), effect: 'allow' } } },
      PolicySyntaxError,
    ],
    ['one id twice', [`@id("a") ${PERMIT}`, `@id("a") ${PERMIT}`], PolicySetError],
  ])('are refused as %s', (_, policies, error) => {
    expect(() => compile(policies as string)).toThrow(error);
    expect(() => PolicySet.of(policies as string)).toThrow(error);
  });

  test('are added in the same forms, one at a time', () => {
    const set = new PolicySet();
    set.add(PERMIT);
    set.add(PERMIT);
    set.add(`@id("own") ${PERMIT}`);
    set.add({ ...parsePolicies(PERMIT).policies[0]!, id: 'parsed' });
    expect(() => set.add(`${PERMIT} ${PERMIT}`)).toThrow(UsageError);
    expect(() => set.add('')).toThrow(UsageError);
    expect(() => set.add('permit(principal == ?principal, action, resource);')).toThrow(PolicySetError);
    expect([...set.written()].map(({ id }) => id)).toEqual(['policy0', 'policy1', 'own', 'parsed']);
  });
});

describe('a context', () => {
  const text = 'permit(principal, action, resource) when { context has a && context.a == 1 };';

  test.each(MODES)('has the members that JSON would see, in mode %s', (mode) => {
    const engine = engineIn(mode, text);
    const ask = (context: object) => engine.isAllowed({ ...request, context }, []);
    expect(ask({ a: 1 })).toBe(true);
    expect(ask(Object.defineProperty({}, 'a', { value: 1, enumerable: false }))).toBe(false);
    expect(ask(Object.defineProperty({ b: 1 }, 'a', { value: 1, enumerable: false }))).toBe(false);
    expect(ask(Object.defineProperty({ b: 1 }, 'a', { get: () => 1, enumerable: true }))).toBe(true);
    expect(ask(Object.create(Object.create(null, { a: { value: 1, enumerable: true } })))).toBe(false);
    expect(() => ask(Object.create({ a: 1 }))).toThrow(DataError);
  });

  test.each(MODES)('is looked at only where policies read it, in mode %s', (mode) => {
    const ask = (policies: string, context: object) => () =>
      engineIn(mode, policies).isAllowed({ ...request, context }, []);
    for (const wrong of [1.5, null, undefined, new Map(), '\ud800', Symbol('s')]) {
      expect(ask(text, { a: 1, b: wrong })()).toBe(true);
      expect(ask(text, { a: wrong })).toThrow(DataError);
      expect(ask('permit(principal, action, resource) when { context == {} };', { b: wrong })).toThrow(DataError);
      // Also where an optimizer sees that it does not matter.
      expect(ask('permit(principal, action, resource) when { true || context.b };', { b: wrong })).toThrow(DataError);
      expect(ask(PERMIT, { b: wrong })()).toBe(true);
    }
  });

  test('is looked at as the policies of the moment read it', () => {
    for (const mode of ['compile', 'interpret'] as const) {
      const engine = compile(PERMIT, { mode });
      const ask = () => engine.isAllowed({ ...request, context: { a: 1.5 } }, []);
      expect(ask()).toBe(true);
      engine.policies.add(`@id("a") ${text}`);
      engine.policies.add(`@id("b") ${text}`);
      expect(ask).toThrow(DataError);
      engine.policies.remove('a');
      expect(ask).toThrow(DataError);
      engine.policies.remove('b');
      expect(ask()).toBe(true);
    }
  });

  test.each(MODES)('has its getters run once, in mode %s', (mode) => {
    let runs = 0;
    const context = Object.defineProperty({}, 'a', { get: () => ++runs, enumerable: true });
    expect(engineIn(mode, text).isAllowed({ ...request, context }, [])).toBe(true);
    expect(runs).toBe(1);
  });

  test.each(MODES)('has all that is there in the messages of errors, in mode %s', (mode) => {
    const engine = engineIn(mode, 'permit(principal, action, resource) when { context.a == 1 };');
    const [error] = engine.isAuthorized({ ...request, context: { c: 1.5, b: 2 } }, []).errors;
    expect(error?.help).toBe('available attributes: ["b", "c"]');
  });
});

describe('depth', () => {
  const nested = (levels: number): object => {
    let value: unknown = 1;
    for (let n = 0; n < levels; n++) value = n % 2 === 0 ? [value] : { a: value };
    return value as object;
  };
  const cyclic = () => {
    const value: Record<string, unknown> = {};
    value.a = [value, value];
    return value;
  };
  const text = 'permit(principal, action, resource) when { context has a && resource has a };';

  test.each(MODES)('of what is given has the limit that JSON has, told with the path, in mode %s', (mode) => {
    const engine = engineIn(mode, text);
    const store = new EntityStore();
    const doc = (a: unknown) => ({ uid: 'Doc::"d"', attrs: { a }, parents: [] });
    const asked = (a: unknown) => ({ ...request, context: { a } });
    store.upsert(doc(nested(124)));
    expect(EntityStore.from(JSON.stringify(store)).size).toBe(1);
    expect(engine.isAllowed(asked(nested(126)), store)).toBe(true);
    expect(engine.isAllowed(asked(1), [doc(nested(124))])).toBe(true);
    for (const deep of [nested(127), nested(100_000), cyclic()]) {
      expect(() => engine.isAllowed(asked(deep), store)).toThrow(/recursion limit exceeded.*`context\.a/);
      expect(() => store.upsert(doc(deep))).toThrow(/recursion limit exceeded.*`entity\.attrs\.a/);
      expect(() => EntityStore.from([doc(deep)])).toThrow(/recursion limit exceeded.*`entities\[0\]\.attrs\.a/);
      expect(() => engine.isAllowed(asked(1), [doc(deep)])).toThrow(DataError);
    }
    expect(store.size).toBe(1);
  });

  test('of calls of extension functions in one another is limited too', () => {
    let arg: object = { __extn: { fn: 'datetime', arg: '2024-01-01' } };
    const duration = { __extn: { fn: 'duration', arg: '1d' } };
    for (let n = 0; n < 100_000; n++) arg = { __extn: { fn: 'offset', args: [arg, duration] } };
    const doc = { uid: 'Doc::"d"', attrs: { at: arg }, parents: [] };
    expect(() => EntityStore.from([doc])).toThrow('recursion limit exceeded');
    expect(() => EntityStore.from([doc], { schema: SCHEMA })).toThrow('recursion limit exceeded');
  });
});

describe('dates and sets', () => {
  const text = `permit(principal, action, resource) when {
    resource.at == datetime("2024-01-02") && resource.tags == ["a", "b"] && context.at > resource.at
  };`;
  const doc = { uid: 'Doc::"d"', attrs: { at: new Date('2024-01-02'), tags: new Set(['b', 'a']) }, parents: [] };
  const schema = SCHEMA.replace('least?: Long', 'at: datetime');

  test.each(MODES)('are values, with and without a schema, in mode %s', (mode) => {
    const asked = { ...request, context: { at: new Date('2024-01-03') } };
    expect(engineIn(mode, text).isAllowed(asked, EntityStore.from([doc]))).toBe(true);
    expect(engineIn(mode, text).isAllowed(asked, [doc])).toBe(true);
    expect(engineIn(mode, text, schema).isAllowed(asked, EntityStore.from([doc], { schema }))).toBe(true);
    expect(() => engineIn(mode, text).isAllowed({ ...asked, context: { at: new Date(Number.NaN) } }, [doc])).toThrow(
      DataError,
    );
  });

  test('of another type than the schema has are refused', () => {
    const wrong = (attrs: object) => () => EntityStore.from([{ ...doc, attrs }], { schema });
    expect(wrong({ at: new Set() })).toThrow(CedarmillError);
    expect(wrong({ tags: new Date() })).toThrow(CedarmillError);
    expect(wrong({ tags: new Set([1]) })).toThrow(CedarmillError);
    expect(wrong({ owner: new Date() })).toThrow(CedarmillError);
  });
});

describe('a store', () => {
  const alice = {
    uid: 'User::"alice"',
    attrs: { n: 2n ** 60n, s: [1, { a: 'x' }], who: { __entity: { type: 'User', id: 'bob' } } },
    parents: ['Team::"t"'],
    tags: { t: { __extn: { fn: 'decimal', arg: '1.5' } } },
  };

  test('gives out entities that it takes', () => {
    const store = EntityStore.from([alice]);
    const other = new EntityStore();
    other.upsert(store.get('User::"alice"')!);
    for (const entity of store) other.upsert(entity);
    expect([...other]).toEqual([...store]);
    expect(EntityStore.of(store).toJSON()).toEqual(store.toJSON());
    expect(EntityStore.from([...store]).toJSON()).toEqual(store.toJSON());
  });

  test('is written as JSON, and so is what it gives out', () => {
    const store = EntityStore.from([{ ...alice, attrs: { ...alice.attrs, n: 1 } }]);
    const text = JSON.stringify(store);
    expect(text).toBe(JSON.stringify([...store]));
    expect(JSON.parse(text)).toEqual([
      {
        uid: { type: 'User', id: 'alice' },
        attrs: { n: 1, s: [1, { a: 'x' }], who: { __entity: { type: 'User', id: 'bob' } } },
        parents: [{ type: 'Team', id: 't' }],
        tags: { t: { __extn: { fn: 'decimal', arg: '1.5' } } },
      },
    ]);
    expect([...EntityStore.from(text)]).toEqual([...store]);
    expect(JSON.stringify(store.handle('User::"alice"'))).toBe('{"type":"User","id":"alice"}');
  });

  test('gives out nothing by which it could be changed', () => {
    const store = EntityStore.from([
      { ...alice, tags: {} },
      { ...alice, uid: 'User::"bob"', tags: {} },
    ]);
    (store.get('User::"alice"')!.tags as Map<string, unknown>).set('admin', true);
    (store.get('User::"alice"')!.attrs as Map<string, unknown>).set('admin', true);
    (store.get('User::"alice"')!.parents as unknown[]).push(new EntityUid('Team', 'admins'));
    for (const entity of store) expect([entity.tags.size, entity.attrs.size, entity.parents.length]).toEqual([0, 3, 1]);
  });

  test('is replaced as a whole, or not at all', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ uid: `User::"${id}"`, attrs: {}, parents: [] as string[] }));
    const store = EntityStore.from([{ ...a, parents: ['User::"b"'] }, b!]);
    const engine = compile('permit(principal in User::"a", action, resource);');
    const allowed = () => engine.isAllowed({ ...request, principal: 'User::"b"' }, store);
    expect(allowed()).toBe(false);
    store.replaceAll([a!, { ...b, parents: ['User::"a"'] }, c!]);
    expect([allowed(), store.size]).toEqual([true, 3]);
    for (const wrong of [
      [{ ...a, parents: ['User::"a"'] }],
      [a, { ...a, attrs: { x: 1 } }],
      [b, {}],
      [{ ...b, attrs: { x: null } }],
    ])
      expect(() => store.replaceAll(wrong as object[])).toThrow(CedarmillError);
    expect([allowed(), store.size]).toEqual([true, 3]);
    store.replaceAll('[]');
    expect([allowed(), store.size]).toEqual([false, 0]);
  });

  test.each(MODES)('with entities of a request on top stays as it is, in mode %s', (mode) => {
    const engine = engineIn(mode, 'permit(principal in Team::"eng", action, resource) when { resource.open };');
    const team = { uid: 'Team::"a"', attrs: {}, parents: ['Team::"eng"'] };
    const shared = EntityStore.from([team, { uid: 'Doc::"d"', attrs: { open: false }, parents: [] }]);
    const own = [
      { uid: 'User::"alice"', attrs: {}, parents: ['Team::"a"'] },
      { uid: 'Doc::"d"', attrs: { open: true }, parents: [] },
    ];
    expect(engine.isAllowed(request, shared.with(own))).toBe(true);
    expect(engine.isAllowed(request, shared)).toBe(false);
    expect([shared.size, shared.with(own).size, shared.with([]).size]).toEqual([2, 3, 2]);
    expect(() => shared.with([{ ...team, parents: ['Team::"a"'] }])).toThrow(CedarmillError);
    expect(() => shared.with([own[0]!, { ...own[0], attrs: { x: 1 } }])).toThrow(CedarmillError);
  });
});

describe('a list of entities', () => {
  const text = 'permit(principal, action, resource) when { resource.open && resource.getTag("t") == 1 };';
  const doc = { uid: 'Doc::"d"', attrs: { open: true }, parents: [], tags: { t: 1 } };
  const ask = (mode: (typeof MODES)[number], entities: object[]) =>
    engineIn(mode, text).isAuthorized(request, entities).decision;

  test.each(MODES)('may hold what a store gave out, in mode %s', (mode) => {
    const store = EntityStore.from([doc]);
    expect(ask(mode, [doc])).toBe('allow');
    expect(ask(mode, [...store])).toBe('allow');
    expect(ask(mode, [{ ...store.get('Doc::"d"')! }])).toBe('allow');
    expect(ask(mode, store.toJSON())).toBe('allow');
  });

  test.each(MODES)('has no members that are inherited or not enumerable, in mode %s', (mode) => {
    const hidden = Object.defineProperty({}, 'open', { value: true });
    const { tags: _, ...untagged } = { ...doc, uid: { type: 'Doc', id: 'd' } };
    expect(ask(mode, [{ ...untagged, attrs: hidden, tags: { t: 1 } }])).toBe('deny');
    const polluted = Object.prototype as Record<string, unknown>;
    try {
      Object.assign(polluted, { tags: { t: 1 }, open: true, __entity: { type: 'Doc', id: 'other' } });
      expect(ask(mode, [untagged])).toBe('deny');
      expect(ask(mode, [{ ...untagged, attrs: {}, tags: { t: 1 } }])).toBe('deny');
      expect(ask(mode, [{ ...untagged, tags: { t: 1 } }])).toBe('allow');
    } finally {
      for (const name of ['tags', 'open', '__entity']) delete polluted[name];
    }
  });
});

describe('what is forgotten', () => {
  test.each(MODES)('is told, in mode %s', (mode) => {
    const engine = engineIn(mode, PERMIT);
    const ask = engine.isAllowed.bind(engine) as (...given: unknown[]) => boolean;
    for (const data of [undefined, null, 'x', '[]', 5, {}, new Map()])
      expect(() => ask(request, data), String(data)).toThrow(UsageError);
    for (const wrong of [undefined, null, 'x', 5]) {
      expect(() => ask(wrong, [])).toThrow(UsageError);
      expect(() => ask(wrong, new EntityStore())).toThrow(UsageError);
    }
    for (const name of ['principal', 'action', 'resource'])
      expect(() => ask({ ...request, [name]: undefined }, [])).toThrow(`it is missing`);
  });
});

describe.each(MODES)('a record of a store as the context, %s,', (mode) => {
  const taken = () => {
    const store = EntityStore.from([{ uid: 'User::"alice"', attrs: { record: { least: 1 } }, parents: [] }]);
    return {
      store,
      record: store.get('User::"alice"')!.attrs.get('record') as unknown as { fields: Map<string, unknown> },
    };
  };

  test('is read like every other context', () => {
    const { store, record } = taken();
    const engine = engineIn(mode, 'permit(principal, action, resource) when { context.least + 1 == 2 };');
    expect(engine.isAllowed({ ...request, context: record }, store)).toBe(true);
    record.fields.set('least', 2);
    expect(engine.isAllowed({ ...request, context: record }, store)).toBe(false);
  });

  test('is refused with its path where its owner has put in what is not a value', () => {
    const { store, record } = taken();
    const engine = engineIn(mode, 'permit(principal, action, resource) when { context.least + 1 == 2 };');
    for (const wrong of [1.5, null, undefined, new Map(), '\ud800']) {
      record.fields.set('least', wrong);
      expect(() => engine.isAllowed({ ...request, context: record }, store)).toThrow(DataError);
      expect(() => engine.isAuthorized({ ...request, context: record }, store)).toThrow(/context\.least/);
    }
  });
});
