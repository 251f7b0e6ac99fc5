/**
 * Module — policies compiled ahead of time give the same answers as the model.
 */

import { emitModule } from '../../../codegen/bind/module.ts';
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { load } from '../../../codegen/load/load.ts';
import { Node, type PolicyModule } from '../../../codegen/runtime/index.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { load as engineOf, type ModuleEngine } from '../../../src/engine/module-engine.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import type { Case } from '../../arbitrary/case.ts';
import type { Finding } from '../finding.ts';
import { modelResponses, policySetOf, sameResponse } from './authorize.ts';

export function checkModule(given: Case): Finding | undefined {
  const set = policySetOf(given);
  const expected = modelResponses(given, [...set.policies()]);
  const engine = engineOf(moduleOf(emitModule(CompiledPolicies.of(set, {}))));
  const store = EntityStore.of(given.entities);
  for (const [i, request] of given.requests.entries()) {
    const actual = engine.isAuthorized(request, store);
    if (!sameResponse(actual, expected[i]!))
      return { target: 'module', oracle: 'module', what: `request ${i}`, expected: expected[i], actual };
    const allowed = engine.isAllowed(request, store);
    if (allowed !== (actual.decision === 'allow'))
      return {
        target: 'module',
        oracle: 'module, decision alone',
        what: `request ${i}`,
        expected: actual.decision,
        actual: allowed,
      };
  }
  return undefined;
}

const IMPORT = "import { Node } from 'cedarmill/runtime';";
const EXPORT = 'export const policies =';

/** The engine of a module of these policies as they are now. */
export function moduleEngineOf(set: PolicySet, schema: Schema | undefined): ModuleEngine {
  return engineOf(moduleOf(emitModule(CompiledPolicies.of(set, {}), 'esm', schema)));
}

/** What importing the module would give; files are too slow for so many. */
function moduleOf(text: string): PolicyModule {
  const body = text.replace(IMPORT, '').replace(EXPORT, 'return');
  if (body.length !== text.length - IMPORT.length - EXPORT.length + 'return'.length)
    throw new Error(`no module:\n${text}`);
  return load<(node: typeof Node) => PolicyModule>(['Node'], body)(Node);
}
