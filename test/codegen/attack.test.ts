/**
 * Attack — policies made to break out of emitted code, to overflow the stack, or to be slow.
 */
import { describe, expect, test } from 'vitest';
import { check } from '../../codegen/print/check.ts';
import { compile, EntityStore, PolicySet, parsePolicies } from '../../src/index.ts';
import { NESTING_LIMIT } from '../../src/parser/text/cursor.ts';

const store = EntityStore.from([
  { uid: { type: 'U', id: 'a' }, attrs: { n: 1, self: { __entity: { type: 'U', id: 'a' } } }, parents: [] },
]);
const request = { principal: 'U::"a"', action: 'Action::"v"', resource: 'R::"r"' };

function decide(condition: string, id?: string): boolean {
  const text = `permit(principal, action, resource) when { ${condition} };`;
  const policies = parsePolicies(text).policies.map((policy) => ({ ...policy, id: id ?? policy.id }));
  const set = PolicySet.of(policies);
  const [model, compiled] = [compile(set, { mode: 'interpret' }), compile(set, { check })];
  const answer = model.isAuthorized(request, store);
  expect(compiled.isAuthorized(request, store)).toEqual(answer);
  expect(compiled.isAllowed(request, store)).toBe(answer.decision === 'allow');
  return answer.decision === 'allow';
}

const HOSTILE = [
  '*/ throw 1; /*',
  '\u2028throw 1\u2029',
  '\n throw 1;\r\n',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant to be taken for one
  '`${(() => { throw 1 })()}`',
  '"; throw 1; "',
  "'; throw 1; '",
  '</script><script>throw 1</script>',
  '<!-- -->',
  '\\',
  '\\u0022',
  '__proto__',
  'constructor',
  '\0',
  '𝒳\u{1f600}',
  '',
  ']]>',
];

describe('emitted code', () => {
  for (const text of HOSTILE) {
    const literal = `"${[...text].map((character) => `\\u{${character.codePointAt(0)!.toString(16)}}`).join('')}"`;

    test(`is not left by ${JSON.stringify(text)} as policy id, string, uid, attribute, pattern or key`, () => {
      expect(decide(`${literal} == ${literal}`, text)).toBe(true);
      expect(decide(`U::${literal} == U::${literal}`)).toBe(true);
      expect(decide(`principal has ${literal} || {${literal}: 1}[${literal}] == 1`)).toBe(true);
      expect(decide(`context[${literal}] == 1`)).toBe(false);
      expect(decide(`${literal} like ${literal.replace(/"$/, '*"')}`)).toBe(true);
      expect(decide(`[${literal}].contains(${literal})`)).toBe(true);
    });
  }

  test('holds chains of 20,000 terms', () => {
    expect(decide(Array(20_000).fill('principal.n == 1').join(' && '))).toBe(true);
    expect(decide(Array(20_000).fill('principal.n == 2').join(' || '))).toBe(false);
  });

  test('holds the deepest nesting that parses', () => {
    const depth = NESTING_LIMIT - 10;
    expect(decide(`${'('.repeat(100)}principal.n == 1${')'.repeat(100)}`)).toBe(true);
    expect(decide(`principal${'.self'.repeat(depth)} == principal`)).toBe(true);
    expect(decide(`${Array(depth).fill('principal.n').join(' + ')} == ${depth}`)).toBe(true);
    expect(decide(`${Array(depth).fill('principal.n').join(' * ')} == 1`)).toBe(true);
    expect(decide(`${'if principal.n == 2 then false else '.repeat(700)}principal.n == 1`)).toBe(true);
    expect(decide(`${'if '.repeat(depth)}principal.n == 1${' then true else false'.repeat(depth)}`)).toBe(true);
    expect(decide(`${'!('.repeat(240)}principal.n == 1${')'.repeat(240)}`)).toBe(true);
    expect(decide(`${'['.repeat(240)}principal.n${']'.repeat(240)} == ${'['.repeat(240)}1${']'.repeat(240)}`)).toBe(
      true,
    );
    expect(decide(`${'{a: '.repeat(240)}principal.n${'}'.repeat(240)} == 1`)).toBe(false);
    expect(decide(`${'[1].contains(if '.repeat(50)}principal.n == 1${' then 1 else 2)'.repeat(50)}`)).toBe(true);
    expect(decide(`${'[1].contains(if '.repeat(50)}principal.n == 2${' then 1 else 2)'.repeat(50)}`)).toBe(false);
  });

  test('holds references between entities in rings and in chains longer than the stack', () => {
    const chain = [...Array(50_000).keys()].map((n) => ({
      uid: { type: 'N', id: `${n}` },
      attrs: { next: { __entity: { type: 'N', id: `${(n + 1) % 50_000}` } } },
      parents: n < 49_000 ? [] : [{ type: 'N', id: `${n - 49_000}` }],
    }));
    const engine = compile('permit(principal, action, resource) when { principal.next.next == N::"2" };');
    expect(engine.isAllowed({ ...request, principal: 'N::"0"' }, EntityStore.from(chain))).toBe(true);
  });
});
