/**
 * Filter — the rows that a request is allowed for, as a condition: for databases, and for rows in memory.
 *
 * INVARIANT: a row passes if and only if the request is allowed for it. What cannot be said is refused, unless an upper bound was asked for.
 */
import { boundOf, type Clause, type Clauses } from './clauses.ts';
import { type Condition, FALSE, Inexpressible, TRUE } from './condition.ts';
import { type DocumentQuery, documentQuery } from './documents.ts';
import { expressed, FilterError, type Refusal, refusalOf } from './filter-error.ts';
import type { Prepared } from './prepared.ts';
import { type PrismaProvider, type PrismaWhere, prismaWhere } from './prisma.ts';
import type { RequestValues } from './request-values.ts';
import { type DrizzleSql, drizzleSql, type KyselySql, kyselySql } from './sql/builders.ts';
import { DIALECTS, type DialectName } from './sql/dialect.ts';
import { type SqlOptions, SqlPrinter } from './sql/print-sql.ts';
import { type SqlFilter, sqlFilter, withoutParameters } from './sql/sql-filter.ts';

/** What one policy gives to a filter. */
export interface ExplainedClause {
  readonly policyId: string;
  readonly effect: 'permit' | 'forbid';
  /** What is left of the policy, as Cedar text. */
  readonly residual: string;
  /** The condition of the permit, or that of the forbid not to hold; `undefined` if it is refused. */
  readonly sql: string | undefined;
  readonly values: readonly string[];
  readonly refusal: Refusal | undefined;
}

export type RowPredicate = (row: object) => boolean;

/** What a filter is made of, for one request. */
export interface FilterPlan {
  readonly clauses: Clauses;
  /** The decision for every row, if there is one. */
  readonly decision: boolean | undefined;
  /** The field of the rows' ids. */
  readonly idField: string;
  predicate(): RowPredicate;
}

/** What a prepared filter brings along. */
export interface Filled {
  readonly prepared: Prepared;
  readonly values: RequestValues;
}

export type FilterKind = 'always' | 'never' | 'conditional';

export class Filter {
  readonly #makePlan: () => FilterPlan;
  readonly #isBound: boolean;
  readonly #filled: Filled | undefined;
  #plan: FilterPlan | undefined;
  #kind: FilterKind | undefined;

  /** For engines. The plan is made where nothing prepared serves. */
  constructor(makePlan: () => FilterPlan, isBound: boolean, filled?: Filled) {
    this.#makePlan = makePlan;
    this.#isBound = isBound;
    this.#filled = filled;
  }

  /** `always` and `never` for every conceivable row; else `conditional`. */
  get kind(): FilterKind {
    this.#kind ??= kindOf(this.#filled?.prepared.constant(this.#filled.values) ?? this.#plannedConstant);
    return this.#kind;
  }

