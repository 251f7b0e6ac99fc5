/**
 * Functions — what the package `@cedar-policy/cedar-wasm` exports, with its types.
 *
 * Arguments are taken as JSON. Answers belong to the caller, who may change them; so their types are not read-only, as they are within this package.
 */

import * as authorize from './authorize.ts';
import * as partial from './authorize-partial.ts';
import * as prepared from './authorize-prepared.ts';
import * as entities from './entities.ts';
import * as format from './format.ts';
import { jsonArgument } from './json-argument.ts';
import * as link from './link.ts';
import * as policies from './policies.ts';
import * as envs from './request-envs.ts';
import * as schemas from './schema.ts';
import type * as A from './type/answer.ts';
import type * as C from './type/call.ts';
import type { Policy, PolicyJson, PolicySet, Template } from './type/policy.ts';
import type { Schema } from './type/schema.ts';
import * as validation from './validate.ts';

/** What is answered within this package: the same, but nobody may change it. JSON is not told further. */
type Answered<T> = T extends PolicyJson
  ? unknown
  : T extends readonly (infer E)[]
    ? readonly Answered<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Answered<T[K]> }
      : T;

function own<T>(answer: Answered<T>): T {
  return answer as T;
}

/** Decides one request against policies and entities that come with the call. */
export function isAuthorized(call: C.AuthorizationCall): A.AuthorizationAnswer {
  return own<A.AuthorizationAnswer>(authorize.isAuthorized(call));
}

/** Decides a request as far as its known parts allow; what is `null` is unknown. */
export function isAuthorizedPartial(call: C.PartialAuthorizationCall): A.PartialAuthorizationAnswer {
  return own<A.PartialAuthorizationAnswer>(partial.isAuthorizedPartial(jsonArgument(call)));
}

/** Decides one request against a policy set that `preparsePolicySet` keeps. */
export function statefulIsAuthorized(call: C.StatefulAuthorizationCall): A.AuthorizationAnswer {
  return own<A.AuthorizationAnswer>(prepared.statefulIsAuthorized(call));
}

/** Parses a policy set and keeps it by name for `statefulIsAuthorized`. A set that does not parse replaces nothing. */
export function preparsePolicySet(id: string, policySet: PolicySet): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(prepared.preparsePolicySet(id, jsonArgument(policySet)));
}

/** Parses a schema and keeps it by name for `statefulIsAuthorized`. One that does not parse replaces nothing. */
export function preparseSchema(name: string, schema: Schema): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(prepared.preparseSchema(name, jsonArgument(schema)));
}

/** Checks policies against a schema. */
export function validate(call: C.ValidationCall): A.ValidationAnswer {
  return own<A.ValidationAnswer>(validation.validate(jsonArgument(call)));
}

/** Checks whether a policy set parses. */
export function checkParsePolicySet(policySet: PolicySet): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(policies.checkParsePolicySet(jsonArgument(policySet)));
}

/** Is the argument a schema, as text or JSON? */
export function checkParseSchema(schema: Schema): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(schemas.checkParseSchema(jsonArgument(schema)));
}

/** Checks whether entities parse. */
export function checkParseEntities(call: C.EntitiesParsingCall): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(entities.checkParseEntities(jsonArgument(call)));
}

/** Checks whether a context parses. */
export function checkParseContext(call: C.ContextParsingCall): A.CheckParseAnswer {
  return own<A.CheckParseAnswer>(entities.checkParseContext(jsonArgument(call)));
}

/** The texts of the policies and templates of a policy set text, each sorted by id (so `policy10` is before `policy2`). */
export function policySetTextToParts(policySet: string): A.PolicySetTextToPartsAnswer {
  return own<A.PolicySetTextToPartsAnswer>(policies.policySetTextToParts(policySet));
}

/** The JSON form of a static policy. */
export function policyToJson(policy: Policy): A.PolicyToJsonAnswer {
  return own<A.PolicyToJsonAnswer>(policies.policyToJson(jsonArgument(policy)));
}

/** The JSON form of a template. */
export function templateToJson(template: Template): A.PolicyToJsonAnswer {
  return own<A.PolicyToJsonAnswer>(policies.templateToJson(jsonArgument(template)));
}

/** The Cedar text of a static policy; text stays as it was. */
export function policyToText(policy: Policy): A.PolicyToTextAnswer {
  return own<A.PolicyToTextAnswer>(policies.policyToText(jsonArgument(policy)));
}

/** The Cedar text of a template; text stays as it was. */
export function templateToText(template: Template): A.PolicyToTextAnswer {
  return own<A.PolicyToTextAnswer>(policies.templateToText(jsonArgument(template)));
}

/** Lays out policies in the official layout. */
export function formatPolicies(call: C.FormattingCall): A.FormattingAnswer {
  return own<A.FormattingAnswer>(format.formatPolicies(jsonArgument(call)));
}

/** The JSON form of a schema. */
export function schemaToJson(schema: Schema): A.SchemaToJsonAnswer {
  return own<A.SchemaToJsonAnswer>(schemas.schemaToJson(jsonArgument(schema)) as Answered<A.SchemaToJsonAnswer>);
}

/** The JSON form of a schema text, with every type's full name and kind. */
export function schemaToJsonWithResolvedTypes(schema: string): A.SchemaToJsonWithResolvedTypesAnswer {
  const answer = schemas.schemaToJsonWithResolvedTypes(schema);
  return own<A.SchemaToJsonWithResolvedTypesAnswer>(answer as Answered<A.SchemaToJsonAnswer>);
}

/** The text form of a schema. */
export function schemaToText(schema: Schema): A.SchemaToTextAnswer {
  return own<A.SchemaToTextAnswer>(schemas.schemaToText(jsonArgument(schema)));
}

/** The types of principals and resources, and the actions, for which a static policy passes and may be true. */
export function getValidRequestEnvsPolicy(policy: Policy, schema: Schema): A.GetValidRequestEnvsResult {
  return own<A.GetValidRequestEnvsResult>(envs.getValidRequestEnvsPolicy(jsonArgument(policy), jsonArgument(schema)));
}

/** The same for a template. */
export function getValidRequestEnvsTemplate(template: Template, schema: Schema): A.GetValidRequestEnvsResult {
  const answer = envs.getValidRequestEnvsTemplate(jsonArgument(template), jsonArgument(schema));
  return own<A.GetValidRequestEnvsResult>(answer);
}

/** Links schemas into one: what one declares `external`, another may define. SDK 4.14. */
export function linkSchemas(call: C.LinkSchemasCall): A.LinkSchemasAnswer {
  return own<A.LinkSchemasAnswer>(link.linkSchemas(jsonArgument(call)) as Answered<A.LinkSchemasAnswer>);
}

/** Does the schema define all that it declares? SDK 4.14. */
export function schemaCompleteness(schema: Schema): A.SchemaCompletenessAnswer {
  return own<A.SchemaCompletenessAnswer>(link.schemaCompleteness(jsonArgument(schema)));
}
