/**
 * JSON argument — an argument as what `JSON.stringify` would write of it, which is how the official build takes it.
 *
 * `toJSON` is called (so a `Date` becomes text), class instances are their own members, what JSON leaves out is left out. Two things are not as in
 * JSON: a `bigint` stays, since it is exact; and what JSON would write as an empty object, although it is not empty, such as a `Map`, is refused. An
 * argument that is JSON already is given back as it is.
 */
import { isPrototypePolluted } from '../value/own-member.ts';
import { CallShapeError, requireShallow } from './call.ts';

const UNWRITABLE = [Map, Set, WeakMap, WeakSet, Promise, RegExp, ArrayBuffer] as const;

/** How deep arguments may be nested; requireShallow gives the exact limit later. */
const DEPTH_LIMIT = 1024;

export function jsonArgument(value: unknown): unknown {
  requireShallow(value);
  return written(value, '', 0);
}

/** `undefined` for what JSON leaves out. */
function written(given: unknown, key: string, depth: number): unknown {
  if (depth > DEPTH_LIMIT) throw new CallShapeError('recursion limit exceeded');
  const value = replaced(given, key);
  switch (typeof value) {
    case 'function':
    case 'symbol':
      return undefined;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'object':
      return value === null ? null : writtenObject(value, depth);
    default:
      return value;
  }
}

function replaced(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null;
  if (!isObject) return value;
  const toJSON: unknown = 'toJSON' in value ? value.toJSON : undefined;
  const result: unknown = typeof toJSON === 'function' ? toJSON.call(value, key) : value;
  if (result !== value) requireShallow(result);
  const isBoxed = result instanceof Number || result instanceof String || result instanceof Boolean;
  return isBoxed ? result.valueOf() : result;
}

function writtenObject(value: object, depth: number): unknown {
  if (Array.isArray(value)) return writtenArray(value, depth);
  if (ArrayBuffer.isView(value) || UNWRITABLE.some((unwritable) => value instanceof unwritable))
    throw new CallShapeError(
      `a ${value.constructor.name} cannot be written as JSON; give its content as an array or object`,
    );
  return writtenMembers(value as Readonly<Record<string, unknown>>, depth);
}

function writtenArray(value: readonly unknown[], depth: number): unknown {
  const elements = Array.from(value, (element, i) => written(element, String(i), depth + 1) ?? null);
  return elements.every((element, i) => Object.is(element, value[i])) ? value : elements;
}

function writtenMembers(value: Readonly<Record<string, unknown>>, depth: number): unknown {
  const members = Object.keys(value).map((name) => [name, written(value[name], name, depth + 1)] as const);
  if (isPlain(value) && members.every(([name, member]) => Object.is(member, value[name]))) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, member] of members) if (member !== undefined) copy[name] = member;
  return copy;
}

/** Does it inherit nothing that could be taken for a member? */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (prototype === Object.prototype && !isPrototypePolluted());
}
