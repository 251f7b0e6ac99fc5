/**
 * Validate — do the policies fit the schema?
 */
import type { ValidationMode } from '../../validator/type.ts';
import { type PolicyDiagnostic, validate } from '../../validator/validate.ts';
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
  const { errors, warnings } = validate(policies, schema, { mode: options.validationMode, level: options.level });
  const report = ({ policyId, diagnostic }: PolicyDiagnostic) =>
    reportAll(
      output,
      [diagnostic],
      (policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? ''))?.source,
    );
  for (const problem of [...errors, ...warnings]) report(problem);
  const failed = errors.length > 0 || (options.denyWarnings === true && warnings.length > 0);
  output.line(`policy set validation ${failed ? 'failed' : 'passed'}`);
  return failed ? ExitCode.validationFailure : ExitCode.success;
}
