/**
 * Print — syntax trees to Cedar text, on one line, with parentheses only where they are needed.
 *
 * The text parses to the same tree, except for what has no text: an extended `has` with a part that is not an identifier.
 *
 * Grammar: Policy, Expr
 */
import { compareCodePoints } from '../value/code-point.ts';
import { EntityUid } from '../value/entity-uid.ts';
import type { Pattern } from '../value/pattern.ts';
import { escapeCharacter, quote } from '../value/quote.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Prim } from '../value/value.ts';
import { spine } from './core.ts';
import type { Expression, ExpressionField } from './expression.ts';
import { EXTENSION_METHODS } from './ext-fun.ts';
import { isIdentifier } from './identifier.ts';
import type { ActionScope, Annotation, EntityUidOrSlot, Policy, Scope } from './policy.ts';

/** A policy or template; annotations go on lines of their own, sorted by key. */
export function printPolicy(policy: Policy): string {
  const annotations = [...policy.annotations].sort((a, b) => compareCodePoints(a.key, b.key)).map(printAnnotation);
  const scope = [printScope('principal', policy.principal), printActionScope(policy.action)];
  scope.push(printScope('resource', policy.resource));
  const clauses = policy.conditions.map(({ kind, body }) => ` ${kind} { ${printExpression(body)} }`);
  return `${annotations.join('')}${policy.effect}(${scope.join(', ')})${clauses.join('')};`;
}

function printAnnotation({ key, value }: Annotation): string {
  return value === undefined ? `@${key}\n` : `@${key}(${quote(value)})\n`;
}

function printScope(variable: 'principal' | 'resource', scope: Scope): string {
  switch (scope.kind) {
    case 'any':
      return variable;
    case 'eq':
      return `${variable} == ${printEntity(scope.entity)}`;
    case 'mem':
      return `${variable} in ${printEntity(scope.entity)}`;
    case 'is':
      return `${variable} is ${scope.type}`;
    case 'isMem':
      return `${variable} is ${scope.type} in ${printEntity(scope.entity)}`;
    default:
      return unreachable(scope);
  }
}

function printActionScope(scope: ActionScope): string {
  switch (scope.kind) {
    case 'any':
      return 'action';
    case 'eq':
      return `action == ${printEntityUid(scope.uid)}`;
    case 'mem':
      return `action in ${printEntityUid(scope.uid)}`;
    case 'memAny':
      return `action in [${scope.uids.map(printEntityUid).join(', ')}]`;
    default:
      return unreachable(scope);
  }
}

function printEntity(entity: EntityUidOrSlot): string {
  return entity.kind === 'slot' ? entity.slot : printEntityUid(entity.uid);
}

export function printEntityUid({ type, id }: EntityUid): string {
  return `${type}::${quote(id)}`;
}

export function printExpression(e: Expression): string {
  switch (e.kind) {
    case 'lit':
      return printLiteral(e.value);
    case 'var':
      return e.name;
    case 'slot':
      return e.slot;
    case 'ite':
      return `if ${printExpression(e.test)} then ${printExpression(e.then)} else ${printExpression(e.else)}`;
    case 'and':
    case 'or':
      return printChain(e);
    case 'unary':
      return printUnary(e);
    case 'binary':
      return printBinary(e);
    case 'getAttr':
      return `${operand(e.expr)}${isIdentifier(e.attr) ? `.${e.attr}` : `[${quote(e.attr)}]`}`;
    case 'hasAttr':
      return `${operand(e.expr)} has ${e.attrs.map(printName).join('.')}`;
    case 'like':
      return `${operand(e.expr)} like "${printPattern(e.pattern)}"`;
    case 'is':
      return `${operand(e.expr)} is ${e.type}${e.in === undefined ? '' : ` in ${operand(e.in)}`}`;
    case 'set':
      return `[${e.elements.map(printExpression).join(', ')}]`;
    case 'record':
      return `{${sortFields(e.fields)
        .map(({ name, expr }) => `${printName(name)}: ${printExpression(expr)}`)
        .join(', ')}}`;
    case 'call':
      return printCall(e.fn, e.args);
    case 'value':
      return printValue(e.expr);
    default:
      return unreachable(e);
  }
}

