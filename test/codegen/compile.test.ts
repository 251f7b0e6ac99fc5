/**
 * Compile — what is known of policies as they come and go, and what is made once only.
 */
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../codegen/compile.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import { inlineOf, sharedNodeOf } from '../../codegen/plan/planner.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugarPolicy } from '../../src/syntax/desugar.ts';
import { writtenOf } from './of.ts';

function policy(text: string, id = 'policy0'): CorePolicy {
  return desugarPolicy({ ...writtenOf(text), id });
}

const when = (condition: string, id = condition) =>
  policy(`permit(principal, action, resource) when { ${condition} };`, id);

function compiledOf(policies: readonly CorePolicy[], options?: CodegenOptions): CompiledPolicies {
  const compiled = new CompiledPolicies(options);
  for (const each of policies) compiled.add(each);
  return compiled;
}

describe('what policies read', () => {
  test.each([
    [['true'], []],
    [
      ['context.a && principal.b', 'context has c'],
      ['a', 'c'],
    ],
    [['context.a.b == principal.context'], ['a']],
    [['context.a', 'context == principal.b'], undefined],
    [['context.a', '{x: context}.x.b'], undefined],
    [
      ['[context has a].contains(true)', 'if principal.b then context.d else false'],
      ['a', 'd'],
    ],
  ])('of the context: %j', (conditions, names) => {
    const { contextAttributes } = compiledOf(conditions.map((each) => when(each)));
    expect(contextAttributes && [...contextAttributes]).toEqual(names);
  });

  test('has a field, in templates too', () => {
    const compiled = compiledOf([when('principal.a.b && context has c'), when('resource.getTag("t").d')]);
    compiled.addTemplate(policy('permit(principal == ?principal, action, resource) when { principal has e };', 't'));
    expect(
      compiled.fields
        .entries()
        .map(([name]) => name)
        .sort(),
    ).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('is as far away as the furthest of them', () => {
    const compiled = compiledOf([when('principal.a.b in resource'), when('context.c')]);
    expect(compiled.accessDepth).toMatchObject({ values: 2, ancestors: 2 });
    compiled.addTemplate(policy('permit(principal == ?principal, action, resource) when { principal.a.b.c };', 't'));
    expect(compiled.accessDepth).toMatchObject({ values: 3, ancestors: 2 });
  });
});

describe('action groups', () => {
  const VIEW = 'permit(principal, action == Action::"view", resource);';
  const ANY = 'permit(principal, action, resource);';

  test('hold the policies with one action constraint, as long as there are any', () => {
    const compiled = new CompiledPolicies();
    const [one, two, other] = [policy(VIEW, '1'), policy(VIEW, '2'), policy(ANY, '3')].map((each) =>
      compiled.add(each),
    );
    const groups = () => compiled.groups.map(({ entries, templates }) => [[...entries.keys()], [...templates.keys()]]);
    expect(one!.group).toBe(two!.group);
    expect(other!.group).not.toBe(one!.group);
    expect(groups()).toEqual([
      [['1', '2'], []],
      [['3'], []],
    ]);
    expect(compiled.remove('1')).toBe(one);
    compiled.addTemplate(policy('permit(principal == ?principal, action == Action::"view", resource);', 't'));
    compiled.remove('2');
    expect(groups()).toEqual([
      [[], ['t']],
      [['3'], []],
    ]);
    compiled.removeTemplate('t');
    expect(groups()).toEqual([[['3'], []]]);
    expect([...compiled.statics.keys()]).toEqual(['3']);
    const again = compiled.add(policy(VIEW, '4'));
    expect(again.group).not.toBe(one!.group);
    expect(groups()).toEqual([
      [['3'], []],
      [['4'], []],
    ]);
  });

  test('change their version with their policies and templates, and no other does', () => {
    const compiled = new CompiledPolicies();
    const { group } = compiled.add(policy(VIEW, '1'));
    const other = compiled.add(policy(ANY, '2')).group;
    const seen = [group.version];
    for (const change of [
      () => compiled.add(policy(VIEW, '3')),
      () => compiled.remove('3'),
      () => compiled.addTemplate(policy('permit(principal == ?principal, action == Action::"view", resource);', 't')),
      () => compiled.removeTemplate('t'),
    ]) {
      change();
      seen.push(group.version);
    }
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
    expect(other.version).toBe(1);
  });

  test('forget the fingerprintTrie of policies that are gone', () => {
    const compiled = new CompiledPolicies();
    const { group } = compiled.add(policy(ANY, 'stays'));
    const before = group.fingerprintTrie;
    for (let i = 0; i < 200; i++) {
      compiled.add(when(`principal.a${i} == 1`, 'goes'));
      compiled.remove('goes');
    }
    expect(group.fingerprintTrie).not.toBe(before);
  });

  test('that were prepared for a policy that never came leave no trace', () => {
    const compiled = new CompiledPolicies();
    compiled.prepare(policy(VIEW, '1'));
    compiled.prepareTemplate(policy('permit(principal == ?principal, action, resource);', 't'));
    expect([compiled.groups, compiled.statics.size, compiled.templates.size, compiled.version]).toEqual([[], 0, 0, 0]);
  });

  test('keep policies in the order in which they came, templates too', () => {
    const compiled = new CompiledPolicies();
    const orders = [compiled.add(policy(ANY, '1')), compiled.add(policy(VIEW, '2'))].map(({ order }) => order);
    orders.push(compiled.addTemplate(policy('permit(principal == ?principal, action, resource);', 't')).order);
    compiled.remove('1');
    orders.push(compiled.add(policy(ANY, '1')).order);
    expect(orders).toEqual([...orders].sort((a, b) => a - b));
    expect(new Set(orders).size).toBe(4);
  });
});

describe('skeletons', () => {
  test('are taken over by policies of a known fingerprint', () => {
    const compiled = new CompiledPolicies();
    const [a, b, c] = ['principal.a == 1', 'principal.a == 2', 'principal.b == 1'].map((each) =>
      compiled.add(when(each)),
    );
    expect(b!.skeleton).toBe(a!.skeleton);
    expect([a!.literals, b!.literals]).toEqual([[1], [2]]);
    expect(c!.skeleton.key).not.toBe(a!.skeleton.key);
  });

  test('are not taken over where a literal was folded away', () => {
    const compiled = new CompiledPolicies();
    const [a, b] = ['principal.a == 1 && 1 == 1', 'principal.a == 3 && 5 == 4'].map((each) => compiled.add(when(each)));
    expect(a!.literals).toEqual([1]);
    expect(b!.skeleton.key).not.toBe(a!.skeleton.key);
    const plain = compiledOf([when('principal.a == 1 && 1 == 1', 'a'), when('principal.a == 3 && 5 == 4', 'b')], {
      optimize: false,
    });
    expect(plain.statics.get('b')!.skeleton).toBe(plain.statics.get('a')!.skeleton);
    expect(plain.statics.get('b')!.literals).toEqual([3, 5, 4]);
  });
});

describe('programs', () => {
  const conditions = ['context.n == 1', 'context.n == 2', 'context.m < 3'];
  const OPTIONS = { testAction: false } as const;

  test('are made once as long as the policies are the same', () => {
    const compiled = compiledOf(conditions.map((each) => when(each)));
    const entries = [...compiled.statics.values()];
    const parts = entries.map(inlineOf);
    const make = (count = 3, options = {}) => compiled.factory(parts.slice(0, count), { ...OPTIONS, ...options });
    const all = [
      make(),
      make(2),
      make(3, { wellTyped: new Map() }),
      make(3, { only: 'full' }),
      make(3, { only: 'decide' }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect([
      make(),
      make(2),
      make(3, { wellTyped: new Map() }),
      make(3, { only: 'full' }),
      make(3, { only: 'decide' }),
    ]).toEqual(all);
    expect(make()).toBe(all[0]);
    for (const change of [() => compiled.add(when('true')), () => compiled.remove('true')]) {
      const before = make();
      change();
      expect(make()).not.toBe(before);
      expect(make()).toBe(make());
    }
  });

  test('change with templates', () => {
    const compiled = compiledOf([when('true')]);
    const versions = [compiled.version];
    compiled.addTemplate(policy('permit(principal == ?principal, action, resource);', 't'));
    versions.push(compiled.version);
    compiled.removeTemplate('t');
    versions.push(compiled.version);
    expect(new Set(versions).size).toBe(3);
    expect(compiled.templates.size).toBe(0);
  });

  test('of a skeleton outlast changes', () => {
    const compiled = compiledOf(conditions.map((each) => when(each)));
    const [a, , c] = [...compiled.statics.values()];
    const make = (entry = a!, options = {}, validated = false) =>
      compiled.partitionFactory(
        entry.skeleton.key,
        { ...sharedNodeOf([entry]), validated },
        { ...OPTIONS, ...options },
      );
    const all = [make(), make(c), make(a, { only: 'full' }), make(a, { wellTyped: new Map() }), make(a, {}, true)];
    expect(new Set(all).size).toBe(all.length);
    compiled.add(when('true'));
    expect(make()).toBe(all[0]);
    expect(make(c)).toBe(all[1]);
  });

  test('of a dispatcher are told apart by numbers, policies and types', () => {
    const compiled = compiledOf(conditions.map((each) => when(each)));
    const nodes = [...compiled.statics.values()].map(inlineOf);
    const context = { attributes: [], closed: true };
    const types = { principals: ['U'], resources: ['R'], needsContext: false, context };
    const cases = [
      { number: 1, nodes, types: undefined },
      { number: 2, nodes, types: undefined },
      { number: 1, nodes: nodes.slice(1), types: undefined },
      { number: 1, nodes, types },
      { number: 1, nodes, types: { ...types, needsContext: true } },
      { number: 1, nodes, types: { ...types, context: { ...context, closed: false } } },
    ];
    const all = cases.map((each) => compiled.dispatcherFactory([each], OPTIONS));
    expect(new Set(all).size).toBe(all.length);
    for (const [i, each] of cases.entries()) expect(compiled.dispatcherFactory([each], OPTIONS)).toBe(all[i]);
  });
});

describe('an entry', () => {
  test('says where it stands', () => {
    const written = writtenOf('\n\npermit(principal, action, resource);');
    const whereOf = (change: object) => new CompiledPolicies().add(desugarPolicy({ ...written, ...change })).where;
    expect(whereOf({})).toBe('line 3');
    expect(whereOf({ source: { ...written.source!, name: 'a.cedar' } })).toBe('a.cedar:3');
    expect(whereOf({ source: undefined })).toBe('from JSON');
    expect(whereOf({ span: undefined })).toBe('from JSON');
  });

  test('knows whether it was validated', () => {
    const compiled = compiledOf([when('true'), when('false')], { validated: ({ id }) => id === 'true' });
    expect([...compiled.statics.values()].map(({ validated }) => validated)).toEqual([true, false]);
    expect(compiledOf([when('true')]).statics.get('true')!.validated).toBe(false);
  });

  test('makes nothing twice', () => {
    const entry = new CompiledPolicies().add(when('context.a < 1'));
    expect(entry.policy).toBe(entry.policy);
    expect(entry.errorSites()).toBe(entry.errorSites());
    expect(entry.errorSites().length).toBeGreaterThan(0);
    expect([entry.id, entry.effect]).toEqual(['context.a < 1', 'permit']);
  });
});
