/**
 * Error — the closed list of what can be wrong with policy text that is more than a syntax error.
 *
 * Messages and help say what the official build says, so that the drop-in answers alike. What can be wrong with single tokens and names is in token-error.ts.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';
import { parseError } from './token-error.ts';

export type ParseErrorCode =
  | 'unexpectedToken'
  | 'unexpectedEnd'
  | 'invalidToken'
  | 'integerTooLarge'
  | 'nestingTooDeep'
  | 'badEscape'
  | 'reservedIdentifier'
  | 'reservedName'
  | 'duplicateAnnotation'
  | 'missingScopeVariable'
  | 'extraScopeElement'
  | 'invalidEffect'
  | 'invalidCondition'
  | 'invalidScopeVariable'
  | 'incorrectScopeVariable'
  | 'invalidScopeOperator'
  | 'invalidActionScopeOperator'
  | 'isInActionScope'
  | 'isWithEq'
  | 'inBeforeIs'
  | 'singleEq'
  | 'emptyClause'
  | 'invalidVariable'
  | 'invalidAttribute'
  | 'invalidHasRight'
  | 'pathAsAttribute'
  | 'methodCalledAsFunction'
  | 'functionCalledAsMethod'
  | 'invalidPattern'
  | 'invalidString'
  | 'invalidIsType'
  | 'wrongScopeEntity'
  | 'ambiguousOperators'
  | 'unsupportedDivision'
  | 'unsupportedRemainder'
  | 'tooManyUnary'
  | 'variableCalled'
  | 'noMethods'
  | 'unknownMethod'
  | 'unknownFunction'
  | 'invalidEntityLiteral'
  | 'expressionCalled'
  | 'invalidAccess'
  | 'invalidIndex'
  | 'typeConstraint'
  | 'wrongArity'
  | 'duplicateRecordKey'
  | 'invalidSlot'
  | 'slotInCondition'
  | 'invalidActionType'
  | 'notNormalized'
  | 'notOnePolicy';

const SCOPE_HELP = 'policy scopes must contain a `principal`, `action`, and `resource` element in that order';

export function duplicateAnnotation(key: string, span: Span): Diagnostic {
  return parseError('duplicateAnnotation', `duplicate annotation: @${key}`, span);
}

export function missingScopeVariable(variable: string, span: Span): Diagnostic {
  const message = `this policy is missing the \`${variable}\` variable in the scope`;
  return parseError('missingScopeVariable', message, span, SCOPE_HELP);
}

export function extraScopeElement(element: string, span: Span): Diagnostic {
  return parseError('extraScopeElement', `this policy has an extra element in the scope: ${element}`, span, SCOPE_HELP);
}

export function invalidEffect(effect: string, span: Span): Diagnostic {
  const help = 'effect must be either `permit` or `forbid`';
  return parseError('invalidEffect', `invalid policy effect: ${effect}`, span, help);
}

export function invalidCondition(condition: string, span: Span): Diagnostic {
  const help = 'condition must be either `when` or `unless`';
  return parseError('invalidCondition', `invalid policy condition: ${condition}`, span, help);
}

export function invalidScopeVariable(name: string, span: Span): Diagnostic {
  return parseError('invalidScopeVariable', `found an invalid variable in the policy scope: ${name}`, span, SCOPE_HELP);
}

export function incorrectScopeVariable(got: string, expected: string, span: Span): Diagnostic {
  const message = `found the variable \`${got}\` where the variable \`${expected}\` must be used`;
  return parseError('incorrectScopeVariable', message, span, SCOPE_HELP);
}

export function invalidScopeOperator(operator: string, span: Span): Diagnostic {
  const help = 'policy scope clauses can only use `==`, `in`, `is`, or `_ is _ in _`';
  return parseError('invalidScopeOperator', `invalid operator in the policy scope: ${operator}`, span, help);
}

export function invalidActionScopeOperator(operator: string, span: Span): Diagnostic {
  const help = 'action scope clauses can only use `==` or `in`';
  return parseError('invalidActionScopeOperator', `invalid operator in the action scope: ${operator}`, span, help);
}

export function isInActionScope(span: Span): Diagnostic {
  const help = 'try moving `action is ..` into a `when` condition';
  return parseError('isInActionScope', '`is` cannot appear in the action scope', span, help);
}

export function isWithEq(span: Span): Diagnostic {
  return parseError('isWithEq', '`is` cannot be used together with `==`', span, 'try using `_ is _ in _`');
}

export function inBeforeIs(span: Span): Diagnostic {
  const message = 'when `is` and `in` are used together, `is` must come first';
  return parseError('inBeforeIs', message, span, 'try `_ is _ in _`');
}

export function singleEq(span: Span): Diagnostic {
  return parseError('singleEq', "'=' is not a valid operator in Cedar", span, "try using '==' instead");
}

export function emptyClause(clause: string, span: Span): Diagnostic {
  return parseError('emptyClause', `\`${clause}\` condition clause cannot be empty`, span);
}

export function invalidVariable(name: string, span: Span): Diagnostic {
  const help = `the valid Cedar variables are \`principal\`, \`action\`, \`resource\`, and \`context\`; did you mean to enclose \`${name}\` in quotes to make a string?`;
  return parseError('invalidVariable', `invalid variable: ${name}`, span, help);
}

export function invalidAttribute(text: string, span: Span): Diagnostic {
  const help = 'attribute names can either be identifiers or string literals';
  return parseError('invalidAttribute', `invalid attribute name: ${text}`, span, help);
}

export function invalidHasRight(text: string, span: Span): Diagnostic {
  const help =
    'valid RHS of a `has` operation is either a sequence of identifiers separated by `.` or a string literal';
  return parseError('invalidHasRight', `invalid RHS of a \`has\` operation: ${text}`, span, help);
}

export function pathAsAttribute(path: string, span: Span): Diagnostic {
  const message = `\`${path}\` cannot be used as an attribute as it contains a namespace`;
  return parseError('pathAsAttribute', message, span);
}

export function methodCalledAsFunction(name: string, span: Span): Diagnostic {
  const help = `use a method-style call \`e.${name}(..)\``;
  return parseError('methodCalledAsFunction', `\`${name}\` is a method, not a function`, span, help);
}

export function functionCalledAsMethod(name: string, span: Span): Diagnostic {
  const help = `use a function-style call \`${name}(..)\``;
  return parseError('functionCalledAsMethod', `\`${name}\` is a function, not a method`, span, help);
}

export function invalidPattern(text: string, span: Span): Diagnostic {
  const message = `right hand side of a \`like\` expression must be a pattern literal, but got \`${text}\``;
  return parseError('invalidPattern', message, span);
}

export function invalidString(text: string, span: Span): Diagnostic {
  return parseError('invalidString', `invalid string literal: ${text}`, span);
}

const QUOTED_IDENTIFIER = /^"([A-Za-z_][A-Za-z0-9_]*)"$/;

export function invalidIsType(left: string, right: string, span: Span): Diagnostic {
  const unquoted = QUOTED_IDENTIFIER.exec(right)?.[1];
  const help =
    unquoted === undefined
      ? `try using \`==\` to test for equality: \`${left} == ${right}\``
      : `try removing the quotes: \`${left} is ${unquoted}\``;
  const message = `right hand side of an \`is\` expression must be an entity type name, but got \`${right}\``;
  return parseError('invalidIsType', message, span, help);
}

export function wrongScopeEntity(expected: string, found: string, span: Span, help?: string): Diagnostic {
  return parseError('wrongScopeEntity', `expected ${expected}, found ${found}`, span, help);
}

export function ambiguousOperators(span: Span): Diagnostic {
  const message =
    'multiple relational operators (>, ==, in, etc.) must be used with parentheses to make ordering explicit';
  return parseError('ambiguousOperators', message, span);
}

export function unsupportedDivision(span: Span): Diagnostic {
  return parseError('unsupportedDivision', 'division is not supported', span);
}

export function unsupportedRemainder(span: Span): Diagnostic {
  return parseError('unsupportedRemainder', 'remainder/modulo is not supported', span);
}

export function integerTooLarge(literal: string, span: Span): Diagnostic {
  const help = 'maximum allowed integer literal is `9223372036854775807`';
  return parseError('integerTooLarge', `integer literal \`${literal}\` is too large`, span, help);
}

export function tooManyUnary(operator: string, span: Span): Diagnostic {
  const help = 'cannot chain more the 4 applications of a unary operator';
  return parseError('tooManyUnary', `too many occurrences of \`${operator}\``, span, help);
}

export function variableCalled(variable: string, span: Span): Diagnostic {
  const message = `\`${variable}(...)\` is not a valid function call`;
  return parseError('variableCalled', message, span, 'variables cannot be called as functions');
}

export function noMethods(name: string, method: string, span: Span): Diagnostic {
  const message = `attempted to call \`${name}.${method}(...)\`, but \`${name}\` does not have any methods`;
  return parseError('noMethods', message, span);
}

export function unknownMethod(name: string, hint: string | undefined, span: Span): Diagnostic {
  return parseError('unknownMethod', `\`${name}\` is not a valid method`, span, didYouMean(hint));
}

export function unknownFunction(name: string, hint: string | undefined, span: Span): Diagnostic {
  return parseError('unknownFunction', `\`${name}\` is not a valid function`, span, didYouMean(hint));
}

function didYouMean(hint: string | undefined): string | undefined {
  return hint === undefined ? undefined : `did you mean \`${hint}\`?`;
}

export function expressionCalled(span: Span): Diagnostic {
  return parseError('expressionCalled', 'function calls must be of the form `<name>(arg1, arg2, ...)`', span);
}

export function invalidAccess(name: string, field: string, span: Span): Diagnostic {
  const message = `invalid member access \`${name}.${field}\`, \`${name}\` has no fields or methods`;
  return parseError('invalidAccess', message, span);
}

export function invalidIndex(name: string, field: string, span: Span): Diagnostic {
  const message = `invalid indexing expression \`${name}["${field}"]\`, \`${name}\` has no fields`;
  return parseError('invalidIndex', message, span);
}

export function typeConstraint(span: Span): Diagnostic {
  return parseError('typeConstraint', 'type constraints using `:` are not supported', span, 'try using `is` instead');
}

export function wrongArity(name: string, expected: number, got: number, span: Span): Diagnostic {
  const message = `call to \`${name}\` requires exactly ${count(expected)}, but got ${count(got)}`;
  return parseError('wrongArity', message, span);
}

function count(n: number): string {
  return `${n} argument${n === 1 ? '' : 's'}`;
}

export function duplicateRecordKey(key: string, span: Span): Diagnostic {
  return parseError('duplicateRecordKey', `duplicate key \`${key}\` in record literal`, span);
}

export function invalidSlot(slot: string, span: Span): Diagnostic {
  const help = 'a template slot may only be `?principal` or `?resource`';
  return parseError('invalidSlot', `\`${slot}\` is not a valid template slot`, span, help);
}

export function slotInCondition(slot: string, clause: string, span: Span): Diagnostic {
  const help = `slots are currently unsupported in \`${clause}\` clauses`;
  return parseError('slotInCondition', `found template slot ${slot} in a \`${clause}\` clause`, span, help);
}

export function invalidActionType(uids: readonly string[], span: Span): Diagnostic {
  const subject = uids.length > 1 ? 'entity uids' : 'an entity uid';
  const message = `expected ${subject} with type \`Action\` but got ${conjunction(uids.map((uid) => `\`${uid}\``))}`;
  return parseError('invalidActionType', message, span, ACTION_TYPE_HELP);
}

export const ACTION_TYPE_HELP = 'action entities must have type `Action`, optionally in a namespace';

/** `a`, `a and b`, `a, b, and c`. */
export function conjunction(words: readonly string[], joiner = 'and'): string {
  if (words.length <= 1) return words.join('');
  if (words.length === 2) return words.join(` ${joiner} `);
  return `${words.slice(0, -1).join(', ')}, ${joiner} ${words.at(-1)}`;
}

/** A number beyond 64 bits, with or without a sign. */
export function integerParseError(span: Span): Diagnostic {
  const message = 'integer parse error: number too large to fit in target type';
  return parseError('integerTooLarge', message, span);
}
