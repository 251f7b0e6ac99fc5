/**
 * Queries — partial evaluation, permission queries, loading and needs, as an engine offers them.
 */
import { describe, expect, test } from 'vitest';
import {
  ConformanceError,
  ConsistencyError,
  compile,
  DataError,
  type Engine,
  EntityStore,
  type EntityUid,
  InsufficientRounds,
  LoadError,
  PolicyValidationError,
  parseSchema,
  SchemaRequired,
} from '../../../src/index.ts';
import { engineIn } from './modes.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { dept: String, level: Long, manager?: User } tags String;
  entity Folder in [Folder];
  entity Doc in [Folder] { owner: User, public: Bool, size: Long, label?: String };
  action all;
  action view, edit in [all] appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
  action share appliesTo { principal: User, resource: [Doc, Folder] };
`).schema!;

const POLICIES = `
  @id("public") permit(principal, action == Action::"view", resource) when { resource.public };
  @id("owner") permit(principal, action in Action::"all", resource) when { resource.owner == principal && context.mfa };
  @id("team") permit(principal in Team::"eng", action == Action::"view", resource in Folder::"specs");
  @id("manager") permit(principal, action == Action::"view", resource) when {
    resource.owner has manager && resource.owner.manager == principal && resource.owner.manager.level > 3
  };
  @id("large") forbid(principal, action == Action::"view", resource) when { resource.size + 1 > 1000 } unless { principal.level > 3 };
  @id("share") permit(principal, action == Action::"share", resource is Folder);
