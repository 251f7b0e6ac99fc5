/**
 * Request envs — the drop-in's `getValidRequestEnvsPolicy` and `getValidRequestEnvsTemplate`: what requests a policy can apply to.
 */
import { desugarPolicy } from '../syntax/desugar.ts';
import type { Policy } from '../syntax/policy.ts';
import { policyEnvironments } from '../validator/environment.ts';
import { typecheckPolicy } from '../validator/typecheck/typecheck.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { requireShallow } from './call.ts';
import { type Argument, policyArgument, templateArgument } from './policy-argument.ts';
import { parseSchemaArgument } from './schema.ts';

export type GetValidRequestEnvsAnswer =
  | {
      readonly type: 'success';
      readonly principals: readonly string[];
      readonly actions: readonly string[];
      readonly resources: readonly string[];
    }
  /** Which argument is wrong; the official build does not tell what is wrong with it. */
  | { readonly type: 'failure'; readonly error: string };

/** The types of principals and resources, and the actions, for which a static policy passes and may be true. */
export function getValidRequestEnvsPolicy(policy: unknown, schema: unknown): GetValidRequestEnvsAnswer {
  requireShallow(policy);
  return answer(policyArgument(policy), `failed to parse policy ${origin(policy)}`, schema);
}

/** The same for a template. */
export function getValidRequestEnvsTemplate(template: unknown, schema: unknown): GetValidRequestEnvsAnswer {
  requireShallow(template);
  return answer(templateArgument(template), `failed to parse template ${origin(template)}`, schema);
}

function origin(argument: unknown): string {
  return `from ${typeof argument === 'string' ? 'string' : 'JSON'}`;
}

function answer(policy: Argument<Policy>, problem: string, schema: unknown): GetValidRequestEnvsAnswer {
  requireShallow(schema);
  if (!policy.ok) return { type: 'failure', error: problem };
  const parsed = parseSchemaArgument(schema);
  if (parsed.error !== undefined) return { type: 'failure', error: `failed to parse schema ${origin(schema)}` };
  const core = desugarPolicy(policy.value);
  const valid = [...policyEnvironments(core, parsed.schema)].filter(
    (environment) => typecheckPolicy(core, environment, parsed.schema).kind === 'typed',
  );
  return {
    type: 'success',
    principals: sorted(valid.map(({ principal }) => principal)),
    actions: sorted(valid.map(({ action }) => String(action.uid))),
    resources: sorted(valid.map(({ resource }) => resource)),
  };
}

function sorted(names: readonly string[]): string[] {
  return [...new Set(names)].sort(compareCodePoints);
}
