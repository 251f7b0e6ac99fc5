/**
 * Authorize prepared — the drop-in's authorization calls against policy sets and schemas that were prepared, and are named in the call.
 *
 * A prepared set is decided by emitted code (compiled-set.ts) where the call is of the plainest form, and its entities are few or came before; else by the model.
 */

import { isAuthorized as modelIsAuthorized } from '../model/authorizer.ts';
import { DataError } from '../parser/data/data-path.ts';
import type { Schema } from '../schema/schema.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import { type AuthorizationAnswer, answer, entitiesCacheOf, errorsOf, failure, SCOPE, success } from './authorize.ts';
import { members, requireShallow, type Shape, stringOf } from './call.ts';
import { CompiledSet } from './compiled-set.ts';
import { type DetailedError, plainError } from './detailed-error.ts';
import { type CheckParseAnswer, checkParseAnswer, uidArgument } from './entities.ts';
import type { ListedEntities } from './entities-cache.ts';
import { jsonArgument } from './json-argument.ts';
import { type PlainStatefulCall, plainStatefulCall } from './plain-call.ts';
import { type Argument, policySetArgument } from './policy-argument.ts';
import { NO_SCHEMA, type OptionalSchema, parseSchemaArgument } from './schema.ts';

/** What the stateful calls remember, by name. It lives as long as the module: the official build has nothing to empty it either. */
const preparsedPolicySets = new Map<string, PreparsedSet>();
const preparsedSchemas = new Map<string, Schema>();

interface PreparsedSet {
  readonly policies: PolicySet;
  readonly compiled: CompiledSet | undefined;
}

/** Parses a policy set and keeps it by name for `statefulIsAuthorized`. A set that does not parse replaces nothing. */
export function preparsePolicySet(id: unknown, policies: unknown): CheckParseAnswer {
  const name = stringOf(id);
  requireShallow(policies);
  const parsed = policySetArgument(policies);
  if (parsed.ok) {
    preparsedPolicySets.get(name)?.compiled?.release();
    const compiled = mayHaveUnknowns(policies) ? undefined : new CompiledSet(parsed.value);
    preparsedPolicySets.set(name, { policies: parsed.value, compiled });
  }
  return checkParseAnswer(parsed);
}

/** Compiled programs never meet an unknown. */
function mayHaveUnknowns(policies: unknown): boolean {
  const text = JSON.stringify(policies, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  return text.includes('unknown');
}

/** Parses a schema and keeps it by name for `statefulIsAuthorized`. One that does not parse replaces nothing. */
export function preparseSchema(id: unknown, schema: unknown): CheckParseAnswer {
  const name = stringOf(id);
  requireShallow(schema);
  const parsed = parseSchemaArgument(schema);
  if (parsed.error !== undefined) return { type: 'failure', errors: [parsed.error] };
  preparsedSchemas.set(name, parsed.schema);
  return { type: 'success' };
}

const STATEFUL_CALL: Shape = {
  name: 'StatefulAuthorizationCall',
  fields: [
    'principal',
    'action',
    'resource',
    'context',
    'preparsedSchemaName',
    'validateRequest',
    'preparsedPolicySetId',
    'entities',
  ],
  optional: ['preparsedSchemaName', 'validateRequest'],
};

/** Decides one request against a policy set that `preparsePolicySet` keeps. */
export function statefulIsAuthorized(call: unknown): AuthorizationAnswer {
  const plain = plainStatefulCall(call);
  const named = plain && namedIn(plain);
  if (plain === undefined || named === undefined) return statefulAnswer(jsonArgument(call), undefined);
  return entitiesCacheOf(named.schema).use(plain.entities, (entities) => {
    if (entities === undefined) return statefulAnswer(jsonArgument(call), undefined);
    // What is known is not looked at again.
    return (
      compiledAnswer(plain, named, entities) ??
      statefulAnswer(jsonArgument({ ...(call as object), entities: null }), entities)
    );
  });
}

/** A set, and a schema if the call names one. */
interface Named {
  readonly set: PreparsedSet;
  readonly schema: Schema | undefined;
}

function namedIn({ policySetId, schemaName }: PlainStatefulCall): Named | undefined {
  const set = preparsedPolicySets.get(policySetId);
  const schema = schemaName === undefined ? undefined : preparsedSchemas.get(schemaName);
  return set === undefined || (schemaName !== undefined && schema === undefined) ? undefined : { set, schema };
}

/** `undefined` if the model decides, or something is wrong with the request. */
function compiledAnswer(
  { request, validateRequest }: PlainStatefulCall,
  { set: { compiled, policies }, schema }: Named,
  entities: ListedEntities,
): AuthorizationAnswer | undefined {
  if (compiled === undefined) return undefined;
  try {
    const response = compiled.isAuthorized(request, entities, { schema, validateRequest });
    return response && success(response, policies, []);
  } catch (error) {
    if (error instanceof DataError || error instanceof ConformanceError) return undefined;
    throw error;
  }
}

function statefulAnswer(call: unknown, known: ListedEntities | undefined): AuthorizationAnswer {
  const given = members(call, STATEFUL_CALL);
  const id = stringOf(given.preparsedPolicySetId);
  const schema = preparsedSchema(given.preparsedSchemaName);
  const set = preparsedPolicySets.get(id)?.policies;
  const missing = plainError(`preparsed policy set '${id}' not found`);
  if (set === undefined) return failure([...errorsOf(schema), missing, ...scopeErrors(given)], []);
  const policies = { ok: true as const, value: set };
  return answer(given, { schema, policies, known }, (request, entities) =>
    modelIsAuthorized(request, entities, set.policies()),
  );
}

function preparsedSchema(name: unknown): Argument<OptionalSchema> {
  if (name === undefined || name === null) return { ok: true, value: NO_SCHEMA };
  const schema = preparsedSchemas.get(stringOf(name));
  if (schema !== undefined) return { ok: true, value: { schema, warnings: [] } };
  return { ok: false, errors: [plainError(`preparsed schema '${name}' not found`)] };
}

function scopeErrors(given: Record<string, unknown>): readonly DetailedError[] {
  return SCOPE.flatMap((name) => errorsOf(uidArgument(given[name], name)));
}
