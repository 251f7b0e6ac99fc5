/**
 * Large — lists of more parts than a call can have arguments, and texts longer than a pattern can match, are read and decided like short ones.
 */
import { describe, expect, test } from 'vitest';
import * as dropIn from '../../src/cedar-wasm/index.ts';
import { compile } from '../../src/engine/compile.ts';
import { EntityStore } from '../../src/engine/entity-store.ts';
import { formatPolicies } from '../../src/format/format.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { validate } from '../../src/validator/validate.ts';
import { append } from '../../src/value/append.ts';
import { parseJson } from '../../src/value/json.ts';
import { read, sourceFiles } from '../architecture/tree.ts';

/** Spread into arguments, this number overflows Node's stack. */
const MANY = 130_000;

function list(item: (i: number) => string, separator = ', '): string {
  return Array.from({ length: MANY }, (_, i) => item(i)).join(separator);
}

function when(condition: string): string {
  return `permit(principal, action, resource) when { ${condition} };`;
}

const KINDS: Readonly<Record<string, string>> = {
  'a list of literals': when(`[${list(String)}].contains(principal.n)`),
  'a list of entities': when(`principal in [${list((i) => `G::"${i}"`)}]`),
  'a list of what is not constant': when(`[${list(() => 'principal.n')}].contains(1)`),
  'actions of a scope': `permit(principal, action in [${list((i) => `Action::"a${i}"`)}], resource);`,
  'a chain of `&&`': when(list(() => 'principal.n == 1', ' && ')),
  'a chain of `||`': when(list(() => 'principal.n == 2', ' || ')),
};

const { schema } = parseSchema(
  'entity G; entity T in [G] { n: Long }; action v appliesTo { principal: T, resource: G };',
);
const REQUEST = { principal: 'T::"x"', action: 'Action::"v"', resource: 'G::"7"' };
const ENTITIES = [{ uid: { type: 'T', id: 'x' }, attrs: { n: 1 }, parents: [{ type: 'G', id: '7' }] }];

describe.each(Object.keys(KINDS))('%s of 130,000 parts', (kind) => {
  test('is decided alike by code, model and drop-in, validated and formatted', () => {
    const { policies, diagnostics } = parsePolicies(KINDS[kind]!);
    expect(diagnostics).toEqual([]);
    const expected = compile(policies, { mode: 'interpret' }).isAuthorized(REQUEST, ENTITIES);
    expect(compile(policies).isAuthorized(REQUEST, ENTITIES)).toEqual(expected);
    expect(
      dropIn.isAuthorized({
        principal: { type: 'T', id: 'x' },
        action: { type: 'Action', id: 'v' },
        resource: { type: 'G', id: '7' },
        context: {},
        policies: { staticPolicies: KINDS[kind]! },
        entities: ENTITIES,
      }),
    ).toMatchObject({ type: 'success', response: { decision: expected.decision } });
    validate(PolicySet.of(policies), schema!);
    expect(formatPolicies(KINDS[kind]!).diagnostics).toEqual([]);
  });
});

test('problems of 130,000 policies are told', () => {
  const { policies } = parsePolicies(list(() => 'permit(principal, action == Action::"no", resource);', '\n'));
  expect(validate(PolicySet.of(policies), schema!).errors.length).toBeGreaterThanOrEqual(MANY);
});

test('an entity of 130,000 parents and attributes is stored', () => {
  const parents = Array.from({ length: MANY }, (_, i) => ({ type: 'G', id: `${i}` }));
  const attrs = Object.fromEntries(Array.from({ length: MANY }, (_, i) => [`a${i}`, i]));
  const store = EntityStore.from([{ uid: { type: 'T', id: 'x' }, attrs, parents }]);
  const policy = when('principal in resource && principal.a129999 == 129999');
  expect(compile(policy).isAllowed(REQUEST, store)).toBe(true);
});

test.each([
  ['plain', 'x'],
  ['escaped', '\n'],
  ['beyond ASCII', '😀'],
])('a JSON string of ten million characters is read: %s', (_what, character) => {
  const string = character.repeat(10_000_000 / character.length);
  expect(parseJson(JSON.stringify(string)) === string).toBe(true);
});

test('a string that does not end, however long, is refused at its beginning', () => {
  expect(() => parseJson(`["${'x'.repeat(1_000_000)}`)).toThrow(/invalid string at line 1 column 2/);
});

test('appending takes lists of any length', () => {
  const all: number[] = [];
  append(
    all,
    Array.from({ length: 500_000 }, (_, i) => i),
  );
  expect(all.length).toBe(500_000);
});

test('no list is spread into the arguments of what may get long ones', () => {
  const spread =
    /\b(?:push|unshift|splice|concat|sequence|Math\.max|Math\.min|fromCharCode|fromCodePoint)\((?:[^()[\]{}]*, )?\.\.\./;
  const found = sourceFiles('src', 'codegen').filter((path) =>
    read(path)
      .split('\n')
      .some((line) => spread.test(line) && !SHORT.has(line.trim())),
  );
  expect(found).toEqual([]);
});

/** Lists that are short whatever the input: the statements of one operation. */
const SHORT: ReadonlySet<string> = new Set([
  'push(...statements: Statement[]): void {',
  'export function sequence(...parts: readonly Document[]): Document {',
  ' * `list.push(...items)` puts all of them on the stack as arguments, and so fails for some hundred thousand, or fewer deeper in the stack.'.trim(),
  'this.#statements.push(...statements);',
  'if (label === this.#body.label) this.#body.push(...this.#leaveUnlessTrue(ir, blamed));',
]);
