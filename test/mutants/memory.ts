/**
 * Memory mutants — bugs by which dropped engines stay in memory. The kinds of test/src/engine/memory.ts find each.
 */
import type { Patch } from '../drt/bundle.ts';

export interface MemoryMutant extends Patch {
  /** What is wrong. */
  readonly name: string;
  /** The kind that finds it. */
  readonly kind: string;
}

export const MEMORY_MUTANTS: readonly MemoryMutant[] = [
  {
    name: 'stores keep the graphs of dropped engines',
    kind: 'dropped engines',
    path: 'src/engine/bound-programs.ts',
    before: 'releaseWhenCollected(this, program.graph);',
    after: '',
  },
  {
    name: 'policy sets keep the programs of dropped engines',
    kind: 'dropped engines',
    path: 'src/syntax/weak-participant.ts',
    before: "weakReference(follower, 'hold')",
    after: '{ deref: () => follower }',
  },
  {
    name: 'what follows a policy set weakly stays in it',
    kind: 'dropped engines that interpret',
    path: 'src/syntax/weak-participant.ts',
    before: 'releaseWhenCollected(follower, this);',
    after: '',
  },
  {
    name: 'the finalizer keeps what it is to release',
    kind: 'dropped engines that a listener leads to',
    path: 'src/value/finalizer.ts',
    before: "weakReference(held, 'forget')",
    after: '{ deref: () => held }',
  },
  {
    name: 'compiled policies lead to the engine by their validation',
    kind: 'dropped engines with a schema that a listener leads to',
    path: 'src/engine/compiled-engine.ts',
    before: 'validated: policyCheck && validatedBy(policyCheck)',
    after: 'validated: policyCheck && ((policy: CorePolicy) => policyCheck.passes(policy))',
  },
  {
    name: 'compiled policies lead to the policy set',
    kind: 'dropped engines that a listener leads to',
    path: 'codegen/compile.ts',
    before: 'compiled.#fieldsAtFirst = compiled.fields.size;',
    after: 'compiled.#fieldsAtFirst = compiled.fields.size;\n    Object.assign(compiled, { policies });',
  },
  {
    name: 'the typed policies of dropped engines stay in the policy set',
    kind: 'dropped engines that were asked in part',
    path: 'src/partial/policies.ts',
    before: 'this.#leave = enlistWeakly(this, policies);',
    after: 'this.#leave = policies.enlist(this);',
  },
];
