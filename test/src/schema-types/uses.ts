/**
 * Uses — right and wrong uses of the generated types: `tsc` must accept the right ones, and refuse each line under `@ts-expect-error`.
 *
 * `npm run check` compiles it with the compiler of the project, and test/package with all others. Nothing here runs.
 */
import type {
  Decisions,
  Engine,
  EntityEntry,
  EntityHandle,
  EntityInputOf,
  EntityStore,
  EntityUid,
  RequestOf,
  Uid,
} from '../../../src/index.ts';
import {
  contextSchema,
  entitiesSchema,
  entityBuilders,
  parseSchema,
  EntityStore as Store,
} from '../../../src/index.ts';
import authz, { type Actions, type Entities, type PolicyId, type Request, schema } from './documents.cedar';

/** The same type, not only one that fits. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(is: Same<A, B>): void;

declare const compiled: Engine<Actions, Entities>;

/** What a store gives out. */
export function stored(store: EntityStore<Entities>, untyped: EntityStore): unknown[] {
  const user = store.get('User::"alice"');
  const doc = store.get({ type: 'App::Doc', id: 'plan' });
  if (user === undefined || doc === undefined) return [];
  same<typeof user.uid, EntityUid & { readonly type: 'User'; readonly id: string }>(true);
  const { attrs } = doc;
  const name = user.attrs.get('name');
  same<typeof name, string>(true);
  const age = user.attrs.get('age');
  same<typeof age, number | bigint | undefined>(true);
  const isPublic = attrs.get('public');
  same<typeof isPublic, boolean>(true);
  const owner = attrs.get('owner');
  same<typeof owner, EntityUid & { readonly type: 'User'; readonly id: string }>(true);
  const plan = user.attrs.get('plan').id;
  same<typeof plan, 'free' | 'pro'>(true);
  const city = user.attrs.get('home')?.get('city');
  same<typeof city, string | undefined>(true);
  const zip = user.attrs.get('home')?.fields.get('zip');
  same<typeof zip, string | undefined>(true);
  const [viewer] = attrs.get('viewers').elements;
  same<NonNullable<typeof viewer>, EntityUid & { readonly type: 'User'; readonly id: string }>(true);
  const word = attrs.get('tagsOf').elements[0]?.elements[0];
  same<NonNullable<typeof word>, string>(true);
  const [parent] = doc.parents;
  same<NonNullable<typeof parent>, EntityUid & { readonly type: 'App::Folder'; readonly id: string }>(true);
  const tag = doc.tags.get('topic')?.elements[0];
  same<NonNullable<typeof tag>, string>(true);
  const entry = untyped.get('Anything::"x"');
  same<typeof entry, EntityEntry | undefined>(true);
  const either = (uid: Uid<'User'> | Uid<'Team'>) => store.get(uid);
  return [
    attrs.get('price').scaled,
    attrs.get('origin').isLoopback(),
    attrs.get('at').toDate(),
    attrs.get('ttl')?.ms,
    attrs.get('odd name').length,
    authz.isAllowed({ principal: user.uid, action: 'edit', resource: doc.uid }, store),
    store.get(owner)?.attrs.get('name').length,
    store.upsert(user),
    store.with([user, doc]),
    [...attrs],
    either('Team::"a"')?.uid.type === 'Team',
    untyped.get('Anything::"x"')?.attrs.get('whatever'),
    // @ts-expect-error: a misspelt attribute
    user.attrs.get('nmae'),
    // @ts-expect-error: an attribute of another type
    user.attrs.get('owner'),
    // @ts-expect-error: teams have no attributes
    store.get('Team::"a"')?.attrs.get('name'),
    // @ts-expect-error: it may be absent
    user.attrs.get('age').toString(),
    // @ts-expect-error: a decimal is not a number
    attrs.get('price') + 1,
    // @ts-expect-error: a set is not a list
    attrs.get('viewers').map(String),
    // @ts-expect-error: no such field
    user.attrs.get('home')?.get('street'),
    // @ts-expect-error: a record may be absent
    user.attrs.get('home').get('city'),
    // @ts-expect-error: no such plan
    user.attrs.get('plan').id === 'gold',
    // @ts-expect-error: a user owns it
    store.get('App::Doc::"plan"')?.attrs.get('owner').type === 'Team',
    // @ts-expect-error: documents are in folders
    doc.parents[0]?.type === 'Team',
    // @ts-expect-error: a user is not viewed
    authz.isAllowed({ principal: user.uid, action: 'view', resource: user.uid, context: { mfa: true } }, store),
    // @ts-expect-error: nothing is changed in what a store gave out
    user.attrs.set('name', 'Bob'),
  ];
}

