/**
 * Filter — the condition that rows must meet, as SQL; and which policies no dialect can say.
 *
 * The official command has neither.
 */
import { failure, InputFailure, readSource } from '../../build/input.ts';
import { uidFromText } from '../../build/links-file.ts';
import { checkFilters } from '../../engine/check-filters.ts';
import { compile } from '../../engine/compile.ts';
import { EntityStore } from '../../engine/entity-store.ts';
import { mapping } from '../../engine/mapping.ts';
import { rowSecurity } from '../../engine/row-security.ts';
import { FilterError } from '../../filter/filter-error.ts';
import type { DialectName } from '../../filter/sql/dialect.ts';
import { STATEMENTS } from '../../filter/sql/row-security.ts';
import type { Mapping } from '../../mapping/mapping.ts';
import type { Schema } from '../../schema/schema.ts';
import { UsageError } from '../../value/cedarmill-error.ts';
import { isActionType } from '../../value/entity-uid.ts';
import { parseJson } from '../../value/json.ts';
import { Attempts } from '../attempts.ts';
import { ExitCode } from '../exit-code.ts';
import { guarded, loadEntities, loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { explained } from './tpe.ts';

interface MappingOptions extends PolicyOptions, SchemaOptions {
  readonly mapping: string;
}

export interface FilterOptions extends MappingOptions {
  readonly entities?: string | undefined;
  readonly principal: string;
  readonly action: string;
  readonly resourceType: string;
  readonly context?: string | undefined;
  readonly dialect: DialectName;
  readonly superset?: boolean | undefined;
  readonly explain?: boolean | undefined;
}

/** Prints the text of the condition, and under it the values of its parameters, as JSON. */
export function filter(options: FilterOptions, output: Output): ExitCode {
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  const map = schema && attempts.of(() => loadMapping(options.mapping, schema));
  const entities = options.entities === undefined ? [] : attempts.of(() => loadEntities(options.entities!, schema));
  if (policies === undefined || schema === undefined || map === undefined || entities === undefined)
    return ExitCode.failure;
  const made = attempts.of(() =>
    refused(() => {
      const engine = compile(policies, { schema, mapping: map });
      const known = [...entities].filter(({ uid }) => !isActionType(uid.type));
      const found = engine.filter(queryOf(options), EntityStore.of(known, { schema }), { superset: options.superset });
      return { found, sql: found.sql(options.dialect) };
    }),
  );
  if (made === undefined) return ExitCode.failure;
  const { text, values, dropped } = made.sql;
  output.line(text);
  output.line(JSON.stringify(values));
  for (const { diagnostic } of dropped) output.line(`-- left out: ${diagnostic.message}`);
  if (options.explain === true)
    for (const { policyId, effect, sql, values: own } of made.found.explain(options.dialect))
      output.line(`-- ${effect} \`${policyId}\`: ${sql ?? 'left out'}  ${JSON.stringify(own)}`);
  return ExitCode.success;
}

function queryOf({ principal, action, resourceType, context }: FilterOptions) {
  return {
    principal: uidFromText(principal, 'principal'),
    action: `${uidFromText(action, 'action')}`,
    resource: resourceType,
    context: context === undefined ? undefined : objectIn(context, 'context'),
  };
}

export interface RowSecurityOptions extends MappingOptions {
  readonly principalType: string;
  readonly resourceTypes: readonly string[];
  readonly select?: string | undefined;
  readonly insert?: string | undefined;
  readonly update?: string | undefined;
  readonly delete?: string | undefined;
}

/** Prints the statements, to be run in one transaction. */
export function printRowSecurity(options: RowSecurityOptions, output: Output): ExitCode {
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  const map = schema && attempts.of(() => loadMapping(options.mapping, schema));
  if (policies === undefined || map === undefined) return ExitCode.failure;
  const actions = STATEMENTS.flatMap((statement) => {
    const action = options[statement];
    return action === undefined ? [] : [[statement, `${uidFromText(action, statement)}`] as const];
  });
  const { principalType: principal, resourceTypes: resources } = options;
  const made = attempts.of(() =>
    refused(() => rowSecurity(policies, map, { principal, resources, actions: Object.fromEntries(actions) })),
  );
  if (made === undefined) return ExitCode.failure;
  for (const statement of ['BEGIN', ...made.statements, 'COMMIT']) output.line(`${statement};`);
  return ExitCode.success;
}

export interface FiltersOptions extends MappingOptions {
  readonly dialect?: DialectName | undefined;
}

/** Prints each filter that policies allow and whether it can be said; fails if one cannot. */
export function filters(options: FiltersOptions, output: Output): ExitCode {
  const attempts = new Attempts(output);
  const policies = attempts.of(() => loadPolicies(options));
  const schema = attempts.of(() => loadSchema(options, output));
  const map = schema && attempts.of(() => loadMapping(options.mapping, schema));
  if (policies === undefined || map === undefined) return ExitCode.failure;
  const dialects = options.dialect && [options.dialect];
  const found = attempts.of(() => explained(() => checkFilters(policies, map, dialects)));
  if (found === undefined) return ExitCode.failure;
  for (const { principal, action, resource, dialect, refusals } of found) {
    output.line(`${refusals.length === 0 ? 'ok     ' : 'refused'} ${principal} ${action} ${resource} in ${dialect}`);
    for (const { diagnostic } of refusals) output.line(`        ${diagnostic.message}`);
  }
  return found.every(({ refusals }) => refusals.length === 0) ? ExitCode.success : ExitCode.failure;
}

/** The description of a mapping, and its options beside it: `{ "types": {…}, "options": {…} }`, or the types alone. */
function loadMapping(file: string, schema: Schema): Mapping {
  const given = objectIn(file, 'mapping');
  const { types, options } = given as { readonly types?: object; readonly options?: object };
  try {
    return types === undefined ? mapping(schema, given as never) : mapping(schema, types as never, options ?? {});
  } catch (error) {
    if (error instanceof UsageError) throw failure(error.message);
    throw error;
  }
}

function objectIn(file: string, what: string): object {
  const source = readSource(file, what);
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw failure(`a ${what} is an object in JSON`);
    return json;
  });
}

function refused<T>(run: () => T): T {
  try {
    return explained(run);
  } catch (error) {
    if (error instanceof FilterError) throw new InputFailure(error.diagnostics);
    if (error instanceof UsageError) throw failure(error.message);
    throw error;
  }
}
