/**
 * Cedar-wasm — the door of the drop-in for @cedar-policy/cedar-wasm; it only re-exports.
 */

export {
  type AuthorizationAnswer,
  isAuthorized,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
} from './authorize.ts';
export { isAuthorizedPartial, type PartialAuthorizationAnswer, type ResidualResponse } from './authorize-partial.ts';
export type { DetailedError, SourceLabel } from './detailed-error.ts';
export { type CheckParseAnswer, checkParseContext, checkParseEntities } from './entities.ts';
export { type FormattingAnswer, formatPolicies } from './format.ts';
export {
  type LinkSchemasAnswer,
  linkSchemas,
  type SchemaCompletenessAnswer,
  schemaCompleteness,
} from './link.ts';
export {
  checkParsePolicySet,
  policySetTextToParts,
  policyToJson,
  policyToText,
  templateToJson,
  templateToText,
} from './policies.ts';
export {
  type GetValidRequestEnvsAnswer,
  getValidRequestEnvsPolicy,
  getValidRequestEnvsTemplate,
} from './request-envs.ts';
export { checkParseSchema, schemaToJson, schemaToJsonWithResolvedTypes, schemaToText } from './schema.ts';
export { type ValidationAnswer, type ValidationError, validate } from './validate.ts';
export { getCedarLangVersion, getCedarSDKVersion, getCedarVersion } from './version.ts';
