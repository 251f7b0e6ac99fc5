/**
 * Print SQL — a condition as the text of a `WHERE` clause, with the values of its parameters.
 *
 * Own printing instead of a query builder: the text is short, and each builder would have to be told the exact spelling all the same. Names are always
 * quoted; texts of policies and requests are always parameters; integers are digits, since drivers send them as doubles.
 *
 * Size:  every kind of condition and scalar.
 */
import { unreachable } from '../../value/unreachable.ts';
import {
  type Comparison,
  type Condition,
  Inexpressible,
  type Literal,
  MOST_PARTS,
  mayBeNull,
  type Parameter,
  type RootRows,
  type Row,
  type Scalar,
  type ScalarType,
  type Source,
  type Tree,
} from '../condition.ts';
import { comparesAsColumn, MIRRORED, mayHoldNul, NUL, typeOf } from '../scalar.ts';
import { containedValue } from './containment.ts';
import type { Dialect, Parameters } from './dialect.ts';
import { withSemiJoins } from './semi-join.ts';

export interface SqlText {
  /** With `$1`, `$2` … or `?` for the values. */
  readonly text: string;
  /** The text before, between and behind the parameters: one more than there are values. */
  readonly parts: readonly string[];
  /** NULL only for a prepared filter, where a value that comes with the request is an error. A new list each time, as drivers want one that they may change. */
  readonly values: (string | null)[];
}

/** A text of which some values come with each request. */
export interface SqlTemplate extends Omit<SqlText, 'values'> {
  readonly values: readonly (string | Parameter)[];
}

export interface SqlOptions {
  /** What the query calls the table; its own name, unless there is another. */
  readonly alias?: string | undefined;
  /** The number of the first parameter, for PostgreSQL: 1, unless the query has others before it. */
  readonly firstParameter?: number | undefined;
}

/** Stands for a parameter while the text is made: no name may hold it, and texts are parameters themselves. */
const PARAMETER = '\0';

export class SqlPrinter {
  readonly #dialect: Dialect;
  readonly #isBinary: boolean;
  readonly #names = new Map<Row, string>();
  readonly #arrays = new Set<Row>();
  readonly #values: (string | Parameter)[] = [];
  readonly #first: number;
  readonly #prefix: string;
  readonly #parameters: Parameters = { add: (value) => this.#parameter(value), alias: () => this.#alias() };
  #aliases = 0;
  #atoms = 0;

  constructor(dialect: Dialect, isBinary: boolean, row: Row, { alias, firstParameter = 1 }: SqlOptions) {
    this.#dialect = dialect;
    this.#isBinary = isBinary;
    this.#first = firstParameter;
    this.#names.set(row, alias === undefined ? this.#table(row.table) : dialect.identifier(alias));
    // A name of ours must not hide that of the query.
    this.#prefix = /^r+\d/i.test(alias ?? row.table) ? 'cedar_r' : 'r';
  }

  /** Throws `Inexpressible`. */
  print(condition: Condition): SqlTemplate {
    const joined = this.#dialect.nestsSubqueries ? withSemiJoins(condition) : condition;
    const text = this.#condition(joined);
    // Whoever puts more behind it shall not change what it says.
    const isChain = joined.kind === 'and' || joined.kind === 'or';
    const parts = (isChain ? `(${text})` : text).split(PARAMETER);
    const numbered = parts.map((part, i) => (i === 0 ? part : this.#dialect.parameter(this.#first + i - 1) + part));
    return { text: numbered.join(''), parts, values: this.#values };
  }

  #joined(
    { kind, operands }: Extract<Condition, { readonly kind: 'and' | 'or' }>,
    print: (each: Condition) => string,
  ): string {
    const inner = kind === 'and' ? 'or' : 'and';
    const texts = operands.map((each) => (each.kind === inner ? `(${print(each)})` : print(each)));
    return texts.join(kind === 'and' ? ' AND ' : ' OR ');
  }

  #condition(condition: Condition): string {
    if (++this.#atoms > MOST_PARTS) throw new Inexpressible(`a condition of more than ${MOST_PARTS} parts`);
    switch (condition.kind) {
      case 'constant':
        return condition.value ? 'TRUE' : 'FALSE';
      case 'unknown':
        throw new Inexpressible(condition.message, condition.span);
      case 'and':
      case 'or':
        return this.#joined(condition, (each) => this.#condition(each));
      case 'compare':
        return this.#compare(condition.op, condition.left, condition.right);
      case 'like':
        return this.#like(condition);
      case 'in':
        return this.#in(condition);
      case 'inList':
        return this.#inList(condition);
      case 'below':
        return this.#below(condition);
      case 'isNull':
        return `${this.#scalar(condition.value)} IS${condition.negated ? ' NOT' : ''} NULL`;
      case 'exists': {
        const contained = this.#dialect.contains && containedValue(condition);
        if (contained !== undefined) return this.#contains(...contained);
        const source = this.#source(condition.source);
        const where = condition.where.kind === 'constant' ? '' : ` WHERE ${this.#condition(condition.where)}`;
        return `${condition.negated ? 'NOT ' : ''}EXISTS (SELECT 1 FROM ${source}${where})`;
      }
      default:
        return unreachable(condition);
    }
  }

  #contains(list: Scalar, element: Literal | Parameter): string {
    const text = this.#scalar(list);
    const contains = this.#dialect.contains!(text, this.#scalar(element), element.type, typeOf(list) === 'array');
    // JSON may have NULL as an element, and a value that is NULL would be found there.
    return mayBeNull(element) ? `(${contains} AND ${this.#scalar(element)} IS NOT NULL)` : contains;
  }

  /** A look-up has one row at most, so both texts are true for the same rows. */
  #below({ value, tree, negated }: Extract<Condition, { readonly kind: 'below' }>): string {
    if (value.kind !== 'lookup' || this.#dialect.comparesLookups)
      return `${this.#text(value)}${negation(negated)} IN (${this.#tree(tree)})`;
    const source = this.#source(value.source);
    const where = this.#operand(value.where);
    return `EXISTS (SELECT 1 FROM ${source} WHERE ${where} AND ${this.#below({ kind: 'below', value: value.value, tree, negated })})`;
  }

  #operand(condition: Condition): string {
    return condition.kind === 'or' ? `(${this.#condition(condition)})` : this.#condition(condition);
  }

