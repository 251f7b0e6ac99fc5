/**
 * Validation error — what can be wrong with a policy, in the words of the official build.
 *
 * Messages do not name the policy here; `forPolicy` adds that where the official build does.
 */
import type { Schema } from '../../schema/schema.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Span } from '../../syntax/span.ts';
import type { EntityType, EntityUid } from '../../value/entity-uid.ts';
import { escapeDebug, quote } from '../../value/quote.ts';
import { invalidEnumEntity } from '../conformance/conformance-error.ts';
import type { Type } from '../type.ts';
import type { AttributeAccess } from '../typecheck/attribute-access.ts';
import { accessText, hasGuard } from '../typecheck/attribute-access.ts';
import type { LubProblem } from '../typecheck/least-upper-bound.ts';
import type { TypedExpr } from '../typecheck/typed-expression.ts';
import { nearestName } from './nearest-name.ts';
import { distinctTypes, typeText } from './type-text.ts';
import { typedText } from './typed-text.ts';

export type ValidationErrorCode =
  | 'unrecognizedEntityType'
  | 'unrecognizedAction'
  | 'invalidEnumEntity'
  | 'unexpectedType'
  | 'incompatibleTypes'
  | 'unsafeAttributeAccess'
  | 'unsafeOptionalAttributeAccess'
  | 'unsafeTagAccess'
  | 'noTagsAllowed'
  | 'undefinedFunction'
  | 'wrongNumberOfArguments'
  | 'invalidArgument'
  | 'nonLiteralConstructor'
  | 'emptySetForbidden'
  | 'levelExceeded'
  | 'literalDereference'
  | 'incompleteSchema';

export type ValidationWarningCode =
  | 'noApplicableAction'
  | 'impossiblePolicy'
  | 'bidiString'
  | 'mixedScriptString'
  | 'bidiIdentifier'
  | 'mixedScriptIdentifier'
  | 'confusableIdentifier';

/** A problem of a policy that has yet to be named. */
export interface Problem {
  readonly code: ValidationErrorCode | ValidationWarningCode;
  readonly message: string;
  readonly help?: string | undefined;
  readonly span: Span | undefined;
  /** Tells problems apart that read alike. */
  readonly detail?: string;
}

const WARNINGS: ReadonlySet<string> = new Set<ValidationWarningCode>([
  'noApplicableAction',
  'impossiblePolicy',
  'bidiString',
  'mixedScriptString',
  'bidiIdentifier',
  'mixedScriptIdentifier',
  'confusableIdentifier',
]);

export function forPolicy({ code, message, help, span }: Problem, policyId: string): Diagnostic {
  const lead = `for policy \`${escapeDebug(policyId)}\``;
  return {
    severity: WARNINGS.has(code) ? 'warning' : 'error',
    code,
    message: UNNAMED.has(code) ? message : `${lead}${SEPARATOR.get(code) ?? ','} ${message}`,
    help: code === 'incompatibleTypes' ? `${lead}, ${help}` : help,
    labels: span === undefined ? [] : [{ span }],
  };
}

/** Where the official build forgets to name the policy in the message. */
const UNNAMED: ReadonlySet<string> = new Set(['incompatibleTypes']);
const SEPARATOR: ReadonlyMap<string, string> = new Map([['invalidEnumEntity', ':']]);

export function unrecognizedEntityType(type: EntityType, span: Span | undefined, schema: Schema): Problem {
  const help = didYouMean(nearestName(type, schema.entityTypes.keys()));
  return { code: 'unrecognizedEntityType', message: `unrecognized entity type \`${type}\``, help, span };
}

function didYouMean(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `did you mean \`${name}\`?`;
}

export function unrecognizedAction(uid: EntityUid, span: Span | undefined, schema: Schema): Problem {
  const message = `unrecognized action \`${uid}\``;
  return { code: 'unrecognizedAction', message, help: actionHelp(uid, schema), span };
}

function actionHelp({ id }: EntityUid, schema: Schema): string | undefined {
  const uids = [...schema.actions.values()].map(({ uid }) => uid);
  const typeInId = uids.find((uid) => uid.id.includes(`Action::${id}`) || uid.id.includes(`Action::"${id}"`));
  if (typeInId !== undefined) return `did you intend to include the type in action \`${typeInId}\`?`;
  return didYouMean(nearestName(id, uids.map(String)));
}

export function enumEntity(uid: EntityUid, ids: readonly string[], span: Span | undefined): Problem {
  const { message, help } = invalidEnumEntity(uid, ids);
  return { code: 'invalidEnumEntity', message, help, span };
}

/** Advice for an operand of a wrong type. */
export const TRY = {
  like: 'try using `like` to examine the contents of a string',
  contains: 'try using `contains`, `containsAny`, or `containsAll` to examine the contents of a set',
  singleContains: 'try using `contains` to test if a single element is in a set',
  has: 'try using `has` to test for an attribute',
  is: 'try using `is` to test for an entity type',
  in: 'try using `in` for entity hierarchy membership',
  equalsEmptyString: 'try using `== ""` to test if a string is empty',
  noTypeTest: 'Cedar only supports run time type tests for entities',
  noConcatenation: 'Cedar does not support string concatenation',
  noSetOperation: 'Cedar does not support computing the union, intersection, or difference of sets',
} as const;

export type Advice = (typeof TRY)[keyof typeof TRY];

export function unexpectedType(
  expected: readonly Type[],
  actual: Type,
  help: Advice | undefined,
  span: Span | undefined,
): Problem {
  const message = `unexpected type: expected ${expected.map(typeText).join(', or ')} but saw ${typeText(actual)}`;
  return { code: 'unexpectedType', message, help, span };
}

