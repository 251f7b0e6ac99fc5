/**
 * Compiled agrees with formal model — emitted code, and the model that the proofs are about.
 *
 * `CEDARMILL_CASES` sets the number of cases.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CodegenOptions } from '../../codegen/options.ts';
import { CompiledEngine } from '../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../src/engine/entity-store.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { anyCase } from './arbitrary-case.ts';
import { isAuthorized as formalIsAuthorized, sorted } from './formal-model.ts';

const numRuns = Number(process.env.CEDARMILL_CASES ?? 1000);

/** Policies that are core trees already. */
class CorePolicySet extends PolicySet {
  readonly #policies: readonly CorePolicy[];

  constructor(policies: readonly CorePolicy[]) {
    super();
    this.#policies = policies;
  }

  override staticPolicies(): IterableIterator<CorePolicy> {
    return this.#policies.values();
  }
}

const OPTIONS: readonly CodegenOptions[] = [{}, { slice: false }, { optimize: false }];

test('emitted code gives the answers of the formal model, whole and decision alone', () => {
  fc.assert(
    fc.property(anyCase, fc.constantFrom(...OPTIONS), ({ request, entities, policies }, options) => {
      const formal = formalIsAuthorized(request, entities, policies);
      const engine = new CompiledEngine(new CorePolicySet(policies), options);
      const store = EntityStore.of(entities);
      expect(sorted(engine.isAuthorized(request, store))).toEqual(formal);
      expect(engine.isAllowed(request, store)).toBe(formal.decision === 'allow');
    }),
    { numRuns },
  );
});
