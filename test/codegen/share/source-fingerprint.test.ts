/**
 * Outline — equal for policies that differ in literals only, and for no others.
 */
import { describe, expect, test } from 'vitest';
import { lowerPolicy } from '../../../codegen/lower/lower.ts';
import { parameterize } from '../../../codegen/share/skeleton.ts';
import { Fingerprints, type SourceFingerprint } from '../../../codegen/share/source-fingerprint.ts';
import { TrieNode } from '../../../codegen/share/trie.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { coreOf } from '../of.ts';

const actionIn = ({ action }: CorePolicy) =>
  JSON.stringify(action, (key, value) => (key === 'span' ? undefined : value));

/** All of one action constraint grow in one tree, as those of a group do. */
function fingerprints(): (core: CorePolicy) => SourceFingerprint<never> {
  const starts = new Map<string, TrieNode<never>>();
  const all = new Fingerprints<never>();
  const startOf = (action: string) => starts.get(action) ?? starts.set(action, new TrieNode()).get(action)!;
  return (core) => all.fingerprintOf(core, core.clauses!, startOf(actionIn(core)));
}

const when = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;

/** No two are alike. */
const DIFFERENT = [
  'permit(principal, action, resource);',
  'forbid(principal, action, resource);',
  'permit(principal == U::"a", action, resource);',
  'permit(principal in U::"a", action, resource);',
  'permit(principal is U, action, resource);',
  'permit(principal is V, action, resource);',
  'permit(principal is U in U::"a", action, resource);',
  'permit(principal is V in U::"a", action, resource);',
  'permit(principal == ?principal, action, resource);',
  'permit(principal in ?principal, action, resource);',
  'permit(principal, action, resource == U::"a");',
  'permit(principal, action, resource in ?resource);',
  'permit(principal, action == Action::"a", resource);',
  'permit(principal, action == Action::"b", resource);',
  'permit(principal, action in Action::"a", resource);',
  'permit(principal, action in [Action::"a", Action::"b"], resource);',
  ...[
    'false',
    'principal.a',
    'resource.a',
    'principal.b',
    'principal has a',
    'principal.a.b',
    'principal["a.b"]',
    'principal.a == 1',
    'principal.a == "a"',
    'principal.a == U::"a"',
    'principal.a == true',
    'principal.a == false',
    'principal.a < 1',
    'principal.a <= 1',
    'principal.a + 1 == 1',
    'principal.a in principal.b',
    '!principal.a',
    '!!principal.a',
    '-principal.a == 1',
    'principal.a.isEmpty()',
    'principal.a like "a*"',
    'principal.a like "a"',
    'principal.a like "a\\*"',
    'principal is U',
    'principal is W',
    'principal.a && principal.b',
    'principal.b && principal.a',
    'principal.a || principal.b',
    'principal.a && principal.b && principal.c',
    'principal.a && (principal.b && principal.c)',
    'principal.a || principal.b && principal.c',
    '(principal.a || principal.b) && principal.c',
    'if principal.a then principal.b else principal.c',
    'if principal.a then principal.c else principal.b',
    'principal.a == []',
    'principal.a == [1]',
    'principal.a == [2]',
    'principal.a == ["1"]',
    'principal.a == [U::"1"]',
    'principal.a == [U::"2"]',
    'principal.a == [V::"1"]',
    'principal.a == [true]',
    'principal.a == [1, 2]',
    'principal.a == [[1], 2]',
    'principal.a == [[1, 2]]',
    'principal.a == [principal.b]',
    'principal.a == {}',
    'principal.a == {a: 1}',
    'principal.a == {a: 2}',
    'principal.a == {b: 1}',
    'principal.a == {a: "1"}',
    'principal.a == {a: 1, b: 1}',
    'principal.a == {a: {b: 1}}',
    'principal.a == ip("1.1.1.1")',
    'principal.a == ip("1.1.1.2")',
    'principal.a == decimal("1.0")',
    'principal.a.isInRange(principal.b)',
    'principal.b.isInRange(principal.a)',
    'principal.a.contains(principal.b)',
    'principal.a == [if principal.b then 1 else 2]',
    'principal.a == [if principal.b then 2 else 1]',
    'principal.a == [principal.b && principal.c]',
    'principal.a == [principal.b == 1]',
    'principal.a == [principal.b == 2]',
    'principal.a == [-principal.b]',
    'principal.a == [principal.b.c]',
    'principal.a == [[principal.b == 1]]',
    'principal.a == [{b: principal.b == 1}]',
    'principal.a == [{b: principal.b == 2}]',
  ].map(when),
];