export function right(untyped: EntityStore): unknown[] {
  const store = Store.from([], { schema });
  const alice = { type: 'User', id: 'alice' } as const;
  const doc = 'App::Doc::"plan"';
  same<keyof Actions, 'view' | 'edit' | 'get /docs' | 'subscribe'>(true);
  same<keyof Entities, 'User' | 'Team' | 'Plan' | 'App::Doc' | 'App::Folder'>(true);
  same<PolicyId, 'owner' | 'policy1'>(true);
  same<typeof store, EntityStore<Entities>>(true);
  same<Entities['Plan']['id'], 'free' | 'pro'>(true);
  same<Entities['User']['parents'], 'Team' | 'User'>(true);
  const age: Entities['User']['attrs']['age'] = 3n;
  const handle = store.handle('User::"alice"');
  same<typeof handle, EntityHandle & { readonly type: 'User' }>(true);
  const response = authz.isAuthorized({ principal: alice, action: 'edit', resource: doc }, store);
  same<(typeof response)['determiningPolicies'], readonly ('owner' | 'policy1')[]>(true);
  same<(typeof response)['decision'], 'allow' | 'deny'>(true);
  const reason: 'it is yours' = authz.annotations('owner').reason;
  const request: Request<'view'> = { principal: alice, action: 'view', resource: doc, context: { mfa: true } };
  const anyRequest: Request = request;
  const generic = <A extends keyof Actions>(asked: Request<A>) =>
    authz.isAllowed(asked as RequestOf<Actions, Entities, A>, []);
  const entity: EntityInputOf<Entities> = { uid: alice, attrs: { name: 'A', plan: 'Plan::"pro"' }, parents: [] };
  const asUntyped: Decisions = authz;
  const actions = authz.allowedActions({ principal: alice, resource: doc }, store);
  same<typeof actions, ('view' | 'edit' | 'get /docs' | 'subscribe')[]>(true);
  for (const found of authz.allowedResources({ principal: alice, action: 'edit', resource: 'App::Doc' }, store))
    same<typeof found, EntityUid>(true);
  const may = authz.specialize({ principal: alice, action: 'view', context: { mfa: true } }, store);
  store.upsert({ uid: 'Team::"a"', attrs: {}, parents: [] });
  store.upsert({
    uid: alice,
    attrs: { name: 'A', plan: { type: 'Plan', id: 'free' }, home: { city: 'B' } },
    parents: ['Team::"a"'],
  });
  store.upsert({
    uid: { type: 'App::Doc', id: 'plan' },
    attrs: {
      owner: 'User::"alice"',
      viewers: new Set(['User::"bob"'] as const),
      tagsOf: [['a'], new Set(['b'])],
      public: true,
      size: 7,
      price: '1.5',
      origin: { __extn: { fn: 'ip', arg: '10.0.0.1' } },
      at: new Date(0),
      'odd name': '',
    },
    parents: [{ type: 'App::Folder', id: 'f' }],
    tags: { labels: ['a', 'b'] },
  });
  return [
    authz.isAllowed({ principal: 'User::"alice"', action: 'view', resource: doc, context: { mfa: true } }, []),
    authz.isAllowed(
      { principal: alice, action: 'view', resource: doc, context: authz.prepareContext({ mfa: true }, 'view') },
      store,
    ),
    compiled.specialize({ principal: alice, action: 'view', context: compiled.prepareContext({ mfa: true }) }, store),
    authz.isAllowed({ principal: 'Team::"a"', action: 'view', resource: doc, context: { mfa: true, age: 7n } }, store),
    authz.isAllowed(
      { principal: alice, action: 'view', resource: doc, context: { mfa: true, age: undefined } },
      untyped,
    ),
    authz.isAllowed({ principal: alice, action: 'edit', resource: doc }, [entity]),
    authz.isAllowed({ principal: alice, action: 'edit', resource: 'App::Folder::"f"', context: {} }, store),
    authz.isAllowed({ principal: handle, action: 'edit', resource: { type: 'App::Doc', id: 'x' } }, store),
    authz.isAllowed({ principal: alice, action: 'get /docs', resource: { type: 'App::Folder', id: 'f' } }, store),
    authz.isAllowed(
      { principal: alice, action: 'get /docs', resource: 'App::Folder::"f"', context: { at: '2026-01-01' } },
      store,
    ),
    authz.isAllowed({ principal: alice, action: 'subscribe', resource: 'Plan::"pro"' }, store),
    authz.isAllowed({ principal: alice, action: 'subscribe', resource: { type: 'Plan', id: 'free' } }, store),
    authz.isAllowed({ principal: { __entity: alice }, action: 'edit', resource: doc }, store),
    authz.isAllowed(request, store),
    asUntyped.isAllowed({ principal: 'X::"y"', action: 'Action::"z"', resource: 'Z::"z"' }, untyped),
    untyped.handle('Anything::"x"'),
    store.get(alice)?.attrs,
    store.has('App::Doc::"plan"'),
    store.remove('App::Doc::"plan"'),
    store.with([entity]),
    store.replaceAll([entity, ...store]),
    compiled.needs('view', 'App::Doc'),
    compiled.needs('edit'),
    [...authz.allowedPrincipals({ principal: 'User', action: 'edit', resource: doc }, store)],
    [
      ...authz.allowedResources(
        { principal: alice, action: 'view', resource: { type: 'App::Doc' }, context: { mfa: false } },
        store,
      ),
    ],
    may.isAllowed(doc),
    ...[age, reason, anyRequest, generic],
  ];
}

