/**
 * Authorize — may this principal do this action on this resource? Decided by the compiled engine.
 *
 * The text that it prints is that of the official command.
 */

import { compile } from '../../engine/compile.ts';
import { EntityStore } from '../../engine/entity-store.ts';
import { Entities } from '../../value/entities.ts';
import type { Response } from '../../value/response.ts';
import { Attempts } from '../attempts.ts';
import { colors as pc } from '../colors.ts';
import { ExitCode } from '../exit-code.ts';
import {
  loadEntities,
  loadPolicies,
  loadRequest,
  loadSchema,
  type PolicyOptions,
  type RequestOptions,
  type SchemaOptions,
} from '../load.ts';
import type { Output } from '../output.ts';

export interface AuthorizeOptions extends PolicyOptions, SchemaOptions, RequestOptions {
  readonly entities: string;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly timing?: boolean | undefined;
}

/** All inputs are read, so that what is wrong with any of them is told at once. */
export function authorize(options: AuthorizeOptions, output: Output): ExitCode {
  if (options.json !== true) output.line();
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  const entities = attempts.of(() => loadEntities(options.entities, schema)) ?? Entities.empty;
  const request = attempts.of(() => loadRequest(options, schema), 'failed to parse request');
  if (policies === undefined || request === undefined || attempts.failed) return ExitCode.failure;
  const engine = compile(policies);
  const store = EntityStore.of(entities);
  const start = performance.now();
  const response = engine.isAuthorized(request, store);
  if (options.timing === true)
    output.line(`Authorization Time (micro seconds) : ${Math.round((performance.now() - start) * 1000)}`);
  if (options.json === true) output.line(JSON.stringify(response, undefined, 2));
  else show(response, options.verbose === true, output);
  return response.decision === 'allow' ? ExitCode.success : ExitCode.deny;
}

function show({ decision, determiningPolicies, errors }: Response, verbose: boolean, output: Output): void {
  output.line(decision === 'allow' ? pc.green('ALLOW') : pc.red('DENY'));
  if (errors.length > 0) output.line();
  for (const { policyId, message } of errors) output.line(`error while evaluating policy \`${policyId}\`: ${message}`);
  if (!verbose) return;
  output.line();
  if (determiningPolicies.length === 0) {
    output.line('note: no policies applied to this request');
    return;
  }
  output.line('note: this decision was due to the following policies:');
  for (const id of determiningPolicies) output.line(`  ${id}`);
  output.line();
}
