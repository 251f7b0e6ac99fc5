/**
 * Profile — what comes and goes in a soak: one operation at a time, each with names that never were before.
 */
import type { CompileOptions, Engine, EntityStore, PolicySet } from '../../src/index.ts';

/** What a profile is made with. */
export interface Api {
  readonly compile: (policies: string | PolicySet, options?: CompileOptions) => Engine;
  readonly EntityStore: typeof EntityStore;
  readonly PolicySet: typeof PolicySet;
}

export type ProfileName = keyof typeof PROFILES;

/** Entities that are there at a time. */
const LIVE = 200;
const POLICIES = `
  permit(principal in Group::"readers", action, resource) when { principal.level > 3 };
  forbid(principal, action, resource) when { resource has owner && resource.owner == User::"blocked" };
  permit(principal, action == Action::"open", resource) when { principal.friends.contains(resource.owner) };`;

const user = (id: string) => ({ type: 'User', id });

function entity(n: number): object {
  return {
    uid: user(`u${n}`),
    attrs: {
      level: n % 9,
      name: `name ${n}`,
      owner: { __entity: user(`owner ${n}`) },
      friends: [{ __entity: user(`friend ${n}`) }, { __entity: user(`u${n - 1}`) }],
    },
    parents: [{ type: 'Group', id: n % 3 === 0 ? 'readers' : `g${n}` }],
    ...(n % 5 === 0 ? { tags: { [`t${n}`]: n } } : {}),
  };
}

function request(n: number): Parameters<Engine['isAllowed']>[0] {
  return { principal: `User::"u${n}"`, action: 'Action::"open"', resource: user(`u${n - 1}`) };
}

