/**
 * Validate — do the policies fit the schema?
 */
import type { Schema } from '../../schema/schema.ts';
import type { PolicySet } from '../../syntax/policy-set.ts';
import type { ValidationMode } from '../../validator/type.ts';
import { type PolicyDiagnostic, type ValidationOptions, validate } from '../../validator/validate.ts';
import { ExitCode } from '../exit-code.ts';
import { failure } from '../input.ts';
import { loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import { type Output, reportAll } from '../output.ts';

export interface ValidateOptions extends PolicyOptions, SchemaOptions {
  readonly denyWarnings?: boolean | undefined;
  readonly validationMode: ValidationMode;
  readonly level?: number | undefined;
}

export function validatePolicies(options: ValidateOptions, output: Output): ExitCode {
  if (options.schema === undefined) throw failure('a schema is needed', 'give it with `--schema <file>`');
  if (Number.isNaN(options.level)) throw failure('a level is a whole number from 0 on');
  const policies = loadPolicies(options);
  const schema = loadSchema(options, (warnings, source) => reportAll(output, warnings, source))!;
  const { validationMode: mode, level, denyWarnings } = options;
  const passed = reportValidation(policies, schema, { mode, level }, output, denyWarnings);
  output.line(`policy set validation ${passed ? 'passed' : 'failed'}`);
  return passed ? ExitCode.success : ExitCode.validationFailure;
}

/** Reports what the validator finds, and tells whether the policies passed. */
export function reportValidation(
  policies: PolicySet,
  schema: Schema,
  options: ValidationOptions,
  output: Output,
  denyWarnings = false,
): boolean {
  const { errors, warnings } = validate(policies, schema, options);
  const report = ({ policyId, diagnostic }: PolicyDiagnostic) =>
    reportAll(
      output,
      [diagnostic],
      (policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? ''))?.source,
    );
  for (const problem of [...errors, ...warnings]) report(problem);
  return errors.length === 0 && !(denyWarnings && warnings.length > 0);
}
