/**
 * Print — IR as text, for golden files and as the key of a skeleton.
 *
 * INVARIANT: injective but for spans; two policies share code iff they print the same.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import { children, type Ir, type IrPolicy } from './ir.ts';

/** `shared` are the numbers of nodes that have been printed: where one comes again, its number stands for it. */
export function printIr(ir: Ir, shared = new Map<Ir, number>()): string {
  if (!ir.shared) return printNode(ir, shared);
  const known = shared.get(ir);
  if (known !== undefined) return `#${known}`;
  const number = shared.size;
  shared.set(ir, number);
  return `#${number}=${printNode(ir, shared)}`;
}

function printNode(ir: Ir, shared: Map<Ir, number>): string {
  const head = headOf(ir);
  const parts = children(ir);
  if (parts.length === 0) return head;
  // Chains are wide, not deep; all other nesting is bounded by the parser.
  return `(${head} ${parts.map((part) => printIr(part, shared)).join(' ')})`;
}

function headOf(ir: Ir): string {
  switch (ir.op) {
    case 'lit':
      return printPrim(ir.value);
    case 'param':
      return `?${ir.index}:${ir.kind}`;
    case 'var':
      return ir.name;
    case 'like':
      return `like ${JSON.stringify(ir.pattern)}`;
    case 'is':
      return `is ${ir.type}`;
    case 'getAttr':
    case 'hasAttr':
      return `${ir.op} ${JSON.stringify(ir.attr)}`;
    case 'set':
      return `set/${ir.elements.length}`;
    case 'record':
      return `record ${JSON.stringify(ir.names)}`;
    case 'call':
      return `${ir.args.length === 0 ? 'call0 ' : 'call '}${ir.fn}`;
    case 'ite':
    case 'and':
    case 'or':
    case 'not':
    case 'neg':
    case 'isEmpty':
    case 'eq':
    case 'mem':
    case 'hasTag':
    case 'getTag':
    case 'less':
    case 'lessEq':
    case 'add':
    case 'sub':
    case 'mul':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
      return ir.op;
    default:
      return unreachable(ir);
  }
}

function printPrim(value: Prim): string {
  if (value instanceof EntityUid) return `${value.type}::${JSON.stringify(value.id)}`;
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

export function printPolicy({ id, effect, principal, action, resource, condition }: IrPolicy): string {
  const lines = Object.entries({ principal, action, resource, when: condition }).flatMap(([name, ir]) =>
    ir === undefined ? [] : [`  ${name} ${printIr(ir)}`],
  );
  return [`${effect} ${JSON.stringify(id)}`, ...lines].join('\n');
}
