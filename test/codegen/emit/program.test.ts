/**
 * Program — policies that are too many for one function, and functions that nobody asked for.
 */
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import type { ProgramOptions } from '../../../codegen/emit/program-options.ts';
import type { Ir, IrOf } from '../../../codegen/ir/ir.ts';
import type { AttributeKinds } from '../../../codegen/ir/kind.ts';
import { inlineOf } from '../../../codegen/plan/planner.ts';
import { check } from '../../../codegen/print/check.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../../src/index.ts';
import { coreOf, irOf } from '../of.ts';

/** The policy of number `i` is satisfied where `context.one` or `context.other` is `i`; every third forbids. */
function sameSkeletonPolicies(count: number): PolicySet {
  const text = Array.from({ length: count }, (_, i) => {
    const effect = i % 3 === 0 ? 'forbid' : 'permit';
    return `${effect}(principal, action, resource) when { context.one == ${i} || context.other == ${i} };`;
  });
  return PolicySet.of(parsePolicies(text.join('\n')).policies);
}

describe('a program', () => {
  // One function holds 64.
  test.each([1, 63, 64, 65, 128, 129, 200])('of %i policies decides as the model does', (count) => {
    const store = new EntityStore();
    const set = sameSkeletonPolicies(count);
    const model = compile(set, { mode: 'interpret' });
    const engine = compile(set, { indexFrom: Number.POSITIVE_INFINITY, slice: false });
    const numbers = [0, 1, 2, 62, 63, 64, 65, 66, 127, 128, 129, 197, 198, 199, 200];
    for (const one of numbers) {
      for (const other of numbers) {
        const request = { principal: 'U::"a"', action: 'A::"a"', resource: 'R::"a"', context: { one, other } };
        const expected = model.isAuthorized(request, store);
        expect(engine.isAuthorized(request, store)).toEqual(expected);
        expect(engine.isAllowed(request, store)).toBe(expected.decision === 'allow');
      }
    }
  });

  const compiled = CompiledPolicies.of(sameSkeletonPolicies(150), { check });
  const parts = [...compiled.statics.values()].map(inlineOf);
  const functionsOf = (options: Omit<ProgramOptions, 'testAction'>, count = parts.length) =>
    compiled
      .emit(parts.slice(0, count), { testAction: false, ...options })
      .split('\n')
      .flatMap((line) => /^function (\w+)/.exec(line)?.[1] ?? []);

  test('has a function for 64 policies, of the same effect where only the decision counts', () => {
    expect(functionsOf({})).toEqual(['full2', 'full3', 'full4', 'full', 'forbids', 'permits', 'permits2', 'decide']);
    expect(functionsOf({}, 64)).toEqual(['full', 'decide']);
  });

  test('has no other function than the one that is asked for', () => {
    expect(functionsOf({ only: 'full' }, 3)).toEqual(['full']);
    expect(functionsOf({ only: 'decide' }, 3)).toEqual(['decide']);
  });

  test('leaves out checks only of policies that were validated, where the data were', () => {
    const { policies } = parsePolicies('permit(principal, action, resource) when { context.one < 1 };');
    const one = CompiledPolicies.of(PolicySet.of(policies));
    const part = inlineOf(one.statics.get('policy0')!);
    const textOf = (wellTyped: AttributeKinds | undefined, validated: boolean) =>
      one.emit([{ ...part, validated }], { testAction: false, wellTyped });
    const checked = textOf(undefined, false);
    const kinds = new Map([['one', 'long']] as const);
    expect(textOf(kinds, true).length).toBeLessThan(checked.length);
    expect([textOf(kinds, false), textOf(undefined, true)]).toEqual([checked, checked]);
  });

  test.each([
    ['resource in principal.group', '(resource.$mask & 1 << group.$bit) !== 0'],
    ['resource in principal.groups', 'groups.hasOrIsAbove(resource, '],
    ['resource in [principal.group, principal.group]', 'resource === group ||'],
    ['principal.groups.contains(resource)', 'groups.hasEntity(resource, resource.$bit)'],
    ['principal.name == resource.name', 'name !== name2'],
    ['principal.level < resource.level', 'level < level2'],
    ['principal.home == resource.home', 'equal(home, home2)'],
    ['principal.vague == resource.vague', 'equal(vague, vague2)'],
    ['resource in principal.vague', 'vague.$type === undefined'],
  ])('has `%s` as the attributes of a schema allow', (condition, text) => {
    const kinds = new Map([
      ['group', 'entity'],
      ['groups', 'set'],
      ['name', 'string'],
      ['level', 'long'],
      ['home', 'record'],
    ] as const);
    const { policies } = parsePolicies(`permit(principal, action, resource) when { ${condition} };`);
    const one = CompiledPolicies.of(PolicySet.of(policies));
    const part = { ...inlineOf(one.statics.get('policy0')!), validated: true };
    const emitted = one.emit([part], { testAction: false, wellTyped: kinds, only: 'decide' });
    expect(emitted).toContain(text);
    expect(emitted.includes('$type')).toBe(condition.includes('in principal.vague'));
  });
});

test('an operand that two tests share is bound again behind the block that bound it', () => {
  const compiled = new CompiledPolicies();
  const node = inlineOf(compiled.add(coreOf('permit(principal, action, resource);')));
  const is = irOf('context.c is T') as IrOf<'is'>;
  const isT: Ir = { ...is, arg: { ...irOf('{x: context.b}.x'), shared: true } };
  const either: Ir = { op: 'or', operands: [isT, irOf('context.a')], span: is.span };
  const condition: Ir = { op: 'and', operands: [either, { ...isT, type: 'U' }], span: is.span };
  const text = compiled.emit([{ ...node, policy: { ...node.policy, condition } }], {
    only: 'decide',
    testAction: false,
  });
  const bound = text.split('\n').flatMap((line) => /const (\w+) = record/.exec(line)?.[1] ?? []);
  expect(bound).toHaveLength(2);
  for (const name of bound) expect(text.split(`${name}._x`)).toHaveLength(2);
});