/** The core tree has some of their literals more than once. */
const REPEATED = [
  '(if principal.a == 1 then principal.b else principal.c) has a.b.c && 2 < 3',
  '(if principal.a == 1 then principal.b else principal.c) is U && 2 < 3',
  '(if principal.a == 1 then principal.b else principal.c) is U in U::"a" && 2 < 3',
  '((if principal.a == 1 then principal.b else principal.c) has a.b) has c.d || 2 != 3',
].map(when);

describe('fingerprintTrie', () => {
  test('of different policies differ, and so do their skeletons or demands', () => {
    const fingerprintOf = fingerprints();
    const known = new Map<TrieNode<never>, string>();
    for (const text of DIFFERENT) {
      const { trieNode } = fingerprintOf(coreOf(text));
      expect(known.get(trieNode), text).toBeUndefined();
      known.set(trieNode, text);
    }
  });

  test.each([
    ['principal == U::"a"', 'principal == U::"b"'],
    ['principal in U::"a"', 'principal in V::"b"'],
    ['principal is U in U::"a"', 'principal is U in V::"b"'],
  ])('of %s and %s are the same', (one, other) => {
    const fingerprintOf = fingerprints();
    const [a, b] = [one, other].map((scope) => fingerprintOf(coreOf(`permit(${scope}, action, resource);`)));
    expect(a!.trieNode).toBe(b!.trieNode);
    expect(a!.literals).not.toEqual(b!.literals);
  });

  test.each([
    ['principal.a == 1', 'principal.a == 2'],
    ['principal.a == 1', 'principal.a == 9223372036854775807'],
    ['principal.a == ""', 'principal.a == "\\n 1"'],
    ['principal == U::"a"', 'principal == V::"b"'],
    ['principal.a.contains(1) && principal.b < 2', 'principal.a.contains(3) && principal.b < 4'],
    ['[U::"a", true].contains(principal) && 1 < 2', '[U::"a", true].contains(principal) && 3 < 4'],
    [
      'if principal.a == 1 then principal.b == "x" else 3 < 4',
      'if principal.a == 2 then principal.b == "y" else 5 < 6',
    ],
  ])('of %s and %s are the same', (one, other) => {
    const fingerprintOf = fingerprints();
    const [a, b] = [one, other].map((condition) => fingerprintOf(coreOf(when(condition))));
    expect(a!.trieNode).toBe(b!.trieNode);
    expect(a!.literals).not.toEqual(b!.literals);
  });

  test('leave out the literals that a skeleton leaves open, in the same order', () => {
    const fingerprintOf = fingerprints();
    for (const text of [...DIFFERENT, ...REPEATED]) {
      const core = coreOf(text);
      expect(fingerprintOf(core).literals, text).toEqual(parameterize(lowerPolicy(core)).literals);
    }
    const text =
      'permit(principal == U::"p", action == Action::"a", resource in G::"r") when { 1 == 2 || "s" == U::"u" };';
    const literals = [new EntityUid('U', 'p'), new EntityUid('G', 'r'), 1, 2, 's', new EntityUid('U', 'u')];
    expect(fingerprintOf(coreOf(text)).literals).toEqual(literals);
  });
});

describe('skeletons', () => {
  test('name the entities that stay in them, and hold no other literal than Bools and collections', () => {
    const core = coreOf(
      'permit(principal == U::"p", action == Action::"a", resource) when { [U::"s", 1, "t"].contains(U::"u") };',
    );
    const { skeleton, literals } = parameterize(lowerPolicy(core));
    expect(literals).toEqual([new EntityUid('U', 'p'), new EntityUid('U', 'u')]);
    expect(skeleton.uids).toEqual({ inScopes: [new EntityUid('Action', 'a')], inCondition: [new EntityUid('U', 's')] });
    expect(skeleton.conditionFrom).toBe(1);
  });

  test('do not depend on the action', () => {
    const [a, b] = ['action == Action::"a"', 'action'].map((scope) =>
      parameterize(lowerPolicy(coreOf(`permit(principal, ${scope}, resource) when { principal.a == 1 };`))),
    );
    expect(a!.skeleton.key).toBe(b!.skeleton.key);
  });

  test('tell effects and parts apart', () => {
    const keys = [
      'permit(principal == U::"a", action, resource);',
      'forbid(principal == U::"a", action, resource);',
      'permit(principal, action, resource == U::"a");',
      'permit(principal, action, resource);',
      when('principal == U::"a"'),
      when('false'),
    ].map((text) => parameterize(lowerPolicy(coreOf(text))).skeleton.key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