const LUB_HELP: Readonly<Record<LubProblem, string>> = {
  attributePresence:
    'Corresponding attributes of compatible record types must have the same optionality, either both being required or both being optional',
  recordWidth: 'Compatible record types must have exactly the same attributes',
  entityType: 'Different entity types are never compatible even when their attributes would be compatible',
  entityAndRecord: 'Entity and record types are never compatible even when their attributes would be compatible',
  other: 'Types must be exactly equal to be compatible',
};

/** What must have compatible types. */
export const MUST_AGREE = {
  set: 'elements of a set',
  ite: 'both branches of a conditional',
  eq: 'both operands to a `==` expression',
  contains: 'elements of the first operand and the second operand to a `contains` expression',
  containsAllOrAny: 'elements of both set operands to a `containsAll` or `containsAny` expression',
  getTag: 'tag types for a `.getTag()` operation',
} as const;

export function incompatibleTypes(
  types: readonly Type[],
  problem: LubProblem,
  what: keyof typeof MUST_AGREE,
  span: Span | undefined,
): Problem {
  const message = `the types ${conjunction(distinctTypes(types).map(typeText))} are not compatible`;
  const help = `${MUST_AGREE[what]} must have compatible types. ${LUB_HELP[problem]}`;
  return { code: 'incompatibleTypes', message, help, span };
}

function conjunction(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  if (words.length <= 2) return words.join(' and ');
  return `${words.slice(0, -1).join(', ')}, and ${last}`;
}

const MORE_ATTRIBUTES = 'there may be additional attributes that the validator is not able to reason about';
const ALSO_MORE_ATTRIBUTES = 'there may also be additional attributes that the validator is not able to reason about';

export function unsafeAttributeAccess(
  access: AttributeAccess,
  suggestion: string | undefined,
  mayExist: boolean,
  span: Span | undefined,
): Problem {
  const meant = didYouMean(suggestion);
  const more = meant === undefined ? MORE_ATTRIBUTES : `${meant} (${ALSO_MORE_ATTRIBUTES})`;
  const message = `attribute ${accessText(access)} not found`;
  return { code: 'unsafeAttributeAccess', message, help: mayExist ? more : meant, span };
}

export function unsafeOptionalAttributeAccess(access: AttributeAccess, span: Span | undefined): Problem {
  const message = `unable to guarantee safety of access to optional attribute ${accessText(access)}`;
  const help = `try testing for the attribute's presence with \`${hasGuard(access)} && ..\``;
  return { code: 'unsafeOptionalAttributeAccess', message, help, span };
}

export function unsafeTagAccess(type: EntityType | undefined, tag: TypedExpr, span: Span | undefined): Problem {
  const { text, types } = typedText(tag);
  const on = type === undefined ? '' : ` on entity type \`${type}\``;
  const message = `unable to guarantee safety of access to tag \`${text}\`${on}`;
  const help = `try testing for the tag's presence with \`.hasTag(${text}) && ..\``;
  return { code: 'unsafeTagAccess', message, help, span, detail: types };
}

export function noTagsAllowed(type: EntityType | undefined, span: Span | undefined): Problem {
  const which = type === undefined ? 'this type' : `type \`${type}\``;
  const message = `\`.getTag()\` is not allowed on entities of ${which} because no \`tags\` were declared on the entity type in the schema`;
  return { code: 'noTagsAllowed', message, span };
}

export function undefinedFunction(name: string, span: Span | undefined): Problem {
  return { code: 'undefinedFunction', message: `undefined extension function: ${name}`, span };
}

export function wrongNumberOfArguments(expected: number, actual: number, span: Span | undefined): Problem {
  const message = `wrong number of arguments in extension function application. Expected ${expected}, got ${actual}`;
  return { code: 'wrongNumberOfArguments', message, span };
}

export function invalidArgument(what: string, text: string, help: string | undefined, span: Span | undefined): Problem {
  const message = `error during extension function argument validation: failed to parse as ${what}: \`${quote(text)}\``;
  return { code: 'invalidArgument', message, help, span };
}

export function nonLiteralConstructor(span: Span | undefined): Problem {
  const message = 'extension constructors may not be called with non-literal expressions';
  const help =
    'consider applying extension constructors inside attribute values when constructing entity or context data';
  return { code: 'nonLiteralConstructor', message, help, span };
}

export function emptySetForbidden(span: Span | undefined): Problem {
  return { code: 'emptySetForbidden', message: 'empty set literals are forbidden in policies', span };
}

export function levelExceeded(needed: number, allowed: number, span: Span | undefined): Problem {
  const message = `this policy requires level ${needed}, which exceeds the maximum allowed level (${allowed})`;
  return { code: 'levelExceeded', message, span };
}

export function literalDereference(span: Span | undefined): Problem {
  return { code: 'literalDereference', message: 'entity literals cannot be dereferenced at any level', span };
}

/** `incompleteness` says what the schema leaves to others to define. */
export function incompleteSchema(incompleteness: string, span: Span | undefined): Problem {
  return {
    code: 'incompleteSchema',
    message: incompleteness,
    help: 'policy validation needs a definition for every name, so it cannot run until every `external` declaration has one',
    span,
  };
}

export function impossiblePolicy(span: Span | undefined): Problem {
  const message = 'policy is impossible: the policy expression evaluates to false for all valid requests';
  return { code: 'impossiblePolicy', message, span };
}

/** `fixes` are the variables whose `==` should be an `in`. */
export function noApplicableAction(fixes: readonly ('principal' | 'resource')[], span: Span | undefined): Problem {
  const message = 'unable to find an applicable action given the policy scope constraints';
  const clauses = fixes.map((name) => `the ${name} clause`).join(' and ');
  const help = clauses === '' ? undefined : `try replacing \`==\` with \`in\` in ${clauses}`;
  return { code: 'noApplicableAction', message, help, span };
}
