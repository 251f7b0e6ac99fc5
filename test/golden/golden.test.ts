/**
 * Golden — what is emitted for telling policies, as files that a person reads.
 *
 * One folder a claim: the policies, requests (over entities.json of this folder), the IR and the program. `npx vitest run test/golden -u` writes
 * the expected files anew; read the difference before you commit it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CompiledPolicies } from '../../codegen/compile.ts';
import { printPolicy } from '../../codegen/ir/print.ts';
import { inlineNode, linkLookupNode, sharedNode } from '../../codegen/plan/plan-node.ts';
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
import { parseJson } from '../../src/value/json.ts';

const root = new URL('.//', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const attributePolicies = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const store = EntityStore.from(read('entities.json'));

describe('golden', () => {
  test('there are enough of them to tell something', () => expect(attributePolicies.length).toBeGreaterThanOrEqual(25));

  for (const { name } of attributePolicies) {
    test(name.replaceAll('-', ' '), async () => {
      const policies = policySet(name);
      const compiled = CompiledPolicies.of(policies, { check });
      await expect(irOf(compiled)).toMatchFileSnapshot(`${name}/expected.ir`);
      await expect(programOf(compiled)).toMatchFileSnapshot(`${name}/expected.js`);
      agree(policies, parseJson(read(`${name}/requests.json`)) as RequestInput[]);
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

/** The program of all policies, with the action still to be tested; three of one shape are rows. */
function programOf(compiled: CompiledPolicies): string {
  const statics = [...compiled.statics.values()];
  const areAlike = statics.length > 2 && new Set(statics.map(({ skeleton }) => skeleton.key)).size === 1;
  if (areAlike) return compiled.emit([sharedNode(statics[0]!, 0)], { testAction: false });
  const inline = statics.map(inlineNode);
  const tables = [...compiled.templates.values()].map(linkLookupNode);
  return compiled.emit([...inline, ...tables], { testAction: true });
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
