/**
 * Call — the types of what the functions take, by the names that the official package gives them.
 */
import type { Context, Entities, EntityUid, PolicySet } from './policy.ts';
import type { Schema } from './schema.ts';

export interface AuthorizationCall {
  principal: EntityUid;
  action: EntityUid;
  resource: EntityUid;
  context: Context;
  schema?: Schema;
  validateRequest?: boolean;
  policies: PolicySet;
  entities: Entities;
}

/** A part that is `null` is unknown. */
export interface PartialAuthorizationCall {
  principal: EntityUid | null;
  action: EntityUid | null;
  resource: EntityUid | null;
  context: Context;
  schema?: Schema;
  validateRequest?: boolean;
  policies: PolicySet;
  entities: Entities;
}

export interface StatefulAuthorizationCall {
  principal: EntityUid;
  action: EntityUid;
  resource: EntityUid;
  context: Context;
  preparsedSchemaName?: string;
  validateRequest?: boolean;
  preparsedPolicySetId: string;
  entities: Entities;
}

export interface ContextParsingCall {
  context: Context;
  schema?: Schema | null;
  action?: EntityUid | null;
}

export interface EntitiesParsingCall {
  entities: Entities;
  schema?: Schema | null;
}

export interface FormattingCall {
  policyText: string;
  lineWidth?: number;
  indentWidth?: number;
}

export type ValidationMode = 'strict';

export interface ValidationSettings {
  mode: ValidationMode;
}

export interface ValidationCall {
  validationSettings?: ValidationSettings;
  schema: Schema;
  policies: PolicySet;
}

/** SDK 4.14. */
export interface LinkSchemasCall {
  schemas: Schema[];
}
