/**
 * Own objects — an application's rows stand for their entities in requests and lists, in every mode, and what is not clear of them is refused.
 */
import { describe, expect, test } from 'vitest';
import {
  absent,
  ConformanceError,
  compile,
  DataError,
  EntityStore,
  json,
  many,
  mapping,
  parseSchema,
  ref,
  UsageError,
} from '../../../src/index.ts';
import { engineIn } from './modes.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { dept: String, manager?: User };
  entity Folder;
  entity Doc in [Folder] { owner: User, public: Bool, size: Long, labels: Set<String>, readers: Set<User>,
    meta?: { level: Long, due?: datetime }, price?: decimal, at?: datetime, place: { lat: Long } } tags String;
  action view appliesTo { principal: User, resource: Doc, context: { mfa?: Bool } };
`).schema!;
const map = mapping(schema, {
  User: { id: 'id', attrs: { dept: 'dept', manager: ref('managerId') }, parents: { Team: many('teamIds') } },
  Doc: {
    id: 'id',
    attrs: {
      ...{
        owner: ref('ownerId'),
        public: 'isPublic',
        size: 'size',
        labels: many('labels'),
        readers: many('readerIds'),
      },
      ...{ meta: json('meta'), price: 'price', at: 'at', place: { lat: 'lat' } },
    },
    parents: { Folder: ref('folderId') },
    tags: json('tags'),
  },
  Folder: { id: 'id' },
});
const POLICIES = `
  @id("owner") permit (principal, action, resource) when { resource.owner == principal && principal.dept == "eng" };
  @id("team") permit (principal in Team::"all", action, resource in Folder::"specs");
  @id("reader") permit (principal, action, resource) when { resource.readers.contains(principal) && resource.labels.contains("x") };
  @id("price") permit (principal, action, resource) when { resource has price && resource.price.lessThan(decimal("1.5")) };
  @id("due") permit (principal, action, resource) when { resource has meta && resource.meta has due && resource.meta.due > datetime("2026-01-01") };
  @id("tag") permit (principal, action, resource) when { resource.hasTag("t") && resource.getTag("t") == "v" };
  @id("place") permit (principal, action, resource) when { resource.place.lat > 80 };
  @id("manager") permit (principal, action, resource) when { resource.owner has manager && resource.owner.manager == principal };
  @id("locked") forbid (principal, action, resource) when { resource.size > 1000 };
