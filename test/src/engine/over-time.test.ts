/**
 * Over time — that an engine answers from the policies and entities as they are, whatever changed, failed or was interrupted before.
 */
import { describe, expect, test } from 'vitest';
import { emitModule } from '../../../codegen/bind/module.ts';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { load } from '../../../codegen/load/load.ts';
import { LinkIndex, Node, type PolicyModule } from '../../../codegen/runtime/index.ts';
import { load as engineOf } from '../../../src/engine/module-engine.ts';
import {
  compile,
  type Engine,
  EntityStore,
  EntityUid,
  type Policy,
  PolicySet,
  parsePolicies,
} from '../../../src/index.ts';
import type { ChangeParticipant } from '../../../src/syntax/policy-set.ts';

const user = (id: string, ...groups: string[]) => ({
  uid: { type: 'User', id },
  attrs: {},
  parents: groups.map((group) => ({ type: 'Group', id: group })),
});
const ask = (principal: string, action = 'view') => ({
  principal: `User::"${principal}"`,
  action: `Action::"${action}"`,
  resource: 'Doc::"d"',
});

function policyOf(text: string, id: string): Policy {
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  return { ...policies[0]!, id };
}

function setOf(...texts: string[]): PolicySet {
  return PolicySet.of(texts.map((text, i) => policyOf(text, `policy${i}`)));
}

function moduleEngine(set: PolicySet) {
  const text = emitModule(set);
  const body = text
    .replace(/^import \{ .*Node \} from 'cedarmill\/runtime';$/m, '')
    .replace('export const policies =', 'return');
  return engineOf(
    load<(index: typeof LinkIndex, node: typeof Node) => PolicyModule>(['LinkIndex', 'Node'], body)(LinkIndex, Node),
  );
}

/** More than any warm-up asks for. */
function warm(engine: Pick<Engine, 'isAllowed'>, request: object, entities: EntityStore | readonly object[]): void {
  for (let i = 0; i < 100; i++) engine.isAllowed(request as never, entities);
}

const MODES = [
  ['compiled', (set: PolicySet) => compile(set)],
  ['interpreted', (set: PolicySet) => compile(set, { mode: 'interpret' })],
  ['loaded', moduleEngine],
] as const;

