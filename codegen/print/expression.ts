/**
 * Print expression — ESTree to JavaScript text: the expressions that emit/estree.ts makes, with the parentheses that astring writes.
 */
import type {
  BinaryExpression,
  CallExpression,
  ClassExpression,
  Identifier,
  LogicalExpression,
  MemberExpression,
  Node,
  ObjectExpression,
  ObjectPattern,
  Pattern,
  PropertyDefinition,
  UnaryExpression,
} from 'estree';
import { CompilerBug } from '../../src/value/unreachable.ts';

/** How tightly an expression holds together; all others need parentheses wherever that matters. */
const TIGHTNESS: { readonly [type in Node['type']]?: number } = {
  Identifier: 20,
  ArrayExpression: 20,
  MemberExpression: 19,
  CallExpression: 19,
  Literal: 18,
  UnaryExpression: 15,
  BinaryExpression: 14,
  LogicalExpression: 13,
  ConditionalExpression: 4,
  AssignmentExpression: 3,
};

/** How tightly an operator holds its operands. */
const STRENGTH: Readonly<Record<string, number>> = {
  '||': 2,
  '??': 3,
  '&&': 4,
  '&': 7,
  '===': 8,
  '!==': 8,
  '<': 9,
  '<=': 9,
  in: 9,
  instanceof: 9,
  '<<': 10,
};

/** `indent` is that of the statement around it. */
export function printExpression(node: Node, indent: string): string {
  switch (node.type) {
    case 'Identifier':
      return node.name;
    case 'Literal':
      return node.raw!;
    case 'MemberExpression':
      return member(node, indent);
    case 'CallExpression':
      return call(node, indent);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operation(node, indent);
    case 'UnaryExpression':
      return unary(node, indent);
    case 'UpdateExpression':
      return `${printExpression(node.argument, indent)}${node.operator}`;
    case 'AssignmentExpression':
      return `${printExpression(node.left, indent)} ${node.operator} ${printExpression(node.right, indent)}`;
    case 'ConditionalExpression': {
      const branches = `${printExpression(node.consequent, indent)} : ${printExpression(node.alternate, indent)}`;
      return `${within(node.test, TIGHTNESS.ConditionalExpression! + 1, indent)} ? ${branches}`;
    }
    case 'ArrayExpression':
      return `[${list(node.elements as Node[], indent)}]`;
    case 'ObjectExpression':
      return object(node, indent);
    case 'ClassExpression':
      return classWithFields(node, indent);
    default:
      throw new CompilerBug(`no emitter makes a ${node.type}`);
  }
}

export function printPattern(node: Pattern): string {
  return node.type === 'ObjectPattern' ? `{${names(node).join(', ')}}` : printExpression(node, '');
}

function list(nodes: readonly Node[], indent: string): string {
  let text = '';
  for (const node of nodes) text += text === '' ? printExpression(node, indent) : `, ${printExpression(node, indent)}`;
  return text;
}

/** In parentheses if it does not hold together so tightly. */
function within(node: Node, tightness: number, indent: string): string {
  const text = printExpression(node, indent);
  return (TIGHTNESS[node.type] ?? 0) < tightness ? `(${text})` : text;
}

function member({ object, property, computed }: MemberExpression, indent: string): string {
  const of = within(object, TIGHTNESS.MemberExpression!, indent);
  const name = printExpression(property, indent);
  return computed ? `${of}[${name}]` : `${of}.${name}`;
}

function call(node: CallExpression, indent: string): string {
  return `${within(node.callee, TIGHTNESS.CallExpression!, indent)}(${list(node.arguments, indent)})`;
}

function unary({ operator, argument }: UnaryExpression, indent: string): string {
  const isSame = argument.type === 'UnaryExpression' && argument.operator === operator;
  const apart = operator === 'typeof' || (operator === '-' && isSame);
  return `${operator}${apart ? ' ' : ''}${within(argument, TIGHTNESS.UnaryExpression!, indent)}`;
}

type Operation = BinaryExpression | LogicalExpression;

/** `in` has parentheses everywhere, as it must in the head of a loop. */
function operation(node: Operation, indent: string): string {
  const text = `${operand(node.left, node, false, indent)} ${node.operator} ${operand(node.right, node, true, indent)}`;
  return node.operator === 'in' ? `(${text})` : text;
}

function operand(node: Node, parent: Operation, isRight: boolean, indent: string): string {
  const text = printExpression(node, indent);
  return needsParentheses(node, parent, isRight) ? `(${text})` : text;
}

function needsParentheses(node: Node, parent: Operation, isRight: boolean): boolean {
  if (node.type !== parent.type) return (TIGHTNESS[node.type] ?? 0) < TIGHTNESS[parent.type]!;
  // `??` does not go with the others.
  if (node.operator === '??' || parent.operator === '??') return true;
  const [inner, outer] = [strength(node.operator), strength((parent as Operation).operator)];
  return inner < outer || (isRight && inner === outer);
}

function strength(operator: string): number {
  const known = STRENGTH[operator];
  if (known === undefined) throw new CompilerBug(`no emitter writes ${operator}`);
  return known;
}

/** Members written as their names alone, as `b.shorthands` makes them. */
function names({ properties }: ObjectExpression | ObjectPattern): string[] {
  return properties.map((property) => {
    if (property.type !== 'Property' || !property.shorthand)
      throw new CompilerBug('no emitter makes a member of another name');
    return (property.key as Identifier).name;
  });
}

function object(node: ObjectExpression, indent: string): string {
  return `{\n${names(node)
    .map((name) => `${indent}  ${name}`)
    .join(',\n')}\n${indent}}`;
}

function classWithFields({ id, superClass, body }: ClassExpression, indent: string): string {
  const fields = (body.body as PropertyDefinition[]).map(({ key, value }) => {
    return `${indent}  ${printExpression(key, indent)} = ${printExpression(value!, indent)};\n`;
  });
  const inner = fields.length === 0 ? '{}' : `{\n${fields.join('')}${indent}}`;
  return `class ${id!.name} extends ${printExpression(superClass!, indent)} ${inner}`;
}
