/**
 * Print statement — ESTree to JavaScript text: the statements that emit/estree.ts builds, laid out as astring does.
 *
 * A printer of the whole language is much larger, and every process would load it before its first decision. test/codegen/print/statement.test.ts
 * compares this one with astring.
 */
import type { Comment, Program, Statement, SwitchCase, VariableDeclaration } from 'estree';
import { CompilerBug } from '../../src/value/unreachable.ts';
import { printExpression, printPattern } from './expression.ts';

/** The same tree gives the same bytes. */
export function print({ body }: Program): string {
  return lines(body as Statement[], '');
}

function lines(statements: readonly Statement[], indent: string): string {
  let text = '';
  for (const each of statements) text += `${commentsOf(each, indent)}${indent}${statement(each, indent)}\n`;
  return text;
}

function commentsOf(node: Statement & { readonly comments?: readonly Comment[] }, indent: string): string {
  let text = '';
  for (const { value } of node.comments ?? []) text += `${indent}// ${value.trim()}\n`;
  return text;
}

function statement(node: Statement, indent: string): string {
  switch (node.type) {
    case 'BlockStatement':
      return node.body.length === 0 ? '{}' : `{\n${lines(node.body, `${indent}  `)}${indent}}`;
    case 'BreakStatement':
      return `break ${node.label!.name};`;
    case 'ExpressionStatement':
      return `${printExpression(node.expression, indent)};`;
    case 'ForStatement': {
      const init = declaration(node.init as VariableDeclaration, indent);
      const [test, update] = [printExpression(node.test!, indent), printExpression(node.update!, indent)];
      return `for (${init}; ${test}; ${update}) ${statement(node.body, indent)}`;
    }
    case 'ForInStatement': {
      const each = declaration(node.left as VariableDeclaration, indent);
      return `for (${each} in ${printExpression(node.right, indent)}) ${statement(node.body, indent)}`;
    }
    case 'FunctionDeclaration':
      return `function ${node.id.name}(${node.params.map(printPattern).join(', ')}) ${statement(node.body, indent)}`;
    case 'IfStatement': {
      const then = `if (${printExpression(node.test, indent)}) ${statement(node.consequent, indent)}`;
      return node.alternate ? `${then} else ${statement(node.alternate, indent)}` : then;
    }
    case 'LabeledStatement':
      return `${node.label.name}: ${statement(node.body, indent)}`;
    case 'ReturnStatement':
      return `return ${printExpression(node.argument!, indent)};`;
    case 'SwitchStatement': {
      const cases = node.cases.map((each) => switchCase(each, `${indent}  `)).join('');
      return `switch (${printExpression(node.discriminant, indent)}) {\n${cases}${indent}}`;
    }
    case 'VariableDeclaration':
      return `${declaration(node, indent)};`;
    default:
      throw new CompilerBug(`no emitter makes a ${node.type}`);
  }
}

function switchCase({ test, consequent }: SwitchCase, indent: string): string {
  return `${indent}case ${printExpression(test!, indent)}:\n${lines(consequent, `${indent}  `)}`;
}

function declaration({ kind, declarations }: VariableDeclaration, indent: string): string {
  const [{ id, init }] = declarations as [VariableDeclaration['declarations'][0]];
  const name = `${kind} ${printPattern(id)}`;
  return init ? `${name} = ${printExpression(init, indent)}` : name;
}
