/**
 * Answer — the types of what the functions give, by the names that the official package gives them.
 */
import type { PolicyId, PolicyJson } from './policy.ts';
import type { SchemaJson } from './schema.ts';

export type Severity = 'advice' | 'warning' | 'error';
export type Decision = 'allow' | 'deny';

/** Offsets count bytes of UTF-8. */
export interface SourceLocation {
  start: number;
  end: number;
}

export interface SourceLabel extends SourceLocation {
  label: string | null;
}

export interface DetailedError {
  message: string;
  help: string | null;
  code: string | null;
  url: string | null;
  severity: Severity | null;
  sourceLocations?: SourceLabel[];
  related?: DetailedError[];
}

type Failure = { type: 'failure'; errors: DetailedError[] };
type FailureWithWarnings = { type: 'failure'; errors: DetailedError[]; warnings: DetailedError[] };

export interface AuthorizationError {
  policyId: string;
  error: DetailedError;
}

export interface Diagnostics {
  reason: PolicyId[];
  errors: AuthorizationError[];
}

export interface Response {
  decision: Decision;
  diagnostics: Diagnostics;
}

export type AuthorizationAnswer =
  | FailureWithWarnings
  | { type: 'success'; response: Response; warnings: DetailedError[] };

export interface ResidualResponse {
  decision: Decision | null;
  satisfied: PolicyId[];
  errored: PolicyId[];
  mayBeDetermining: PolicyId[];
  mustBeDetermining: PolicyId[];
  residuals: Record<string, PolicyJson>;
  nontrivialResiduals: PolicyId[];
}

export type PartialAuthorizationAnswer =
  | FailureWithWarnings
  | { type: 'residuals'; response: ResidualResponse; warnings: DetailedError[] };

export type CheckParseAnswer = { type: 'success' } | Failure;

export type FormattingAnswer = Failure | { type: 'success'; formatted_policy: string };

/** Which argument is wrong; the official build does not tell what is wrong with it. */
export type GetValidRequestEnvsResult =
  | { type: 'success'; principals: string[]; actions: string[]; resources: string[] }
  | { type: 'failure'; error: string };

export type PolicyToJsonAnswer = { type: 'success'; json: PolicyJson } | Failure;
export type PolicyToTextAnswer = { type: 'success'; text: string } | Failure;

export type PolicySetTextToPartsAnswer = { type: 'success'; policies: string[]; policy_templates: string[] } | Failure;

export type SchemaToJsonAnswer = { type: 'success'; json: SchemaJson<string>; warnings: DetailedError[] } | Failure;

export type SchemaToJsonWithResolvedTypesAnswer = SchemaToJsonAnswer;

export type SchemaToTextAnswer = { type: 'success'; text: string; warnings: DetailedError[] } | Failure;

export interface ValidationError {
  policyId: string;
  error: DetailedError;
}

export type ValidationAnswer =
  | FailureWithWarnings
  | {
      type: 'success';
      validationErrors: ValidationError[];
      validationWarnings: ValidationError[];
      otherWarnings: DetailedError[];
    };

/** SDK 4.14. */
export type LinkSchemasAnswer =
  | {
      type: 'success';
      json: SchemaJson<string>;
      complete: boolean;
      externalEntityTypes: string[];
      externalActions: string[];
      warnings: DetailedError[];
    }
  | Failure;

/** SDK 4.14. */
export type SchemaCompletenessAnswer =
  | { type: 'success'; complete: boolean; externalEntityTypes: string[]; externalActions: string[] }
  | Failure;
