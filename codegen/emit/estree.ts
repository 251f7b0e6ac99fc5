/**
 * ESTree — builders for emitted JavaScript; imported as `b`, so emitters read like their output.
 *
 * The printer (print/statement.ts, print/expression.ts) knows exactly the nodes that can be built here.
 */
import type {
  ArrayExpression,
  AssignmentProperty,
  BlockStatement,
  Expression,
  Identifier,
  MemberExpression,
  Pattern,
  Statement,
  SwitchCase,
  VariableDeclaration,
} from 'estree';
import { commentSource, jsonSource } from '../print/source-text.ts';

export function id(name: string): Identifier {
  return { type: 'Identifier', name };
}

/** The gate for text, numbers and words of policies: a literal node, never a piece of source. */
export function literal(value: string | number | bigint | boolean | null): Expression {
  if (typeof value === 'number' && value < 0) return unary('-', literal(-value));
  if (typeof value === 'bigint') {
    return value < 0n
      ? unary('-', literal(-value))
      : { type: 'Literal', value, bigint: String(value), raw: `${value}n` };
  }
  return { type: 'Literal', value, raw: typeof value === 'string' ? jsonSource(value) : String(value) };
}

export function member(object: Expression, property: string): MemberExpression {
  return { type: 'MemberExpression', object, property: id(property), computed: false, optional: false };
}

export function at(object: Expression, index: Expression): Expression {
  return { type: 'MemberExpression', object, property: index, computed: true, optional: false };
}

export function call(callee: Expression, ...args: Expression[]): Expression {
  return { type: 'CallExpression', callee, arguments: args, optional: false };
}

export function array(elements: Expression[]): ArrayExpression {
  return { type: 'ArrayExpression', elements };
}

export function unary(operator: '-' | '!' | 'typeof', argument: Expression): Expression {
  return { type: 'UnaryExpression', operator, prefix: true, argument };
}

/** `!(a === b)` is written `a !== b`. */
export function not(argument: Expression): Expression {
  if (argument.type === 'UnaryExpression' && argument.operator === '!') return argument.argument;
  if (argument.type === 'BinaryExpression' && argument.operator === '===') return { ...argument, operator: '!==' };
  if (argument.type === 'BinaryExpression' && argument.operator === '!==') return { ...argument, operator: '===' };
  return unary('!', argument);
}

export function binary(
  operator: '===' | '!==' | '&' | '<<' | '<' | '<=' | 'instanceof' | 'in',
  left: Expression,
  right: Expression,
): Expression {
  return { type: 'BinaryExpression', operator, left, right };
}

export function same(left: Expression, right: Expression): Expression {
  return binary('===', left, right);
}

export function differ(left: Expression, right: Expression): Expression {
  return binary('!==', left, right);
}

export function logical(operator: '&&' | '||' | '??', left: Expression, right: Expression): Expression {
  return { type: 'LogicalExpression', operator, left, right };
}

export function and(left: Expression, right: Expression): Expression {
  return logical('&&', left, right);
}

export function or(left: Expression, right: Expression): Expression {
  return logical('||', left, right);
}

export function bitAnd(left: Expression, right: Expression): Expression {
  return binary('&', left, right);
}

export function conditional(test: Expression, consequent: Expression, alternate: Expression): Expression {
  return { type: 'ConditionalExpression', test, consequent, alternate };
}

export const nothing: Expression = id('undefined');

export function block(body: Statement[]): BlockStatement {
  return { type: 'BlockStatement', body };
}

export function ifThen(test: Expression, ...body: Statement[]): Statement {
  const [only] = body;
  return {
    type: 'IfStatement',
    test,
    consequent: body.length === 1 && only !== undefined && only.type === 'BreakStatement' ? only : block(body),
    alternate: null,
  };
}

export function ifElse(test: Expression, consequent: Statement[], alternate: Statement[]): Statement {
  return { type: 'IfStatement', test, consequent: block(consequent), alternate: block(alternate) };
}

export function labelled(label: string, body: Statement[]): Statement {
  return { type: 'LabeledStatement', label: id(label), body: block(body) };
}

export function leave(label: string): Statement {
  return { type: 'BreakStatement', label: id(label) };
}

export function choose(discriminant: Expression, cases: SwitchCase[]): Statement {
  return { type: 'SwitchStatement', discriminant, cases };
}

/** A case with a scope of its own, which must leave the switch by itself. */
export function ofCase(test: Expression, body: Statement[]): SwitchCase {
  return { type: 'SwitchCase', test, consequent: [block(body)] };
}

export function constant(name: string, init: Expression): Statement {
  return {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: id(name), init }],
  };
}

export function variable(name: string, init: Expression | null = null): VariableDeclaration {
  return {
    type: 'VariableDeclaration',
    kind: 'let',
    declarations: [{ type: 'VariableDeclarator', id: id(name), init }],
  };
}

/** `{ a, b }`. */
export function shorthands(names: readonly string[]): Expression {
  return { type: 'ObjectExpression', properties: names.map(shorthand) };
}

function shorthand(name: string): AssignmentProperty {
  return {
    type: 'Property',
    key: id(name),
    value: id(name),
    kind: 'init',
    computed: false,
    method: false,
    shorthand: true,
  };
}

export function unpack(names: readonly string[], init: Expression): Statement {
  const pattern: Pattern = { type: 'ObjectPattern', properties: names.map(shorthand) };
  return {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: pattern, init }],
  };
}

export function assign(name: string, right: Expression): Statement {
  return assignTo(id(name), right);
}

/** `object.property = value`. */
export function assignTo(left: Identifier | MemberExpression, right: Expression): Statement {
  return expression({ type: 'AssignmentExpression', operator: '=', left, right });
}

export function expression(value: Expression): Statement {
  return { type: 'ExpressionStatement', expression: value };
}

/** `name` is the number of the first, then that of the next, until there is none, which is zero. */
export function forChain(name: string, first: Expression, next: Expression, body: Statement[]): Statement {
  const update: Expression = { type: 'AssignmentExpression', operator: '=', left: id(name), right: next };
  return loop(variable(name, first), differ(id(name), literal(0)), update, body);
}

/** `name` is each number from `start` on and before `end`. */
export function forRange(name: string, start: Expression, end: Expression, body: Statement[]): Statement {
  const update: Expression = { type: 'UpdateExpression', operator: '++', prefix: false, argument: id(name) };
  return loop(variable(name, start), binary('<', id(name), end), update, body);
}

/** `name` is each enumerable member of `object`, inherited or not. */
export function forIn(name: string, object: Expression, body: Statement[]): Statement {
  const left: VariableDeclaration = {
    type: 'VariableDeclaration',
    kind: 'const',
    declarations: [{ type: 'VariableDeclarator', id: id(name), init: null }],
  };
  return { type: 'ForInStatement', left, right: object, body: block(body) };
}

function loop(init: VariableDeclaration, test: Expression, update: Expression, body: Statement[]): Statement {
  return { type: 'ForStatement', init, test, update, body: block(body) };
}

export function returns(argument: Expression): Statement {
  return { type: 'ReturnStatement', argument };
}

export function func(name: string, params: readonly string[], body: Statement[]): Statement {
  return {
    type: 'FunctionDeclaration',
    id: id(name),
    params: params.map(id),
    body: block(body),
    async: false,
    generator: false,
  };
}

/** The same statement with a line comment before it. */
export function commented<S extends Statement>(text: string, statement: S): S {
  return { ...statement, comments: [{ type: 'Line', value: ` ${commentSource(text)}` }] } as S;
}
