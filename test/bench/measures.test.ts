/**
 * Measures — what the benchmark times besides decisions gives right answers: changes, compiling, starting, and what takes memory.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Changing } from '../../bench/measure/changing.ts';
import { firstAnswer, oneAction } from '../../bench/measure/compile.ts';
import { changingEntities } from '../../bench/measure/entity-changes.ts';
import { HOLDERS } from '../../bench/measure/hold/holders.ts';
import { changingPolicies } from '../../bench/measure/policy-changes.ts';
import { MOST_SHAPES, policiesText, policyText, requestFor, subjects } from '../../bench/measure/realistic.ts';
import type { RequestJson } from '../../bench/scenario/scenario.ts';
import * as entry from '../../src/index.ts';
import { compile, EntityStore, EntityUid, PolicySet, parsePolicies, withAnnotatedId } from '../../src/index.ts';
import { isAuthorized } from '../../src/model/authorizer.ts';
import { DataPath } from '../../src/parser/data/data-path.ts';
import { contextFromData } from '../../src/parser/data/value.ts';
import { Entities } from '../../src/value/entities.ts';

function modelAnswer(set: PolicySet, store: EntityStore, { principal, action, resource, context }: RequestJson) {
  const uid = ({ type, id }: RequestJson['principal']) => new EntityUid(type, id);
  const request = {
    principal: uid(principal),
    action: uid(action),
    resource: uid(resource),
    context: contextFromData(context ?? {}, DataPath.root('context', '')),
  };
  return isAuthorized(request, Entities.from([...store]), [...set.policies()]);
}

describe.each([
  ['policies', () => changingPolicies(250), 5],
  ['entities', () => changingEntities(3000), 3],
] as const)('update: after each change of %s', (_, make, kinds) => {
  const { engine, store, changes }: Changing = make();
  const seen = new Map<string, number>();
  const answers = new Set<string>();

  test('the answer is that of a fresh engine with fresh entities', () => {
    for (const { mode, apply, asked } of changes) {
      const before = JSON.stringify(engine.isAuthorized(asked, store));
      apply();
      const answer = engine.isAuthorized(asked, store);
      const fresh = EntityStore.of([...store]);
      const uids = { principal: fresh.handle(asked.principal), resource: fresh.handle(asked.resource) };
      const action = fresh.handle(asked.action);
      expect(answer).toEqual(compile(engine.policies).isAuthorized({ ...asked, ...uids, action }, fresh));
      if (before !== JSON.stringify(answer)) answers.add(mode);
      seen.set(mode, (seen.get(mode) ?? 0) + 1);
      if (seen.get(mode) === 25) break;
    }
  });

  test('all kinds of change have been met, and each has changed an answer', () => {
    expect(seen.size).toBe(kinds);
    expect([...answers].sort()).toEqual([...seen.keys()].sort());
  });
});

describe('compile', () => {
  const count = MOST_SHAPES * 5;
  const text = policiesText(count, oneAction(MOST_SHAPES));

  test('has as many shapes as it says, of about 250 bytes', () => {
    const shape = (i: number) => policyText(i, oneAction(MOST_SHAPES)).replace(/\d+|"[^"]*"/g, '_');
    expect(new Set([...Array(count).keys()].map(shape)).size).toBe(MOST_SHAPES);
    expect(text.length / count).toBeGreaterThan(230);
    expect(text.length / count).toBeLessThan(300);
  });

  test('the first answer is that of the model', () => {
    const store = EntityStore.from(subjects());
    const { policies } = parsePolicies(text);
    const expected = modelAnswer(PolicySet.of(policies), store, requestFor(0, oneAction(MOST_SHAPES)));
    expect(firstAnswer(entry, policies, store).answer).toEqual(expected);
  });
});

describe('cold-start', () => {
  const folder = new URL('../../bench/measure/start/', import.meta.url);
  const policies = readFileSync(new URL('policies.cedar', folder), 'utf8');
  const { entities, request } = JSON.parse(readFileSync(new URL('application.json', folder), 'utf8'));
  const set = PolicySet.of(parsePolicies(policies).policies.map(withAnnotatedId));

  test('every application decides alike', async () => {
    const { Application } = await import(new URL('hand-application.js', folder).href);
    const { start } = await import(new URL('cedar-wasm.js', folder).href);
    expect(set.size).toBe(10);
    const decisions = new Set<boolean>();
    for (const [i, each] of [...varied(entities)].entries()) {
      for (const id of ['view', 'edit', 'comment', 'audit']) {
        const asked = { ...request, action: { type: 'Action', id } };
        const expected = compile(set).isAllowed(asked, EntityStore.from(each));
        expect(new Application(each).isAllowed(asked)).toBe(expected);
        if (i % 8 === 0) expect(await start({ policies, entities: each, request: asked })).toBe(expected);
        decisions.add(expected);
      }
    }
    expect(decisions.size).toBe(2);
  });

  /** The entities with every mixture of a few attributes. */
  function* varied([team, user, document]: readonly [object, Changeable, Changeable]): IterableIterator<object[]> {
    for (let bits = 0; bits < 256; bits++) {
      const has = (bit: number) => (bits & (1 << bit)) !== 0;
      const roles = has(0) ? ['auditor'] : [];
      const level = has(1) ? 5 : has(2) ? 3 : 0;
      const parents = has(3) ? user.parents : [{ type: 'Team', id: has(4) ? 'staff' : 'others' }];
      yield [
        team,
        { ...user, attrs: { ...user.attrs, roles, level, suspended: bits % 7 === 0 }, parents },
        {
          ...document,
          attrs: { ...document.attrs, public: has(5), secret: has(6), department: has(7) ? 'research' : 'sales' },
        },
      ];
    }
  }

  interface Changeable {
    readonly attrs: object;
    readonly parents: readonly object[];
  }
});

describe('memory', () => {
  test('an entity has ten ancestors', () => {
    const store = HOLDERS.entities(20).alone as EntityStore;
    const ancestors = new Set<string>();
    const open = [...store.get('User::"user-7"')!.parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      ancestors.add(`${next}`);
      open.push(...(store.get(next)?.parents ?? []));
    }
    expect(ancestors.size).toBe(10);
  });

  test.each(['entities', 'links', 'policies'] as const)(
    '%s: all are held, and an engine was asked about them',
    (kind) => {
      const { alone, asked } = HOLDERS[kind](300);
      const engine = asked();
      if (alone instanceof PolicySet) expect(engine.policies).toBe(alone);
      expect(alone.size).toBeGreaterThanOrEqual(300);
    },
  );
});
