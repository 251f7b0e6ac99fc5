/**
 * Targets — every entry that takes text or JSON from outside, each as a function of one text.
 *
 * A target throws only what it finds wrong: an error of a documented class is an answer. What two ways of reading must agree about is compared here.
 */
import * as dropIn from '../../src/cedar-wasm/index.ts';
import { compile } from '../../src/engine/compile.ts';
import { formatPolicies } from '../../src/format/format.ts';
import { DataPath } from '../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../src/parser/data/entities.ts';
import { contextFromData } from '../../src/parser/data/value.ts';
import { policyFromJson } from '../../src/parser/json/policy.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { parseEntityUid, parseExpression } from '../../src/parser/text/text.ts';
import { parseFragment, parseSchema, parseSchemaJson } from '../../src/schema/parse-schema.ts';
import { printFragment } from '../../src/schema/text/print.ts';
import { policyToJson } from '../../src/syntax/policy-json.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import { validate } from '../../src/validator/validate.ts';
import { CedarmillError } from '../../src/value/cedarmill-error.ts';
import { parseJson } from '../../src/value/json.ts';
import { CompilerBug } from '../../src/value/unreachable.ts';

export interface Target {
  readonly run: (text: string) => void;
  readonly seeds: readonly string[];
}

const { schema } = parseSchema(`
  entity G; entity T in [G] { a?: { b?: Long }, n: Long, s?: Set<T>, name?: String, ip?: ipaddr } tags String;
  action v appliesTo { principal: T, resource: G, context: { n?: Long } };`);

const REQUEST = { principal: 'T::"x"', action: 'Action::"v"', resource: 'G::"g"', context: { n: 1 } };
const ENTITIES = [{ uid: { type: 'T', id: 'x' }, attrs: { n: 1, a: { b: 2 } }, parents: [{ type: 'G', id: 'g' }] }];

/** Is it an error that callers are told of? */
function isAnswer(error: unknown): boolean {
  return error instanceof CedarmillError && !(error instanceof CompilerBug);
}

function answering(run: (text: string) => void): (text: string) => void {
  return (text) => {
    try {
      run(text);
    } catch (error) {
      if (!isAnswer(error)) throw error;
    }
  };
}

function same(what: string, a: unknown, b: unknown): void {
  const [x, y] = [JSON.stringify(a), JSON.stringify(b)];
  if (x !== y) throw new Error(`${what}: ${x?.slice(0, 500)} and ${y?.slice(0, 500)}`);
}

function policies(text: string): void {
  const { policies, diagnostics } = parsePolicies(text);
  if (diagnostics.length > 0) return;
  const printed = policies.map(printPolicy).join('\n');
  const again = parsePolicies(printed);
  same('printed policies do not parse', again.diagnostics, []);
  same('printed policies print otherwise', again.policies.map(printPolicy).join('\n'), printed);
  formatPolicies(text);
  for (const policy of policies) policyFromJson(policyToJson(policy), policy.id);
  const set = PolicySet.of(policies);
  validate(set, schema!, { level: 2 });
  if ([...set.templates()].length > 0) return;
  const [compiled, model] = [compile(set), compile(set, { mode: 'interpret' })];
  same('code and model', compiled.isAuthorized(REQUEST, ENTITIES), model.isAuthorized(REQUEST, ENTITIES));
}

const POLICY_SEEDS = [
  'permit(principal, action, resource);',
  '@id("x") forbid(principal == T::"x", action in [Action::"v", Action::"w"], resource is G in G::"g") unless { context has n };',
  'permit(principal in ?principal, action == Action::"v", resource == ?resource) when { true };',
  'permit(principal, action, resource) when { principal.a.b + 1 * -2 == 3 && !(principal has a.b) || (if principal.n < 4 then principal.s.contains(principal) else false) };',
  'permit(principal, action, resource) when { principal.name like "a*\\*\\u{1F600}" && ip("10.0.0.0/8").isInRange(ip("::1")) && decimal("1.5").lessThan(decimal("2.0")) };',
  'permit(principal, action, resource) when { { "a": [1, "x"], b: {} }["a"] == [] && principal.getTag("t") == "x" && (principal is T in G::"g") };',
];

