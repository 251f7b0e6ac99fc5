/**
 * Load — policies, schemas, entities and requests from the files that the options name.
 */

import { DataError, DataPath } from '../parser/data/data-path.ts';
import { entitiesFromData } from '../parser/data/entities.ts';
import { uidFromData } from '../parser/data/uid.ts';
import { contextFromData } from '../parser/data/value.ts';
import { isJsonObject } from '../parser/json/json-form.ts';
import { policyFromJson } from '../parser/json/policy.ts';
import { policySetFromJson } from '../parser/json/policy-set.ts';
import { parsePolicies } from '../parser/text/policy.ts';
import { parseEntityUid } from '../parser/text/text.ts';
import { parseSchema, parseSchemaJson } from '../schema/parse-schema.ts';
import type { Schema } from '../schema/schema.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { withAnnotatedId } from '../syntax/policy-id.ts';
import { PolicySet, PolicySetError } from '../syntax/policy-set.ts';
import { checkRequest, conformingEntities } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import { schemaGuide, typedContextFromData } from '../validator/conformance/typed-data.ts';
import { Entities, EntitiesError } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { JsonSyntaxError, parseJson } from '../value/json.ts';
import { CedarRecord } from '../value/record.ts';
import type { Request } from '../value/request.ts';
import { failure, InputFailure, readSource } from './input.ts';

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
  refuse(diagnostics, source);
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
    const parsed = policyFromJson(json, 'policy0');
    if (!parsed.ok)
      throw new InputFailure([parsed.diagnostic], parsed.text === undefined ? undefined : { text: parsed.text });
    return PolicySet.of([parsed.policy]);
  });
}

/** `[{ template_id, link_id, args: { "?principal": "User::\"alice\"" } }]`; an empty file links nothing. */
function addLinks(set: PolicySet, source: Source & { readonly name: string }): void {
  if (source.text.trim() === '') return;
  guarded(source, () => {
    const links = parseJson(source.text);
    if (!Array.isArray(links)) throw failure(`\`${source.name}\` is no list of links`);
    for (const link of links) set.link(linkFrom(link, source.name));
  });
}

function linkFrom(link: unknown, name: string) {
  if (!isJsonObject(link)) throw failure(`\`${name}\` holds something that is no link`);
  const { template_id, link_id, args } = link;
  if (typeof template_id !== 'string' || typeof link_id !== 'string' || !isJsonObject(args)) {
    throw failure(`a link in \`${name}\` needs \`template_id\`, \`link_id\` and \`args\``);
  }
  const slot = (key: string) => (typeof args[key] === 'string' ? uidFromText(args[key], key) : undefined);
  const unknown = Object.keys(args).find((key) => key !== '?principal' && key !== '?resource');
  if (unknown !== undefined) throw failure(`link \`${link_id}\` has a value for \`${unknown}\`, which is no slot`);
  return {
    templateId: template_id,
    id: link_id,
    slotEnv: { principal: slot('?principal'), resource: slot('?resource') },
  };
}

/** `undefined` when no schema was named. Warnings go to `warn`. */
export function loadSchema(
  { schema, schemaFormat }: SchemaOptions,
  warn: (diagnostics: readonly Diagnostic[], source: Source) => void,
): Schema | undefined {
  if (schema === undefined) return undefined;
  const source = readSource(schema, 'schema');
  return guarded(source, () => {
    const parsed = schemaFormat === 'json' ? parseSchemaJson(parseJson(source.text)) : parseSchema(source.text);
    if (parsed.schema === undefined) throw new InputFailure(parsed.diagnostics, source);
    warn(parsed.diagnostics, source);
    return parsed.schema;
  });
}

/** Entities from a JSON file; with a schema they are read and checked by it, and its actions are among them. */
export function loadEntities(file: string | undefined, schema: Schema | undefined): Entities {
  if (file === undefined) return schema === undefined ? Entities.empty : conformingEntities([], schema);
  const source = readSource(file, 'entities');
  return guarded(source, () => {
    const data = parseJson(source.text);
    if (schema === undefined) return Entities.from(entitiesFromData(data));
    return conformingEntities(entitiesFromData(data, { guide: schemaGuide(schema) }), schema);
  });
}

/** The request of `--request-json`, or of `--principal`, `--action`, `--resource` and `--context`. */
export function loadRequest(options: RequestOptions, schema: Schema | undefined): Request {
  const request = options.requestJson === undefined ? requestOfFlags(options, schema) : requestOfFile(options, schema);
  if (schema !== undefined && options.requestValidation !== 'false') {
    const problem = checkRequest(request, schema);
    if (problem !== undefined) throw failure(`request does not fit the schema: ${problem.message}`, problem.help);
  }
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

function requestOfFile({ requestJson }: RequestOptions, schema: Schema | undefined): Request {
  const source = readSource(requestJson, 'request');
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (!isJsonObject(json)) throw failure('a request in JSON is an object');
    const uid = (member: 'principal' | 'action' | 'resource') => {
      const given = json[member];
      if (given === undefined) throw failure(MISSING);
      return typeof given === 'string'
        ? uidFromText(given, member)
        : uidFromData(given, DataPath.root(member, `in ${member}, `));
    };
    const action = uid('action');
    const context = contextOf(json.context ?? {}, action, schema);
    return { principal: uid('principal'), action, resource: uid('resource'), context };
  });
}

function contextOf(data: unknown, action: EntityUid, schema: Schema | undefined): CedarRecord {
  const place = DataPath.root('context', 'while parsing context, ');
  if (schema === undefined) return contextFromData(data, place);
  const type = schema.actions.get(action.key)?.context;
  if (type === undefined) throw failure(`action \`${action}\` does not exist in the supplied schema`);
  return typedContextFromData(data, type, place);
}

function uidFromText(text: string, what: string): EntityUid {
  const parsed = parseEntityUid(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, { text, name: what });
  return parsed.value;
}

function refuse(diagnostics: readonly Diagnostic[], source: Source | undefined): void {
  if (diagnostics.some(({ severity }) => severity === 'error')) throw new InputFailure(diagnostics, source);
}

/** Turns what reading throws into a failure that the user understands. */
function guarded<T>(source: Source, read: () => T): T {
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
    if (error instanceof ConformanceError) throw failure(error.message, error.problem.help);
    if (error instanceof PolicySetError) throw failure(error.message);
    throw error;
  }
}
