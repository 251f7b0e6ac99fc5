/**
 * Data — stores, requests and actions of any size: the work of loading them, changing them and deciding about them grows no faster than n log n.
 */
import { describe, expect, test } from 'vitest';
import { compile, EntityStore, parseSchema } from '../../src/index.ts';
import { FACTOR, growthOf, MOST } from './growth.ts';

interface Kind {
  /** The smaller size. */
  readonly size: number;
  /** Makes the input of a size, and gives the work that is measured. */
  readonly work: (size: number) => () => unknown;
}

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const entity = (uid: string, parents: readonly string[] = [], attrs: object = {}) => ({ uid, attrs, parents });
const group = (i: number) => `G::"${i}"`;
const REQUEST = { principal: 'U::"0"', action: 'Action::"a0"', resource: 'R::"r"' };

const chain = (n: number) => range(n).map((i) => entity(group(i), i === 0 ? [] : [group(i - 1)]));
const wide = (n: number) => [entity(group(0)), ...range(n).map((i) => entity(`U::"${i}"`, [group(0)]))];
const layered = (n: number) =>
  range(n).map((i) =>
    entity(group(i), i < 50 ? [] : [0, 17, 33].map((k) => group(i - (i % 50) - 50 + ((i + k) % 50)))),
  );

const GROUPS = parseSchema('entity G in [G]; entity R; action a0 appliesTo { principal: G, resource: R };').schema!;

const below = compile(`permit(principal in ${group(0)}, action, resource);`);
const askAbout = (principal: string, store: EntityStore) => below.isAllowed({ ...REQUEST, principal }, store);

const KINDS: Readonly<Record<string, Kind>> = {
  'hierarchy depth: loading and asking at the end of a chain': {
    size: 4000,
    work: (n) => {
      const data = chain(n);
      return () => expect(askAbout(group(n - 1), EntityStore.from(data))).toBe(true);
    },
  },
  'hierarchy depth with a schema: loading, replacing and asking at the end of a chain': {
    size: 4000,
    work: (n) => {
      const data = chain(n);
      return () => {
        const store = EntityStore.from(data, { schema: GROUPS });
        store.replaceAll(data);
        expect(askAbout(group(n - 1), store)).toBe(true);
      };
    },
  },
  'hierarchy width: loading, and asking about members': {
    size: 4000,
    work: (n) => {
      const data = wide(n);
      return () => {
        const store = EntityStore.from(data);
        for (let i = 0; i < n; i++) askAbout(`U::"${i}"`, store);
      };
    },
  },
  'hierarchy in layers: loading and asking at the end': {
    size: 4000,
    work: (n) => {
      const data = layered(n);
      return () => askAbout(group(n - 1), EntityStore.from(data));
    },
  },
  'a group that gets another parent': {
    size: 4000,
    work: (n) => {
      const store = EntityStore.from(wide(n));
      for (let i = 0; i < n; i++) askAbout(`U::"${i}"`, store);
      return () => {
        store.upsert(entity(group(0), ['Top::"t"']));
        store.upsert(entity(group(0)));
      };
    },
  },
  'parents of one entity': {
    size: 4000,
    work: (n) => {
      const data = [entity('U::"0"', range(n).map(group))];
      return () => askAbout('U::"0"', EntityStore.from(data));
    },
  },
  '`containsAny` and `containsAll` of two stored sets of entities': {
    size: 4000,
    work: (n) => {
      const uids = (from: number) => range(n).map((i) => ({ __entity: { type: 'G', id: `${from + i}` } }));
      const store = EntityStore.from([
        entity('U::"0"', [], { s: uids(0) }),
        entity('R::"r"', [], { s: uids(n), t: uids(0) }),
      ]);
      const engine = compile(
        'permit(principal, action, resource) when { principal.s.containsAny(resource.s) || !principal.s.containsAll(resource.t) };',
      );
      return () => expect(engine.isAllowed(REQUEST, store)).toBe(false);
    },
  },
  'actions with a policy each, and a question about each': {
    size: 1000,
    work: (n) => {
      const text = range(n).map((i) => `permit(principal, action == Action::"a${i}", resource);`);
      const store = EntityStore.from([]);
      return () => {
        const engine = compile(text.join('\n'));
        for (let i = 0; i < n; i++) engine.isAllowed({ ...REQUEST, action: `Action::"a${i}"` }, store);
      };
    },
  },
  'actions that no policy names': {
    size: 2000,
    work: (n) => {
      const engine = compile('permit(principal, action == Action::"a", resource);');
      const store = EntityStore.from([]);
      return () => {
        for (let i = 0; i < n; i++) engine.isAllowed({ ...REQUEST, action: `Action::"x${i}"` }, store);
      };
    },
  },
  'entities of the call': {
    size: 4000,
    work: (n) => {
      const data = wide(n);
      return () => expect(below.isAllowed(REQUEST, data)).toBe(true);
    },
  },
  'a context of many members': {
    size: 4000,
    work: (n) => {
      const engine = compile('permit(principal, action, resource) when { context.m0 == 0 };');
      const store = EntityStore.from([]);
      const context = Object.fromEntries(range(n).map((i) => [`m${i}`, i]));
      return () => expect(engine.isAllowed({ ...REQUEST, context }, store)).toBe(true);
    },
  },
  'a context of many members, with a schema': {
    size: 2000,
    work: (n) => {
      const members = range(n).map((i) => `m${i}: Long`);
      const { schema } = parseSchema(
        `entity U; entity R; action a0 appliesTo { principal: U, resource: R, context: { ${members.join(', ')} } };`,
      );
      const engine = compile('permit(principal, action, resource) when { context.m0 == 0 };', { schema: schema! });
      const store = EntityStore.from([], { schema: schema! });
      const context = Object.fromEntries(range(n).map((i) => [`m${i}`, i]));
      return () => expect(engine.isAllowed({ ...REQUEST, context }, store)).toBe(true);
    },
  },
  'request environments': {
    size: 150,
    work: (n) => {
      const types = range(n).map((i) => `U${i}`);
      const { schema } = parseSchema(
        `entity ${types.join(', ')}; entity R; action a0 appliesTo { principal: [${types.join(', ')}], resource: R };`,
      );
      return () =>
        compile('permit(principal, action, resource) when { principal == resource || true };', {
          schema: schema!,
          validate: false,
        });
    },
  },
};

describe('the time grows no faster than n log n with', () => {
  test.each(Object.keys(KINDS))('%s', (name) => {
    const { size, work } = KINDS[name]!;
    const { ratio, smallMs, largeMs } = growthOf(work(size), work(FACTOR * size));
    expect(ratio, `${smallMs.toFixed(2)} ms for ${size}, ${largeMs.toFixed(2)} ms for ${FACTOR * size}`).toBeLessThan(
      MOST,
    );
  });
});
