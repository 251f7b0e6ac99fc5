/**
 * Query — which resources, principals or actions are allowed: an authorization request with one part left open.
 *
 * The official command has none; its crate has the three queries.
 */

import { failure, readSource } from '../../build/input.ts';
import { uidFromText } from '../../build/links-file.ts';
import { compile } from '../../engine/compile.ts';
import type { Engine } from '../../engine/engine.ts';
import { EntityStore } from '../../engine/entity-store.ts';
import { isActionType } from '../../value/entity-uid.ts';
import { parseJson } from '../../value/json.ts';
import { Attempts } from '../attempts.ts';
import { ExitCode } from '../exit-code.ts';
import { guarded, loadEntities, loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { explained } from './tpe.ts';

export interface QueryOptions extends PolicyOptions, SchemaOptions {
  readonly entities: string;
  readonly principal?: string | undefined;
  readonly principalType?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly context?: string | undefined;
  readonly verbose?: boolean | undefined;
}

export function query(options: QueryOptions, output: Output): ExitCode {
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  const entities = schema && attempts.of(() => loadEntities(options.entities, schema));
  if (policies === undefined || schema === undefined || entities === undefined) return ExitCode.failure;
  const answers = attempts.of(() =>
    explained(() => {
      const engine = compile(policies, { schema });
      const given = [...entities].filter(({ uid }) => !isActionType(uid.type));
      return answersOf(options, engine, EntityStore.of(given, { schema }));
    }),
  );
  if (answers === undefined) return ExitCode.failure;
  for (const { name, because } of answers)
    output.line(options.verbose === true ? `${name}  ${because.join(', ')}` : name);
  return ExitCode.success;
}

interface Answer {
  readonly name: string;
  readonly because: readonly string[];
}

function answersOf(options: QueryOptions, engine: Engine, store: EntityStore): Answer[] {
  const { principal, action, resource } = uids(options);
  const { principalType, resourceType } = options;
  const context = contextOf(options);
  const reasons = { reasons: true } as const;
  if (principal !== undefined && action !== undefined && resourceType !== undefined)
    return named(engine.allowedResources({ principal, action, resource: resourceType, context }, store, reasons));
  if (principalType !== undefined && action !== undefined && resource !== undefined)
    return named(engine.allowedPrincipals({ principal: principalType, action, resource, context }, store, reasons));
  if (principal === undefined || resource === undefined || action !== undefined) throw failure(OPEN, OPEN_HELP);
  return engine
    .allowedActions({ principal, resource, context }, store, reasons)
    .filter(({ decision }) => decision === 'allow')
    .map(({ action, determiningPolicies = [] }) => ({ name: `${action}`, because: determiningPolicies }));
}

const OPEN = 'leave one part of the request open';
const OPEN_HELP =
  'give --resource-type or --principal-type with the two other parts, or principal and resource without an action';

function uids({ principal, action, resource }: QueryOptions) {
  const read = (text: string | undefined, name: string) => (text === undefined ? undefined : uidFromText(text, name));
  return {
    principal: read(principal, 'principal'),
    action: read(action, 'action'),
    resource: read(resource, 'resource'),
  };
}

function named(
  found: Iterable<{ readonly uid: object; readonly response: { readonly determiningPolicies: readonly string[] } }>,
) {
  return [...found].map(({ uid, response }) => ({ name: `${uid}`, because: response.determiningPolicies }));
}

/** As it is; the engine reads it by the schema. */
function contextOf({ context }: QueryOptions): object | undefined {
  if (context === undefined) return undefined;
  const source = readSource(context, 'context');
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (typeof json !== 'object' || json === null) throw failure('a context in JSON is an object');
    return json;
  });
}