  #compare(op: Comparison, left: Scalar, right: Scalar): string {
    if (left.kind === 'literal' && right.kind !== 'literal') return this.#compare(MIRRORED[op], right, left);
    if (right.kind === 'literal' && typeof right.value === 'boolean') {
      // `<>` a Bool is to be the other one: nothing else is a Bool.
      return this.#dialect.boolean(this.#scalar(left), (op === '=') === right.value);
    }
    if (this.#isNowhere(right, left)) return op === '=' ? 'FALSE' : `${this.#scalar(left)} IS NOT NULL`;
    return `${this.#text(left, right)} ${op} ${this.#scalar(right)}`;
  }

  /** No text of the database can be this. A value that does not come from there might be: that is refused. */
  #isNowhere(literal: Scalar, value: Scalar): boolean {
    if (this.#dialect.hasNul || literal.kind !== 'literal' || !mayHoldNul(literal)) return false;
    if (mayHoldNul(value)) throw new Inexpressible(NUL);
    return true;
  }

  #in({ value, values, negated }: Extract<Condition, { readonly kind: 'in' }>): string {
    const possible = values.filter((each) => !this.#isNowhere(each, value));
    if (possible.length === 0) return negated ? `${this.#scalar(value)} IS NOT NULL` : 'FALSE';
    if (typeof values[0]!.value === 'boolean')
      return `${this.#scalar(value)}${negation(negated)} IN (${possible.map(({ value: each }) => this.#dialect.booleans[each ? 1 : 0]).join(', ')})`;
    return `${this.#text(value)}${negation(negated)} IN (${possible.map((each) => this.#scalar(each)).join(', ')})`;
  }

