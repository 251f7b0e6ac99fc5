/**
 * Show — core trees and diagnostics as a reader of a case wants to see them.
 */
import type { Expr, UnaryOp } from '../../../src/syntax/core.ts';
import type { Diagnostic } from '../../../src/syntax/diagnostic.ts';
import { printEntityUid, printPattern } from '../../../src/syntax/print.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { quote } from '../../../src/value/quote.ts';

/** A core expression in the notation of Lisp. */
export function showExpr(e: Expr): string {
  switch (e.kind) {
    case 'lit':
      return e.value instanceof EntityUid ? printEntityUid(e.value) : showPrim(e.value);
    case 'var':
      return e.name;
    case 'slot':
      return e.slot;
    case 'ite':
      return `(ite ${showExpr(e.test)} ${showExpr(e.then)} ${showExpr(e.else)})`;
    case 'and':
    case 'or':
      return `(${e.kind} ${showExpr(e.left)} ${showExpr(e.right)})`;
    case 'unaryApp':
      return `(${showUnary(e.op)} ${showExpr(e.arg)})`;
    case 'binaryApp':
      return `(${e.op} ${showExpr(e.left)} ${showExpr(e.right)})`;
    case 'getAttr':
    case 'hasAttr':
      return `(${e.kind} ${showExpr(e.expr)} ${quote(e.attr)})`;
    case 'set':
      return `(set${e.elements.map((element) => ` ${showExpr(element)}`).join('')})`;
    case 'record':
      return `(record${e.fields.map(({ name, expr }) => ` ${quote(name)}: ${showExpr(expr)}`).join('')})`;
    case 'call':
      return `(${e.fn}${e.args.map((arg) => ` ${showExpr(arg)}`).join('')})`;
  }
}

function showPrim(value: boolean | number | bigint | string): string {
  return typeof value === 'string' ? quote(value) : `${value}`;
}

function showUnary(op: UnaryOp): string {
  if (op.kind === 'like') return `like "${printPattern(op.pattern)}"`;
  return op.kind === 'is' ? `is ${op.type}` : op.kind;
}

/** Message, then each place it points at with the text there and its label, then the help. */
export function showDiagnostic({ message, help, labels }: Diagnostic, source: string): string {
  const places = labels.map(({ span, text }) => {
    const label = text === undefined ? '' : ` — ${text}`;
    return `\n  ${span.start}–${span.end} ${JSON.stringify(source.slice(span.start, span.end))}${label}`;
  });
  return `${message}${places.join('')}${help === undefined ? '' : `\n  help: ${help}`}`;
}