/** Entities by builders, and schemas as form libraries take them. */
export function rightBuilders(store: EntityStore<Entities>): unknown[] {
  const { User, Team, Plan, 'App::Doc': Doc, 'App::Folder': Folder } = entityBuilders(schema);
  const staff = Team('staff');
  const ann = User('ann', { attrs: { name: 'Ann', plan: Plan.uid('pro'), age: 30 }, parents: [staff.uid] });
  const plan = Doc('plan', {
    attrs: {
      owner: ann.uid,
      viewers: [User.uid('bob'), 'User::"eve"'],
      ...{ tagsOf: [], public: true, size: 7n, price: '1.5', origin: '10.0.0.1', at: new Date(0), 'odd name': '' },
    },
    parents: [Folder.uid('f')],
    tags: { labels: new Set(['a']) },
  });
  same<typeof ann.uid.type, 'User'>(true);
  same<ReturnType<typeof Plan.uid>['id'], 'free' | 'pro'>(true);
  const context = contextSchema(schema, 'view')['~standard'];
  same<
    NonNullable<typeof context.types>['input'],
    { readonly age?: number | bigint | undefined; readonly mfa: boolean }
  >(true);
  const entities = entitiesSchema(schema)['~standard'];
  same<NonNullable<typeof entities.types>['input'], readonly EntityInputOf<Entities>[]>(true);
  const untyped = entityBuilders(parseSchema('entity Anything;').schema!);
  store.upsert(ann);
  store.replaceAll([staff, ann, plan, Plan('free'), Folder('f', {}), Team('b', { attrs: {}, parents: [staff.uid] })]);
  return [
    authz.isAllowed({ principal: ann.uid, action: 'view', resource: plan.uid, context: { mfa: true } }, [ann, plan]),
    authz.isAllowed({ principal: User.uid('x'), action: 'subscribe', resource: Plan.uid('free') }, store),
    untyped.Anything?.('x', { attrs: { any: 1 } }),
    contextSchema('entity T;', 'Action::"any"'),
  ];
}

