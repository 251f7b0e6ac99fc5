/**
 * Load — policies, schemas, entities and requests from the files that the options name.
 */
import { existsSync } from 'node:fs';
import { failure, InputFailure, readSource } from '../build/input.ts';
import { type LinkText, linksFrom, toLink, uidFromText } from '../build/links-file.ts';
import { DataError, DataPath } from '../parser/data/data-path.ts';
import { entitiesFromData } from '../parser/data/entities.ts';
import { uidFromData } from '../parser/data/uid.ts';
import { contextFromData } from '../parser/data/value.ts';
import { isJsonObject, type JsonObject } from '../parser/json/json-form.ts';
import { policyFromJson } from '../parser/json/policy.ts';
import { policySetFromJson } from '../parser/json/policy-set.ts';
import { parsePolicies } from '../parser/text/policy.ts';
import { parseFragment, parseFragmentJson, resolveParsed } from '../schema/parse-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { SchemaDocs } from '../schema-types/schema-docs.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { withAnnotatedId } from '../syntax/policy-id.ts';
import { PolicySet } from '../syntax/policy-set.ts';
import { PolicySetError } from '../syntax/policy-set-error.ts';
import { checkRequest, conformingEntities } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import { schemaGuide, typedContextFromData } from '../validator/conformance/typed-data.ts';
import { Entities, EntitiesError } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { JsonSyntaxError, parseJson } from '../value/json.ts';
import { CedarRecord } from '../value/record.ts';
import type { Request } from '../value/request.ts';
import type { Output } from './output.ts';

export interface PolicyOptions {
  readonly policies?: string | undefined;
  readonly policyFormat?: 'cedar' | 'json' | undefined;
  readonly templateLinked?: string | undefined;
}

export interface SchemaOptions {
  readonly schema?: string | undefined;
  readonly schemaFormat?: 'cedar' | 'json' | undefined;
}

export interface RequestOptions {
  readonly principal?: string | undefined;
  readonly action?: string | undefined;
  readonly resource?: string | undefined;
  readonly context?: string | undefined;
  readonly requestJson?: string | undefined;
  readonly requestValidation?: 'true' | 'false' | undefined;
}

/** Static policies and templates under the ids of their `@id` annotations, and the links of the links file. */
export function loadPolicies({ policies, policyFormat, templateLinked }: PolicyOptions): PolicySet {
  const source = readSource(policies, 'policies');
  const set = policyFormat === 'json' ? jsonPolicies(source) : cedarPolicies(source);
  if (templateLinked !== undefined) addLinks(set, readSource(templateLinked, 'template links'));
  return set;
}

function cedarPolicies(source: Source & { readonly name: string }): PolicySet {
  const { policies, diagnostics } = parsePolicies(source.text, { name: source.name });
  refuse(diagnostics, source, 'failed to parse policy set');
  return guarded(source, () => PolicySet.of(policies.map(withAnnotatedId)));
}

/** A policy set, a policy or a template: which of them, its members tell. */
function jsonPolicies(source: Source): PolicySet {
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (!isJsonObject(json)) throw failure('a policy, a template or a policy set in JSON is an object');
    const isSet = ['staticPolicies', 'templates', 'templateLinks'].some((member) => member in json);
    const isPolicy = ['effect', 'principal', 'action', 'resource', 'conditions'].some((member) => member in json);
    if (isSet === isPolicy) throw failure('cannot tell whether this JSON is a single policy or a policy set');
    if (isSet) {
      const { policies, diagnostics } = policySetFromJson(json);
      refuse(diagnostics, undefined);
      return policies;
    }
    const parsed = policyFromJson(json, 'JSON policy');
    if (!parsed.ok)
      throw new InputFailure([parsed.diagnostic], parsed.text === undefined ? undefined : { text: parsed.text });
    return PolicySet.of([parsed.policy]);
  });
}

/** Throws `InputFailure`. */
function addLinks(set: PolicySet, source: Source & { readonly name: string }): void {
  guarded(source, () => {
    for (const link of linksFrom(source)) set.link(toLink(link));
  });
}

/** The links of a file that need not be there. Throws `InputFailure`. */
export function loadLinksIfAny(file: string): LinkText[] {
  if (!existsSync(file)) return [];
  const source = readSource(file, 'template links');
  return guarded(source, () => linksFrom(source));
}

/** `undefined` when no schema was named. */
export function loadSchema(options: SchemaOptions, output: Output): Schema | undefined {
  return options.schema === undefined ? undefined : loadSchemaWithDocs(options, output).schema;
}

