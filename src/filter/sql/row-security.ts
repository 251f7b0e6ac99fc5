/**
 * Row security — the clauses of a filter as policies of a PostgreSQL table: permits as a permissive one, forbids as a restrictive one.
 *
 * INVARIANT: without a principal, or with a context that is not of the action's type, no row passes. A statement that no action stands for has no policy,
 * and so PostgreSQL refuses it.
 *
 * Docs:  PostgreSQL, "Row Security Policies", CREATE POLICY
 */
import type { Clauses } from '../clauses.ts';
import { and, type Condition, FALSE, Inexpressible, isNull, or, type Scalar } from '../condition.ts';
import { expressed, FilterError, refusalOf } from '../filter-error.ts';
import { DIALECTS } from './dialect.ts';
import { SqlPrinter } from './print-sql.ts';
import { quotedText } from './quoted-text.ts';
import { withoutParameters } from './sql-filter.ts';

export const STATEMENTS = ['select', 'insert', 'update', 'delete'] as const;
export type StatementName = (typeof STATEMENTS)[number];

/** What one kind of statement on a table is asked. */
export interface SecuredStatement {
  readonly statement: StatementName;
  readonly clauses: Clauses;
  /** The decision for every row, if there is one. */
  readonly decision: boolean | undefined;
  readonly principal: Scalar;
  /** Whether the context is of its type, as SQL; `undefined` where nothing depends on it. */
  readonly contextCheck: string | undefined;
}

const TARGET = 'row-level security';

/** Statements that bring a table to this state from any earlier one. */
export function tablePolicies(table: string, secured: readonly SecuredStatement[]): string[] {
  const name = table
    .split('.')
    .map((part) => DIALECTS.postgresql.identifier(part))
    .join('.');
  return [
    `ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`,
    `ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`,
    ...STATEMENTS.flatMap((statement) =>
      ['permit', 'forbid'].map((effect) => `DROP POLICY IF EXISTS ${policyName(statement, effect)} ON ${name}`),
    ),
    ...secured.flatMap((each) => policiesOf(name, table, each)),
  ];
}

function policyName(statement: StatementName, effect: string): string {
  return DIALECTS.postgresql.identifier(`cedar ${statement} ${effect}`);
}

function policiesOf(name: string, table: string, secured: SecuredStatement): string[] {
  const { statement, clauses, decision, principal, contextCheck } = secured;
  if (decision === false) return [];
  const print = (condition: Condition) => printed(condition, clauses, table);
  const permits = decision === true ? [] : [or(clauses.permits.map(({ condition }) => condition))];
  if (permits.includes(FALSE)) return [];
  const guarded = print(and([isNull(principal, true), ...permits]));
  const permit = contextCheck === undefined ? guarded : `(${contextCheck} AND ${guarded})`;
  const made = [policy(name, statement, 'permit', permit)];
  if (clauses.forbids.length > 0)
    made.push(policy(name, statement, 'forbid', print(and(clauses.forbids.map(({ condition }) => condition)))));
  return made;
}

function policy(table: string, statement: StatementName, effect: 'permit' | 'forbid', condition: string): string {
  const kind = effect === 'permit' ? 'PERMISSIVE' : 'RESTRICTIVE';
  const using = statement === 'insert' ? '' : ` USING (${condition})`;
  const check = statement === 'insert' || statement === 'update' ? ` WITH CHECK (${condition})` : '';
  return `CREATE POLICY ${policyName(statement, effect)} ON ${table} AS ${kind} FOR ${statement.toUpperCase()}${using}${check}`;
}

/** Throws `FilterError`. */
function printed(condition: Condition, clauses: Clauses, table: string): string {
  const alias = table.split('.').at(-1);
  const print = (each: Condition): string => {
    const printer = new SqlPrinter(DIALECTS.postgresql, clauses.isBinary, clauses.row, { alias });
    const { parts, values } = withoutParameters(printer.print(each));
    return parts.map((part, i) => (i === 0 ? part : quotedText(values[i - 1]!) + part)).join('');
  };
  const whole = expressed(() => print(condition));
  if (!(whole instanceof Inexpressible)) return whole;
  const refusals = clauses.all.flatMap(({ policy: each, condition: own }) => {
    const found = expressed(() => print(own));
    return found instanceof Inexpressible ? [refusalOf(each.policy, TARGET, found)] : [];
  });
  const { policy: first } = clauses.all[0]!;
  throw new FilterError(
    refusals.length > 0 ? refusals : [refusalOf(first.policy, TARGET, whole)],
    clauses.all.map(({ policy: each }) => each.policy),
  );
}
