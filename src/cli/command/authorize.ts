/**
 * Authorize — may this principal do this action on this resource? Decided by the compiled engine.
 */
import pc from 'picocolors';
import { compile } from '../../engine/compile.ts';
import { EntityStore } from '../../engine/entity-store.ts';
import type { PolicySet } from '../../syntax/policy-set.ts';
import type { PolicyError, Response } from '../../value/response.ts';
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
import { type Output, reportAll } from '../output.ts';

export interface AuthorizeOptions extends PolicyOptions, SchemaOptions, RequestOptions {
  readonly entities: string;
  readonly json?: boolean | undefined;
  readonly verbose?: boolean | undefined;
}

export function authorize(options: AuthorizeOptions, output: Output): ExitCode {
  const policies = loadPolicies(options);
  const schema = loadSchema(options, (warnings, source) => reportAll(output, warnings, source));
  const entities = loadEntities(options.entities, schema);
  const request = loadRequest(options, schema);
  const response = compile(policies).isAuthorized(request, EntityStore.of(entities));
  if (options.json === true) output.line(JSON.stringify(response, undefined, 2));
  else show(response, policies, options.verbose === true, output);
  return response.decision === 'allow' ? ExitCode.success : ExitCode.deny;
}

function show(
  { decision, determiningPolicies, errors }: Response,
  policies: PolicySet,
  verbose: boolean,
  output: Output,
): void {
  output.line(decision === 'allow' ? pc.green('ALLOW') : pc.red('DENY'));
  for (const error of errors) showError(error, policies, output);
  if (determiningPolicies.length > 0) {
    output.line('\nnote: this decision was due to the following policies:');
    for (const id of determiningPolicies) output.line(`  ${id}`);
  } else if (verbose) {
    output.line('\nnote: no policies applied to this request');
  }
}

function showError({ policyId, message, help, span }: PolicyError, policies: PolicySet, output: Output): void {
  const source = (policies.get(policyId) ?? policies.get(policies.linkOf(policyId)?.templateId ?? ''))?.source;
  const labels = span === undefined ? [] : [{ span }];
  const told = `error while evaluating policy \`${policyId}\`: ${message}`;
  reportAll(output, [{ severity: 'error', code: 'evaluation', message: told, help, labels }], source);
}
