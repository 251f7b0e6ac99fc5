/**
 * Golden — what is emitted for telling policies, as files that a person reads.
 *
 * One folder a claim: the policies, requests (over entities.json of this folder), the IR, the plan of each action and the program. `npx vitest run test/golden -u` writes
 * the expected files again; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../codegen/compile.ts';
import { printPolicy } from '../../codegen/ir/print.ts';
import { planOf, sharedNodeOf } from '../../codegen/plan/planner.ts';
import { printPlan } from '../../codegen/plan/print.ts';
import { check } from '../../codegen/print/check.ts';
import {
  type CompileOptions,
  compile,
  EntityStore,
  PolicySet,
  parsePolicies,
  type RequestInput,
} from '../../src/index.ts';
import { parseEntityUid } from '../../src/parser/text/text.ts';
import { Entities } from '../../src/value/entities.ts';
import { parseJson } from '../../src/value/json.ts';
import { planFor } from '../drt/target/plan.ts';

const root = new URL('./', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const claims = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const store = EntityStore.from(read('entities.json'));

describe('golden', () => {
  test('there are enough of them to tell something', () => expect(claims.length).toBeGreaterThanOrEqual(25));

  for (const { name } of claims) {
    test(name.replaceAll('-', ' '), async () => {
      const policies = policySet(name);
      const compiled = CompiledPolicies.of(policies, { check });
      await expect(irOf(compiled)).toMatchFileSnapshot(`${name}/expected.ir`);
      const requests = parseJson(read(`${name}/requests.json`)) as RequestInput[];
      await expect(plansOf(compiled, requests)).toMatchFileSnapshot(`${name}/expected.plan`);
      await expect(programOf(compiled)).toMatchFileSnapshot(`${name}/expected.js`);
      agree(policies, requests);
    });
  }
});

function policySet(name: string): PolicySet {
  const { policies, diagnostics } = parsePolicies(read(`${name}/policies.cedar`));
  expect(diagnostics).toEqual([]);
  const set = PolicySet.of(policies);
  const links = `${name}/links.json`;
  if (!existsSync(new URL(links, root))) return set;
  for (const { id, templateId, slotEnv } of JSON.parse(read(links))) {
    set.link({
      id,
      templateId,
      slotEnv: { principal: uid(slotEnv['?principal']), resource: uid(slotEnv['?resource']) },
    });
  }
  return set;
}

function uid(text: string) {
  const parsed = parseEntityUid(text);
  return parsed.ok ? parsed.value : expect.unreachable(text);
}

function irOf({ statics, templates }: CompiledPolicies): string {
  return [...statics.values(), ...templates.values()].map(({ policy }) => `${printPolicy(policy)}\n`).join('\n');
}

/** The plan of each action of the requests. Three policies of one skeleton share a node, as they would among many. */
function plansOf(compiled: CompiledPolicies, requests: readonly RequestInput[]): string {
  const actions = new Map(requests.map(({ action }) => [String(action), uid(String(action))]));
  const entities = Entities.from(store);
  return [...actions]
    .map(([text, action]) => `${text}\n\n${printPlan(planFor(compiled, action, entities, 3))}`)
    .join('\n');
}

/** The program of all policies, with the action still to be tested; three of one shape are rows. */
function programOf(compiled: CompiledPolicies): string {
  const statics = [...compiled.statics.values()];
  const areAlike = statics.length > 2 && new Set(statics.map(({ skeleton }) => skeleton.key)).size === 1;
  if (areAlike) return compiled.emit([sharedNodeOf(statics)], { testAction: false });
  return compiled.emit(planOf(statics, [...compiled.templates.values()], Number.POSITIVE_INFINITY), {
    testAction: true,
  });
}

/** Compiled, sliced or not, in full or decision alone: always the model's answer. */
function agree(policies: PolicySet, requests: readonly RequestInput[]): void {
  const model = compile(policies, { mode: 'interpret' });
  const options: CompileOptions[] = [{ slice: true }, { slice: false }, { indexFrom: 2 }];
  const engines = options.map((each) => compile(policies, { ...each, check }));
  for (const request of requests) {
    const answer = model.isAuthorized(request, store);
    for (const engine of engines) {
      expect(engine.isAuthorized(request, store)).toEqual(answer);
      expect(engine.isAllowed(request, store)).toBe(answer.decision === 'allow');
    }
  }
}
