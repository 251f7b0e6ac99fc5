/**
 * Validate — do the policies fit the schema?
 */

import { failure } from '../../build/input.ts';
import type { PolicySet } from '../../syntax/policy-set.ts';
import type { ValidationMode } from '../../validator/type.ts';
import { type PolicyDiagnostic, validate } from '../../validator/validate.ts';
import type { ErrorReport } from '../error-report.ts';
import { ExitCode } from '../exit-code.ts';
import { loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';

export interface ValidateOptions extends PolicyOptions, SchemaOptions {
  readonly denyWarnings?: boolean | undefined;
  readonly validationMode: ValidationMode | 'partial';
  readonly level?: number | undefined;
}

export function validatePolicies(options: ValidateOptions, output: Output): ExitCode {
  const { validationMode: mode, level } = options;
  if (mode === 'partial') {
    output.warn(failure('the validation mode `partial` is not supported').report.diagnostics);
    return ExitCode.failure;
  }
  const policies = loadPolicies(options);
  const schema = loadSchema(options, output)!;
  const { errors, warnings } = validate(policies, schema, { mode, level });
  const failed = errors.length > 0 || (options.denyWarnings === true && warnings.length > 0);
  output.report(validationReport(policies, [...errors, ...warnings], failed));
  return failed ? ExitCode.validationFailure : ExitCode.success;
}

/** As a report, since the official command writes one even if there is nothing to say. */
export function validationReport(
  policies: PolicySet,
  problems: readonly PolicyDiagnostic[],
  failed: boolean,
): ErrorReport {
  const doing = `policy set validation ${failed ? 'failed' : 'passed'}`;
  if (problems.length === 0) return { doing, diagnostics: [NO_PROBLEM] };
  const policyId = problems[0]!.policyId;
  return {
    doing,
    diagnostics: problems.map(({ diagnostic }) => diagnostic),
    source: (policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? ''))?.source,
  };
}

const NO_PROBLEM = { severity: 'advice', code: 'validation', message: 'no errors or warnings', labels: [] } as const;