describe.each(MODES)('an engine, %s,', (_, engineFor) => {
  const IN_ADMINS = 'permit(principal in Group::"admins", action, resource);';

  test('answers for a store that gave way to others from what it holds now', () => {
    const engine = engineFor(setOf(IN_ADMINS));
    const store = EntityStore.from([user('a', 'admins')]);
    warm(engine, ask('a'), store);
    for (let i = 0; i < 8; i++) engine.isAllowed(ask('a'), EntityStore.from([]));
    store.upsert(user('a'));
    expect(engine.isAllowed(ask('a'), store)).toBe(false);
    expect(engine.isAuthorized(ask('a'), store).decision).toBe('deny');
  });

  test.each([undefined, null, 5, 'text', {}, new Map(), new Set()])(
    'refuses %s as entities, before and after use',
    (entities) => {
      const engine = engineFor(setOf('permit(principal, action, resource);'));
      const store = EntityStore.from([]);
      const refused = () => {
        expect(() => engine.isAllowed(ask('a'), entities as never)).toThrow(/EntityStore/);
        expect(() => engine.isAuthorized(ask('a'), entities as never)).toThrow(/EntityStore/);
      };
      refused();
      warm(engine, ask('a'), store);
      refused();
      warm(engine, ask('a'), []);
      refused();
    },
  );

  test('tells the links of several templates in the order of their adding', () => {
    const set = setOf();
    set.addTemplate(policyOf('forbid(principal == ?principal, action, resource);', 'first'));
    set.addTemplate(policyOf('forbid(principal, action, resource == ?resource);', 'second'));
    const principal = new EntityUid('User', 'a');
    set.link({ id: 'one', templateId: 'second', slotEnv: { resource: new EntityUid('Doc', 'd') } });
    set.link({ id: 'two', templateId: 'first', slotEnv: { principal } });
    set.link({ id: 'three', templateId: 'second', slotEnv: { resource: new EntityUid('Doc', 'd') } });
    const engine = engineFor(set);
    for (const entities of [EntityStore.from([]), []])
      expect(engine.isAuthorized(ask('a'), entities).determiningPolicies).toEqual(['one', 'two', 'three']);
  });

  test('answers nothing after its release', () => {
    const engine = engineFor(setOf('permit(principal, action, resource);'));
    const store = EntityStore.from([]);
    warm(engine, ask('a'), store);
    engine.release();
    engine.release();
    for (const entities of [store, [], EntityStore.from([])]) {
      expect(() => engine.isAllowed(ask('a'), entities)).toThrow(/released/);
      expect(() => engine.isAuthorized(ask('a'), entities)).toThrow(/released/);
    }
  });

  test('gives errors that nobody else has', () => {
    const engine = engineFor(setOf('permit(principal, action, resource) when { principal.a };'));
    const store = EntityStore.from([user('a')]);
    const [first, second] = [engine.isAuthorized(ask('a'), store), engine.isAuthorized(ask('a'), store)];
    expect(first).toEqual(second);
    expect(first.errors[0]!.span).toBeDefined();
    const isSafe = (one: object, other: object) => one !== other || Object.isFrozen(one);
    expect(isSafe(first, second)).toBe(true);
    expect(isSafe(first.errors, second.errors)).toBe(true);
    expect(isSafe(first.errors[0]!, second.errors[0]!)).toBe(true);
    expect(isSafe(first.errors[0]!.span!, second.errors[0]!.span!)).toBe(true);
    expect(isSafe(first.determiningPolicies, second.determiningPolicies)).toBe(true);
  });

  test('takes the answer of a question from within a question for that one alone', () => {
    const engine = engineFor(
      setOf(
        'permit(principal, action, resource) when { principal == context.who };',
        'forbid(principal, action, resource) when { context.n < 0 };',
      ),
    );
    const store = EntityStore.from([]);
    const who = { __entity: { type: 'User', id: 'unknown' } };
    for (const entities of [store, [user('x')]]) {
      const inner: unknown[] = [];
      const context = {
        who,
        get n() {
          inner.push(engine.isAllowed({ ...ask('other'), context: { who, n: 1 } }, entities));
          inner.push(engine.isAllowed({ ...ask('unknown'), context: { who, n: 1 } }, entities));
          inner.push(engine.isAuthorized({ ...ask('a'), context: { who } }, entities).errors.length);
          return 1;
        },
      };
      const outer = engine.isAuthorized({ ...ask('unknown'), context }, entities);
      expect([inner, outer.decision, outer.errors]).toEqual([[false, true, 1], 'allow', []]);
    }
  });

  test('is not confused by entities of a call that ask the engine while they are read', () => {
    const engine = engineFor(
      setOf(
        'permit(principal, action, resource) when { principal.level == 3 && principal.getTag("t") == 1 };',
        'forbid(principal, action, resource) when { principal.missing };',
      ),
    );
    const inner: unknown[] = [];
    const nested = () => {
      const response = engine.isAuthorized(ask('b'), [{ ...user('b'), attrs: { level: 2 }, tags: { t: 1 } }]);
      inner.push([response.decision, response.errors.length]);
    };
    const entity = {
      uid: { type: 'User', id: 'a' },
      attrs: {
        get level() {
          nested();
          return 3;
        },
      },
      parents: [],
      tags: {
        get t() {
          nested();
          return 1;
        },
      },
    };
    for (let i = 0; i < 3; i++) {
      const { decision, errors } = engine.isAuthorized(ask('a'), [entity]);
      expect([decision, errors.length]).toEqual(['allow', 1]);
    }
    expect(new Set(inner.map((each) => JSON.stringify(each)))).toEqual(new Set(['["deny",1]']));
  });

  test('forgets the entities of a call that could not be read', () => {
    const engine = engineFor(setOf('permit(principal, action, resource) when { principal.ok };'));
    const good = { ...user('a'), attrs: { ok: true } };
    expect(engine.isAllowed(ask('a'), [good])).toBe(true);
    expect(() => engine.isAllowed(ask('a'), [{ ...user('a'), attrs: { ok: () => 1 } }])).toThrow();
    expect(engine.isAllowed(ask('a'), [user('a')])).toBe(false);
    expect(engine.isAllowed(ask('a'), [])).toBe(false);
    expect(engine.isAllowed(ask('a'), [good])).toBe(true);
  });
});

