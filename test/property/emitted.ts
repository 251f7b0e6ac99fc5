/**
 * Emitted — the text that a set of policies is compiled to, without slices.
 */

import { CompiledPolicies } from '../../codegen/compile.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import { planOf } from '../../codegen/plan/planner.ts';
import type { Case } from '../arbitrary/case.ts';
import { policySetOf } from '../drt/target/authorize.ts';

export function emittedText(given: Pick<Case, 'policies' | 'links'>, options: CodegenOptions = {}): string {
  const set = policySetOf(given);
  const compiled = new CompiledPolicies(options);
  const statics = [...set.staticPolicies()].map((policy) => compiled.add(policy));
  const templates = [...set.templates()].map((template) => compiled.addTemplate(template));
  return compiled.emit(planOf(statics, templates, Number.POSITIVE_INFINITY), { testAction: true });
}
