/**
 * Module — the text of one, as a whole; that it decides rightly is checked by test/property/module-agrees-with-model.test.ts.
 */
import { describe, expect, test } from 'vitest';
import { emitModule } from '../../../codegen/bind/module.ts';
import { check } from '../../../codegen/print/check.ts';
import { PolicySet, parsePolicies } from '../../../src/index.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

function setOf(text: string, id?: string): PolicySet {
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  return PolicySet.of(policies.map((policy) => ({ ...policy, id: id ?? policy.id })));
}

const textOf = (set: PolicySet) => emitModule(set, 'esm', { check });

describe('a module', () => {
  test('without policies denies', () => {
    const text = textOf(setOf(''));
    expect(
      text.slice(0, text.indexOf('  program(')),
    ).toBe(`// Compiled by cedarmill. Policies are data here: change them at their source and compile again.
import { Node } from 'cedarmill/runtime';

export const policies = {
  cedarmill: "0.1.0",
  abi: 4,
  node: class PolicyNode extends Node {},
  fields: [],
  contextAttributes: [],
  accessDepth: {"values":0,"ancestors":0,"principal":false,"resource":false},
  rows: [],
  indexes: [],
  groups: [],
  sets: [[]],
  cases: [{"set":0}],
`);
    expect(text).toContain(`function full2(principal, action, resource, context, errorLog, satisfied) {
      return satisfied;
    }
    function decide2(principal, action, resource, context) {
      return false;
    }`);
  });

  test('holds policies and links as data', () => {
    const set = setOf(`
      forbid(principal, action, resource) when { context.a };
      permit(principal == ?principal, action, resource in R::"r");
      permit(principal, action, resource in ?resource) when { principal has b };
      permit(principal == ?principal, action, resource);
    `);
    const [p, r] = [new EntityUid('U', '</p>'), new EntityUid('R', 's')];
    set.link({ id: 'one', templateId: 'policy1', slotEnv: { principal: p } });
    set.link({ id: 'two', templateId: 'policy1', slotEnv: { principal: r } });
    set.link({ id: 'three', templateId: 'policy2', slotEnv: { resource: r } });
    const text = textOf(set);
    const data = text
      .slice(text.indexOf('  node:'), text.indexOf('  program('))
      .replace(/"errorSites":{"\d.*?}\]}}/g, '"errorSites":{…}');
    expect(data).toBe(String.raw`  node: class PolicyNode extends Node {
    _a = undefined;
    _b = undefined;
  },
  fields: [["a","_a"],["b","_b"]],
  contextAttributes: ["a"],
  accessDepth: {"values":1,"ancestors":0,"principal":false,"resource":true},
  rows: [
    {"id":"policy0","effect":"forbid","errorSites":{…}},
  ],
  indexes: [
    {"effect":"permit","errorSites":{…},"principal":"eq","resource":"in","rows":[{"id":"one","order":0,"principal":["U","\u003c/p>"],"resource":["R","r"]},{"id":"two","order":1,"principal":["R","s"],"resource":["R","r"]}]},
    {"effect":"permit","errorSites":{…},"principal":"any","resource":"in","rows":[{"id":"three","order":2,"principal":null,"resource":["R","s"]}]},
  ],
  linkIndex: LinkIndex,
  groups: [["any"]],
  sets: [[0]],
  cases: [{"set":0}],
`);
  });

  test('has functions for each action that policies name, which do not test it, and for all others', () => {
    const set = setOf(`
      forbid(principal, action == Action::"a", resource);
      permit(principal == ?principal, action, resource);
    `);
    set.link({ id: 'link', templateId: 'policy1', slotEnv: { principal: new EntityUid('U', 'a') } });
    const text = textOf(set);
    for (const part of [
      'rows[0]',
      'const index = indexes[0];',
      'index.first(principal, resource)',
      'groups: [["eq",["Action","a"]],["any"]]',
      'sets: [[1],[0,1]]',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('action !==');
  });

  test('tests the action itself where it may be below several that policies name', () => {
    const set = setOf(`
      forbid(principal, action in Action::"a", resource);
      permit(principal, action in Action::"b", resource);
    `);
    const text = textOf(set);
    expect(text).toContain('sets: [[],[0],[1]]');
    expect(text).toContain('fulls = [full2, full3, full4, full5]');
    expect(text).toContain('cases: [{"set":0},{"set":1},{"set":2},{"set":3}]');
  });

  test('writes its policies three times at most, however many actions there are', () => {
    const some = Array.from({ length: 60 }, (_, i) => `permit(principal, action == Action::"a${i}", resource);`);
    const every = some.map((_, i) => `forbid(principal, action, resource is T${i});`);
    const text = textOf(setOf([...some, ...every].join('')));
    const written = text.match(/^ +\/\/ (permit|forbid) "/gm)!.length;
    expect(written).toBeLessThanOrEqual(3 * 2 * 120);
  });

  test('says so where a policy takes the context as a whole', () => {
    expect(textOf(setOf('permit(principal, action, resource) when { context == {} };'))).toContain(
      '\n  contextAttributes: null,\n',
    );
  });

  test.each(['</script>', '<!--', '\u2028', '\u2029', '"'])('holds the id %j in whatever page', (id) => {
    const text = textOf(setOf('permit(principal, action, resource);', id));
    expect(text).not.toMatch(/<[/!]|[\u2028\u2029]/);
    const row = text.split('\n').find((line) => line.startsWith('    {"id"'))!;
    expect(JSON.parse(row.trim().slice(0, -1))).toMatchObject({ id });
  });
});
