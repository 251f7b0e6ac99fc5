/**
 * Tpe — what is left of the policies for a request of which parts are unknown.
 *
 * The text that it prints is that of the official command.
 */

import { failure, InputFailure } from '../../build/input.ts';
import { authorizePartially, type PartialResponse } from '../../partial/authorize.ts';
import { IncompleteSchema, TypedPolicies } from '../../partial/policies.ts';
import { ConformanceError } from '../../validator/conformance/conformance-error.ts';
import { ValidationError } from '../../validator/invalid-policies.ts';
import { Attempts } from '../attempts.ts';
import { ExitCode } from '../exit-code.ts';
import { loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import { loadPartialEntities, loadPartialRequest, type PartialRequestOptions } from '../load-partial.ts';
import type { Output } from '../output.ts';

export interface TpeOptions extends PolicyOptions, SchemaOptions, PartialRequestOptions {
  readonly entities: string;
  readonly timing?: boolean | undefined;
}

export function tpe(options: TpeOptions, output: Output): ExitCode {
  output.line();
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  if (schema === undefined) return ExitCode.failure;
  const entities = attempts.of(() => loadPartialEntities(options.entities, schema));
  const request = attempts.of(() => loadPartialRequest(options, schema), 'failed to parse request');
  if (policies === undefined || entities === undefined || request === undefined) return ExitCode.failure;
  const typed = new TypedPolicies(policies, schema);
  const start = performance.now();
  const response = attempts.of(() => explained(() => authorizePartially(typed, request, entities, schema)));
  if (response === undefined) return ExitCode.failure;
  if (options.timing === true)
    output.line(`Authorization Time (micro seconds) : ${Math.round((performance.now() - start) * 1000)}`);
  return show(response, output);
}

/** Turns what partial evaluation refuses into a failure of an input. */
export function explained<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof ValidationError) throw new InputFailure(error.diagnostics);
    if (error instanceof ConformanceError) throw failure(error.problem.message, error.problem.help);
    if (error instanceof IncompleteSchema) throw failure(error.message);
    throw error;
  }
}

function show({ decision, policies }: PartialResponse, output: Output): ExitCode {
  if (decision !== undefined) {
    output.line(decision === 'allow' ? 'ALLOW' : 'DENY');
    return decision === 'allow' ? ExitCode.success : ExitCode.deny;
  }
  output.line('UNKNOWN');
  output.line('All policy residuals:');
  for (const policy of policies) output.line(policy.policyToCedar());
  return ExitCode.unknown;
}
