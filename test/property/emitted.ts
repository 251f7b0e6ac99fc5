/**
 * Emitted — the text that a set of policies is compiled to, without slices.
 */

import { CompiledPolicies } from '../../codegen/compile.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import type { PlanNode } from '../../codegen/plan/plan.ts';
import { inlineNode, linkLookupNode } from '../../codegen/plan/plan-node.ts';
import type { Case } from '../arbitrary/case.ts';
import { policySetOf } from '../drt/target/authorize.ts';

export function emittedText(given: Pick<Case, 'policies' | 'links'>, options: CodegenOptions = {}): string {
  const set = policySetOf(given);
  const compiled = new CompiledPolicies(options);
  const parts: PlanNode[] = [];
  for (const policy of set.staticPolicies()) {
    compiled.add(policy);
    parts.push(inlineNode(compiled.statics.get(policy.id)!, parts.length));
  }
  for (const template of set.templates()) {
    compiled.addTemplate(template);
    parts.push(linkLookupNode(compiled.templates.get(template.id)!, parts.length));
  }
  return compiled.emit(parts, { testAction: true });
}
