/**
 * Policy set — adding, linking and removing.
 */
import { describe, expect, test } from 'vitest';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { type PolicyChange, PolicySet } from '../../../src/syntax/policy-set.ts';
import { PolicySetError } from '../../../src/syntax/policy-set-error.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

const [STATIC, TEMPLATE] = parsePolicies(
  'permit(principal, action, resource); forbid(principal == ?principal, action, resource in ?resource);',
).policies;
const slotEnv = { principal: new EntityUid('U', 'a'), resource: new EntityUid('F', 'f') };
const link = { id: 'l', templateId: 'policy1', slotEnv };

function codeOf(change: () => void): string {
  try {
    change();
  } catch (error) {
    if (error instanceof PolicySetError) return error.code;
    throw error;
  }
  return 'fine';
}

function linkedSet(): PolicySet {
  const set = PolicySet.of([STATIC!, TEMPLATE!]);
  set.link(link);
  return set;
}

describe('what takes part in authorization', () => {
  test('static policies and links do, a template alone does not', () => {
    expect([...PolicySet.of([TEMPLATE!]).policies()]).toEqual([]);
    expect([...linkedSet().policies()].map(({ id }) => id)).toEqual(['policy0', 'l']);
    expect(linkedSet().size).toBe(2);
  });
});

describe('links', () => {
  const linkOf = (i: number) => ({
    id: `l${i}`,
    templateId: 'policy1',
    slotEnv: {
      principal: new EntityUid('U', `${i % 7}`),
      resource: new EntityUid(i % 2 === 0 ? 'U' : 'F', `${i % 5}`),
    },
  });

  test('are given back as they were, in the order of their adding, however many came and went', () => {
    const set = PolicySet.of([TEMPLATE!]);
    let expected: ReturnType<typeof linkOf>[] = [];
    for (let i = 0; i < 300; i++) {
      set.link(linkOf(i));
      expected.push(linkOf(i));
      if (i % 3 !== 0) continue;
      const gone = `l${(i * 2) / 3}`;
      set.unlink(gone);
      expected = expected.filter(({ id }) => id !== gone);
      expect([...set.links()]).toEqual(expected);
    }
    expect(set.linkOf('l299')).toEqual(linkOf(299));
    expect(set.linkOf('l0')).toBeUndefined();
    const visited: unknown[] = [];
    set.eachLink(String, (...each) => visited.push(each));
    const told = expected.map(({ id, templateId, slotEnv: { principal, resource } }) => {
      return [id, templateId, `${principal}`, `${resource}`];
    });
    expect(visited).toEqual(told);
  });
});

describe('refused changes', () => {
  test.each<[string, string, (set: PolicySet) => void]>([
    ['an id twice', 'duplicateId', (set) => set.add(STATIC!)],
    ['the id of a link', 'duplicateId', (set) => set.add({ ...STATIC!, id: 'l' })],
    ['a link with a taken id', 'duplicateId', (set) => set.link({ ...link, id: 'policy0' })],
    ['a template as static policy', 'notStatic', (set) => set.add({ ...TEMPLATE!, id: 'x' })],
    ['a static policy as template', 'notATemplate', (set) => set.addTemplate({ ...STATIC!, id: 'x' })],
    ['a link to nothing', 'unknownTemplate', (set) => set.link({ ...link, id: 'x', templateId: 'x' })],
    ['a link to a static policy', 'unknownTemplate', (set) => set.link({ ...link, id: 'x', templateId: 'policy0' })],
    ['a missing slot value', 'wrongSlotValues', (set) => set.link({ ...link, id: 'x', slotEnv: {} })],
    ['removing what is not there', 'unknownPolicy', (set) => set.remove('x')],
    ['removing a link as a policy', 'unknownPolicy', (set) => set.remove('l')],
    ['unlinking a policy', 'unknownLink', (set) => set.unlink('policy0')],
    ['removing a template with links', 'templateInUse', (set) => set.removeTemplate('policy1')],
  ])('%s', (_what, code, change) => {
    const set = linkedSet();
    expect(codeOf(() => change(set))).toBe(code);
    expect([...set.policies()].map(({ id }) => id)).toEqual(['policy0', 'l']);
  });

  test('a value for a slot that the template does not have', () => {
    const [template] = parsePolicies('permit(principal == ?principal, action, resource);').policies;
    const set = PolicySet.of([template!]);
    expect(codeOf(() => set.link({ id: 'l', templateId: 'policy0', slotEnv }))).toBe('wrongSlotValues');
  });
});

describe('listeners', () => {
  test('are told each change after it happened, until they leave', () => {
    const set = new PolicySet();
    const seen: [PolicyChange['kind'], number][] = [];
    const leave = set.onChange(({ kind }) => seen.push([kind, set.size]));
    set.add(STATIC!);
    set.addTemplate(TEMPLATE!);
    set.link(link);
    set.unlink('l');
    set.removeTemplate('policy1');
    leave();
    set.remove('policy0');
    expect(seen).toEqual([
      ['add', 1],
      ['addTemplate', 1],
      ['link', 2],
      ['unlink', 1],
      ['removeTemplate', 1],
    ]);
  });

  test('are not told of refused changes', () => {
    const set = linkedSet();
    let told = 0;
    set.onChange(() => told++);
    expect(codeOf(() => set.add(STATIC!))).toBe('duplicateId');
    expect(told).toBe(0);
  });
});
