/**
 * Shared operands — what sugar needs twice is looked at once: nested in itself, no form takes more than its text.
 *
 * As trees, these expressions have 2^40 nodes and more; whoever walks one as a tree never comes back.
 */
import { expect, test } from 'vitest';
import { compile } from '../../src/engine/compile.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import { policyToJson } from '../../src/syntax/policy-json.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import { validate } from '../../src/validator/validate.ts';

const { schema } = parseSchema(`
  entity G;
  entity T in [G] { a?: { b?: { c?: T } }, n?: Long } tags String;
  action v appliesTo { principal: T, resource: G, context: { s: Set<T> } };`);

/** Each puts an expression of type T into another of type T. */
const FORMS: Readonly<Record<string, (inner: string) => string>> = {
  '`is … in`': (x) => `(if ${x} is T in resource then principal else principal)`,
  '`is … in` of another type': (x) => `(if ${x} is G in resource then principal else principal)`,
  'extended `has`': (x) => `(if ${x} has a.b.c then principal else principal)`,
  'extended `has` that is used': (x) => `(if ${x} has a.b then principal else principal)`,
  '`is … in` of what fails': (x) => `(if principal has a && ${x} is T in resource then principal else principal.none)`,
  '`is … in` in a tag': (x) => `(if principal has n && (${x} is T in resource) then principal else principal)`,
  'a conditional whose test is known': (x) => `(if true then ${x} else principal)`,
};

const ENTITIES = [
  { uid: { type: 'T', id: 'x' }, attrs: { a: { b: { c: 1 } }, n: 1 }, parents: [{ type: 'G', id: 'g' }] },
  { uid: { type: 'T', id: 'y' }, attrs: {}, parents: [] },
];

function nested(wrap: (inner: string) => string, levels: number): string {
  let expression = 'principal';
  for (let level = 0; level < levels; level++) expression = wrap(expression);
  return expression;
}

function policyOf(form: string): string {
  return `permit(principal, action, resource) when { ${nested(FORMS[form]!, 40)} == principal };`;
}

test.each(Object.keys(FORMS))('%s: compiled, interpreted and validated in the time of its text', (form) => {
  const text = policyOf(form);
  const start = performance.now();
  const [compiled, model] = [compile(text), compile(text, { mode: 'interpret' })];
  for (const id of ['x', 'y', 'z']) {
    const request = {
      principal: { type: 'T', id },
      action: { type: 'Action', id: 'v' },
      resource: { type: 'G', id: 'g' },
    };
    expect(compiled.isAuthorized(request, ENTITIES)).toEqual(model.isAuthorized(request, ENTITIES));
    expect(compiled.isAllowed(request, ENTITIES)).toBe(model.isAllowed(request, ENTITIES));
  }
  const { policies } = parsePolicies(text);
  validate(PolicySet.of(policies), schema!, { level: 2 });
  validate(PolicySet.of(policies), schema!, { mode: 'permissive' });
  expect(parsePolicies(printPolicy(policies[0]!)).diagnostics).toEqual([]);
  expect(JSON.stringify(policyToJson(policies[0]!)).length).toBeLessThan(40 * text.length);
  expect(performance.now() - start).toBeLessThan(5000);
});

test('an operand that is needed twice is evaluated to one value, and its error is one error', () => {
  const policy = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;
  for (const condition of [
    '(if context.s.contains(principal) then principal else resource) is T in G::"g"',
    '(if principal has n && principal.n > 0 then principal else principal.none) is T in G::"g"',
    '(if 9223372036854775807 + principal.n > 0 then principal else resource) has a.b.c',
    '{ a: { b: { c: principal } } } has a.b.c',
    '(if principal == T::"x" then { a: { b: 1 } } else { a: 1 }) has a.b.c',
    '[principal, resource].contains(principal) && (if true then T::"x" else principal) is T in [G::"g"]',
    '!((if principal is T then principal else resource) is T in resource) || principal.n == 1',
  ]) {
    const [compiled, model] = [compile(policy(condition)), compile(policy(condition), { mode: 'interpret' })];
    for (const id of ['x', 'y', 'z']) {
      const request = {
        principal: { type: 'T', id },
        action: { type: 'Action', id: 'v' },
        resource: { type: 'G', id: 'g' },
        context: { s: [{ __entity: { type: 'T', id: 'x' } }] },
      };
      expect(compiled.isAuthorized(request, ENTITIES)).toEqual(model.isAuthorized(request, ENTITIES));
    }
  }
});

test('policies that differ in the literals of an operand that is needed twice share code and differ in their answers', () => {
  const one = (id: string) =>
    `permit(principal, action, resource) when { (if resource == G::"g" then T::"${id}" else principal) is T in G::"g" };`;
  const two = (id: string) => `${one(id)} permit(principal, action, resource) when { principal == T::"${id}" };`;
  const text = ['x', 'y', 'x', 'z'].map(two).join('\n');
  const request = {
    principal: { type: 'T', id: 'x' },
    action: { type: 'Action', id: 'v' },
    resource: { type: 'G', id: 'g' },
  };
  expect(compile(text).isAuthorized(request, ENTITIES)).toEqual(
    compile(text, { mode: 'interpret' }).isAuthorized(request, ENTITIES),
  );
});
