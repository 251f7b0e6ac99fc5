/**
 * Emitted — the text that a set of policies is compiled to, without slices.
 */

import { CompiledPolicies } from '../../codegen/compile.ts';
import type { Part } from '../../codegen/emit/program.ts';
import type { CodegenOptions } from '../../codegen/options.ts';
import { linksPart, loosePart } from '../../codegen/part.ts';
import type { Case } from '../arbitrary/case.ts';
import { policySetOf } from '../drt/target/authorize.ts';

export function emittedText(given: Pick<Case, 'policies' | 'links'>, options: CodegenOptions = {}): string {
  const set = policySetOf(given);
  const compiled = new CompiledPolicies(options);
  const parts: Part[] = [];
  for (const policy of set.staticPolicies()) {
    compiled.add(policy);
    parts.push(loosePart(compiled.statics.get(policy.id)!, parts.length));
  }
  for (const template of set.templates()) {
    compiled.addTemplate(template);
    parts.push(linksPart(compiled.templates.get(template.id)!, parts.length));
  }
  return compiled.emit(parts, { testAction: true });
}
