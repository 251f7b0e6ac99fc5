/**
 * Condition — the algebra of filters: what databases can say about one row, in negation normal form.
 *
 * There is no node for "not". Every atom is paired with its complementary operator, so that a condition is AND and OR over atoms. A scalar may be NULL,
 * which stands for an error; then both the atom and its complementary operator are not true, in SQL as here. Thus the three values of SQL do no harm:
 * AND and OR are monotone, and nothing tells "false" from "unknown".
 *
 * Size:  the types, and what keeps conditions small; printers have the rest.
 *
 * INVARIANT: `isNull`, `exists` and constants are total; all other atoms are not true if one of their scalars is NULL.
 */
import type { Span } from '../syntax/span.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { Pattern } from '../value/pattern.ts';
import { unreachable } from '../value/unreachable.ts';
import { isSame } from './same-condition.ts';
import { sizeOf, sizeOfAll } from './size.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** What cannot be said: printing it is refused, or takes it for true where an upper bound is asked for. Its complement cannot be said either. */
  | { readonly kind: 'unknown'; readonly message: string; readonly span: Span | undefined }
  /** `size` as `sizeOf` counts it. */
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[]; readonly size: number }
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Scalar; readonly right: Scalar }
  | { readonly kind: 'like'; readonly negated: boolean; readonly value: Scalar; readonly pattern: Pattern }
  /** Is the scalar one of these, which are not NULL? */
  | { readonly kind: 'in'; readonly negated: boolean; readonly value: Scalar; readonly values: readonly Literal[] }
  /** Is the scalar an element of a list that comes with the request? */
  | { readonly kind: 'inList'; readonly negated: boolean; readonly value: Scalar; readonly list: Parameter }
  /** Is the id that of a root, or of what is below one? */
  | { readonly kind: 'below'; readonly negated: boolean; readonly value: Scalar; readonly tree: Tree }
  | { readonly kind: 'isNull'; readonly negated: boolean; readonly value: Scalar }
  | { readonly kind: 'exists'; readonly negated: boolean; readonly source: Source; readonly where: Condition };

export type Atom = Exclude<Condition, { readonly kind: 'constant' | 'unknown' | 'and' | 'or' }>;

/** How the database keeps a scalar. `integer` is a Long, and milliseconds or ten-thousandths; `timestamp` and `numeric` are read as such. */
export type ScalarType = 'boolean' | 'integer' | 'text' | 'uuid' | 'timestamp' | 'numeric' | 'json' | 'list' | 'array';

export interface Literal {
  readonly kind: 'literal';
  readonly type: ScalarType;
  readonly value: boolean | number | bigint | string;
}

/** A value that comes with each request; NULL where it errs. A `list` is JSON, with elements of that type. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly index: number;
  readonly type: ScalarType;
  readonly element?: ScalarType | undefined;
  readonly nullable: boolean;
}

export type Scalar =
  | Literal
  | Column
  | Parameter
  /** A setting of the session, such as the id of the user; NULL if it is not set. `json` is an object. */
  | { readonly kind: 'setting'; readonly name: string; readonly type: ScalarType }
  /** The element of a list that a source goes over. */
  | { readonly kind: 'element'; readonly row: Row; readonly type: ScalarType }
  /** A value of the one row of the source for which `where` is true; NULL if there is none. */
  | { readonly kind: 'lookup'; readonly source: Source; readonly where: Condition; readonly value: Scalar }
  /** A member of a JSON object; NULL if it is not there, or not of the type. */
  | { readonly kind: 'member'; readonly object: Scalar; readonly name: string; readonly type: ScalarType }
  /** NULL if the result is no Long. */
  | { readonly kind: 'arithmetic'; readonly op: '+' | '-' | '*'; readonly left: Scalar; readonly right: Scalar }
  /** NULL if neither test is true. */
  | {
      readonly kind: 'case';
      readonly yes: Condition;
      readonly then: Scalar;
      readonly no: Condition;
      readonly otherwise: Scalar;
    };

export interface Column {
  readonly kind: 'column';
  readonly row: Row;
  readonly column: string;
  readonly type: ScalarType;
  readonly nullable: boolean;
  /** The name of the field where it is not a column, and of the relation that a reference is. */
  readonly field?: string | undefined;
  readonly relation?: string | undefined;
}

/** A row that a source goes over, or the row that the filter is about. Printers give it a name. */
export interface Row {
  readonly table: string;
}

export type Source =
  | { readonly kind: 'table'; readonly row: Row }
  | { readonly kind: 'elements'; readonly row: Row; readonly list: Scalar; readonly type: ScalarType };

/** The ids of some roots, and of all that is below them by edges from child to parent. */
export interface Tree {
  readonly roots: readonly (Literal | Parameter)[];
  /** Rows that are roots too. */
  readonly rows: readonly RootRows[];
  readonly edges: Edges;
}

export interface RootRows {
  readonly source: Source;
  readonly id: Scalar;
  readonly where: Condition;
}

/** Which row has which parent: in the rows of the sources, taken together, for which `where` is true. */
export interface Edges {
  readonly sources: readonly Source[];
  readonly child: Scalar;
  readonly parent: Scalar;
  readonly where: Condition;
  readonly type: ScalarType;
}

export const TRUE: Condition = { kind: 'constant', value: true };
export const FALSE: Condition = { kind: 'constant', value: false };

/** What a policy's author wrote that no condition can say. */
export class Inexpressible extends CedarmillError {
  static override readonly kind = 'Inexpressible';
  override readonly name = 'Inexpressible';
  readonly span: Span | undefined;

  constructor(message: string, span?: Span) {
    super('inexpressible', message);
    this.span = span;
  }
}

