/**
 * Module — policies compiled ahead of time give the same answers as the model.
 */

import { emitModule } from '../../../codegen/bind/module.ts';
import { load } from '../../../codegen/load/load.ts';
import { LinkIndex, Node, type PolicyModule } from '../../../codegen/runtime/index.ts';
import type { EntitiesInput } from '../../../src/engine/engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import { load as engineOf, type ModuleEngine } from '../../../src/engine/module-engine.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import type { Response } from '../../../src/value/response.ts';
import type { Case } from '../../arbitrary/case.ts';
import type { Finding } from '../finding.ts';
import { inForm, modelResponses, policySetOf, sameResponse } from './authorize.ts';

/** In a store, in every form of request, and in the call; twice, for the second time the action's plan is known. */
export function checkModule(given: Case): Finding | undefined {
  const set = policySetOf(given);
  const expected = modelResponses(given, [...set.policies()]);
  const engine = moduleEngineOf(set, undefined);
  const store = EntityStore.of(given.entities);
  for (const round of [0, 1])
    for (const [i, request] of given.requests.entries()) {
      const found =
        checkRequest(engine, inForm(request, store, 2 * i + round), store, expected[i]!, `request ${i}`) ??
        checkRequest(engine, request, given.entities, expected[i]!, `request ${i}, entities in the call`);
      if (found !== undefined) return found;
    }
  engine.release();
  return undefined;
}

function checkRequest(
  engine: ModuleEngine,
  request: RequestInput,
  entities: EntitiesInput,
  expected: Response,
  what: string,
): Finding | undefined {
  const actual = engine.isAuthorized(request, entities);
  if (!sameResponse(actual, expected)) return { target: 'module', oracle: 'module', what, expected, actual };
  const allowed = engine.isAllowed(request, entities);
  if (allowed === (actual.decision === 'allow')) return undefined;
  return { target: 'module', oracle: 'module, decision alone', what, expected: actual.decision, actual: allowed };
}

const IMPORT = /^import \{ (?:LinkIndex, )?Node \} from 'cedarmill\/runtime';$/m;
const EXPORT = 'export const policies =';

/** The engine of a module of these policies as they are now. */
export function moduleEngineOf(set: PolicySet, schema: Schema | undefined): ModuleEngine {
  return engineOf(moduleOf(emitModule(set, 'esm', { schema })));
}

/** What importing the module would give; files would be too slow. */
function moduleOf(text: string): PolicyModule {
  if (!IMPORT.test(text) || !text.includes(EXPORT)) throw new Error(`no module:\n${text}`);
  const body = text.replace(IMPORT, '').replace(EXPORT, 'return');
  return load<(index: typeof LinkIndex, node: typeof Node) => PolicyModule>(['LinkIndex', 'Node'], body)(
    LinkIndex,
    Node,
  );
}
