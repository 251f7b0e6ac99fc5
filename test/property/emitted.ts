/**
 * Emitted — the text that a set of policies is compiled to, without slices.
 */
import { CompiledPolicies } from '../../codegen/compile.ts';
import type { Part } from '../../codegen/emit/program.ts';
import type { Case } from '../arbitrary/case.ts';
import { policySetOf } from '../drt/target/authorize.ts';

export function emittedText(given: Pick<Case, 'policies' | 'links'>): string {
  const set = policySetOf(given);
  const compiled = new CompiledPolicies();
  const parts: Part[] = [];
  for (const policy of set.staticPolicies()) {
    compiled.add(policy);
    const { policy: ir, where, validated } = compiled.statics.get(policy.id)!;
    parts.push({ kind: 'loose', policy: ir, row: parts.length, where, validated });
  }
  for (const template of set.templates()) {
    compiled.addTemplate(template);
    const { policy: ir, where, validated } = compiled.templates.get(template.id)!;
    parts.push({ kind: 'table', policy: ir, table: parts.length, where, validated });
  }
  return compiled.emit(parts, { testAction: true });
}
