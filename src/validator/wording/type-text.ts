/**
 * Type text — types as messages show them, and the order in which they list several.
 */
import { basename } from '../../schema/name.ts';
import { compareCodePoints } from '../../value/code-point.ts';
import { unreachable } from '../../value/unreachable.ts';
import type { Attribute, Type } from '../type.ts';
import { PairMemo } from '../typecheck/pair-memo.ts';

const INTERNAL = '__cedar::internal::';

/** A text of that length is not made longer: where types share others, it could become longer than memory is. */
const LONGEST = 1 << 20;

const TEXTS = new WeakMap<Type, string>();

export function typeText(type: Type): string {
  const known = TEXTS.get(type);
  if (known !== undefined) return known;
  const text = textOf(type);
  TEXTS.set(type, text);
  return text;
}

function textOf(type: Type): string {
  switch (type.kind) {
    case 'never':
      return `${INTERNAL}Never`;
    case 'true':
      return `${INTERNAL}True`;
    case 'false':
      return `${INTERNAL}False`;
    case 'bool':
      return 'Bool';
    case 'long':
      return 'Long';
    case 'string':
      return 'String';
    case 'entity':
    case 'ext':
      return type.name;
    case 'union':
      return `${INTERNAL}Union<${type.names.join(', ')}>`;
    case 'anyEntity':
      return `${INTERNAL}AnyEntity`;
    case 'set':
      return `Set<${type.element === undefined ? `${INTERNAL}Any` : typeText(type.element)}>`;
    case 'record':
      return `${type.open ? `${INTERNAL}OpenRecord` : ''}{${attributesText(type.attributes)}}`;
    default:
      return unreachable(type);
  }
}

function attributesText(attributes: ReadonlyMap<string, Attribute>): string {
  let text = '';
  for (const attribute of sorted(attributes)) {
    if (text.length > LONGEST) return `${text}…`;
    text += attributeText(attribute);
  }
  return text;
}

function sorted(attributes: ReadonlyMap<string, Attribute>): [string, Attribute][] {
  return [...attributes].sort(([a], [b]) => compareCodePoints(a, b));
}

function attributeText([name, { type, required }]: [string, Attribute]): string {
  return `${name}${required ? '' : '?'}: ${typeText(type)},`;
}

const RECORDS = new PairMemo<number>();

/** The order of kinds in messages. */
const KINDS: readonly Type['kind'][] = [
  'never',
  'bool',
  'true',
  'false',
  'long',
  'string',
  'anyEntity',
  'entity',
  'union',
  'set',
  'record',
  'ext',
];

export function compareTypes(a: Type, b: Type): number {
  if (a === b) return 0;
  if (a.kind === 'set' && b.kind === 'set') {
    if (a.element === undefined || b.element === undefined) return Number(!!a.element) - Number(!!b.element);
    return compareTypes(a.element, b.element);
  }
  if (a.kind === 'record' && b.kind === 'record')
    return RECORDS.of(a, b, () => compareAttributes(sorted(a.attributes), sorted(b.attributes)));
  if (a.kind === 'entity' && b.kind === 'entity') return compareNames(a.name, b.name);
  if (a.kind !== b.kind) return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  return compareCodePoints(typeText(a), typeText(b));
}

/** By the last part, then by the namespace. */
export function compareNames(a: string, b: string): number {
  return compareCodePoints(basename(a), basename(b)) || compareCodePoints(a, b);
}

function compareAttributes(a: readonly [string, Attribute][], b: readonly [string, Attribute][]): number {
  for (const [i, [name, attribute]] of a.entries()) {
    const other = b[i];
    if (other === undefined) return 1;
    const order =
      compareCodePoints(name, other[0]) ||
      compareTypes(attribute.type, other[1].type) ||
      Number(attribute.required) - Number(other[1].required);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Without those that are there twice, in the order of messages. */
export function distinctTypes(types: readonly Type[]): Type[] {
  const byText = new Map(types.map((type) => [typeText(type), type]));
  return [...byText.values()].sort(compareTypes);
}
