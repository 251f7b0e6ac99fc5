/**
 * Policies — whatever grows in their text, no phase takes more than about n log n.
 */
import { describe, expect, test } from 'vitest';
import * as dropIn from '../../src/cedar-wasm/index.ts';
import { renderDiagnostic } from '../../src/cli/report.ts';
import { compile } from '../../src/engine/compile.ts';
import { formatPolicies } from '../../src/format/format.ts';
import { policyFromJson } from '../../src/parser/json/policy.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import { policyToJson } from '../../src/syntax/policy-json.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import { validate } from '../../src/validator/validate.ts';
import { FACTOR, type Growth, growthOf, MOST, MOST_OF_DECISION } from './growth.ts';
import { INVALID, MISTAKES, POLICY_KINDS, type PolicyKind } from './policy-kinds.ts';

const SCHEMA_TEXT = `
  entity G; entity T in [G] { a?: { b?: { c?: T } }, n: Long, name: String, open: Bool, self: T } tags String;
  action v, ${Array.from({ length: 20 }, (_, i) => `a${i}`).join(', ')} appliesTo { principal: T, resource: G, context: { s: Set<Long> } };`;
const { schema } = parseSchema(SCHEMA_TEXT);

const REQUEST = { principal: 'T::"x"', action: 'Action::"v"', resource: 'G::"g"', context: { s: [1] } };
const ENTITIES = [
  {
    uid: { type: 'T', id: 'x' },
    attrs: { n: 1, name: 'aaa', open: true, self: { __entity: { type: 'T', id: 'x' } }, a: { b: { c: 1 } } },
    parents: [{ type: 'G', id: 'g' }],
  },
];

/** The work that is done with a text; what comes before it is prepared. */
const WORK: Readonly<Record<string, (text: string) => () => unknown>> = {
  parse: (text) => () => parsePolicies(text),
  print: (text) => {
    const { policies } = parsePolicies(text);
    return () => policies.map(printPolicy);
  },
  'to JSON and back': (text) => {
    const { policies } = parsePolicies(text);
    return () => policies.map((policy) => policyFromJson(policyToJson(policy), policy.id));
  },
  format: (text) => () => formatPolicies(text),
  validate: (text) => {
    const { policies } = parsePolicies(text);
    return () => validate(PolicySet.of(policies), schema!, { level: 3 });
  },
  'compile and decide once': (text) => {
    const { policies } = parsePolicies(text);
    return () => compile(policies).isAuthorized(REQUEST, ENTITIES);
  },
  'compile for decisions alone': (text) => {
    const { policies } = parsePolicies(text);
    return () => compile(policies).isAllowed(REQUEST, ENTITIES);
  },
  decide: (text) => {
    const engine = compile(text);
    return () => engine.isAuthorized(REQUEST, ENTITIES);
  },
  interpret: (text) => {
    const engine = compile(text, { mode: 'interpret' });
    return () => engine.isAuthorized(REQUEST, ENTITIES);
  },
};

/** Engines make machine code of small programs and not of large ones, once on the way: between inputs twice as large it grows no faster than it does. */
function growth({ size, text, nested }: PolicyKind, work: (text: string) => () => unknown): Growth {
  const growthFrom = (n: number) => growthOf(work(text(n)), work(text(n * FACTOR)));
  const first = growthFrom(size);
  return first.ratio <= MOST || nested === true ? first : leastRatio(first, growthFrom(size * 2));
}

function leastRatio(a: Growth, b: Growth): Growth {
  return a.ratio <= b.ratio ? a : b;
}

const DECISIONS: ReadonlySet<string> = new Set(['decide', 'errors of evaluation']);

function expectSlow(measured: Readonly<Record<string, Growth>>): void {
  const most = (work: string) => (DECISIONS.has(work) ? MOST_OF_DECISION : MOST);
  expect(Object.entries(measured).filter(([work, { ratio }]) => ratio > most(work))).toEqual([]);
}

describe.each(POLICY_KINDS)('$name', (kind) => {
  test('takes every phase about n log n', () => {
    const works = Object.entries(WORK).filter(([name]) => name !== 'format' || !kind.nested);
    const measured = works.map(([name, work]): [string, Growth] => [name, growth(kind, work)]);
    expectSlow(Object.fromEntries(measured));
  });
});

const REPORTS: Readonly<Record<string, (text: string) => () => unknown>> = {
  'the error of `compile`': (text) => () => {
    expect(() => compile(text)).toThrow();
  },
  "the drop-in's answer": (text) => () => dropIn.checkParsePolicySet({ staticPolicies: text }),
  'the report of the command line': (text) => () => {
    const source = { text };
    return parsePolicies(text).diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, source));
  },
};

describe.each(MISTAKES)('$name', (kind) => {
  test('are reported in about n log n', () => {
    const measured = Object.entries(REPORTS).map(([name, work]): [string, Growth] => [name, growth(kind, work)]);
    expectSlow(Object.fromEntries(measured));
  });
});

const FINDINGS: Readonly<Record<string, (text: string) => () => unknown>> = {
  validate: (text) => {
    const { policies } = parsePolicies(text);
    return () => validate(PolicySet.of(policies), schema!);
  },
  "the drop-in's validation": (text) => () =>
    dropIn.validate({ schema: SCHEMA_TEXT, policies: { staticPolicies: text } }),
  'errors of evaluation': (text) => {
    const engine = compile(text);
    return () => engine.isAuthorized(REQUEST, ENTITIES);
  },
  "the drop-in's errors of evaluation": (text) => () =>
    dropIn.isAuthorized({
      principal: { type: 'T', id: 'x' },
      action: { type: 'Action', id: 'v' },
      resource: { type: 'G', id: 'g' },
      context: {},
      policies: { staticPolicies: text },
      entities: ENTITIES,
    }),
};

describe.each(INVALID)('$name', (kind) => {
  test('are found and reported in about n log n', () => {
    const measured = Object.entries(FINDINGS).map(([name, work]): [string, Growth] => [name, growth(kind, work)]);
    expectSlow(Object.fromEntries(measured));
  });
});
