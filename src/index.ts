/**
 * Cedarmill — the public entry of the package.
 */

export type { PreparedContext } from '../codegen/index.ts';
export { CodeGenerationForbidden, EntityHandle } from '../codegen/index.ts';
export { type CheckedFilter, checkFilters } from './engine/check-filters.ts';
export { type CompileOptions, compile } from './engine/compile.ts';
export type { Decisions, Engine, EntitiesInput } from './engine/engine.ts';
export {
  type BuiltEntity,
  type BuiltUid,
  type EntityBuilder,
  type EntityBuilders,
  entityBuilders,
} from './engine/entity-builders.ts';
export type { EntityInput, EntityStoreOptions } from './engine/entity-store.ts';
export type { FilterOptions } from './engine/filter.ts';
export type { SchemaInput } from './engine/input/given-schema.ts';
export type { PartialEntityInput, PartialRequestInput } from './engine/input/partial-input.ts';
export { type OnePolicyInput, type PolicyInput, PolicySyntaxError } from './engine/input/policy-input.ts';
export type { RequestInput } from './engine/input/request-input.ts';
export { SchemaError } from './engine/input/schema-input.ts';
export type { TypeInput } from './engine/input/type-input.ts';
export type { UidInput } from './engine/input/uid-input.ts';
export { LoadError, type LoaderOptions, type LoadInput, RemoteEngine } from './engine/loader.ts';
export { mapping } from './engine/mapping.ts';
export { load, type ModuleEngine, type ReplaceOptions, schemaOf } from './engine/module-engine.ts';
export type { Needs, TypeNeeds } from './engine/needs.ts';
export { EntityStore } from './engine/parsing-store.ts';
export type { Need, PartialAnswer } from './engine/partial-answer.ts';
export type {
  AllowedAction,
  AllowedActionsQuery,
  AllowedEntity,
  AllowedPrincipalsQuery,
  AllowedResourcesQuery,
} from './engine/permission-query.ts';
export type { ValidateOption } from './engine/policy-check.ts';
export { type LinkInput, PolicySet } from './engine/policy-set.ts';
export {
  type Fetch,
  type FetchedResponse,
  type FollowedUrl,
  type FollowUrlOptions,
  followUrl,
  type Replaceable,
} from './engine/policy-url.ts';
export { type BindFilterQuery, PreparedFilter, type PrepareFilterQuery } from './engine/prepared-filter.ts';
export type { Among, DecisionQueries, Queries, WithReasons } from './engine/query-methods.ts';
export { type RowSecurity, type RowSecurityOptions, rowSecurity, type SessionRequest } from './engine/row-security.ts';
export { SchemaRequired } from './engine/schema-required.ts';
export type { Specialized, SpecializeQuery } from './engine/specialize.ts';
export { contextSchema, entitiesSchema } from './engine/standard-schemas.ts';
export type {
  ActionMap,
  ActionOf,
  ActionTypes,
  AnyActions,
  AnyEntities,
  AnyPolicies,
  DatetimeInput,
  EntitiesInputOf,
  EntityInputOf,
  EntityMap,
  EntityOf,
  EntityTypes,
  ExtensionInput,
  HandleOf,
  RequestOf,
  ResponseOf,
  SetInput,
  TypedModule,
  TypedSchema,
  Uid,
  UidOf,
} from './engine/typed-input.ts';
export type { EntityEntryOf } from './engine/typed-value.ts';
export { validate } from './engine/validate-policies.ts';
export type { DocumentQuery } from './filter/documents.ts';
export { type ExplainedClause, Filter, type FilterKind, type RowPredicate } from './filter/filter.ts';
export { FilterError, type Refusal } from './filter/filter-error.ts';
export type { PrismaProvider, PrismaWhere } from './filter/prisma.ts';
export type { DrizzleSql, KyselySql } from './filter/sql/builders.ts';
export type { DialectName } from './filter/sql/dialect.ts';
export type { SqlOptions } from './filter/sql/print-sql.ts';
export type { SqlFilter } from './filter/sql/sql-filter.ts';
export { type FormatOptions, type FormattedPolicies, formatPolicies } from './format/format.ts';
export {
  type AttributeDescription,
  absent,
  type ClosureTable,
  type EntityDescription,
  type FieldOptions,
  field,
  type JoinTable,
  json,
  type ManyOptions,
  type MappingDescription,
  type MappingOptions,
  many,
  type RefOptions,
  ref,
  type Storage,
  type TagTable,
  tags,
} from './mapping/description.ts';
export type { EntityMapping, Mapping } from './mapping/mapping.ts';
export { DataError } from './parser/data/data-path.ts';
export { type ParsedPolicies, parsePolicies } from './parser/text/policy.ts';
export { ConsistencyError, type Outcome, type Outcomes, type ResidualPolicy } from './partial/authorize.ts';
export { InsufficientRounds } from './partial/batched.ts';
export { IncompleteSchema, PolicyValidationError } from './partial/policies.ts';
export type { Residual } from './partial/residual.ts';
export type { SharpResponse } from './partial/sharp.ts';
export { type ExternalDeclarations, externalDeclarations, isComplete } from './schema/completeness.ts';
export { linkSchemas } from './schema/link.ts';
export { parseSchema, parseSchemaJson } from './schema/parse-schema.ts';
export type { Schema } from './schema/schema.ts';
export type { Annotations } from './syntax/annotations.ts';
export type { Diagnostic } from './syntax/diagnostic.ts';
export type { Policy, TemplateLink } from './syntax/policy.ts';
export { withAnnotatedId } from './syntax/policy-id.ts';
export type { PolicyChange } from './syntax/policy-set.ts';
export { PolicySetError } from './syntax/policy-set-error.ts';
export { printPolicy } from './syntax/print.ts';
export { ConformanceError } from './validator/conformance/conformance-error.ts';
export type {
  StandardIssue,
  StandardResult,
  StandardSchema,
} from './validator/conformance/standard-schema.ts';
export { ValidationError } from './validator/invalid-policies.ts';
export type { PolicyDiagnostic, ValidationOptions, ValidationResult } from './validator/validate.ts';
export { CedarmillError, type ErrorFormatOptions, UsageError } from './value/cedarmill-error.ts';
export { EntitiesError } from './value/entities.ts';
export type { EntityEntry } from './value/entity-entry.ts';
export { EntityUid } from './value/entity-uid.ts';
export type { EvaluationErrorKind } from './value/evaluation-error.ts';
export { JsonSyntaxError } from './value/json.ts';
export type { Decision, PolicyError, Response } from './value/response.ts';
