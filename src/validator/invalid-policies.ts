/**
 * Invalid policies — the error for policies that do not fit the schema.
 */
import { CedarmillError, shownProblems } from '../value/cedarmill-error.ts';
import type { Source } from '../value/diagnostic.ts';
import type { PolicyDiagnostic } from './validate.ts';

/** Policies that do not fit the schema. The message shows each problem with the source line; `problems` names the policies too. */
export class ValidationError extends CedarmillError {
  static override readonly kind: string = 'ValidationError';
  override readonly name: string = 'ValidationError';
  readonly problems: readonly PolicyDiagnostic[];

  constructor(problems: readonly PolicyDiagnostic[], sources: readonly (Source | undefined)[], lead = '') {
    const diagnostics = problems.map(({ diagnostic }) => diagnostic);
    super('invalidPolicies', `${lead}${shownProblems(diagnostics, sources)}`, { diagnostics, sources });
    this.problems = problems;
  }
}
