/**
 * Conformance error — what can be wrong with data that are read, but do not fit the schema.
 */
import { nearest } from '../../parser/text/nearest.ts';
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
  /** The message where the official build says less than a user needs. */
  readonly detail?: string | undefined;
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
    super(problem.code, described(problem), { help: problem.help });
    this.problem = problem;
  }
}

function described({ message, detail = message, help }: Nonconformance): string {
  return help === undefined ? detail : `${detail}; ${help}`;
}

/** Such as `; did you mean …?`, or which names there are. */
function suggestion(given: string, known: readonly string[]): string {
  const meant = nearest(given, known, 4);
  if (meant !== undefined) return `; did you mean \`${meant}\`?`;
  const shown = known.slice(0, 5).map((name) => `\`${name}\``);
  return shown.length === 0 ? '' : `; it declares ${shown.join(', ')}${known.length > 5 ? ' and more' : ''}`;
}

export function undeclaredEntityType(uid: EntityUid, schema: Schema): Nonconformance {
  const alike = [...schema.entityTypes.keys()].filter((name) => basename(name) === basename(uid.type));
  const message = `entity \`${uid}\` has type \`${uid.type}\` which is not declared in the schema`;
  return { code: 'undeclaredEntityType', message, help: didYouMean(alike) };
}

/** Whether entities of an external type fit, only the schema that defines the type can say. */
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

/** An action of the schema that an application wants to remove. */
export function declaredAction(uid: EntityUid): Nonconformance {
  const message = `action \`${uid}\` is declared by the schema of the store, and cannot be removed`;
  return { code: 'actionMismatch', message };
}

export function invalidEnumEntity(uid: EntityUid, ids: readonly string[]): Nonconformance {
  const message = `entity \`${uid}\` is of an enumerated entity type, but \`${quote(uid.id)}\` is not declared as a valid eid`;
  return { code: 'invalidEnumEntity', message, help: `valid entity eids: ${ids.map(quote).join(', ')}` };
}

export function missingAttribute(uid: EntityUid, name: string): Nonconformance {
  const message = `expected entity \`${uid}\` to have attribute \`${name}\`, but it does not`;
  return { code: 'missingAttribute', message };
}

export function unexpectedAttribute(uid: EntityUid, name: string, known: Iterable<string> = []): Nonconformance {
  const message = `attribute \`${name}\` on \`${uid}\` should not exist according to the schema`;
  return { code: 'unexpectedAttribute', message, detail: `${message}${suggestion(name, [...known])}` };
}

/** For a record inside an entity, not for the entity. */
export function unexpectedField(name: string, known: Iterable<string>): Omit<Nonconformance, 'code'> {
  const message = `record attribute \`${name}\` should not exist according to the schema`;
  return { message, detail: `${message}${suggestion(name, [...known])}` };
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

export function undeclaredScopeType(what: 'principal' | 'resource', type: EntityType, schema?: Schema): Nonconformance {
  const code = what === 'principal' ? 'undeclaredPrincipalType' : 'undeclaredResourceType';
  const message = `${what} type \`${type}\` is not declared in the schema`;
  const detail = schema && `${message}${suggestion(type, [...schema.entityTypes.keys()])}`;
  return { code, message, detail, type };
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
export function undeclaredRequestAction(action: EntityUid, schema?: Schema): Nonconformance {
  const message = `request's action \`${action}\` is not declared in the schema`;
  const known = schema && Array.from(schema.actions.values(), ({ uid }) => `${uid}`);
  return { code: 'undeclaredAction', message, detail: known && `${message}${suggestion(`${action}`, known)}` };
}

export function invalidContext(context: string, action: EntityUid, reason: string): Nonconformance {
  const detail = `the context is not valid for \`${action}\`: ${reason}`;
  return { code: 'invalidContext', message: `context \`${context}\` is not valid for \`${action}\``, detail };
}