export function and(operands: readonly Condition[]): Condition {
  return combined('and', operands);
}

export function or(operands: readonly Condition[]): Condition {
  return combined('or', operands);
}

/** Lists that are longer than this are not looked through for repetitions. */
const COMPARED = 24;

/** Flat, constants folded, without repetitions and without operands that another one makes needless (absorption). */
function combined(kind: 'and' | 'or', operands: readonly Condition[]): Condition {
  const ending = kind === 'or';
  const found: Condition[] = [];
  for (const operand of operands) {
    if (operand.kind !== kind) {
      if (isEnding(operand, ending, found)) return operand;
    } else for (const each of operand.operands) isEnding(each, ending, found);
  }
  if (ending && found.some((each) => isOppositeNull(each, found))) return TRUE;
  const left = found.filter((operand) => !isNeedless(operand, kind, found));
  if (left.length === 1) return left[0]!;
  return left.length === 0 ? (ending ? FALSE : TRUE) : withinSize({ kind, operands: left, size: sizeOfAll(left) });
}

/** Whether the operand decides the whole; one that does not is added, unless it is there already. */
function isEnding(operand: Condition, ending: boolean, found: Condition[]): boolean {
  if (operand.kind === 'constant') return operand.value === ending;
  if (!isAmong(operand, found)) found.push(operand);
  return false;
}

function isNeedless(operand: Condition, kind: 'and' | 'or', all: readonly Condition[]): boolean {
  return isAbsorbed(operand, kind, all) || (kind === 'and' && isImplied(operand, all));
}

/** Parts of a condition at most, written out: what is needed twice is written twice, and databases do not take texts of any length. */
export const MOST_PARTS = 20_000;

/** Throws `Inexpressible`. */
function withinSize(condition: Condition): Condition {
  if (sizeOf(condition) > MOST_PARTS) throw new Inexpressible(`a condition of more than ${MOST_PARTS} parts`);
  return condition;
}

function isAmong(condition: Condition, all: readonly Condition[]): boolean {
  return all.length <= COMPARED && all.some((each) => isSame(each, condition));
}

/** `a OR (a AND b)` is `a`, `a AND (a OR b)` too. */
function isAbsorbed(operand: Condition, kind: 'and' | 'or', all: readonly Condition[]): boolean {
  const other = kind === 'and' ? 'or' : 'and';
  return operand.kind === other && operand.operands.some((each) => isAmong(each, all));
}

/** `x IS NOT NULL AND x = 1`: an atom is not true of NULL. */
function isImplied(operand: Condition, all: readonly Condition[]): boolean {
  if (operand.kind !== 'isNull' || !operand.negated || all.length > COMPARED) return false;
  return all.some(
    (each) => isAtom(each) && each.kind !== 'isNull' && scalarsOf(each).some((scalar) => isSame(scalar, operand.value)),
  );
}

function isAtom(condition: Condition): condition is Atom {
  return (
    condition.kind !== 'constant' && condition.kind !== 'unknown' && condition.kind !== 'and' && condition.kind !== 'or'
  );
}

/** `x IS NULL OR x IS NOT NULL`. */
function isOppositeNull(each: Condition, all: readonly Condition[]): boolean {
  return each.kind === 'isNull' && !each.negated && isAmong({ ...each, negated: true }, all);
}

export function compare(op: Comparison, left: Scalar, right: Scalar): Condition {
  return { kind: 'compare', op, left, right };
}

/** Constant where the scalar can never be NULL. */
export function isNull(value: Scalar, negated: boolean): Condition {
  if (!mayBeNull(value)) return negated ? TRUE : FALSE;
  return { kind: 'isNull', negated, value };
}

export function mayBeNull(scalar: Scalar): boolean {
  switch (scalar.kind) {
    case 'literal':
      return false;
    case 'column':
    case 'parameter':
      return scalar.nullable;
    default:
      return true;
  }
}

function scalarsOf(atom: Atom): readonly Scalar[] {
  switch (atom.kind) {
    case 'compare':
      return [atom.left, atom.right];
    case 'inList':
      return [atom.value, atom.list];
    case 'exists':
      return [];
    default:
      return [atom.value];
  }
}

const COMPLEMENTS = { '=': '<>', '<>': '=', '<': '>=', '>=': '<', '<=': '>', '>': '<=' } as const;

/** The condition that is true exactly where this one is not true. */
export function complement(condition: Condition): Condition {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? FALSE : TRUE;
    case 'unknown':
      return condition;
    case 'and':
      return or(condition.operands.map(complement));
    case 'or':
      return and(condition.operands.map(complement));
    default:
      // NULL first: that is the cheaper test, and databases evaluate in this order.
      return or([...scalarsToBe(condition).map((each) => isNull(each, false)), opposite(condition)]);
  }
}

/** The scalars that must not be NULL for the atom or its opposite to be true. */
function scalarsToBe(atom: Atom): readonly Scalar[] {
  return atom.kind === 'isNull' ? [] : scalarsOf(atom);
}

/** The atom of the complementary operator: not true of NULL either, unless the atom is total. */
export function opposite(atom: Atom): Condition {
  switch (atom.kind) {
    case 'compare':
      return { ...atom, op: COMPLEMENTS[atom.op] };
    case 'like':
    case 'in':
    case 'inList':
    case 'below':
    case 'isNull':
    case 'exists':
      return { ...atom, negated: !atom.negated };
    default:
      return unreachable(atom);
  }
}

export function exists(source: Source, where: Condition, negated = false): Condition {
  if (where.kind === 'constant' && !where.value) return negated ? TRUE : FALSE;
  return { kind: 'exists', negated, source, where };
}