  get #planned(): FilterPlan {
    this.#plan ??= this.#makePlan();
    return this.#plan;
  }

  get #clauses(): Clauses {
    return this.#planned.clauses;
  }

  get #plannedConstant(): boolean | 'conditional' {
    const { decision, clauses } = this.#planned;
    return decision ?? clauses.constant ?? 'conditional';
  }

  /**
   * A condition for the `WHERE` of a query on the table of the resource: text, and the values of its parameters.
   *
   *     const { text, values } = filter.sql('postgresql');
   *     await client.query(`SELECT * FROM docs WHERE ${text} ORDER BY id LIMIT 50`, values);
   *
   * Throws `FilterError` for a policy that the database cannot say, unless the filter was made with `superset`; then `dropped` says what is missing.
   */
  sql(dialect: DialectName, options: SqlOptions = {}): SqlFilter {
    const filled = this.#filled?.prepared.sql(dialect, options, this.#filled.values);
    if (filled !== undefined) return filled;
    const constant = this.#plannedConstant;
    if (constant !== 'conditional') return constantSql(constant);
    return sqlFilter(this.#clauses, dialect, this.#isBound, options);
  }

  /**
   * The same for Drizzle, made by its `sql`.
   *
   *     db.select().from(docs).where(filter.drizzle(sql, 'postgresql')).limit(50)
   */
  drizzle<S>(sql: DrizzleSql<S>, dialect: DialectName, options: Pick<SqlOptions, 'alias'> = {}): S {
    return drizzleSql(this.sql(dialect, options), sql);
  }

  /**
   * The same for Kysely, made by its `sql`.
   *
   *     db.selectFrom('docs').selectAll().where(filter.kysely<RawBuilder<boolean>>(sql, 'sqlite')).limit(50)
   */
  kysely<S>(sql: KyselySql<S>, dialect: DialectName, options: Pick<SqlOptions, 'alias'> = {}): S {
    return kyselySql(this.sql(dialect, options), sql);
  }

  /**
   * The same for MongoDB, on the fields that the mapping has for columns.
   *
   *     db.collection('docs').find(filter.mongo()).sort({ title: 1 }).limit(50)
   *
   * After `superset` every document that it finds must be asked again.
   */
  mongo(): DocumentQuery {
    return this.#query('MongoDB', documentQuery);
  }

  /**
   * The same for Prisma, on the fields that the mapping names; `relation` of a reference leads to another model.
   *
   *     prisma.doc.findMany({ where: filter.prisma('postgresql') as Prisma.DocWhereInput, take: 50 })
   *
   * After `superset` every row that it finds must be asked again.
   */
  prisma(provider: PrismaProvider): PrismaWhere {
    return this.#query('Prisma', (condition) =>
      prismaWhere(condition, provider, this.#planned.idField, this.#clauses.isBinary),
    );
  }

  #query<Q>(target: string, make: (condition: Condition) => Q): Q {
    const constant = this.#plannedConstant;
    if (constant !== 'conditional') return make(constant ? TRUE : FALSE);
    const exact = expressed(() => make(this.#clauses.whole));
    if (!(exact instanceof Inexpressible)) return exact;
    const { condition, refusals } = boundOf(this.#clauses, target, exact, make);
    if (this.#isBound) return make(condition);
    throw new FilterError(
      refusals,
      this.#clauses.all.map(({ policy }) => policy.policy),
    );
  }

  /**
   * The same for rows in memory, with the fields that the mapping names. The policies are those of the filter, whatever has changed since. Other entities
   * are as the store has them now: one that it does not have does not exist.
   *
   *     rows.filter(filter.predicate());
   *
   * A row that does not fit the schema makes the function throw `DataError`. Throws `FilterError` for what the mapping leaves out.
   */
  predicate(): RowPredicate {
    return this.#planned.predicate();
  }

  /** Which policy gives which clause. */
  explain(dialect: DialectName = 'postgresql'): readonly ExplainedClause[] {
    return this.#clauses.all.map((clause) => explained(clause, this.#clauses, dialect));
  }
}

function kindOf(constant: boolean | 'conditional'): FilterKind {
  if (constant === 'conditional') return constant;
  return constant ? 'always' : 'never';
}

function constantSql(value: boolean): SqlFilter {
  const text = value ? 'TRUE' : 'FALSE';
  return { text, parts: [text], values: [], dropped: [] };
}

function explained({ policy, condition }: Clause, { row, isBinary }: Clauses, dialect: DialectName): ExplainedClause {
  const printer = new SqlPrinter(DIALECTS[dialect], isBinary, row, {});
  const printed = expressed(() => printer.print(condition));
  const isRefused = printed instanceof Inexpressible;
  return {
    policyId: policy.id,
    effect: policy.effect,
    residual: policy.toCedar(),
    sql: isRefused ? undefined : printed.text,
    values: isRefused ? [] : withoutParameters(printed).values,
    refusal: isRefused ? refusalOf(policy.policy, dialect, printed) : undefined,
  };
}
