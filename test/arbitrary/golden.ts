/**
 * Golden — a case as the files of a folder: what a failure is printed as, and what can be pasted into test/golden.
 */
import { slotsOf } from '../../src/syntax/desugar.ts';
import { policyToJson } from '../../src/syntax/policy-json.ts';
import { printPolicy } from '../../src/syntax/print.ts';
import type { Case } from './case.ts';
import { type Data, dataText, entityToData, linkToData, objectOf, requestToData } from './json.ts';
import { schemaText } from './schema-text.ts';

/** File names and their contents. `policies.json` also has the ids, and the links of templates. */
export function goldenFolder(given: Case): Readonly<Record<string, string>> {
  const policies = given.policies.map((policy) => `// ${JSON.stringify(policy.id)}\n${printPolicy(policy)}\n`);
  return {
    'policies.cedar': policies.join('\n'),
    'policies.json': `${dataText(policySetData(given))}\n`,
    'entities.json': `${dataText(given.entities.map(entityToData))}\n`,
    'requests.json': `${dataText(given.requests.map(requestToData))}\n`,
    'schema.cedarschema': `${schemaText(given.schema)}\n`,
  };
}

export function policySetData({ policies, links }: Pick<Case, 'policies' | 'links'>): Data {
  const byId = (templates: boolean) =>
    objectOf(
      policies
        .filter((policy) => slotsOf(policy).length > 0 === templates)
        .map((policy) => [policy.id, policyToJson(policy) as Data]),
    );
  return { staticPolicies: byId(false), templates: byId(true), templateLinks: links.map(linkToData) };
}

/** One text, for a test's message. */
export function printCase(given: Case): string {
  return Object.entries(goldenFolder(given))
    .map(([name, content]) => `--- ${name}\n${content}`)
    .join('');
}
