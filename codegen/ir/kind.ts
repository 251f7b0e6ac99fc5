/**
 * Kind — what is known of the value of an IR node without running it.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import type { Ir } from './ir.ts';

/** `any` when nothing is known; `ext` for a value of any extension type. */
export type Kind = 'bool' | 'long' | 'string' | 'entity' | 'record' | 'set' | 'ext' | 'any';

/** The kind of every attribute of entities, context and nested records, by name; `any` or none if the kinds differ. */
export type AttributeKinds = ReadonlyMap<string, Kind>;

/** `attributes` are those of data that were checked; default: nothing is known of them. */
export function kindOf(ir: Ir, attributes?: AttributeKinds): Kind {
  switch (ir.op) {
    case 'lit':
      return primKind(ir.value);
    case 'param':
      return ir.kind;
    case 'var':
      return ir.name === 'context' ? 'record' : 'entity';
    case 'ite': {
      const kind = kindOf(ir.then, attributes);
      return kind === kindOf(ir.else, attributes) ? kind : 'any';
    }
    case 'neg':
    case 'add':
    case 'sub':
    case 'mul':
      return 'long';
    case 'set':
      return 'set';
    case 'record':
      return 'record';
    case 'call':
      return RESULTS.get(ir.fn) ?? 'bool';
    case 'getAttr':
      return (isOfData(ir.arg) && attributes?.get(ir.attr)) || 'any';
    case 'getTag':
      return 'any';
    case 'and':
    case 'or':
    case 'not':
    case 'isEmpty':
    case 'like':
    case 'is':
    case 'eq':
    case 'mem':
    case 'hasTag':
    case 'less':
    case 'lessEq':
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'hasAttr':
      return 'bool';
    default:
      return unreachable(ir);
  }
}

/** Is it a variable, or reached from one through attributes alone? What a policy writes itself may be of any kind. */
function isOfData(ir: Ir): boolean {
  return ir.op === 'var' || (ir.op === 'getAttr' && isOfData(ir.arg));
}

export function primKind(value: Prim): 'bool' | 'long' | 'string' | 'entity' {
  if (value instanceof EntityUid) return 'entity';
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'string' ? 'string' : 'long';
}

/** Extension functions whose result is not a Bool. */
const RESULTS: ReadonlyMap<string, Kind> = new Map([
  ...['decimal', 'ip', 'datetime', 'duration', 'offset', 'durationSince', 'toDate', 'toTime'].map(
    (fn) => [fn, 'ext'] as const,
  ),
  ...['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'].map((fn) => [fn, 'long'] as const),
  ['unknown', 'any'] as const,
]);

/** Are two values, one of this kind, equal iff they are the same? */
export function equalIsSame(kind: Kind): boolean {
  return kind === 'bool' || kind === 'long' || kind === 'string' || kind === 'entity';
}