`;

const user = (id: string, level: number, team: string, manager?: string) => ({
  uid: { type: 'User', id },
  attrs: { dept: 'x', level, ...(manager === undefined ? {} : { manager: { type: 'User', id: manager } }) },
  parents: [{ type: 'Team', id: team }],
});
const doc = (id: string, owner: string, attrs: object, folder = 'misc') => ({
  uid: { type: 'Doc', id },
  attrs: { owner: { type: 'User', id: owner }, public: false, size: 1, ...attrs },
  parents: [{ type: 'Folder', id: folder }],
});

const ENTITIES = [
  { uid: { type: 'Team', id: 'eng' }, attrs: {}, parents: [] },
  { uid: { type: 'Team', id: 'core' }, attrs: {}, parents: [{ type: 'Team', id: 'eng' }] },
  user('alice', 5, 'core'),
  user('bob', 2, 'sales', 'alice'),
  { uid: { type: 'Folder', id: 'specs' }, attrs: {}, parents: [] },
  doc('plan', 'alice', {}),
  doc('news', 'bob', { public: true, size: 5000 }),
  doc('spec', 'carol', { size: 2000 }, 'specs'),
  doc('note', 'bob', {}),
  doc('huge', 'bob', { public: true, size: Number.MAX_SAFE_INTEGER }),
  doc('bad', 'bob', { public: true, size: 9223372036854775807n }),
];

const ALICE = 'User::"alice"';
const BOB = 'User::"bob"';
const context = { mfa: true };
const ids = (uids: Iterable<EntityUid>) => [...uids].map(({ id }) => id).sort();

function fresh(mode: 'compile' | 'interpret' = 'compile'): { engine: Engine; store: EntityStore } {
  return { engine: compile(POLICIES, { schema, mode }), store: EntityStore.from(ENTITIES, { schema }) };
}

/** The rows by a loop over the engine itself. */
function looped(engine: Engine, store: EntityStore, principal: string) {
  const docs = [...store].filter(({ uid }) => uid.type === 'Doc');
  return ids(
    docs
      .map(({ uid }) => uid)
      .filter((resource) => engine.isAllowed({ principal, action: 'Action::"view"', resource, context }, store)),
  );
}

describe.each(['compile', 'interpret'] as const)('queries of an engine that is made to %s', (mode) => {
  test('the resources are those of a loop', () => {
    const { engine, store } = fresh(mode);
    for (const principal of [ALICE, BOB, 'User::"nobody"']) {
      const query = { principal, action: 'view', resource: 'Doc', context };
      expect(ids(engine.allowedResources(query, store))).toEqual(looped(engine, store, principal));
    }
    expect(looped(engine, store, ALICE)).toEqual(['bad', 'huge', 'news', 'note', 'plan', 'spec']);
    // The policy about large documents errs for one of them, and so does not forbid it.
    expect(looped(engine, store, BOB)).toEqual(['bad', 'note']);
  });

  test('the resources among others, one by one, with reasons', async () => {
    const { engine, store } = fresh(mode);
    const query = { principal: ALICE, action: 'view', resource: { type: 'Doc' }, context } as const;
    const among = ['Doc::"plan"', 'Folder::"specs"', 'Doc::"none"', { type: 'Doc', id: 'note' }];
    expect(ids(engine.allowedResources(query, store, { among }))).toEqual(['note', 'plan']);
    const [first] = engine.allowedResources(query, store, { among, reasons: true });
    expect(first?.response.determiningPolicies).toEqual(['owner']);
    async function* stream() {
      yield* among;
    }
    const found: EntityUid[] = [];
    for await (const uid of engine.allowedResources(query, store, { among: stream() })) found.push(uid);
    expect(ids(found)).toEqual(['note', 'plan']);
  });

  test('the principals are those of a loop', () => {
    const { engine, store } = fresh(mode);
    const query = { principal: 'User', action: 'view', resource: 'Doc::"note"', context };
    expect(ids(engine.allowedPrincipals(query, store))).toEqual(['alice', 'bob']);
    const [first] = engine.allowedPrincipals(query, store, { reasons: true });
    expect(first?.response.decision).toBe('allow');
  });

  test('the actions, by their ids', () => {
    const { engine, store } = fresh(mode);
    expect(engine.allowedActions({ principal: ALICE, resource: 'Doc::"plan"', context }, store)).toEqual([
      'view',
      'edit',
    ]);
    expect(engine.allowedActions({ principal: ALICE, resource: 'Doc::"plan"' }, store)).toEqual([]);
    expect(engine.allowedActions({ principal: ALICE, resource: 'Folder::"specs"' }, store)).toEqual(['share']);
    const open = engine.allowedActions({ principal: ALICE, resource: 'Doc::"plan"' }, store, { reasons: true });
    expect(open.map(({ action, decision }) => [action.id, decision])).toEqual([
      ['view', undefined],
      ['edit', undefined],
    ]);
    expect(() => engine.allowedActions({ principal: 'Robot::"r"', resource: 'Doc::"plan"' }, store)).toThrow(
      ConformanceError,
    );
  });

  test('a specialized request answers as the engine does, for every resource', () => {
    const { engine, store } = fresh(mode);
    const rows = [
      ...ENTITIES.filter(({ uid }) => uid.type === 'Doc').map(({ uid }) => uid),
      { type: 'Doc', id: 'none' },
    ];
    for (const principal of [ALICE, BOB]) {
      const request = { principal, action: 'Action::"view"', context };
      const may = engine.specialize(request, store);
      // More often than code waits to be made.
      for (let round = 0; round < 8; round++) {
        for (const resource of rows) {
          const forms = [resource, `Doc::"${resource.id}"`, store.handle(resource)];
          for (const form of forms) {
            const whole = { ...request, resource: form };
            expect(may.isAllowed(form)).toBe(engine.isAllowed(whole, store));
            expect(may.isAuthorized(form)).toEqual(engine.isAuthorized(whole, store));
          }
        }
      }
      expect(rows.filter(may.isAllowed).length).toBeGreaterThan(0);
    }
  });

  test('a specialized request follows the entities that it looked at, the rows and the policies', () => {
    const { engine, store } = fresh(mode);
    const request = { principal: BOB, action: 'Action::"view"', context };
    const may = engine.specialize(request, store);
    const agrees = () => {
      const docs = ['plan', 'news', 'spec', 'note', 'huge', 'bad'].map((id) => `Doc::"${id}"`);
      for (let i = 0; i < 30; i++) {
        const answers = docs.map((resource) => engine.isAuthorized({ ...request, resource }, store));
        expect(docs.map((resource) => may.isAuthorized(resource))).toEqual(answers);
        expect(docs.map(may.isAllowed)).toEqual(answers.map(({ decision }) => decision === 'allow'));
      }
      return docs.filter(may.isAllowed).length;
    };
    expect(agrees()).toBe(2);
    store.upsert(user('bob', 9, 'core'));
    expect(agrees()).toBe(5);
    store.upsert({ uid: { type: 'Team', id: 'core' }, attrs: {}, parents: [] });
    expect(agrees()).toBe(4);
    store.upsert(doc('plan', 'bob', {}));
    expect(agrees()).toBe(5);
    store.remove(BOB);
    agrees();
    engine.policies.remove('public');
    agrees();
    engine.policies.add({ ...engine.policies.get('team')!, id: 'again' });
    agrees();
  });

  test('rows that are not resources are refused as the engine refuses them', () => {
    const { engine, store } = fresh(mode);
    const may = engine.specialize({ principal: ALICE, action: 'Action::"view"', context }, store);
    for (let i = 0; i < 90; i++) {
      expect(() => may.isAllowed('Folder::"specs"')).toThrow(ConformanceError);
      expect(() => may.isAllowed('Doc::"plan')).toThrow(DataError);
      expect(() => may.isAuthorized('Team::"eng"')).toThrow(ConformanceError);
    }
    const wrong = engine.specialize({ principal: ALICE, action: 'Action::"nope"', context }, store);
    expect(() => wrong.isAllowed('Doc::"plan"')).toThrow(ConformanceError);
  });

  test('a released engine answers no question, not even one that it knew', () => {
    const { engine, store } = fresh(mode);
    const may = engine.specialize({ principal: ALICE, action: 'Action::"share"' }, store);
    expect(may.isAllowed('Folder::"specs"')).toBe(true);
    engine.release();
    expect(() => may.isAllowed('Folder::"specs"')).toThrow(/released/);
    expect(() => may.isAuthorized('Folder::"specs"')).toThrow(/released/);
    expect(() => engine.needs('share')).toThrow(/released/);
  });

  test('a released engine answers no query, not even one that finds nobody to ask about', () => {
    const { engine } = fresh(mode);
    const [empty, moduleEngine] = [new EntityStore({ schema }), engineIn('module', '', schema)];
    const query = { principal: ALICE, action: 'Action::"view"', resource: 'Doc', context };
    for (const each of [engine, moduleEngine]) {
      expect([...each.allowedResources(query, empty)]).toEqual([]);
      each.release();
      expect(() => [...each.allowedResources(query, empty)]).toThrow(/released/);
      expect(() => each.allowedActions({ principal: ALICE, resource: 'Doc::"none"', context }, empty)).toThrow(
        /released/,
      );
    }
  });

  test('neither does what loads the entities of a released engine', async () => {
    const { engine, store } = fresh(mode);
    const remote = engine.withLoader(async (uids) => uids.map((uid) => store.get(uid)));
    const request = { principal: ALICE, action: 'Action::"view"', resource: 'Doc::"plan"', context };
    expect(await remote.isAllowed(request)).toBe(true);
    engine.release();
    await expect(remote.isAllowed(request)).rejects.toThrow(/released/);
    await expect(remote.isAuthorized(request)).rejects.toThrow(/released/);
  });

  test('an engine that was bound to many other stores since goes on following the first', () => {
    const { engine, store } = fresh(mode);
    const may = engine.specialize({ principal: BOB, action: 'Action::"view"', context }, store);
    for (let i = 0; i < 90; i++) expect(may.isAllowed('Doc::"plan"')).toBe(false);
    for (let i = 0; i < 9; i++)
      engine.isAllowed(
        { principal: BOB, action: 'Action::"share"', resource: 'Doc::"plan"' },
        EntityStore.from([], { schema }),
      );
    store.upsert(doc('plan', 'bob', {}));
    expect(may.isAllowed('Doc::"plan"')).toBe(true);
  });

  test('without a schema, or on a store that it did not read, a specialized request is the engine itself', () => {
    const engine = compile(POLICIES, { mode });
    const store = EntityStore.from(ENTITIES);
    const request = { principal: BOB, action: 'Action::"view"', context };
    const may = engine.specialize(request, store);
    for (const { uid } of ENTITIES)
      expect(may.isAuthorized(uid)).toEqual(engine.isAuthorized({ ...request, resource: uid }, store));
    expect(() => engine.partial({ principal: BOB, action: 'Action::"view"', resource: 'Doc' }, store)).toThrow(
      SchemaRequired,
    );
  });
});

describe('a specialized request of very many rows', () => {
  test('answers from code of its own as before', () => {
    const { engine, store } = fresh();
    const request = { principal: BOB, action: 'Action::"view"', context };
    const may = engine.specialize(request, store);
    const docs = ['plan', 'news', 'note', 'huge'].map((id) => store.handle({ type: 'Doc', id }));
    const wanted = docs.map((resource) => engine.isAuthorized({ ...request, resource }, store));
    for (let i = 0; i < 66_000; i++) may.isAllowed(docs[i % 4]!);
    for (let i = 0; i < 66_000; i++) may.isAuthorized(docs[i % 4]!);
    expect(docs.map(may.isAuthorized)).toEqual(wanted);
    expect(docs.map(may.isAllowed)).toEqual(wanted.map(({ decision }) => decision === 'allow'));
    store.upsert(doc('plan', 'bob', {}));
    expect(may.isAllowed(docs[0]!)).toBe(true);
  });
});

describe('partial evaluation', () => {
  test('says what is left, what is needed, and decides completions', () => {
    const { engine, store } = fresh();
    const answer = engine.partial({ principal: BOB, action: 'view', resource: { type: 'Doc' }, context }, store);
    expect(answer.decision).toBeUndefined();
    expect(answer.residual('owner')?.toCedar()).toBe('resource.owner == User::"bob"');
    expect(answer.permits.false).toEqual(['team', 'share']);
    for (const id of ['plan', 'news', 'spec', 'note']) {
      const request = { principal: BOB, action: 'Action::"view"', resource: `Doc::"${id}"`, context };
      expect(answer.authorize(request, store)).toEqual(engine.isAuthorized(request, store));
    }
    const other = { principal: ALICE, action: 'Action::"view"', resource: 'Doc::"plan"', context };
    expect(() => answer.authorize(other, store)).toThrow(ConsistencyError);
  });

  test('of entities of which parts are known says which others it needs', () => {
    const { engine } = fresh();
    const alice = { uid: ALICE, attrs: { dept: 'x', level: 5 } };
    const answer = engine.partial({ principal: ALICE, action: 'view', resource: 'Doc::"plan"', context }, [alice]);
    expect(answer.needs.map(({ uid, part }) => `${uid} ${part}`).sort()).toEqual([
      'Doc::"plan" ancestors',
      'Doc::"plan" attrs',
      'User::"alice" ancestors',
    ]);
  });

  test('takes no store whose entities do not fit the schema, and nothing that is not data', () => {
    const { engine } = fresh();
    const unfit = EntityStore.from([{ uid: ALICE, attrs: { level: 'five' }, parents: [] }]);
    const query = { principal: ALICE, action: 'view', resource: 'Doc' };
    expect(() => engine.partial(query, unfit)).toThrow(ConformanceError);
    expect(() => engine.allowedActions({ principal: ALICE, resource: 'Doc::"plan"' }, unfit)).toThrow(ConformanceError);
    for (const nothing of [undefined, null, {}] as never[]) {
      expect(() => engine.partial(query, nothing)).toThrow(/entities/);
      expect(() => engine.specialize(query, nothing)).toThrow(/entities/);
      expect(() => [...engine.allowedResources(query, nothing)]).toThrow(/entities/);
    }
  });

  test('needs policies that pass the validator', () => {
    const engine = compile('permit(principal, action, resource) when { resource.nope };', { schema, validate: false });
    expect(() => engine.partial({ principal: ALICE, action: 'view', resource: 'Doc' }, [])).toThrow(
      PolicyValidationError,
    );
    // Queries for entities fall back to the engine, which answers all the same.
    const store = EntityStore.from(ENTITIES, { schema });
    expect([...engine.allowedResources({ principal: ALICE, action: 'view', resource: 'Doc', context }, store)]).toEqual(
      [],
    );
  });
});

describe('what a decision needs', () => {
  test('is told by type', () => {
    const { engine } = fresh();
    const needs = engine.needs('view', 'Doc');
    expect({ ...needs.types }).toEqual({
      Doc: { attributes: ['owner', 'public', 'size'], tags: [], ancestors: ['Folder'] },
      User: { attributes: ['level', 'manager'], tags: [], ancestors: ['Team'] },
    });
    expect([needs.context, needs.depth]).toEqual([['mfa'], 3]);
    expect({ ...engine.needs('share').types }).toEqual({});
    expect(() => engine.needs('view', 'Folder')).toThrow(ConformanceError);
  });
});

describe('an engine with a loader', () => {
  const byUid = new Map(ENTITIES.map((entity) => [`${entity.uid.type}::"${entity.uid.id}"`, entity]));

  function remote(policies = POLICIES) {
    const calls: string[][] = [];
    const engine = compile(policies, { schema });
    const loaded = engine.withLoader(async (uids) => {
      calls.push(uids.map(String).sort());
      return uids.map((uid) => byUid.get(`${uid}`));
    });
    return { engine, loaded, calls };
  }

  test('answers as the engine does, errors included, and loads what the policies look into', async () => {
    const { engine, loaded, calls } = remote();
    const store = EntityStore.from(ENTITIES, { schema });
    for (const principal of [ALICE, BOB, 'User::"nobody"']) {
      for (const id of ['plan', 'news', 'spec', 'note', 'huge', 'bad', 'none']) {
        const request = { principal, action: 'Action::"view"', resource: `Doc::"${id}"`, context };
        expect(await loaded.isAuthorized(request)).toEqual(engine.isAuthorized(request, store));
        expect(await loaded.isAllowed(request)).toBe(engine.isAllowed(request, store));
      }
    }
    expect(calls[0]).toEqual(['Doc::"plan"', 'User::"alice"']);
    expect(calls.flat().some((uid) => uid.startsWith('Action'))).toBe(false);
  });

  test('stops as soon as the decision is known', async () => {
    const { loaded, calls } = remote(
      'permit(principal, action, resource); permit(principal, action, resource) when { principal.level > 1 };',
    );
    const request = { principal: ALICE, action: 'Action::"share"', resource: 'Doc::"plan"' };
    expect(await loaded.isAllowed(request)).toBe(true);
    expect(calls).toEqual([]);
    expect((await loaded.isAuthorized(request)).determiningPolicies).toEqual(['policy0', 'policy1']);
    expect(calls).toEqual([['User::"alice"']]);
  });

  test('shares calls between requests of one moment', async () => {
    const { loaded, calls } = remote();
    const request = (id: string) => ({ principal: BOB, action: 'Action::"view"', resource: `Doc::"${id}"`, context });
    await Promise.all(['plan', 'news', 'note', 'plan'].map((id) => loaded.isAuthorized(request(id))));
    expect(calls[0]).toEqual(['Doc::"news"', 'Doc::"note"', 'Doc::"plan"', 'User::"bob"']);
    expect(calls.length).toBeLessThanOrEqual(4);
  });

  test('a loader that fails is neither a denial nor a missing entity', async () => {
    const { engine } = remote();
    const request = { principal: ALICE, action: 'Action::"view"', resource: 'Doc::"plan"', context };
    const broken = engine.withLoader(async () => Promise.reject(new Error('no database')));
    await expect(broken.isAllowed(request)).rejects.toThrow(LoadError);
    await expect(broken.isAllowed(request)).rejects.toThrow('no database');
    const throwing = engine.withLoader(() => {
      throw new Error('at once');
    });
    await expect(throwing.isAuthorized(request)).rejects.toThrow(LoadError);
    const nothing = engine.withLoader(async () => undefined as never);
    await expect(nothing.isAllowed(request)).rejects.toThrow(LoadError);
    const missing = engine.withLoader(async () => []);
    expect(await missing.isAllowed(request)).toBe(false);
  });

  test('entities that do not fit, and rounds without end, are told', async () => {
    const { engine } = remote();
    const request = { principal: ALICE, action: 'Action::"view"', resource: 'Doc::"plan"', context };
    const unfit = engine.withLoader(async ([uid]) => [
      { uid: { type: uid!.type, id: uid!.id }, attrs: {}, parents: [] },
    ]);
    await expect(unfit.isAllowed(request)).rejects.toThrow(ConformanceError);
    let n = 0;
    const endless = engine.withLoader(async (uids) =>
      uids.map(({ type, id }) => ({
        uid: { type, id },
        attrs: type === 'Doc' ? ENTITIES[5]!.attrs : type === 'User' ? { dept: '', level: 1 } : {},
        parents:
          type === 'Doc'
            ? [{ type: 'Folder', id: 'specs' }]
            : type === 'Folder'
              ? []
              : [{ type: 'Team', id: `t${n++}` }],
      })),
    );
    await expect(endless.isAuthorized(request)).rejects.toThrow(InsufficientRounds);
  });

  test('all ancestors at once save the rounds', async () => {
    const { engine } = remote();
    let calls = 0;
    const wide = engine.withLoader(async (uids) => {
      calls++;
      return uids.flatMap((uid) => {
        const entity = byUid.get(`${uid}`);
        const above = uid.id === 'alice' ? ['core', 'eng'].map((id) => ({ type: 'Team', id })) : entity?.parents;
        return entity === undefined ? [] : [{ ...entity, ancestors: above }];
      });
    });
    const request = { principal: ALICE, action: 'Action::"view"', resource: 'Doc::"spec"', context };
    expect((await wide.isAuthorized(request)).determiningPolicies).toEqual(['team']);
    expect(calls).toBe(2);
  });
});
