/**
 * Evaluation error — why an expression has no value; one constructor for each message, worded as the official build words it.
 *
 * Model and compiled programs both take their errors from here, so their messages cannot differ.
 *
 * Spec:  Cedar.Spec.Value: Error
 */
import { compareCodePoints } from './code-point.ts';
import type { EntityUid } from './entity-uid.ts';
import type { Long } from './long.ts';
import { quote } from './quote.ts';
import { ANY_ENTITY, typeName } from './type-name.ts';
import { Unknown } from './unknown.ts';
import type { Value } from './value.ts';

/** The six kinds of the Lean specification. */
export type EvaluationErrorKind =
  | 'entityDoesNotExist'
  | 'attrDoesNotExist'
  | 'tagDoesNotExist'
  | 'typeError'
  | 'arithBoundsError'
  | 'extensionError';

/** What went wrong, without the place. */
export class EvaluationFailure {
  readonly kind: EvaluationErrorKind;
  readonly message: string;
  readonly help: string | undefined;

  constructor(kind: EvaluationErrorKind, message: string, help?: string) {
    this.kind = kind;
    this.message = message;
    this.help = help;
  }
}

/** Thrown by the model's evaluator only; the authorizer turns it into an erring policy. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly kind: EvaluationErrorKind;
  readonly help: string | undefined;
  readonly span: { readonly start: number; readonly end: number } | undefined;

  constructor(failure: EvaluationFailure, span: { readonly start: number; readonly end: number } | undefined) {
    super(failure.message);
    this.kind = failure.kind;
    this.help = failure.help;
    this.span = span;
  }
}

export function entityDoesNotExist(uid: EntityUid): EvaluationFailure {
  return new EvaluationFailure('entityDoesNotExist', `entity \`${uid}\` does not exist`);
}

/** `available` are the record's attributes. */
export function recordAttrDoesNotExist(attr: string, available: Iterable<string>): EvaluationFailure {
  const { shown, more } = firstOf(available);
  const help =
    shown.length === 0
      ? 'record does not have any attributes'
      : more === 0
        ? `available attributes: [${shown.map(quote).join(', ')}]`
        : `available attributes: [${shown.join(',')}, ... (${more} more attributes) ]`;
  return new EvaluationFailure('attrDoesNotExist', `record does not have the attribute \`${attr}\``, help);
}

/** `available` are the entity's attributes; `isTag` tells whether it has a tag of that name. */
export function entityAttrDoesNotExist(
  uid: EntityUid,
  attr: string,
  available: Iterable<string>,
  isTag: boolean,
): EvaluationFailure {
  const help = `${listAvailable(uid, 'attributes', available)}${isTag ? `; note that a tag (not an attribute) named \`${attr}\` does exist` : ''}`;
  return new EvaluationFailure('attrDoesNotExist', `\`${uid}\` does not have the attribute \`${attr}\``, help);
}

/** `available` are the entity's tags; `isAttr` tells whether it has an attribute of that name. */
export function tagDoesNotExist(
  uid: EntityUid,
  tag: string,
  available: Iterable<string>,
  isAttr: boolean,
): EvaluationFailure {
  const help = `${listAvailable(uid, 'tags', available)}${isAttr ? `; note that an attribute (not a tag) named \`${tag}\` does exist` : ''}`;
  return new EvaluationFailure('tagDoesNotExist', `\`${uid}\` does not have the tag \`${tag}\``, help);
}

/** How many names a message lists. */
const SHOWN = 5;

/** The first names in order, and how many there are besides; without sorting all of them for each message. */
function firstOf(names: Iterable<string>): { readonly shown: readonly string[]; readonly more: number } {
  const shown: string[] = [];
  let count = 0;
  for (const name of names) {
    count++;
    if (shown.length === SHOWN && compareCodePoints(name, shown[SHOWN - 1]!) >= 0) continue;
    let at = shown.length;
    while (at > 0 && compareCodePoints(name, shown[at - 1]!) < 0) at--;
    shown.splice(at, 0, name);
    if (shown.length > SHOWN) shown.pop();
  }
  return { shown, more: count - shown.length };
}