const EXPRESSION_SEEDS = POLICY_SEEDS.flatMap((text) => /\{(.*)\}/.exec(text)?.[1] ?? []);

const SCHEMA_SEEDS = [
  'entity A, B in [C] { a: Long, "b c"?: Set<{ x: Bool }> } tags String; entity C enum ["x", "y"]; action "v" in [Action::"w"] appliesTo { principal: [A], resource: B, context: {} }; action w;',
  '@doc("x") namespace N { type T = { a: ipaddr, b: __cedar::String }; entity E = T; action a appliesTo { principal: E, resource: E, context: T }; }',
];

const SCHEMA_JSON =
  '{"": {"commonTypes": {"T": {"type": "Set", "element": {"type": "Long"}}}, "entityTypes": {"A": {"memberOfTypes": ["B"], "shape": {"type": "Record", "attributes": {"a": {"type": "T", "required": false}}}, "tags": {"type": "String"}}, "B": {"enum": ["x"]}}, "actions": {"v": {"memberOf": [{"id": "w"}], "appliesTo": {"principalTypes": ["A"], "resourceTypes": ["B"], "context": {"type": "Record", "attributes": {}}}}, "w": {}}}}';

const ENTITIES_JSON =
  '[{"uid": {"type": "T", "id": "x"}, "attrs": {"n": 1, "e": {"__entity": {"type": "G", "id": "g"}}, "ip": {"__extn": {"fn": "ip", "arg": "::1"}}, "s": [1, {"a": true}]}, "parents": [{"__entity": {"type": "G", "id": "g"}}], "tags": {"t": "x"}}]';

const path = (root: string) => DataPath.root(root, '');

export const TARGETS: Readonly<Record<string, Target>> = {
  policies: { run: answering(policies), seeds: POLICY_SEEDS },
  expression: { run: answering((text) => void parseExpression(text)), seeds: EXPRESSION_SEEDS },
  schema: {
    run: answering((text) => {
      parseSchema(text);
      const { fragment } = parseFragment(text);
      if (fragment !== undefined) printFragment(fragment);
    }),
    seeds: SCHEMA_SEEDS,
  },
  'schema-json': { run: answering((text) => void parseSchemaJson(parseJson(text))), seeds: [SCHEMA_JSON] },
  'policy-json': {
    run: answering((text) => void policyFromJson(parseJson(text))),
    seeds: POLICY_SEEDS.flatMap((text) =>
      parsePolicies(text).policies.map((policy) => JSON.stringify(policyToJson(policy))),
    ),
  },
  entities: { run: answering((text) => void entitiesFromData(parseJson(text))), seeds: [ENTITIES_JSON] },
  context: {
    run: answering((text) => void contextFromData(parseJson(text), path('context'))),
    seeds: ['{"a": 1, "b": {"__extn": {"fn": "decimal", "arg": "1.0"}}, "c": [{"type": "T", "id": "x"}]}'],
  },
  uid: {
    run: answering((text) => {
      const parsed = parseEntityUid(text);
      if (parsed.ok) same('a uid that is printed', parseEntityUid(String(parsed.value)), { ...parsed });
    }),
    seeds: ['T::"x"', 'N::T::"\\u{1F600}\\n"', 'Action::"a b"'],
  },
  json: {
    run: answering((text) => {
      const value = parseJson(text);
      if (typeof value === 'string') same('a JSON string', value, JSON.parse(text));
    }),
    seeds: ['{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {}}', '"x"', '[[[]]]', '12345678901234567890'],
  },
  'drop-in': {
    run: answering((text) => {
      dropIn.isAuthorized({
        principal: { type: 'T', id: 'x' },
        action: { type: 'Action', id: 'v' },
        resource: { type: 'G', id: 'g' },
        context: {},
        policies: { staticPolicies: text },
        entities: ENTITIES,
      });
    }),
    seeds: POLICY_SEEDS,
  },
};