describe('entities of an earlier call', () => {
  const OPEN = 'permit(principal, action, resource) when { Config::"global".open };';
  const config = { uid: { type: 'Config', id: 'global' }, attrs: { open: true }, parents: [] };

  test('are forgotten, also when a policy of a new attribute comes', () => {
    const set = setOf(OPEN);
    const engine = compile(set);
    warm(engine, ask('a'), [config]);
    expect(engine.isAllowed(ask('a'), [config])).toBe(true);
    set.add(policyOf('permit(principal, action, resource) when { principal.brand_new == 5 };', 'new'));
    expect(engine.isAllowed(ask('a'), [])).toBe(false);
    expect(engine.isAuthorized(ask('a'), []).errors.map(({ policyId }) => policyId)).toEqual(['policy0', 'new']);
    expect(engine.isAllowed(ask('a'), [config])).toBe(true);
    for (let i = 0; i < 9; i++) engine.isAllowed(ask('a'), EntityStore.from([]));
    expect(engine.isAllowed(ask('a'), [])).toBe(false);
  });
});

describe('a change of policies', () => {
  const PERMIT = 'permit(principal, action, resource);';
  const FORBID = 'forbid(principal, action, resource);';
  const TEMPLATE = 'forbid(principal == ?principal, action, resource);';
  const LINK = { id: 'link', templateId: 'template', slotEnv: { principal: new EntityUid('User', 'a') } };
  const throwing: ChangeParticipant = {
    prepare: () => {
      throw new Error('cannot follow');
    },
  };

  /** Each with what must be there before, and whether `a` is allowed after it. */
  const CHANGES: readonly (readonly [string, (set: PolicySet) => void, (set: PolicySet) => void, boolean])[] = [
    ['add', () => {}, (set) => set.add(policyOf(FORBID, 'new')), false],
    ['remove', () => {}, (set) => set.remove('policy0'), false],
    ['addTemplate', () => {}, (set) => set.addTemplate(policyOf(TEMPLATE, 'template')), true],
    [
      'removeTemplate',
      (set) => set.addTemplate(policyOf(TEMPLATE, 'template')),
      (set) => set.removeTemplate('template'),
      true,
    ],
    ['link', (set) => set.addTemplate(policyOf(TEMPLATE, 'template')), (set) => set.link(LINK), false],
    [
      'unlink',
      (set) => {
        set.addTemplate(policyOf(TEMPLATE, 'template'));
        set.link(LINK);
      },
      (set) => set.unlink('link'),
      true,
    ],
  ];

  const stateOf = (set: PolicySet) =>
    [...set.policies()].map(({ id }) => id).concat([...set.templates()].map(({ id }) => id));

  test.each(CHANGES)(
    '%s: has not happened for set and engines where one of these cannot follow',
    (_, prepare, change) => {
      const set = setOf(PERMIT);
      prepare(set);
      const store = EntityStore.from([]);
      const engines = [compile(set)];
      const leave = set.enlist(throwing);
      engines.push(compile(set));
      for (const engine of engines) warm(engine, ask('a'), store);
      const [state, answers] = [stateOf(set), engines.map((engine) => engine.isAuthorized(ask('a'), store))];
      expect(() => change(set)).toThrow('cannot follow');
      expect(stateOf(set)).toEqual(state);
      expect(engines.map((engine) => engine.isAuthorized(ask('a'), store))).toEqual(answers);
      leave();
      change(set);
      expect(stateOf(set)).not.toEqual(state);
    },
  );

  test.each(CHANGES)('%s: is complete where a listener throws', (_, prepare, change, allowed) => {
    const set = setOf(PERMIT);
    prepare(set);
    const store = EntityStore.from([]);
    const engines = [compile(set), compile(set)];
    for (const engine of engines) warm(engine, ask('a'), store);
    const told: string[] = [];
    set.onChange(() => {
      throw new Error('listener');
    });
    set.onChange(({ kind }) => told.push(kind));
    expect(() => change(set)).toThrow('listener');
    expect(told).toHaveLength(1);
    for (const engine of [...engines, compile(set)])
      for (const entities of [store, []]) expect(engine.isAllowed(ask('a'), entities)).toBe(allowed);
  });

  test.each(CHANGES)('%s: is followed though following it was interrupted', (_, prepare, change, allowed) => {
    const set = setOf(PERMIT);
    prepare(set);
    const store = EntityStore.from([]);
    const engine = compile(set);
    warm(engine, ask('a'), store);
    const { prototype } = CompiledPolicies as unknown as { prototype: Record<string, unknown> };
    const names = ['commit', 'remove', 'commitTemplate', 'removeTemplate'];
    const saved = names.map((name) => [name, prototype[name]] as const);
    for (const name of names)
      prototype[name] = () => {
        throw new RangeError('Maximum call stack size exceeded');
      };
    try {
      change(set);
    } finally {
      for (const [name, method] of saved) prototype[name] = method;
    }
    expect(engine.isAllowed(ask('a'), store)).toBe(allowed);
    expect(engine.isAllowed(ask('a'), [])).toBe(allowed);
  });

  test('that a listener makes while another is prepared is refused', () => {
    const set = setOf(PERMIT);
    set.enlist({
      prepare: () => {
        set.add(policyOf(FORBID, 'other'));
        return { begin: () => {}, commit: () => {} };
      },
    });
    expect(() => set.add(policyOf(FORBID, 'new'))).toThrow(/cannot be changed/);
    expect(stateOf(set)).toEqual(['policy0']);
  });

  test('deep in the stack has not happened, or is complete', () => {
    const set = setOf(PERMIT);
    const store = EntityStore.from([]);
    const engine = compile(set);
    warm(engine, ask('a'), store);
    const deep = (change: () => void): void => {
      try {
        deep(change);
      } catch {
        change();
      }
    };
    for (let i = 0; i < 20; i++) {
      try {
        deep(() => set.add(policyOf(FORBID, `new ${i}`)));
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      const isIn = [...set.policies()].some(({ effect }) => effect === 'forbid');
      expect(engine.isAllowed(ask('a'), store)).toBe(!isIn);
      for (const id of stateOf(set)) if (id.startsWith('new')) set.remove(id);
      expect(engine.isAllowed(ask('a'), store)).toBe(true);
    }
  });
});

describe('an exception in the middle', () => {
  test('of a full answer leaves nothing of it in the next', () => {
    const set = setOf(
      'permit(principal, action, resource);',
      'forbid(principal, action, resource) when { principal.a < 1 };',
    );
    const engine = compile(set);
    const store = EntityStore.from([
      { ...user('bad'), attrs: { a: true } },
      { ...user('good'), attrs: { a: 5 } },
    ]);
    warm(engine, ask('good'), store);
    for (let i = 0; i < 100; i++) engine.isAuthorized(ask('bad'), store);
    const deep = (): void => {
      try {
        deep();
      } catch {
        engine.isAuthorized(ask('bad'), store);
      }
    };
    for (let i = 0; i < 50; i++) {
      try {
        deep();
      } catch {}
      expect(engine.isAuthorized(ask('good'), store)).toEqual({
        decision: 'allow',
        determiningPolicies: ['policy0'],
        errors: [],
      });
    }
  });
});