export const PROFILES = {
  /** Entities of one store with two engines. */
  entities: ({ compile, EntityStore }: Api) => {
    const store = new EntityStore();
    const engines = [compile(POLICIES), compile(POLICIES)];
    return (n: number) => {
      store.upsert(entity(n));
      engines[n % 2]!.isAllowed(request(n), store);
      if (n >= LIVE) store.remove(user(`u${n - LIVE}`));
    };
  },
  /** Uids that only requests and handles name. */
  uids: ({ compile, EntityStore }: Api) => {
    const store = EntityStore.from([entity(0)]);
    const engine = compile(POLICIES);
    return (n: number) => {
      store.handle(user(`handle ${n}`));
      engine.isAllowed({ ...request(n), context: { at: n, [`c${n}`]: true } }, store);
      engine.isAllowed(request(0), [entity(n)]);
      store.upsert(entity(0));
    };
  },
  /** Groups that move: parents of the same members come and go. */
  groups: ({ compile, EntityStore }: Api) => {
    const store = new EntityStore();
    const engine = compile(POLICIES);
    return (n: number) => {
      const parents = [`g${n}`, `g${n - 1}`, `g${n >> 4}`].map((id) => ({ type: 'Group', id }));
      store.upsert({ uid: user(`u${n % 16}`), attrs: { level: 5, friends: [] }, parents });
      store.upsert({ uid: parents[0], attrs: {}, parents: n % 2 === 0 ? [{ type: 'Group', id: 'readers' }] : [] });
      engine.isAuthorized(request(n % 16), store);
      if (n >= LIVE) store.remove({ type: 'Group', id: `g${n - LIVE}` });
    };
  },
  /** Engines that nobody releases, on one store: an operation is a request to one of them. */
  engines: ({ compile, EntityStore }: Api) => {
    const store = EntityStore.from(Array.from({ length: 20 }, (_, n) => entity(n)));
    let engine = compile(POLICIES);
    return (n: number) => {
      if (n % 500 === 0) engine = compile(POLICIES);
      engine.isAllowed(request(n % 20), store);
      if (n % 50 === 0) store.upsert(entity(n % 20));
    };
  },
  /** Stores that nobody releases, of one engine. */
  stores: ({ compile, EntityStore }: Api) => {
    const engine = compile(POLICIES);
    let store = new EntityStore();
    return (n: number) => {
      if (n % 200 === 0) store = EntityStore.from([entity(n)]);
      engine.isAllowed(request(n), store);
    };
  },
  /** Policies, templates and links of ever new ids, names and shapes beside some that stay. */
  policies: ({ compile, EntityStore, PolicySet }: Api) => {
    const set = PolicySet.of(POLICIES);
    const store = EntityStore.from(Array.from({ length: 20 }, (_, n) => entity(n)));
    const engine = compile(set);
    const [add, remove] = comingAndGoing(set);
    return (n: number) => {
      if (n % 10 === 0) add(n / 10);
      engine.isAuthorized(request(n % 20), n % 7 === 0 ? [entity(n % 20)] : store);
      if (n % 10 === 5 && n > 10 * FEW) remove((n - 5) / 10 - FEW);
    };
  },
  /** Actions that only requests name, and actions with a policy each. */
  actions: ({ compile, EntityStore, PolicySet }: Api) => {
    const set = PolicySet.of(POLICIES);
    const store = EntityStore.from([entity(0), entity(1)]);
    const engine = compile(set);
    return (n: number) => {
      engine.isAllowed({ ...request(1), action: `Action::"a${n}"` }, store);
      if (n % 20 !== 0) return;
      set.add(`@id("p${n}") permit(principal, action == Action::"b${n}", resource);`);
      engine.isAllowed({ ...request(1), action: `Action::"b${n}"` }, store);
      if (n > 0) set.remove(`p${n - 20}`);
    };
  },
  /** Schemas, with a store and an engine each: an operation is a request to one of them. */
  schemas: ({ compile, EntityStore }: Api) => {
    let ask = (_: number): unknown => undefined;
    return (n: number) => {
      if (n % 1000 === 0) {
        const schema = `entity User { level: Long, n${n}?: Bool }; action open appliesTo { principal: User, resource: User };`;
        const store = EntityStore.from([{ uid: user('u'), attrs: { level: 1 }, parents: [] }], { schema });
        const engine = compile('permit(principal, action, resource) when { principal.level > 0 };', { schema });
        const asked = { principal: 'User::"u"', action: 'Action::"open"', resource: 'User::"u"' };
        ask = () => engine.isAuthorized(asked, store);
      }
      ask(n);
    };
  },
  /** All entities of a store replaced, and requests without a resource. */
  replaced: ({ compile, EntityStore }: Api) => {
    const store = new EntityStore();
    const engine = compile(POLICIES);
    return (n: number) => {
      if (n % 200 === 0) store.replaceAll(Array.from({ length: 10 }, (_, i) => entity(n + i)));
      if (n % 20 === 0)
        engine.specialize({ principal: user(`u${n}`), action: 'Action::"open"' }, store).isAllowed(user(`u${n + 1}`));
      engine.isAllowed(request(n - (n % 200) + 1), store);
    };
  },
};

/** Policies that come and go, and are there at a time. */
const FEW = 12;

function comingAndGoing(set: PolicySet): [add: (n: number) => void, remove: (n: number) => void] {
  const add = (n: number) => {
    if (n % 3 > 0)
      set.add(
        `@id("p${n}") ${n % 2 === 0 ? 'permit' : 'forbid'}(principal == User::"u${n}", action, resource) when { principal.level == ${n} };`,
      );
    else {
      set.addTemplate(
        `@id("p${n}") permit(principal in ?principal, action, resource) when { principal.level < ${n} };`,
      );
      set.link({ id: `l${n}`, templateId: `p${n}`, slotEnv: { principal: `Group::"g${n}"` } });
    }
  };
  const remove = (n: number) => {
    if (n % 3 > 0) set.remove(`p${n}`);
    else {
      set.unlink(`l${n}`);
      set.removeTemplate(`p${n}`);
    }
  };
  return [add, remove];
}