`;

class Row {
  constructor(fields: object) {
    Object.assign(this, fields);
  }
}

const user = (fields: object = {}) =>
  map.User(new Row({ id: 'alice', dept: 'eng', managerId: null, teamIds: ['core'], ...fields }));
const row = (fields: object = {}) => ({
  ...{
    id: 7,
    ownerId: 'bob',
    isPublic: false,
    size: 1,
    labels: [],
    readerIds: [],
    meta: null,
    price: null,
    at: null,
    lat: 1,
  },
  ...{ folderId: null, tags: {}, ...fields },
});
const doc = (fields: object = {}) => map.Doc(row(fields));
const groups = EntityStore.from(
  [
    { uid: 'Team::"core"', attrs: {}, parents: ['Team::"all"'] },
    { uid: 'User::"bob"', attrs: { dept: 'x', manager: { type: 'User', id: 'carol' } }, parents: [] },
  ],
  { schema },
);

/** The engines of one schema: what is compiled ahead of time has its own copy. */
const engines = (['compile', 'interpret'] as const).map((mode) => [mode, compile(POLICIES, { schema, mode })] as const);

describe.each(engines)('in mode %s, an own object', (_, engine) => {
  const reasons = (principal: ReturnType<typeof user>, resource: ReturnType<typeof doc>, entities = groups) => {
    const answer = engine.isAuthorized({ principal, action: 'view', resource, context: {} }, entities);
    expect(engine.isAllowed({ principal, action: 'view', resource }, entities)).toBe(answer.decision === 'allow');
    return answer.determiningPolicies;
  };

  test.each<[string, object, readonly string[]]>([
    ['a reference', { ownerId: 'alice' }, ['owner']],
    ['a parent', { folderId: 'specs' }, ['team']],
    ['lists', { readerIds: ['alice', 'bob'], labels: ['x'] }, ['reader']],
    ['a scaled decimal', { price: 14_999 }, ['price']],
    ['a decimal that is too high', { price: 15_000n }, []],
    ['a record with a date', { meta: { level: 1, due: '2026-02-01' } }, ['due']],
    ['tags', { tags: { t: 'v' } }, ['tag']],
    ['fields of a record', { lat: 81 }, ['place']],
    ['what forbids', { ownerId: 'alice', size: 1001 }, ['locked']],
    ['nothing', {}, []],
  ])('is read by its fields: %s', (_, fields, expected) => {
    for (let i = 0; i < 3; i++) expect(reasons(user(), doc(fields))).toEqual(expected);
  });

  test('comes before what the store has of its uid, and is forgotten afterwards', () => {
    const store = EntityStore.from([...groups, user({ dept: 'sales' }).read()], { schema });
    const resource = doc({ ownerId: 'alice' });
    for (let i = 0; i < 40; i++) {
      expect(reasons(user(), resource, store)).toEqual(['owner']);
      const request = { principal: 'User::"alice"', action: 'view', resource };
      expect(engine.isAuthorized(request, store).determiningPolicies).toEqual([]);
      expect(engine.isAuthorized({ ...request, resource: 'Doc::"7"' }, store).errors.length).toBeGreaterThan(0);
    }
    expect(store.has('Doc::"7"')).toBe(false);
  });

  test('is seen as it is when it is asked about', () => {
    const own = row({ ownerId: 'alice' });
    const resource = map.Doc(own);
    expect(reasons(user(), resource)).toEqual(['owner']);
    own.ownerId = 'bob';
    expect(reasons(user(), resource)).toEqual([]);
  });

  test('stands in lists and stores', () => {
    const request = { principal: 'User::"alice"', action: 'view', resource: 'Doc::"7"', context: {} };
    const list = [user(), doc({ ownerId: 'alice' })];
    expect(engine.isAuthorized(request, list).determiningPolicies).toEqual(['owner']);
    expect(engine.isAuthorized(request, groups.with(list)).determiningPolicies).toEqual(['owner']);
    expect(engine.isAuthorized(request, EntityStore.from(list, { schema })).determiningPolicies).toEqual(['owner']);
  });

  test('comes before what a list has of its uid', () => {
    const sales = { uid: { type: 'User', id: 'alice' }, attrs: { dept: 'sales' }, parents: [] };
    for (let i = 0; i < 60; i++) {
      const request = { principal: user(), action: 'Action::"view"', resource: doc({ ownerId: 'alice' }), context: {} };
      expect(engine.isAuthorized(request, [sales]).determiningPolicies).toEqual(['owner']);
      expect(engine.isAllowed(request, [sales])).toBe(true);
      expect(engine.isAllowed({ ...request, principal: 'User::"alice"' }, [sales])).toBe(false);
      expect(engine.isAllowed({ ...request, resource: 'Doc::"7"' }, [sales])).toBe(false);
    }
  });

  test('is asked about as one of many', () => {
    const may = engine.specialize({ principal: user(), action: 'view', context: {} }, groups);
    for (let i = 0; i < 200; i++) {
      expect(may.isAllowed(doc({ id: i, ownerId: i % 2 ? 'alice' : 'bob' }))).toBe(i % 2 === 1);
      expect(may.isAllowed('Doc::"none"')).toBe(false);
    }
    const query = { principal: user(), resource: doc({ ownerId: 'alice' }), context: {} };
    expect(engine.allowedActions(query, groups)).toEqual(['view']);
    expect(engine.allowedActions({ ...query, resource: doc() }, groups)).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['a field of a required attribute that is null', { ownerId: null }, 'ownerId'],
    ['a field that is not there', { size: undefined }, 'size'],
    ['text for a Long', { size: '3' }, 'size'],
    ['a number that is not whole', { size: 1.5 }, 'size'],
    ['an object for an id', { ownerId: { id: 'alice' } }, 'ownerId'],
    ['text for a list', { labels: 'x' }, 'labels'],
    ['a number in a list of texts', { labels: [1] }, 'labels'],
    ['text for a boolean', { isPublic: 'false' }, 'isPublic'],
    ['a decimal that is not one', { price: 'cheap' }, 'price'],
    ['a record of another type', { meta: { level: 'x' } }, 'meta'],
    ['a tag of another type', { tags: { t: 1 } }, 'tags'],
  ])('is refused with %s', (_, fields, field) => {
    const all = compile(`${POLICIES} permit (principal, action, resource) when { resource.public };`, { schema });
    for (const asked of [engine, all]) {
      if (asked === engine && field === 'isPublic') continue;
      const ask = () =>
        asked.isAuthorized({ principal: user(), action: 'view', resource: doc(fields), context: {} }, groups);
      expect(ask).toThrow(DataError);
      expect(ask).toThrow(field);
    }
  });

  test('without an id is none', () => {
    expect(() => map.Doc(row({ id: null }))).toThrow('expected an id');
    expect(() => map.Doc(undefined as never)).toThrow('expected an object');
  });

  test('of another schema is refused', () => {
    const other = mapping('entity User; entity Doc; action view appliesTo { principal: User, resource: Doc };', {
      User: { id: 'id' },
    });
    const request = { principal: other.User({ id: 'alice' }), action: 'view', resource: doc(), context: {} };
    expect(() => engine.isAllowed(request, groups)).toThrow(UsageError);
  });

  test('of a type that the action does not apply to is refused', () => {
    const request = { principal: map.Folder({ id: 'f' }), action: 'view', resource: doc(), context: {} };
    expect(() => engine.isAllowed(request, groups)).toThrow(ConformanceError);
  });
});

test('a module takes own objects too', () => {
  const engine = engineIn('module', POLICIES, schema);
  const request = { principal: user(), action: 'view', resource: doc({ ownerId: 'alice' }), context: {} };
  for (let i = 0; i < 3; i++) expect(engine.isAuthorized(request, groups).determiningPolicies).toEqual(['owner']);
});

test('what the mapping leaves out is not absent', () => {
  const unread = mapping(schema, {
    Doc: { id: 'id', attrs: { owner: ref('ownerId') }, parents: { Folder: absent() } },
  });
  const partial = mapping(schema, { Doc: { id: 'id', attrs: { owner: ref('ownerId'), meta: absent() } } });
  const whole = mapping(schema, {
    Doc: { id: 'id', attrs: { owner: ref('ownerId'), meta: absent() }, parents: { Folder: absent() }, tags: absent() },
  });
  const ask = (text: string, resource: ReturnType<typeof whole.Doc>) =>
    compile(text, { schema }).isAllowed({ principal: 'User::"a"', action: 'view', resource }, []);
  const has = 'permit (principal, action, resource) unless { resource has meta };';
  const folder = 'permit (principal, action, resource) unless { resource in Folder::"f" };';
  const own = { id: 1, ownerId: 'a' };
  expect(() => ask(has, unread.Doc(own))).toThrow('the mapping of `Doc` leaves out `attrs.meta`');
  expect(() => ask(folder, partial.Doc(own))).toThrow('the mapping of `Doc` leaves out `parents.Folder`');
  expect(ask(has, whole.Doc(own))).toBe(true);
  expect(ask(folder, whole.Doc(own))).toBe(true);
  expect(ask('permit (principal, action, resource) when { resource.owner == principal };', unread.Doc(own))).toBe(true);
});

test('a store that the schema did not read is read as such, below own objects', () => {
  const untyped = EntityStore.from([{ uid: 'User::"bob"', attrs: { manager: 'carol' }, parents: [] }]);
  const engine = compile(POLICIES, { schema });
  const request = { principal: user(), action: 'view', resource: doc(), context: {} };
  const { determiningPolicies } = engine.isAuthorized(request, untyped);
  expect(determiningPolicies).toEqual([]);
});

describe.each([
  ['typed', compile(POLICIES, { schema })],
  ['untyped', compile(POLICIES)],
  ['module', engineIn('module', POLICIES, schema)],
] as const)('once its action is well known to a %s engine', (name, engine) => {
  const other = mapping('entity User; entity Doc; action view appliesTo { principal: User, resource: Doc };', {
    User: { id: 'id' },
  });
  const request = (resource: ReturnType<typeof doc>, principal = user()) => {
    const action = 'Action::"view"';
    return { principal, action, resource, context: {} };
  };

  test('what was refused at first is refused, and the next answer is right', () => {
    for (let i = 0; i < 6; i++) {
      expect(() => engine.isAuthorized(request(doc({ ownerId: null })), groups)).toThrow('ownerId');
      expect(() => engine.isAllowed(request(doc({ size: '3' })), [])).toThrow('size');
      const answer = engine.isAuthorized(request(doc({ ownerId: 'alice' })), groups);
      expect(answer.determiningPolicies).toEqual(['owner']);
      if (name === 'typed')
        expect(() => engine.isAllowed(request(doc(), other.User({ id: 'alice' }) as never), groups)).toThrow(
          UsageError,
        );
    }
  });

  test('a store with a list on top is looked into, and its own changes are seen', () => {
    const store = EntityStore.from([...groups], { schema });
    const above = store.with([{ uid: 'User::"ann"', attrs: { dept: 'eng' }, parents: ['Team::"core"'] }]);
    const asked = { ...request(doc({ folderId: 'specs' })), principal: 'User::"ann"' };
    for (let i = 0; i < 6; i++) expect(engine.isAuthorized(asked, above).determiningPolicies).toEqual(['team']);
    for (let i = 0; i < 6; i++) {
      store.upsert({ uid: 'Team::"core"', attrs: {}, parents: i % 2 === 0 ? [] : ['Team::"all"'] });
      expect(engine.isAuthorized(asked, above).determiningPolicies).toEqual(i % 2 === 0 ? [] : ['team']);
      expect(engine.isAuthorized(asked, []).determiningPolicies).toEqual([]);
    }
  });

  test('deep hierarchies and long lists of references are followed', () => {
    const chain = Array.from({ length: 1_000 }, (_, i) => ({
      uid: { type: 'Team', id: `t${i}` },
      attrs: {},
      parents: [{ type: 'Team', id: i === 999 ? 'all' : `t${i + 1}` }],
    }));
    const store = EntityStore.from(chain, { schema });
    const readerIds = Array.from({ length: 500 }, (_, i) => `reader-${i}`);
    for (let i = 0; i < 4; i++) {
      const below = request(doc({ folderId: 'specs' }), user({ teamIds: ['t0'] }));
      expect(engine.isAuthorized(below, store).determiningPolicies).toEqual(['team']);
      const read = request(doc({ readerIds, labels: ['x'] }), user({ id: 'reader-499' }));
      expect(engine.isAuthorized(read, store).determiningPolicies).toEqual(['reader']);
    }
  });

  test('exceptions of getters reach the asker', () => {
    const broken = Object.defineProperty({ ...row(), size: 1 }, 'size', {
      enumerable: true,
      get: () => {
        throw new RangeError('gone');
      },
    });
    for (let i = 0; i < 6; i++) {
      expect(() => engine.isAllowed(request(map.Doc(broken)), groups)).toThrow('gone');
      expect(engine.isAllowed(request(doc({ ownerId: 'alice' })), groups)).toBe(true);
    }
  });
});

describe.each(['compile', 'module', 'interpret'] as const)('a store of no schema, in mode %s', (mode) => {
  test('has the actions of the schema below a list or own objects', () => {
    const own =
      'entity User { age: Long }; action all; action view in [all] appliesTo { principal: User, resource: User };';
    const engine = engineIn(
      mode,
      'permit(principal, action, resource); forbid(principal, action in Action::"all", resource) when { principal.age == 1 };',
      own,
    );
    const users = mapping(own, { User: { id: 'id', attrs: { age: 'age' } } });
    const store = EntityStore.from([]);
    const list = [{ uid: 'User::"x"', attrs: { age: 1 }, parents: [] }];
    for (let i = 0; i < 6; i++)
      for (const [principal, entities] of [
        [users.User({ id: 'x', age: 1 }), store],
        ['User::"x"', EntityStore.from(list)],
        ['User::"x"', store.with(list)],
        ['User::"x"', list],
      ] as const)
        expect(engine.isAllowed({ principal, action: 'Action::"view"', resource: 'User::"y"' }, entities)).toBe(false);
  });
});