export function wrongBuilders(): unknown[] {
  const { User, Team, Plan, 'App::Doc': Doc, ...others } = entityBuilders(schema);
  const attrs = { name: 'A', plan: 'Plan::"pro"' } as const;
  return [
    // @ts-expect-error: no such entity type
    others.Photo,
    // @ts-expect-error: required attributes are missing
    User('ann'),
    // @ts-expect-error: one required attribute is missing
    User('ann', { attrs: { name: 'A' } }),
    // @ts-expect-error: an attribute of another type
    User('ann', { attrs: { ...attrs, age: 'old' } }),
    // @ts-expect-error: a misspelt attribute
    User('ann', { attrs: { name: 'A', plan: 'Plan::"pro"', nmae: 'A' } }),
    // @ts-expect-error: a user is in no folder
    User('ann', { attrs, parents: [others['App::Folder'].uid('f')] }),
    // @ts-expect-error: users have no tags
    User('ann', { attrs, tags: { a: 'b' } }),
    // @ts-expect-error: no such id of the enumerated type
    Plan('gold'),
    // @ts-expect-error: no such id, for the uid alone
    Plan.uid('gold'),
    // @ts-expect-error: an id is a text
    Team(7),
    // @ts-expect-error: a manager is a user
    User('ann', { attrs: { ...attrs, manager: Team.uid('a') } }),
    // @ts-expect-error: no such member of an entity
    Team('a', { parent: [] }),
    // @ts-expect-error: tags of another type
    Doc('d', { attrs: {} as Entities['App::Doc']['attrs'], tags: { labels: 'a' } }),
    // @ts-expect-error: nobody of a team as such may `edit`
    authz.isAllowed({ principal: Team('a').uid, action: 'edit', resource: 'App::Doc::"d"' }, []),
    // @ts-expect-error: no such action
    contextSchema(schema, 'delete'),
  ];
}

