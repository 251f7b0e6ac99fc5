/**
 * Policy — ways through a condition that generated policies seldom take: the model's answers and errors, in every context.
 */
import { expect, test } from 'vitest';
import type { CodegenOptions } from '../../../codegen/options.ts';
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore, parsePolicies } from '../../../src/index.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { DataPath } from '../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../src/parser/data/entities.ts';
import { contextFromData } from '../../../src/parser/data/value.ts';
import { PolicySet } from '../../../src/syntax/policy-set.ts';
import { Entities } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

const uid = (type: string, id: string) => ({ __entity: { type, id } });

const DATA = [
  {
    uid: { type: 'U', id: 'a' },
    parents: [{ type: 'G', id: 'g' }],
    attrs: { yes: true, no: false, x: 1 },
    tags: { a: { x: 1 }, b: { y: 2 }, e: uid('U', 'a') },
  },
  { uid: { type: 'G', id: 'g' }, parents: [], attrs: { yes: false } },
];

const CONTEXTS = [
  {},
  { a: true, b: true, e: uid('U', 'a'), g: uid('G', 'g'), text: 'ab' },
  { a: true, b: false, e: uid('G', 'g'), g: [uid('G', 'g'), uid('G', 'h')], text: '' },
  { a: false, b: true, e: uid('U', 'z'), g: uid('U', 'z'), text: 'b' },
  { a: false, b: false, e: 1, g: uid('G', 'g'), text: 'aba' },
  { a: 1, b: true, e: uid('U', 'a'), g: 1, text: 'a*b' },
  { a: true, b: 1, e: 'a', g: [1], text: 1 },
  { a: false, b: 1, e: uid('U', 'a'), g: [uid('G', 'g'), 1], text: 'b\n' },
];

const BOOLS = ['context.a', 'context.a && context.b', 'context.a || context.b', '!context.a'];
const ENTITIES = ['principal', 'context.e', 'U::"a"'];
const GROUPS = [
  'context.g',
  'G::"g"',
  '[]',
  '[G::"g"]',
  '[G::"x", G::"g"]',
  '[context.g]',
  '[context.e, context.g]',
  '[G::"g", 1]',
  '[G::"1", G::"2", G::"3", G::"g"]',
  '[G::"1", G::"2", G::"3", G::"4", G::"g"]',
  '[G::"1", G::"2", G::"3", G::"4", principal, context.e]',
];
const PATTERNS = [
  '',
  '*',
  '**',
  'ab',
  'a*',
  '*b',
  '*a*',
  'a*b',
  '*a',
  '**b',
  'a**',
  '**a**',
  '*a*b',
  '\\*',
  'a\\*b',
  'a*b*',
];

/** What decides the way and what is a value are written out in different ways. */
const WAYS: readonly ((condition: string) => string)[] = [
  (c) => c,
  (c) => `!(${c})`,
  (c) => `!!(${c})`,
  (c) => `(${c}) == true`,
  (c) => `[${c}].contains(true)`,
  (c) => `(${c}) && context.b`,
  (c) => `(${c}) || context.b`,
  (c) => `!((${c}) && context.b)`,
  (c) => `!((${c}) || context.b)`,
  (c) => `!(context.b || (${c}))`,
  (c) => `if ${c} then context.b else !context.b`,
  (c) => `!(if ${c} then context.b else !context.b)`,
  (c) => `if context.b then ${c} else !(${c})`,
  (c) => `!(if context.b then ${c} else !(${c}))`,
];

const SETS: Readonly<Record<string, readonly string[]>> = {
  'conditions of Bools': BOOLS,
  'conditions of `in`': ENTITIES.flatMap((e) => GROUPS.map((g) => `${e} in ${g}`)),
  'conditions of `is`': ENTITIES.flatMap((e) => [`${e} is U`, `${e} is U in context.g`]),
  'conditions of `like`': PATTERNS.flatMap((p) => [`context.text like "${p}"`, `"ab" like "${p}"`]),
  'conditions of `has`': [
    'principal has yes && principal.yes',
    'principal has yes && principal has yes && principal.yes',
    'principal has none || principal.x == 1',
    '(principal has yes || context.a) && principal.yes',
    'principal.getTag("a") has x && principal.getTag("b") has x',
    'principal.getTag("a") has x && principal.getTag("b").x == 1',
    'principal.getTag("a").x == 1 && principal.getTag("b").x == 1',
    'principal.getTag("b") has y && principal.getTag("a") has x && principal.getTag("a").x == 1',
    'principal.getTag("e") has yes && principal.getTag("e").no',
    '(if context.a then principal else resource) has x && (if context.b then principal else resource) has x',
    '(if context.a then principal else resource).yes && (if context.b then principal else resource).yes',
    'resource has x',
    'context.e has yes && context.e.yes',
    'context.e has x.y || context.e.yes',
  ],
  'conditions of sets': [
    'context.g.contains(principal)',
    'context.g.contains(context.e)',
    'context.g.contains(1)',
    'context.g.containsAny([G::"g"])',
    'context.g.containsAll([G::"g"])',
    'context.g.isEmpty()',
    '[context.a].isEmpty()',
    '[context.a].containsAny([context.b])',
  ],
};

const entities = entitiesFromData(DATA);
const model = Entities.from(entities);
const store = EntityStore.of(entities);

const requests = CONTEXTS.map((context) => ({
  principal: new EntityUid('U', 'a'),
  action: new EntityUid('Action', 'act'),
  resource: new EntityUid('G', 'g'),
  context: contextFromData(context, DataPath.root('context', '')),
}));

function agree(conditions: readonly string[], options: CodegenOptions): void {
  const text = conditions.map((each) => `permit(principal, action, resource) when { ${each} };`).join('\n');
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  const set = PolicySet.of(policies);
  const all = [...set.policies()];
  const engine = new CompiledEngine(set, options);
  for (const request of requests)
    expect(engine.isAuthorized(request, store)).toEqual(isAuthorized(request, model, all));
  engine.release();
}

/** The decisions alone, of one at a time: a policy that is satisfied hides what others decide. */
function agreeAlone(conditions: readonly string[]): void {
  for (const condition of conditions) {
    const { policies } = parsePolicies(`permit(principal, action, resource) when { ${condition} };`);
    const set = PolicySet.of(policies);
    const engine = new CompiledEngine(set, { optimize: false });
    for (const request of requests) {
      const { decision } = isAuthorized(request, model, [...set.policies()]);
      expect(engine.isAllowed(request, store), condition).toBe(decision === 'allow');
    }
    engine.release();
  }
}

test.each(Object.entries(SETS))('%s', (_, conditions) => {
  const all = conditions.flatMap((each) => WAYS.map((way) => way(each)));
  const third = all.filter((__, i) => i % 3 === 0);
  agree(all, { optimize: false });
  agree(third, {});
  agreeAlone(third);
});
