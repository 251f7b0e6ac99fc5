/**
 * Schemas — whatever grows in their text, reading, writing and use take no more than about n log n; types that others share are not walked as trees.
 */
import { describe, expect, test } from 'vitest';
import * as dropIn from '../../src/cedar-wasm/index.ts';
import { attributeKinds } from '../../src/engine/attribute-kinds.ts';
import { compile } from '../../src/engine/compile.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { fragmentToJson } from '../../src/schema/json/to-json.ts';
import { parseFragment, parseSchema } from '../../src/schema/parse-schema.ts';
import { printFragment } from '../../src/schema/text/print.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { validate } from '../../src/validator/validate.ts';
import { FACTOR, type Growth, growthOf, MOST } from './growth.ts';

interface SchemaKind {
  readonly name: string;
  readonly size: number;
  readonly text: (n: number) => string;
}

const ACTION = 'action v appliesTo { principal: T, resource: T };';

function lines(n: number, line: (i: number) => string): string {
  return Array.from({ length: n }, (_, i) => line(i)).join('\n');
}

/** Each record type has the one before it twice: as a tree, the last has 2^n parts. */
function shared(n: number, mark = ''): string {
  return `type S0${mark} = { a: Long };\n${lines(n, (i) => `type S${i + 1}${mark} = { x: S${i}${mark}, y: S${i}${mark} };`)}`;
}

const KINDS: readonly SchemaKind[] = [
  { name: 'entity types', size: 100, text: (n) => `entity T; ${ACTION}${lines(n, (i) => `entity E${i} { a: T };`)}` },
  { name: 'attributes', size: 150, text: (n) => `entity T { ${lines(n, (i) => `a${i}: Long,`)} }; ${ACTION}` },
  {
    name: 'actions',
    size: 100,
    text: (n) => `entity T; ${ACTION}${lines(n, (i) => `action a${i} appliesTo { principal: T, resource: T };`)}`,
  },
  {
    name: 'members of an enumeration',
    size: 200,
    text: (n) => `entity T; entity E enum [${lines(n, (i) => `"${i}",`)} "x"]; ${ACTION}`,
  },
  {
    name: 'common types in a chain',
    size: 45,
    text: (n) =>
      `type C0 = Long; ${lines(n, (i) => `type C${i + 1} = { a: C${i} };`)} entity T { a: C${n} }; ${ACTION}`,
  },
  { name: 'types that share others', size: 45, text: (n) => `${shared(n)} entity T { a: S${n} }; ${ACTION}` },
  {
    name: 'namespaces',
    size: 60,
    text: (n) => `entity T; ${ACTION}${lines(n, (i) => `namespace N${i} { entity E { a: T }; }`)}`,
  },
  {
    name: 'nested records',
    size: 40,
    text: (n) => `entity T { a: ${'{ a: '.repeat(n)}Long${' }'.repeat(n)} }; ${ACTION}`,
  },
  { name: 'nested sets', size: 40, text: (n) => `entity T { a: ${'Set<'.repeat(n)}Long${'>'.repeat(n)} }; ${ACTION}` },
  { name: 'annotations', size: 100, text: (n) => `${lines(n, (i) => `@a${i}("x")`)} entity T; ${ACTION}` },
];

const POLICIES = PolicySet.of(
  parsePolicies('permit(principal, action, resource) when { principal == resource };').policies,
);

const WORK: Readonly<Record<string, (text: string) => () => unknown>> = {
  read: (text) => () => {
    expect(parseSchema(text).schema).toBeDefined();
  },
  'write as text and JSON': (text) => {
    const { fragment } = parseFragment(text);
    return () => [printFragment(fragment!), fragmentToJson(fragment!)];
  },
  'validate by': (text) => {
    const { schema } = parseSchema(text);
    return () => validate(POLICIES, schema!, { level: 1 });
  },
  'compile with': (text) => {
    const { schema } = parseSchema(text);
    return () => compile(POLICIES, { schema: schema! });
  },
  'kinds of attributes': (text) => {
    const { schema } = parseSchema(text);
    return () => attributeKinds(schema!);
  },
  "the drop-in's conversion": (text) => () => dropIn.schemaToJsonWithResolvedTypes(text),
};

describe.each(KINDS)('$name', ({ size, text }) => {
  test('take every phase about n log n', () => {
    const measured = Object.entries(WORK).map(([name, work]): [string, Growth] => [
      name,
      growthOf(work(text(size)), work(text(size * FACTOR))),
    ]);
    expect(measured.filter(([, { ratio }]) => ratio > MOST)).toEqual([]);
  });
});

test('types that share others are compared, bounded and told in the time of their number', () => {
  const depth = 60;
  const text = `${shared(depth)} ${shared(depth, 'b')} type Sc = { x: S${depth}, y: Long };
    entity T { a: S${depth}, b: S${depth}b, c: Sc }; entity U { a: S${depth}b };
    action v appliesTo { principal: [T, U], resource: T, context: { r: S${depth} } };`;
  const { schema } = parseSchema(text);
  const when = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;
  const start = performance.now();
  for (const condition of [
    'principal.a == resource.b',
    'resource.a == resource.b',
    '[resource.a, resource.b].contains(resource.a)',
    '(if context.r == resource.a then resource.a else resource.b) == resource.a',
    'resource.a == 1',
    'resource.a == resource.c',
    'resource.a + 1 == 2',
    'resource.a.nope == 1',
  ]) {
    const policies = PolicySet.of(parsePolicies(when(condition)).policies);
    for (const mode of ['strict', 'permissive'] as const) {
      const { errors } = validate(policies, schema!, { mode });
      for (const { diagnostic } of errors) expect(diagnostic.message.length).toBeLessThan(1 << 24);
    }
  }
  const engine = compile(when('resource.a == resource.b'), { schema: schema! });
  const request = { principal: 'T::"x"', action: 'Action::"v"', resource: 'T::"x"', context: { r: { x: 1 } } };
  expect(() => engine.isAllowed(request, [])).toThrow(/context/);
  expect(performance.now() - start).toBeLessThan(10_000);
});

describe('misspelt attributes of a record that has many', () => {
  const work = (n: number) => {
    const { schema } = parseSchema(`entity T { ${lines(n, (i) => `attribute${i}: Bool,`)} }; ${ACTION}`);
    const text = lines(n / 20, (i) => `permit(principal, action, resource) when { principal.atribute${i}x };`);
    const set = PolicySet.of(parsePolicies(text).policies);
    return () => expect(validate(set, schema!).errors).toHaveLength(n / 20);
  };

  test('are found in about n log n', () => {
    expect(growthOf(work(2_500), work(2_500 * FACTOR)).ratio).toBeLessThan(MOST);
  });

  test('are told with the nearest one as long as it is quick to find', () => {
    const { schema } = parseSchema(`entity T { ${lines(2_000, (i) => `attribute${i}: Bool,`)} }; ${ACTION}`);
    const { policies } = parsePolicies('permit(principal, action, resource) when { principal.attribut7 };');
    const [error] = validate(PolicySet.of(policies), schema!).errors;
    expect(error?.diagnostic.help).toContain('`attribute7`');
  });
});
