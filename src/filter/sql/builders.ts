/**
 * Builders — a condition as the SQL fragment of a query builder, made by the builder's own functions: nothing of it is imported.
 */
import type { SqlText } from './print-sql.ts';

/** `sql` of drizzle-orm, as far as it is used. */
export interface DrizzleSql<S> {
  (strings: TemplateStringsArray, ...values: never[]): S;
  raw(text: string): S;
  join(chunks: never[], separator?: never): S;
}

/** `sql` of kysely, as far as it is used. */
export interface KyselySql<S> {
  raw(text: string): S;
  val(value: never): unknown;
  join(chunks: readonly never[], separator?: never): S;
}

export function drizzleSql<S>(filter: SqlText, sql: DrizzleSql<S>): S {
  const chunks = chunksOf(
    filter,
    (text) => sql.raw(text),
    (value) => sql`${value as never}`,
  );
  return sql.join(chunks as never[]);
}

export function kyselySql<S>(filter: SqlText, sql: KyselySql<S>): S {
  const chunks = chunksOf(
    filter,
    (text) => sql.raw(text),
    (value) => sql.val(value as never) as S,
  );
  return sql.join(chunks as never[], sql.raw('') as never);
}

function chunksOf<S>(
  { parts, values }: SqlText,
  raw: (text: string) => S,
  parameter: (value: string | null) => S,
): S[] {
  return parts.flatMap((part, i) => (i === 0 ? [raw(part)] : [parameter(values[i - 1]!), raw(part)]));
}