export function wrong(store: EntityStore<Entities>, uid: Uid<'User'>, other: Uid<'Team'>): unknown[] {
  const doc = 'App::Doc::"plan"';
  return [
    // @ts-expect-error: no such action
    authz.isAllowed({ principal: uid, action: 'delete', resource: doc }, store),
    // @ts-expect-error: a group of actions is not asked for
    authz.isAllowed({ principal: uid, action: 'read', resource: doc }, store),
    // @ts-expect-error: an action goes by its bare id
    authz.isAllowed({ principal: uid, action: 'Action::"edit"', resource: doc }, store),
    // @ts-expect-error: teams may not be asked for `edit`
    authz.isAllowed({ principal: other, action: 'edit', resource: doc }, store),
    // @ts-expect-error: a document does nothing
    authz.isAllowed({ principal: doc, action: 'edit', resource: doc }, store),
    // @ts-expect-error: a user is not viewed
    authz.isAllowed({ principal: uid, action: 'view', resource: uid, context: { mfa: true } }, store),
    // @ts-expect-error: `get /docs` is for folders
    authz.isAllowed({ principal: uid, action: 'get /docs', resource: doc }, store),
    // @ts-expect-error: the quotes are missing
    authz.isAllowed({ principal: 'User::alice', action: 'edit', resource: doc }, store),
    // @ts-expect-error: the namespace is missing
    authz.isAllowed({ principal: uid, action: 'edit', resource: 'Doc::"plan"' }, store),
    // @ts-expect-error: the namespace is missing in the object
    authz.isAllowed({ principal: uid, action: 'edit', resource: { type: 'Doc', id: 'plan' } }, store),
    // @ts-expect-error: an id is a text
    authz.isAllowed({ principal: { type: 'User', id: 7 }, action: 'edit', resource: doc }, store),
    // @ts-expect-error: no such id of the enumerated type
    authz.isAllowed({ principal: uid, action: 'subscribe', resource: 'Plan::"gold"' }, store),
    // @ts-expect-error: no such id, in an object
    authz.isAllowed({ principal: uid, action: 'subscribe', resource: { type: 'Plan', id: 'gold' } }, store),
    // @ts-expect-error: the context is missing
    authz.isAllowed({ principal: uid, action: 'view', resource: doc }, store),
    // @ts-expect-error: a required attribute is missing
    authz.isAllowed({ principal: uid, action: 'view', resource: doc, context: {} }, store),
    // @ts-expect-error: an attribute of another type
    authz.isAllowed({ principal: uid, action: 'view', resource: doc, context: { mfa: 'yes' } }, store),
    // @ts-expect-error: an optional attribute of another type
    authz.isAllowed({ principal: uid, action: 'view', resource: doc, context: { mfa: true, age: '7' } }, store),
    // @ts-expect-error: a misspelt attribute
    authz.isAllowed({ principal: uid, action: 'view', resource: doc, context: { mfa: true, agee: 7 } }, store),
    // @ts-expect-error: a text is not a Bool
    authz.prepareContext({ mfa: 'yes' }, 'view'),
    // @ts-expect-error: there is no such action
    authz.prepareContext({ mfa: true }, 'fly'),
    // @ts-expect-error: `edit` has an empty context
    authz.isAllowed({ principal: uid, action: 'edit', resource: doc, context: { mfa: true } }, store),
    // @ts-expect-error: a datetime is not a number
    authz.isAllowed({ principal: uid, action: 'get /docs', resource: 'App::Folder::"f"', context: { at: 7 } }, store),
    // @ts-expect-error: no principal
    authz.isAllowed({ action: 'edit', resource: doc }, store),
    // @ts-expect-error: no resource
    authz.isAllowed({ principal: uid, action: 'edit' }, store),
    // @ts-expect-error: no action
    authz.isAllowed({ principal: uid, resource: doc }, store),
    // @ts-expect-error: no entities
    authz.isAllowed({ principal: uid, action: 'edit', resource: doc }),
    // @ts-expect-error: a member that requests do not have
    authz.isAllowed({ principal: uid, action: 'edit', resource: doc, subject: uid }, store),
    // @ts-expect-error: an entity lacks a required attribute
    authz.isAllowed({ principal: uid, action: 'edit', resource: doc }, [{ uid, attrs: { name: 'A' }, parents: [] }]),
    // @ts-expect-error: no such entity type
    store.upsert({ uid: 'Photo::"x"', attrs: {}, parents: [] }),
    // @ts-expect-error: a required attribute is missing
    store.upsert({ uid, attrs: { name: 'A' }, parents: [] }),
    // @ts-expect-error: a Long is not a text
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"', age: '7' }, parents: [] }),
    // @ts-expect-error: a misspelt attribute
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"', mail: 'x' }, parents: [] }),
    // @ts-expect-error: a manager is a user
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"', manager: other }, parents: [] }),
    // @ts-expect-error: no such plan
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"gold"' }, parents: [] }),
    // @ts-expect-error: `home` needs a city
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"', home: { zip: '1' } }, parents: [] }),
    // @ts-expect-error: a user is in no folder
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"' }, parents: ['App::Folder::"f"'] }),
    // @ts-expect-error: parents are missing
    store.upsert({ uid, attrs: { name: 'A', plan: 'Plan::"pro"' } }),
    // @ts-expect-error: teams have no tags
    store.upsert({ uid: other, attrs: {}, parents: [], tags: { a: 'b' } }),
    // @ts-expect-error: no such type
    store.get('Photo::"x"'),
    // @ts-expect-error: no such type
    store.handle({ type: 'Photo', id: 'x' }),
    // @ts-expect-error: a handle of another type
    authz.isAllowed({ principal: store.handle('Team::"a"'), action: 'edit', resource: doc }, store),
    // @ts-expect-error: no such policy
    authz.annotations('other'),
    // @ts-expect-error: no such annotation
    authz.annotations('owner').raeson,
    // @ts-expect-error: the answer names policies, and this is none
    authz.isAuthorized({ principal: uid, action: 'edit', resource: doc }, store).determiningPolicies[0] === 'other',
    // @ts-expect-error: documents are the resources of `view`
    authz.allowedResources({ principal: uid, action: 'view', resource: 'User', context: { mfa: true } }, store),
    // @ts-expect-error: an action of the schema
    authz.specialize({ principal: uid, action: 'delete' }, store),
    // @ts-expect-error: nothing is done to teams
    authz.allowedActions({ principal: uid, resource: other }, store),
    // @ts-expect-error: a folder is not viewed
    compiled.needs('view', 'App::Folder'),
  ];
}
