/**
 * SQL filter — the clauses of a filter as one text for a `WHERE`.
 */

import { CompilerBug } from '../../value/unreachable.ts';
import { boundOf, type Clauses } from '../clauses.ts';
import { type Condition, Inexpressible } from '../condition.ts';
import { expressed, FilterError, type Refusal } from '../filter-error.ts';
import { DIALECTS, type DialectName } from './dialect.ts';
import { type SqlOptions, SqlPrinter, type SqlTemplate, type SqlText } from './print-sql.ts';

/** A condition for a `WHERE`. */
export interface SqlFilter extends SqlText {
  /** What was left out, if an upper bound was asked for: with any of it, each row must be asked again. */
  readonly dropped: readonly Refusal[];
}

/** Throws `FilterError` if a policy cannot be said and an upper bound is not asked for. */
export function sqlFilter(clauses: Clauses, name: DialectName, isBound: boolean, options: SqlOptions): SqlFilter {
  const print = (condition: Condition): SqlFilter => {
    const printer = new SqlPrinter(DIALECTS[name], clauses.isBinary, clauses.row, options);
    return { ...withoutParameters(printer.print(condition)), dropped: [] };
  };
  const exact = expressed(() => print(clauses.whole));
  if (!(exact instanceof Inexpressible)) return exact;
  const { condition, refusals } = boundOf(clauses, name, exact, (atom) => print(atom));
  if (isBound) return { ...print(condition), dropped: refusals };
  throw new FilterError(
    refusals,
    clauses.all.map(({ policy }) => policy.policy),
  );
}

/** The text of a request that is known. */
export function withoutParameters({ text, parts, values }: SqlTemplate): SqlText & { readonly values: string[] } {
  return { text, parts, values: values.map(knownValue) };
}

function knownValue(value: SqlTemplate['values'][number]): string {
  if (typeof value === 'string') return value;
  throw new CompilerBug('a value that comes with each request, in a filter for one');
}

/** The text of filters that differ in the values of the request alone. Throws `Inexpressible`. */
export function sqlTemplate(clauses: Clauses, name: DialectName, options: SqlOptions): SqlTemplate {
  const printer = new SqlPrinter(DIALECTS[name], clauses.isBinary, clauses.row, options);
  return printer.print(clauses.whole);
}
