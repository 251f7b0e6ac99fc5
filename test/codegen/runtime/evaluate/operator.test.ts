/**
 * Operators — every operator on operands of every kind, as data and as literals, as a test and as a value: the model's answers and errors.
 */
import { expect, test } from 'vitest';
import { CompiledEngine } from '../../../../src/engine/compiled-engine.ts';
import { EntityStore, parsePolicies } from '../../../../src/index.ts';
import { isAuthorized } from '../../../../src/model/authorizer.ts';
import { DataPath } from '../../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../../src/parser/data/entities.ts';
import { contextFromData } from '../../../../src/parser/data/value.ts';
import { PolicySet } from '../../../../src/syntax/policy-set.ts';
import { Entities } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';

const uid = (type: string, id: string) => ({ __entity: { type, id } });
const ext = (fn: string, arg: string) => ({ __extn: { fn, arg } });

const DATA = [
  {
    uid: { type: 'U', id: 'a' },
    parents: [{ type: 'G', id: 'g' }],
    attrs: { x: 1, e: uid('G', 'g') },
    tags: { x: 1, t: [uid('U', 'a')] },
  },
  { uid: { type: 'G', id: 'g' }, parents: [{ type: 'G', id: 'top' }], attrs: { x: 'x' }, tags: {} },
  { uid: { type: 'U', id: 'b' }, parents: [{ type: 'G', id: 'other' }], attrs: {}, tags: { y: true } },
];

/** Name, as data, as an expression. */
const VALUES: readonly (readonly [name: string, data: unknown, text: string])[] = [
  ['yes', true, 'true'],
  ['no', false, 'false'],
  ['one', 1, '1'],
  ['two', 2, '2'],
  ['least', -(2n ** 63n), '-9223372036854775808'],
  ['most', 2n ** 63n - 1n, '9223372036854775807'],
  ['text', 'x', '"x"'],
  ['y', 'y', '"y"'],
  ['user', uid('U', 'a'), 'U::"a"'],
  ['other', uid('U', 'b'), 'U::"b"'],
  ['group', uid('G', 'g'), 'G::"g"'],
  ['top', uid('G', 'top'), 'G::"top"'],
  ['transient', uid('U', 'nobody'), 'U::"nobody"'],
  ['none', [], '[]'],
  ['ones', [1], '[1]'],
  ['many', [1, 2, 'x', true], '[1, 2, "x", true]'],
  ['groups', [uid('G', 'g'), uid('G', 'none')], '[G::"g", G::"none"]'],
  ['users', [uid('U', 'a'), uid('U', 'b'), uid('G', 'top')], '[U::"a", U::"b", G::"top"]'],
  ['mixed', [uid('U', 'a'), 1], '[U::"a", 1]'],
  ['sets', [[1], []], '[[1], []]'],
  ['empty', {}, '{}'],
  ['record', { x: 1, e: uid('U', 'a') }, '{x: 1, e: U::"a"}'],
  ['records', [{ x: 1, e: uid('U', 'a') }, {}], '[{x: 1, e: U::"a"}, {}]'],
  ['day', ext('datetime', '2024-01-01'), 'datetime("2024-01-01")'],
  ['later', ext('datetime', '2024-01-02'), 'datetime("2024-01-02")'],
  ['hour', ext('duration', '1h'), 'duration("1h")'],
  ['minute', ext('duration', '60m'), 'duration("60m")'],
  ['decimal', ext('decimal', '1.0'), 'decimal("1.0")'],
  ['ip', ext('ip', '127.0.0.1'), 'ip("127.0.0.1")'],
];

const UNARY: readonly ((a: string) => string)[] = [
  (a) => a,
  (a) => `!${a}`,
  (a) => `-${a} == -1`,
  (a) => `${a}.isEmpty()`,
  (a) => `${a} is U`,
  (a) => `${a} is U in G::"g"`,
  (a) => `${a} like "*"`,
  (a) => `${a} like "x"`,
  (a) => `${a} has x`,
  (a) => `${a} has e.x`,
  (a) => `${a}.x == 1`,
  (a) => `${a}.e.x == "x"`,
  (a) => `${a}.nothing`,
  (a) => `(if ${a} then 1 else 2) == 1`,
  (a) => `${a} && true`,
  (a) => `true && ${a}`,
  (a) => `${a} || false`,
  (a) => `false || ${a}`,
  (a) => `${a}.isLoopback()`,
  (a) => `${a}.toDate() == ${a}`,
  (a) => `${a}.toMinutes() == 60`,
  (a) => `decimal(${a}) == decimal("1.0")`,
  (a) => `{a: ${a}} == {a: ${a}}`,
  (a) => `[${a}] == [${a}, ${a}]`,
];

const BINARY: readonly ((a: string, b: string) => string)[] = [
  ...['==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||'].map((op) => (a: string, b: string) => `${a} ${op} ${b}`),
  ...['+', '-', '*'].map((op) => (a: string, b: string) => `${a} ${op} ${b} == 2`),
  ...['contains', 'containsAll', 'containsAny', 'hasTag', 'lessThan', 'isInRange'].map(
    (op) => (a: string, b: string) => `${a}.${op}(${b})`,
  ),
  (a, b) => `${a}.getTag(${b}) == 1`,
  (a, b) => `${a}.offset(${b}) == ${a}`,
];

const entities = entitiesFromData(DATA);
const model = Entities.from(entities);
const store = EntityStore.of(entities);
const context = contextFromData(
  Object.fromEntries(VALUES.map(([name, data]) => [name, data])),
  DataPath.root('context', ''),
);
const request = {
  principal: new EntityUid('U', 'a'),
  action: new EntityUid('Action', 'act'),
  resource: new EntityUid('G', 'g'),
  context,
};

/** All conditions in one set: every error, and who is satisfied. */
function agree(conditions: readonly string[], options: object): void {
  const text = conditions.map((each) => `permit(principal, action, resource) when { ${each} };`).join('\n');
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  const set = PolicySet.of(policies);
  const expected = isAuthorized(request, model, [...set.policies()]);
  const engine = new CompiledEngine(set, options);
  expect(engine.isAuthorized(request, store)).toEqual(expected);
  expect(engine.isAllowed(request, store)).toBe(expected.decision === 'allow');
  engine.release();
}

const data = VALUES.map(([name]) => `context.${name}`);
const literals = VALUES.map(([, , text]) => (text.startsWith('-') ? `(${text})` : text));
/** One of each kind: pairs of all are too many. */
const [few, fewer] = [2, 4].map((step) => (texts: readonly string[]) => texts.filter((_, i) => i % step === 0));
const pairs = (left: readonly string[], right: readonly string[], make: (a: string, b: string) => string) =>
  left.flatMap((a) => right.map((b) => make(a, b)));

test.each(UNARY.map((make) => [make('x'), make] as const))('%s', (_, make) => {
  agree([...data, ...literals].map(make), {});
  agree(
    [...data, ...literals].map((each) => `!(${make(each)}) || 1 == 2`),
    { optimize: false },
  );
  agree(
    [...data, ...literals].map((each) => `(${make(each)}) == true`),
    { indexFrom: 2 },
  );
});

test.each(BINARY.map((make) => [make('x', 'y'), make] as const))('%s', (_, make) => {
  agree(pairs(few!(data), data, make), {});
  agree(pairs(data, fewer!(literals), make), {});
  agree(pairs(fewer!(literals), data, make), {});
});
