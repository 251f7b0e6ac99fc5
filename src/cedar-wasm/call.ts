/**
 * Call — the shape of an argument, checked before anything is done with it.
 *
 * The official build reads its arguments as JSON and throws where the shape is wrong; so do these. What is wrong *inside* a policy, schema,
 * entity or context is not a wrong shape: it becomes a `failure` answer.
 */

import { describeJson, oneOf } from '../parser/json/json-form.ts';
import { structureProblem } from '../parser/json/json-structure.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';

/** An argument of the wrong shape. */
export class CallShapeError extends CedarmillError {
  static override readonly kind = 'CallShapeError';
  override readonly name = 'CallShapeError';

  constructor(message: string) {
    super('callShape', message);
  }
}

/** The members that an object must and may have, in the order in which the official build declares them; all others are refused. */
export interface Shape {
  readonly name: string;
  readonly fields: readonly string[];
  /** Those that may be absent. */
  readonly optional?: readonly string[];
}

/** The members of a call object. An `undefined` member counts as absent, as in JSON; a list counts as the members in order, as in serde. */
export function members(value: unknown, shape: Shape): Record<string, unknown> {
  const { name, fields, optional = [] } = shape;
  const found: Record<string, unknown> = Object.create(null);
  for (const [key, member] of membersOf(value, fields, name)) {
    if (!fields.includes(key)) throw new CallShapeError(`unknown field \`${key}\`, expected ${oneOf(fields)}`);
    if (member !== undefined) found[key] = member;
  }
  for (const key of fields)
    if (!(key in found) && !optional.includes(key)) throw new CallShapeError(`missing field \`${key}\``);
  return found;
}

function membersOf(value: unknown, known: readonly string[], name: string): [string, unknown][] {
  if (!Array.isArray(value)) {
    if (!isObject(value)) throw wrongType(value, `struct ${name}`);
    return Object.entries(value);
  }
  if (value.length > known.length) {
    throw new CallShapeError(`invalid length ${value.length}, expected struct ${name} with ${known.length} elements`);
  }
  return value.map((member, i) => [known[i]!, member]);
}

/** Refuses an argument that is nested deeper than JSON may be, or that could not be written as JSON. */
export function requireShallow(value: unknown): void {
  const problem = structureProblem(value);
  if (problem !== undefined) throw new CallShapeError(problem.message);
}

/** The entries of an object used as a map. */
export function entriesOf(value: unknown): [string, unknown][] {
  if (!isObject(value)) throw wrongType(value, 'a map');
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongType(value, 'a sequence');
  return value;
}

export function stringOf(value: unknown): string {
  if (typeof value !== 'string') throw wrongType(value, 'a string');
  if (!value.isWellFormed()) throw new CallShapeError('lone surrogate in a string');
  return value;
}

export function booleanOf(value: unknown): boolean {
  if (typeof value !== 'boolean') throw wrongType(value, 'a boolean');
  return value;
}

/** An integer as the official build, which counts in 32 bits, takes it for a size. */
export function sizeOf(value: unknown): number {
  return integerOf(value, 'usize', 0, 2 ** 32 - 1);
}

/** An integer of either sign, in 32 bits. */
export function signedSizeOf(value: unknown): number {
  return integerOf(value, 'isize', -(2 ** 31), 2 ** 31 - 1);
}

function integerOf(value: unknown, expected: string, min: number, max: number): number {
  const integer = typeof value === 'bigint' ? Number(value) : value;
  if (typeof integer !== 'number' || !Number.isInteger(integer)) throw wrongType(value, expected);
  if (integer < min || integer > max)
    throw new CallShapeError(`invalid value: integer \`${value}\`, expected ${expected}`);
  return integer;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The error for a value of the wrong type, such as ``invalid type: integer `3`, expected a string``. */
export function wrongType(value: unknown, expected: string): CallShapeError {
  return new CallShapeError(`invalid type: ${describeJson(value)}, expected ${expected}`);
}
