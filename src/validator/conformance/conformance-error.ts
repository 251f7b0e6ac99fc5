/**
 * Conformance error — what can be wrong with data that are read, but do not fit the schema.
 */
import { basename } from '../../schema/name.ts';
import type { Schema } from '../../schema/schema.ts';
import { CedarmillError } from '../../value/cedarmill-error.ts';
import type { EntityType, EntityUid } from '../../value/entity-uid.ts';
import { quote } from '../../value/quote.ts';

export type ConformanceCode =
  | 'undeclaredEntityType'
  | 'externalEntityType'
  | 'externalAction'
  | 'undeclaredAction'
  | 'actionMismatch'
  | 'invalidEnumEntity'
  | 'missingAttribute'
  | 'unexpectedAttribute'
  | 'unexpectedTag'
  | 'typeMismatch'
  | 'invalidAncestorType'
  | 'undeclaredPrincipalType'
  | 'undeclaredResourceType'
  | 'invalidPrincipalType'
  | 'invalidResourceType'
  | 'invalidContext';

/** A user's mistake, as a value. */
export interface Nonconformance {
  readonly code: ConformanceCode;
  readonly message: string;
  readonly help?: string | undefined;
  /** The name of the type at fault, where the official build points at it. */
  readonly type?: EntityType | undefined;
}

/** Thrown where entities are made: they do not fit the schema. */
export class ConformanceError extends CedarmillError {
  static override readonly kind = 'ConformanceError';
  override readonly name = 'ConformanceError';
  readonly problem: Nonconformance;

  constructor(problem: Nonconformance) {
    super(problem.code, problem.message, { help: problem.help });
    this.problem = problem;
  }
}

export function undeclaredEntityType(uid: EntityUid, schema: Schema): Nonconformance {
  const alike = [...schema.entityTypes.keys()].filter((name) => basename(name) === basename(uid.type));
  const message = `entity \`${uid}\` has type \`${uid.type}\` which is not declared in the schema`;
  return { code: 'undeclaredEntityType', message, help: didYouMean(alike) };
}

/** Of entities of an external type, only the schema that defines it can say whether they fit. */
export function externalEntityType(uid: EntityUid): Nonconformance {
  return {
    code: 'externalEntityType',
    message: `entity \`${uid}\` has type \`${uid.type}\` which is declared \`external\` in the schema`,
    help: 'an `external` entity type does not describe its entities, so entities of that type cannot be validated',
  };
}

export function externalAction(uid: EntityUid): Nonconformance {
  return {
    code: 'externalAction',
    message: `request's action \`${uid}\` is declared \`external\` in the schema`,
    help: 'an `external` action does not declare what it applies to, so no request can be valid for it',
  };
}

function didYouMean(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  if (names.length === 1) return `did you mean \`${names[0]}\`?`;
  return `did you mean one of [${names.map(quote).join(', ')}]?`;
}

export function undeclaredAction(uid: EntityUid): Nonconformance {
  const message = `found action entity \`${uid}\`, but it was not declared as an action in the schema`;
  return { code: 'undeclaredAction', message };
}

export function actionMismatch(uid: EntityUid): Nonconformance {
  const message = `definition of action \`${uid}\` does not match its schema declaration`;
  const help = `to use the schema's definition of \`${uid}\`, simply omit it from the entities input data`;
  return { code: 'actionMismatch', message, help };
}

export function invalidEnumEntity(uid: EntityUid, ids: readonly string[]): Nonconformance {
  const message = `entity \`${uid}\` is of an enumerated entity type, but \`${quote(uid.id)}\` is not declared as a valid eid`;
  return { code: 'invalidEnumEntity', message, help: `valid entity eids: ${ids.map(quote).join(', ')}` };
}

export function missingAttribute(uid: EntityUid, name: string): Nonconformance {
  const message = `expected entity \`${uid}\` to have attribute \`${name}\`, but it does not`;
  return { code: 'missingAttribute', message };
}

export function unexpectedAttribute(uid: EntityUid, name: string): Nonconformance {
  const message = `attribute \`${name}\` on \`${uid}\` should not exist according to the schema`;
  return { code: 'unexpectedAttribute', message };
}

export function unexpectedTag(uid: EntityUid, name: string): Nonconformance {
  const message = `found a tag \`${name}\` on \`${uid}\`, but no tags should exist on \`${uid}\` according to the schema`;
  return { code: 'unexpectedTag', message };
}

export function typeMismatch(
  uid: EntityUid,
  what: 'attribute' | 'tag',
  name: string,
  mismatch: string,
): Nonconformance {
  return { code: 'typeMismatch', message: `in ${what} \`${name}\` on \`${uid}\`, ${mismatch}` };
}

export function invalidAncestorType(uid: EntityUid, type: EntityType): Nonconformance {
  const message = `\`${uid}\` is not allowed to have an ancestor of type \`${type}\` according to the schema`;
  return { code: 'invalidAncestorType', message };
}

export function undeclaredScopeType(what: 'principal' | 'resource', type: EntityType): Nonconformance {
  const code = what === 'principal' ? 'undeclaredPrincipalType' : 'undeclaredResourceType';
  return { code, message: `${what} type \`${type}\` is not declared in the schema`, type };
}

export function invalidScopeType(
  what: 'principal' | 'resource',
  type: EntityType,
  action: EntityUid,
  valid: Iterable<EntityType>,
): Nonconformance {
  const code = what === 'principal' ? 'invalidPrincipalType' : 'invalidResourceType';
  const names = [...valid].sort().map((name) => `\`${name}\``);
  const help =
    names.length === 0
      ? `no ${what} types are valid for \`${action}\``
      : `valid ${what} types for \`${action}\`: ${names.join(', ')}`;
  return { code, message: `${what} type \`${type}\` is not valid for \`${action}\``, help, type };
}

/** The action of a request is unknown, or one that its context mentions. */
export function undeclaredRequestAction(action: EntityUid): Nonconformance {
  return { code: 'undeclaredAction', message: `request's action \`${action}\` is not declared in the schema` };
}

export function invalidContext(context: string, action: EntityUid): Nonconformance {
  return { code: 'invalidContext', message: `context \`${context}\` is not valid for \`${action}\`` };
}
