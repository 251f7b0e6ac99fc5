/**
 * Replace — policies that are exchanged as a whole, and what is told of policies.
 */
import { describe, expect, test } from 'vitest';
import { compile, EntityStore, PolicySet, PolicySetError, ValidationError } from '../../../src/index.ts';
import { engineIn, MODES } from './modes.ts';

const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"d"' };
const SCHEMA = 'entity User; entity Doc { open: Bool }; action view appliesTo { principal: User, resource: Doc };';
const BEFORE = [
  '@id("all") permit(principal, action, resource);',
  '@id("ban") forbid(principal == ?principal, action, resource);',
];

describe.each(['compile', 'interpret'] as const)('in mode %s', (mode) => {
  const store = EntityStore.from([{ uid: 'Doc::"d"', attrs: { open: true }, parents: [] }], { schema: SCHEMA });
  const make = () => {
    const set = PolicySet.of(BEFORE);
    set.link({ id: 'alice', templateId: 'ban', slotEnv: { principal: 'User::"alice"' } });
    return compile(set, { mode, schema: SCHEMA });
  };

  test('policies, templates and links are replaced in one change, which all engines of the set follow', () => {
    const engine = make();
    const plain = compile(engine.policies, { mode });
    const reasons = () => {
      const answers = [engine, plain].flatMap((each) => [
        each.isAuthorized(request, store),
        each.isAuthorized(request, [...store]),
      ]);
      expect(new Set(answers.map(({ determiningPolicies }) => determiningPolicies.join()))).toHaveLength(1);
      return answers[0]!.determiningPolicies;
    };
    const kinds: string[] = [];
    const stop = engine.onChange(({ kind }) => kinds.push(kind));
    expect(reasons()).toEqual(['alice']);
    const next = PolicySet.of(['@id("open") permit(principal, action, resource) when { resource.open };', BEFORE[1]!]);
    next.link({ id: 'bob', templateId: 'ban', slotEnv: { principal: 'User::"bob"' } });
    engine.replace(next);
    expect(reasons()).toEqual(['open']);
    expect(engine.policies.has('alice')).toBe(false);
    next.link({ id: 'later', templateId: 'ban', slotEnv: { principal: 'User::"alice"' } });
    expect(reasons()).toEqual(['open']);
    engine.policies.link({ id: 'again', templateId: 'ban', slotEnv: { principal: 'User::"alice"' } });
    expect(reasons()).toEqual(['again']);
    engine.policies.unlink('again');
    engine.policies.unlink('bob');
    engine.policies.removeTemplate('ban');
    stop();
    engine.replace('');
    expect(reasons()).toEqual([]);
    expect(kinds).toEqual(['replace', 'link', 'unlink', 'unlink', 'removeTemplate']);
  });

  test('what is refused changes nothing', () => {
    const engine = make();
    const wrong = [
      ['permit(principal, action, resource) when { resource.opn };', ValidationError],
      ['permit(principal, action, resource)', Error],
      [[BEFORE[0]!, BEFORE[0]!], PolicySetError],
    ] as const;
    for (const [policies, error] of wrong) expect(() => engine.replace(policies)).toThrow(error);
    expect(engine.isAuthorized(request, store).determiningPolicies).toEqual(['alice']);
    expect([...engine.policies.written()].map(({ id }) => id)).toEqual(['all', 'ban']);
    const other = compile(engine.policies, { mode });
    const refuse = other.policies.enlist({
      prepare() {
        throw new Error('refused');
      },
    });
    expect(() => engine.replace('')).toThrow('refused');
    expect(engine.isAuthorized(request, store).determiningPolicies).toEqual(['alice']);
    refuse();
  });

  test('the context is read as the new policies read it', () => {
    const engine = compile('permit(principal, action, resource) when { context.a == 1 };', { mode });
    const ask = (context: object) => engine.isAllowed({ ...request, context }, []);
    expect(ask({ a: 1, b: 1.5 })).toBe(true);
    engine.replace('permit(principal, action, resource) when { context.b == 1 };');
    expect(ask({ a: 1.5, b: 1 })).toBe(true);
    expect(() => ask({ b: 1.5 })).toThrow('context.b');
  });
});

test.each(MODES)('annotations are told of policies and links, in mode %s', (mode) => {
  const set = PolicySet.of([
    '@id("all") @reason("public") @flag permit(principal, action, resource);',
    'forbid(principal, action, resource) when { false };',
    '@id("ban") @__proto__("x") forbid(principal == ?principal, action, resource);',
  ]);
  set.link({ id: 'mallory', templateId: 'ban', slotEnv: { principal: 'User::"mallory"' } });
  const engine = engineIn(mode, set);
  expect(engine.annotations('all')).toEqual({ id: 'all', reason: 'public', flag: '' });
  expect(engine.annotations('policy1')).toEqual({});
  expect(Object.entries(engine.annotations('mallory'))).toEqual([
    ['id', 'ban'],
    ['__proto__', 'x'],
  ]);
  expect(() => engine.annotations('none')).toThrow(PolicySetError);
  expect(() => engine.annotations('constructor')).toThrow(PolicySetError);
});