function printLiteral(value: Prim): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof EntityUid) return printEntityUid(value);
  // A negative literal keeps its own parentheses, so that `(-1).a` is not read as `-(1.a)`.
  return typeof value !== 'boolean' && value < 0 ? `(${value})` : `${value}`;
}

/** `&&` and `||` associate to the left, so only right operands of the same kind need parentheses. */
function printChain(chain: Extract<Expression, { kind: 'and' | 'or' }>): string {
  const operands = spine<Expression>(chain, chain.kind);
  return operands.map(operand).join(chain.kind === 'and' ? ' && ' : ' || ');
}

function printUnary({ op, arg }: Extract<Expression, { kind: 'unary' }>): string {
  switch (op) {
    case '!':
      return `!${operand(arg)}`;
    case 'neg':
      // Always with parentheses: `-1` would be a literal.
      return `-(${printExpression(arg)})`;
    case 'isEmpty':
      return `${operand(arg)}.isEmpty()`;
    default:
      return unreachable(op);
  }
}

function printBinary({ op, left, right }: Extract<Expression, { kind: 'binary' }>): string {
  switch (op) {
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'getTag':
    case 'hasTag':
      return `${operand(left)}.${op}(${printExpression(right)})`;
    case '+':
    case '-':
    case '*': {
      const same = left.kind === 'binary' && left.op === op;
      return `${same ? printExpression(left) : operand(left)} ${op} ${operand(right)}`;
    }
    default:
      return `${operand(left)} ${op} ${operand(right)}`;
  }
}

/** An operand, in parentheses unless it binds as tightly as a member access. */
function operand(e: Expression): string {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
    case 'getAttr':
    case 'set':
    case 'record':
    case 'call':
    case 'value':
      return printExpression(e);
    case 'unary':
      return e.op === 'isEmpty' ? printExpression(e) : `(${printExpression(e)})`;
    case 'binary':
      return METHODS.has(e.op) ? printExpression(e) : `(${printExpression(e)})`;
    default:
      return `(${printExpression(e)})`;
  }
}

const METHODS: ReadonlySet<string> = new Set(['contains', 'containsAll', 'containsAny', 'getTag', 'hasTag']);

/** A record key or attribute of `has`. */
function printName(name: string): string {
  return isIdentifier(name) ? name : quote(name);
}

function sortFields(fields: readonly ExpressionField[]): ExpressionField[] {
  return [...fields].sort((a, b) => compareCodePoints(a.name, b.name));
}

function printCall(fn: string, args: readonly Expression[]): string {
  const [receiver, ...rest] = args;
  if (receiver !== undefined && EXTENSION_METHODS.has(fn)) {
    return `${operand(receiver)}.${fn}(${rest.map(printExpression).join(', ')})`;
  }
  return `${fn}(${args.map(printExpression).join(', ')})`;
}

/** A JSON `Value`: the keys of its records are always quoted. */
function printValue(e: Expression): string {
  switch (e.kind) {
    case 'set':
      return `[${e.elements.map(printValue).join(', ')}]`;
    case 'record':
      return `{${sortFields(e.fields)
        .map(({ name, expr }) => `${quote(name)}: ${printValue(expr)}`)
        .join(', ')}}`;
    case 'call':
      return printValueCall(e.fn, e.args);
    default:
      return printExpression(e);
  }
}

function printValueCall(fn: string, args: readonly Expression[]): string {
  const [receiver, ...rest] = args.map(printValue);
  if (receiver !== undefined && EXTENSION_METHODS.has(fn)) return `${receiver}.${fn}(${rest.join(', ')})`;
  return `${fn}(${args.map(printValue).join(', ')})`;
}

/** The inside of a pattern literal. */
export function printPattern(pattern: Pattern): string {
  return pattern.map((part) => (part === null ? '*' : [...part].map(printPatternCharacter).join(''))).join('');
}

function printPatternCharacter(character: string): string {
  return character === '*' ? '\\*' : escapeCharacter(character, true);
}
