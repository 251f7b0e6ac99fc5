/**
 * JSON expression — the expressions of the JSON policy format.
 *
 * An expression is an object with exactly one member, named for what it is. Extension functions and methods are named directly.
 *
 * Docs:  Cedar policy language, JSON policy format: JsonExpr objects
 */

import type { BinaryOperator, Expression, UnaryOperator } from '../../syntax/expression.ts';
import { CONSTRUCTORS, EXTENSION_METHODS } from '../../syntax/ext-fun.ts';
import type { Pattern } from '../../value/pattern.ts';
import { parseName } from '../text/text.ts';
import {
  isJsonObject,
  JsonError,
  jsonArray,
  jsonEntries,
  jsonError,
  jsonFields,
  jsonMember,
  jsonString,
  jsonWord,
  oneOf,
  wrongJsonType,
} from './json-form.ts';
import { valueFromJson } from './value.ts';

/** What the readers of one policy share. */
export interface JsonContext {
  /** The policy's id, for messages. */
  readonly policy: string;
  readonly unknown: boolean;
}

const KEYS = [
  ...['Value', 'Var', 'Slot', '!', 'neg', '==', '!=', 'in', '<', '<=', '>', '>=', '&&', '||', '+', '-', '*'],
  ...['contains', 'containsAll', 'containsAny', 'isEmpty', 'getTag', 'hasTag', '.', 'has', 'like', 'is'],
  ...['if-then-else', 'Set', 'Record'],
];

export function expressionFromJson(json: unknown, context: JsonContext): Expression {
  if (!isJsonObject(json)) throw wrongJsonType(json, 'JSON object representing an expression');
  const [first, second] = jsonEntries(json);
  if (first === undefined) throw jsonError('empty map is not a valid expression');
  if (second !== undefined) {
    throw jsonError(
      `JSON object representing an \`Expr\` should have only one key, but found two keys: \`${first[0]}\` and \`${second[0]}\``,
    );
  }
  return readExpression(first[0], first[1], context);
}

function readExpression(key: string, inner: unknown, context: JsonContext): Expression {
  const span = undefined;
  switch (key) {
    case 'Value':
      return valueFromJson(inner, context.policy);
    case 'Var':
      return { kind: 'var', name: jsonWord(inner, ['principal', 'action', 'resource', 'context']), span };
    case 'Slot':
      return { kind: 'slot', slot: jsonWord(inner, ['?principal', '?resource']), span };
    case '!':
    case 'neg':
    case 'isEmpty':
      return readUnary(key, inner, context);
    case '&&':
    case '||': {
      const { left, right } = readPair(inner, context);
      return { kind: key === '&&' ? 'and' : 'or', left, right, span };
    }
    case '.':
      return readGetAttr(inner, context);
    case 'has':
      return readHasAttr(inner, context);
    case 'like':
      return readLike(inner, context);
    case 'is':
      return readIs(inner, context);
    case 'if-then-else':
      return readIf(inner, context);
    case 'Set':
      return { kind: 'set', elements: readExpressions(inner, context), span };
    case 'Record':
      return readRecord(inner, context);
    default:
      return readNamed(key, inner, context);
  }
}

/** Operators with two operands, and calls of extension functions. */
function readNamed(key: string, inner: unknown, context: JsonContext): Expression {
  if (BINARY.has(key)) {
    const { left, right } = readPair(inner, context);
    return { kind: 'binary', op: key as BinaryOperator, left, right, span: undefined };
  }
  if (CONSTRUCTORS.has(key) || EXTENSION_METHODS.has(key) || (context.unknown && key === 'unknown')) {
    return { kind: 'call', fn: key, args: readExpressions(inner, context), span: undefined };
  }
  throw jsonError(`unknown variant \`${key}\`, expected ${oneOf(KEYS)}`);
}

const BINARY: ReadonlySet<string> = new Set([
  ...['==', '!=', 'in', '<', '<=', '>', '>=', '+', '-', '*'],
  ...['contains', 'containsAll', 'containsAny', 'getTag', 'hasTag'],
]);

function readExpressions(json: unknown, context: JsonContext): Expression[] {
  return jsonArray(json).map((element) => expressionFromJson(element, context));
}

function readUnary(op: UnaryOperator, json: unknown, context: JsonContext): Expression {
  const fields = jsonFields(json, 'struct variant', ['arg']);
  return { kind: 'unary', op, arg: expressionFromJson(jsonMember(fields, 'arg'), context), span: undefined };
}

