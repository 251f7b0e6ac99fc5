/**
 * Profile — what comes and goes in a soak: one operation at a time, each with names that never were before.
 */
import type { Engine, EntityStore } from '../../src/index.ts';

/** What a profile is made with. */
export interface Api {
  readonly compile: (text: string) => Engine;
  readonly EntityStore: typeof EntityStore;
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
};