  /** Nothing is in a list that is NULL, and nothing is outside of it. */
  #inList({ value, list, negated }: Extract<Condition, { readonly kind: 'inList' }>): string {
    const text = this.#dialect.inList(this.#text(value), this.#scalar(list), list.element ?? 'text', negated);
    return negated && list.nullable ? `(${text} AND ${this.#scalar(list)} IS NOT NULL)` : text;
  }

  #like({ value, pattern, negated }: Extract<Condition, { readonly kind: 'like' }>): string {
    const [only] = pattern;
    if (pattern.length === 0 || (pattern.length === 1 && only !== null))
      return this.#compare(negated ? '<>' : '=', value, { kind: 'literal', type: 'text', value: only ?? '' });
    const isAnywhere = pattern.length === 1;
    const isNowhere = this.#isNowhere({ kind: 'literal', type: 'text', value: pattern.join('') }, value);
    if (isAnywhere || isNowhere) return negated === isAnywhere ? 'FALSE' : `${this.#scalar(value)} IS NOT NULL`;
    return this.#dialect.like(() => this.#scalar(value), pattern, negated, this.#parameters, this.#collation([value]));
  }

  /** Left out where the mapping says that columns compare by bytes, and there is one: values of JSON do not. */
  #collation(operands: readonly Scalar[]): string {
    return this.#isBinary && comparesAsColumn(operands) ? '' : this.#dialect.collation;
  }

  /** An operand of a comparison: texts are told to compare by bytes. */
  #text(scalar: Scalar, ...others: readonly Scalar[]): string {
    const text = this.#scalar(scalar);
    return isText(scalar) ? `${text}${this.#collation([scalar, ...others])}` : text;
  }

  #scalar(scalar: Scalar): string {
    switch (scalar.kind) {
      case 'literal':
        return this.#literal(scalar);
      case 'column': {
        const column = `${this.#name(scalar.row)}.${this.#dialect.identifier(scalar.column)}`;
        return scalar.type === 'timestamp' || scalar.type === 'numeric'
          ? this.#dialect.number(column, scalar.type)
          : column;
      }
      case 'parameter':
        this.#values.push(scalar);
        return this.#dialect.bound(PARAMETER, scalar.type);
      case 'setting':
        return this.#dialect.setting(scalar.name, scalar.type);
      case 'element':
        return this.#dialect.element(this.#name(scalar.row), this.#arrays.has(scalar.row), scalar.type);
      case 'lookup': {
        const source = this.#source(scalar.source);
        return `(SELECT ${this.#scalar(scalar.value)} FROM ${source} WHERE ${this.#condition(scalar.where)})`;
      }
      case 'member':
        return this.#member(scalar);
      case 'arithmetic':
        return this.#dialect.arithmetic(
          scalar.op,
          this.#scalar(scalar.left),
          this.#scalar(scalar.right),
          this.#alias(),
        );
      case 'case':
        return `CASE WHEN ${this.#condition(scalar.yes)} THEN ${this.#scalar(scalar.then)} WHEN ${this.#condition(scalar.no)} THEN ${this.#scalar(scalar.otherwise)} END`;
      default:
        return unreachable(scalar);
    }
  }

  /** Members of members as one path. */
  #member(member: Extract<Scalar, { readonly kind: 'member' }>): string {
    const path = [member.name];
    let object = member.object;
    for (; object.kind === 'member'; object = object.object) path.unshift(object.name);
    const whole = object;
    return this.#dialect.member(() => this.#scalar(whole), path, member.type, this.#parameters);
  }

  #literal({ value, type }: Literal): string {
    if (typeof value === 'boolean') return this.#dialect.booleans[value ? 1 : 0];
    if (typeof value !== 'string') return this.#dialect.integer(value);
    if (!this.#dialect.hasNul && value.includes('\0')) throw new Inexpressible(NUL);
    return this.#dialect.typed(this.#parameter(value), type);
  }

  #parameter(value: string): string {
    this.#values.push(value);
    return PARAMETER;
  }

  #source(source: Source): string {
    const alias = this.#alias();
    this.#names.set(source.row, alias);
    if (source.kind === 'table') return `${this.#table(source.row.table)} AS ${alias}`;
    const isArray = typeOf(source.list) === 'array';
    if (isArray) this.#arrays.add(source.row);
    return this.#dialect.elements(this.#scalar(source.list), alias, isArray, source.type);
  }

  #tree({ roots, rows, edges }: Tree): string {
    const tree = this.#alias();
    const { type, where } = edges;
    const literals = roots.map((each) => this.#scalar(each));
    const first = [
      ...(literals.length > 0 ? [this.#dialect.roots(literals, type)] : []),
      ...rows.map((each) => this.#rootRows(each, type)),
    ];
    const sources = edges.sources.map((source) => this.#source(source)).join(' CROSS JOIN ');
    const child = this.#dialect.child(this.#scalar(edges.child), type);
    const step = `SELECT ${child} FROM ${sources} JOIN ${tree} ON ${this.#text(edges.parent)} = ${tree}.id`;
    const condition = where.kind === 'constant' ? '' : ` WHERE ${this.#condition(where)}`;
    return `WITH RECURSIVE ${tree}(id) AS (${[...first, step + condition].join(' UNION ')}) SELECT id FROM ${tree}`;
  }

  #rootRows({ source, id, where }: RootRows, type: ScalarType): string {
    const from = this.#source(source);
    return `SELECT ${this.#dialect.child(this.#scalar(id), type)} FROM ${from} WHERE ${this.#condition(where)}`;
  }

  /** `schema.table` is two names. */
  #table(name: string): string {
    return name
      .split('.')
      .map((part) => this.#dialect.identifier(part))
      .join('.');
  }

  #alias(): string {
    return `${this.#prefix}${++this.#aliases}`;
  }

  #name(row: Row): string {
    const name = this.#names.get(row);
    if (name === undefined) throw new Inexpressible('a row that is not at hand here');
    return name;
  }
}

function negation(negated: boolean): string {
  return negated ? ' NOT' : '';
}

function isText(scalar: Scalar): boolean {
  const type = typeOf(scalar);
  return type === 'text' || type === 'uuid';
}