/** The schema, and what it says of itself. Standard input is read if no file is named. */
export function loadSchemaWithDocs(
  { schema, schemaFormat }: SchemaOptions,
  output: Output,
): { readonly schema: Schema; readonly docs: SchemaDocs } {
  const source = readSource(schema, 'schema');
  return guarded(source, () => {
    const parsed = schemaFormat === 'json' ? parseFragmentJson(parseJson(source.text)) : parseFragment(source.text);
    const { schema: resolved, diagnostics } = resolveParsed([parsed]);
    if (resolved === undefined) throw new InputFailure(diagnostics, source);
    output.warn(diagnostics, source);
    return { schema: resolved, docs: new SchemaDocs(parsed.fragment === undefined ? [] : [parsed.fragment]) };
  });
}

/** Entities from a JSON file; with a schema they are read and checked by it, and its actions are among them. */
export function loadEntities(file: string | undefined, schema: Schema | undefined): Entities {
  if (file === undefined) return schema === undefined ? Entities.empty : conformingEntities([], schema);
  const source = readSource(file, 'entities');
  return guarded(source, () => entitiesFrom(parseJson(source.text), schema));
}

/** Throws what `guarded` turns into a failure. */
export function entitiesFrom(data: unknown, schema: Schema | undefined): Entities {
  if (schema === undefined) return Entities.from(entitiesFromData(data));
  return conformingEntities(entitiesFromData(data, { guide: schemaGuide(schema) }), schema);
}

/** The request of `--request-json`, or of `--principal`, `--action`, `--resource` and `--context`. */
export function loadRequest(options: RequestOptions, schema: Schema | undefined): Request {
  const { requestJson } = options;
  const checked = options.requestValidation !== 'false';
  if (requestJson === undefined) return conforming(requestOfFlags(options, schema), schema, checked);
  const source = readSource(requestJson, 'request');
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (!isJsonObject(json)) throw failure('a request in JSON is an object');
    return requestFrom(json, schema, checked);
  });
}

function conforming(request: Request, schema: Schema | undefined, checked: boolean): Request {
  const problem = schema === undefined || !checked ? undefined : checkRequest(request, schema);
  if (problem !== undefined) throw failure(`request does not fit the schema: ${problem.message}`, problem.help);
  return request;
}

const MISSING = 'all three of principal, action and resource must be given';

function requestOfFlags(options: RequestOptions, schema: Schema | undefined): Request {
  const { principal, action, resource } = options;
  if (principal === undefined || action === undefined || resource === undefined) throw failure(MISSING);
  const actionUid = uidFromText(action, 'action');
  const source = options.context === undefined ? undefined : readSource(options.context, 'context');
  return {
    principal: uidFromText(principal, 'principal'),
    action: actionUid,
    resource: uidFromText(resource, 'resource'),
    context:
      source === undefined
        ? CedarRecord.empty
        : guarded(source, () => contextOf(parseJson(source.text), actionUid, schema)),
  };
}

/** `{ principal, action, resource, context }`. Throws what `guarded` turns into a failure. */
export function requestFrom(json: JsonObject, schema: Schema | undefined, checked: boolean): Request {
  const uid = (member: 'principal' | 'action' | 'resource') => {
    const given = json[member];
    if (given === undefined) throw failure(MISSING);
    return typeof given === 'string'
      ? uidFromText(given, member)
      : uidFromData(given, DataPath.root(member, `in ${member}, `));
  };
  const action = uid('action');
  if (json.context === undefined) throw failure('a request in JSON needs `context`, which may be `{}`');
  const context = contextOf(json.context, action, schema);
  return conforming({ principal: uid('principal'), action, resource: uid('resource'), context }, schema, checked);
}

/** Throws what `guarded` turns into a failure. */
export function contextOf(data: unknown, action: EntityUid, schema: Schema | undefined): CedarRecord {
  const place = DataPath.root('context', 'while parsing context, ');
  if (schema === undefined) return contextFromData(data, place);
  const type = schema.actions.get(action.key)?.context;
  if (type === undefined) throw failure(`action \`${action}\` does not exist in the supplied schema`);
  return typedContextFromData(data, type, place);
}

function refuse(diagnostics: readonly Diagnostic[], source: Source | undefined, doing?: string): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new InputFailure(diagnostics, source, doing);
}

/** Turns what reading throws into a failure that the user understands. */
export function guarded<T>(source: Source, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      const span = { start: error.offset, end: error.offset + 1 };
      throw new InputFailure(
        [{ severity: 'error', code: 'invalidJson', message: error.message, labels: [{ span }] }],
        source,
      );
    }
    if (error instanceof DataError || error instanceof EntitiesError) throw failure(error.message, error.help);
    if (error instanceof ConformanceError) throw failure(error.problem.message, error.problem.help);
    if (error instanceof PolicySetError) throw failure(error.message);
    throw error;
  }
}
