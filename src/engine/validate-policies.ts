/**
 * Validate policies — the validator for policies and schemas in any form in which they are given.
 */
import { PolicySet as StrictPolicySet } from '../syntax/policy-set.ts';
import { type ValidationOptions, type ValidationResult, validate as validateSet } from '../validator/validate.ts';
import type { SchemaInput } from './input/given-schema.ts';
import { readOptions } from './input/options.ts';
import type { PolicyInput } from './input/policy-input.ts';
import { schemaFromInput } from './input/schema-input.ts';
import { PolicySet } from './policy-set.ts';

/**
 * Validates policies, templates and links against a schema, each in the forms that `compile` takes.
 *
 *     validate('permit(principal, action, resource);', 'entity U; action a appliesTo { principal: U, resource: U };').errors   // []
 *
 * Throws `PolicySyntaxError`, `PolicySetError`, `SchemaError` and `UsageError` for what cannot be read; what does not fit the schema is in the result.
 */
export function validate(
  policies: PolicyInput,
  schema: SchemaInput,
  options: ValidationOptions = {},
): ValidationResult {
  const read = readOptions(options, ['mode', 'level'], 'validate');
  const set = policies instanceof StrictPolicySet ? policies : PolicySet.of(policies);
  return validateSet(set, schemaFromInput(schema), read);
}