function listAvailable(uid: EntityUid, what: 'attributes' | 'tags', available: Iterable<string>): string {
  const { shown, more } = firstOf(available);
  if (shown.length === 0) return `\`${uid}\` does not have any ${what}`;
  if (more === 0) return `available ${what}: [${shown.join(',')}]`;
  return `available ${what}: [${shown.join(',')}, ... (${more} more attributes) ]`;
}

/** The types that `<` and `<=` compare. */
const COMPARABLE: readonly string[] = ['long', 'datetime', 'duration'];

/** `expected` are type names as `typeName` gives them. */
export function typeError(expected: readonly string[], actual: Value, help?: string): EvaluationFailure {
  if (actual instanceof Unknown) return containsUnknown(actual.name);
  const wanted = expected.length === 1 ? expected[0] : `one of [${expected.join(', ')}]`;
  return new EvaluationFailure('typeError', `type error: expected ${wanted}, got ${typeName(actual)}`, help);
}

const MEANT_BY_MEM: ReadonlyMap<string, string> = new Map([
  ['set', 'use `.contains()` to test set membership'],
  ['record', 'use `has` to test if a record has a key'],
]);

/** The left operand of `in` is not an entity; the right operand tells what its author may have meant. */
export function memTypeError(left: Value, right: Value): EvaluationFailure {
  const meant = MEANT_BY_MEM.get(typeName(right));
  return typeError([ANY_ENTITY], left, meant && `\`in\` is for checking the entity hierarchy; ${meant}`);
}

/**
 * `<` or `<=` on operands that cannot be compared with one another.
 *
 * If either is a Long the other should have been one; else the left, then the right operand's type says what the other should have been.
 */
export function comparisonTypeError(left: Value, right: Value): { failure: EvaluationFailure; at: 'left' | 'right' } {
  const [l, r] = [typeName(left), typeName(right)];
  if (l === 'long' || (r !== 'long' && COMPARABLE.includes(l))) return { failure: typeError([l], right), at: 'right' };
  if (COMPARABLE.includes(r)) return { failure: typeError([r], left), at: 'left' };
  const help = `Only types ${COMPARABLE.join(', ')} support comparison`;
  return { failure: typeError(COMPARABLE, left, help), at: 'left' };
}

/** An argument of an extension function has another type; a string may lack its constructor. */
export function extensionTypeError(type: string, constructorName: string, actual: Value): EvaluationFailure {
  const help =
    typeof actual === 'string' ? `maybe you forgot to apply the \`${constructorName}\` constructor?` : undefined;
  return typeError([type], actual, help);
}

const VERBS = { add: 'add', sub: 'subtract', mul: 'multiply' } as const;

export function binaryOverflow(op: 'add' | 'sub' | 'mul', left: Long, right: Long): EvaluationFailure {
  const message = `integer overflow while attempting to ${VERBS[op]} the values \`${left}\` and \`${right}\``;
  return new EvaluationFailure('arithBoundsError', message);
}

export function negationOverflow(arg: Long): EvaluationFailure {
  return new EvaluationFailure('arithBoundsError', `integer overflow while attempting to negate the value \`${arg}\``);
}

export function wrongArity(fn: string, expected: number, actual: number): EvaluationFailure {
  const message = `wrong number of arguments provided to extension function \`${fn}\`: expected ${expected}, got ${actual}`;
  return new EvaluationFailure('typeError', message);
}

export function unknownExtensionFunction(fn: string): EvaluationFailure {
  return new EvaluationFailure('extensionError', `extension function \`${fn}\` does not exist`);
}

/** `unknown("…")` has no value outside partial evaluation. */
export function containsUnknown(name: string): EvaluationFailure {
  const message = `the expression contains unknown(s): \`unknown(${quote(name)})\``;
  return new EvaluationFailure('extensionError', message, 'consider using the partial evaluation APIs');
}

/** `extension` is the name that the official build gives: that of the function, or `ipaddr` for `ip`. */
export function extensionError(extension: string, reason: string, help?: string): EvaluationFailure {
  const message = `error while evaluating \`${extension}\` extension function: ${reason}`;
  return new EvaluationFailure('extensionError', message, help);
}