function readPair(json: unknown, context: JsonContext): { left: Expression; right: Expression } {
  const fields = jsonFields(json, 'struct variant', ['left', 'right']);
  const left = expressionFromJson(jsonMember(fields, 'left'), context);
  return { left, right: expressionFromJson(jsonMember(fields, 'right'), context) };
}

function readGetAttr(json: unknown, context: JsonContext): Expression {
  const fields = jsonFields(json, 'struct variant', ['left', 'attr']);
  const expr = expressionFromJson(jsonMember(fields, 'left'), context);
  return { kind: 'getAttr', expr, attr: jsonString(jsonMember(fields, 'attr')), span: undefined };
}

/** `attr` is one name, or the names of a chain. */
function readHasAttr(json: unknown, context: JsonContext): Expression {
  const mismatch = jsonError('data did not match any variant of untagged enum HasAttrRepr');
  if (!isJsonObject(json) || json.left === undefined) throw mismatch;
  const attrs = typeof json.attr === 'string' ? [json.attr] : json.attr;
  if (!Array.isArray(attrs) || attrs.length === 0 || !attrs.every((attr) => typeof attr === 'string')) throw mismatch;
  try {
    return { kind: 'hasAttr', expr: expressionFromJson(json.left, context), attrs, span: undefined };
  } catch (error) {
    throw error instanceof JsonError ? mismatch : error;
  }
}

function readLike(json: unknown, context: JsonContext): Expression {
  const fields = jsonFields(json, 'struct variant', ['left', 'pattern']);
  const expr = expressionFromJson(jsonMember(fields, 'left'), context);
  return { kind: 'like', expr, pattern: readPattern(jsonMember(fields, 'pattern')), span: undefined };
}

/** Runs of literals are joined, so that the pattern is canonical. */
function readPattern(json: unknown): Pattern {
  const pattern: (string | null)[] = [];
  for (const element of jsonArray(json)) {
    const literal = readPatternElement(element);
    const last = pattern.at(-1);
    if (literal === null) pattern.push(null);
    else if (typeof last === 'string') pattern[pattern.length - 1] = last + literal;
    else if (literal !== '') pattern.push(literal);
  }
  return pattern;
}

function readPatternElement(json: unknown): string | null {
  if (!isJsonObject(json)) {
    const word = jsonWord(json, ['Wildcard', 'Literal']);
    if (word === 'Wildcard') return null;
    throw jsonError('invalid type: unit variant, expected newtype variant');
  }
  const [first, second] = jsonEntries(json);
  if (first === undefined || second !== undefined)
    throw jsonError('invalid value: map, expected map with a single key');
  if (jsonWord(first[0], ['Wildcard', 'Literal']) === 'Literal') return jsonString(first[1]);
  if (first[1] === null) return null;
  throw wrongJsonType(first[1], 'unit');
}

function readIs(json: unknown, context: JsonContext): Expression {
  const fields = jsonFields(json, 'struct variant', ['left', 'entity_type', 'in']);
  const expr = expressionFromJson(jsonMember(fields, 'left'), context);
  const type = typeFromJson(jsonString(jsonMember(fields, 'entity_type')));
  const entity = fields.in === undefined || fields.in === null ? undefined : expressionFromJson(fields.in, context);
  return { kind: 'is', expr, type, typeSpan: undefined, in: entity, span: undefined };
}

/** An entity type name in normal form. */
export function typeFromJson(text: string): string {
  const parsed = parseName(text, 'Name');
  if (parsed.ok) return parsed.value;
  const cause = parsed.diagnostics[0]!;
  throw new JsonError({ ...cause, message: `invalid entity type: ${cause.message}` }, text);
}

function readIf(json: unknown, context: JsonContext): Expression {
  const fields = jsonFields(json, 'struct variant', ['if', 'then', 'else']);
  const test = expressionFromJson(jsonMember(fields, 'if'), context);
  const then = expressionFromJson(jsonMember(fields, 'then'), context);
  return { kind: 'ite', test, then, else: expressionFromJson(jsonMember(fields, 'else'), context), span: undefined };
}

function readRecord(json: unknown, context: JsonContext): Expression {
  if (!isJsonObject(json)) throw wrongJsonType(json, 'a map');
  const fields = jsonEntries(json).map(([name, member]) => ({ name, expr: expressionFromJson(member, context) }));
  return { kind: 'record', fields, span: undefined };
}
