/**
 * Row security — policies for the tables of a PostgreSQL database, which then answers every statement as the engine would.
 *
 * The database must know who asks: the id of the principal and the context are settings of the transaction. What policies read of other entities is read
 * in their tables, so those must show all their rows to whoever asks.
 */
import { Clauses } from '../filter/clauses.ts';
import { Inexpressible } from '../filter/condition.ts';
import { FilterError, refusalOf } from '../filter/filter-error.ts';
import { principalSetting, type SessionSettings, sessionRequest } from '../filter/session.ts';
import { isOfType } from '../filter/sql/context-check.ts';
import { DIALECTS } from '../filter/sql/dialect.ts';
import { type SecuredStatement, STATEMENTS, type StatementName, tablePolicies } from '../filter/sql/row-security.ts';
import { literalOf } from '../filter/storage.ts';
import { tablesRead } from '../filter/tables-read.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { authorizePartially } from '../partial/authorize.ts';
import { actionsOf } from '../partial/partial-entities.ts';
import { TypedPolicies } from '../partial/policies.ts';
import { nodes } from '../partial/residual.ts';
import { type SharpResponse, sharpResponse } from '../partial/sharp.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { checkRequestType } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { IpAddr } from '../value/ipaddr.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';
import { readOptions } from './input/options.ts';
import { typedContext } from './input/request-input.ts';
import { actionFromInput, type UidInput, uidFromInput } from './input/uid-input.ts';

export interface RowSecurityOptions {
  /** The type of the principals. */
  readonly principal: string;
  /** The types whose tables get policies. */
  readonly resources: readonly string[];
  /** The action of each kind of statement. A kind that is left out is refused for all rows. */
  readonly actions: { readonly [S in StatementName]?: UidInput };
  /** The settings that say who asks; `app.principal` and `app.context`, unless they are given. */
  readonly settings?: Partial<SessionSettings> | undefined;
}

/** Who asks, and what of. */
export interface SessionRequest {
  readonly principal: UidInput;
  /** One of the actions that statements stand for. */
  readonly action: UidInput;
  readonly context?: object | undefined;
}

/** The policies of some tables. */
export interface RowSecurity {
  /** To be run in one transaction, by the owner of the tables; they can be run again after every change. */
  readonly statements: readonly string[];
  /**
   * A statement that says who asks, for the rest of the transaction; run it first in each.
   *
   * Throws `DataError` and `ConformanceError` for what does not fit the schema.
   */
  session(request: SessionRequest): { readonly text: string; readonly values: string[] };
}

const OPTIONS = ['principal', 'resources', 'actions', 'settings'] as const;
const DEFAULT_SETTINGS: SessionSettings = { principal: 'app.principal', context: 'app.context' };

/**
 * Row-level security of PostgreSQL from the policies: permits become a permissive policy of each table, forbids a restrictive one.
 *
 *     const security = rowSecurity(engine.policies, map, { principal: 'User', resources: ['Doc'], actions: { select: 'view', update: 'edit' } });
 *     for (const statement of security.statements) await client.query(statement);
 *
 * Roles that are not to be restricted by them are superusers and those with BYPASSRLS. Throws `FilterError` for what cannot be said, `UsageError`,
 * `ConformanceError`, and `PolicyValidationError` unless all policies pass the validator.
 */
export function rowSecurity(policies: PolicySet, mapping: Mapping, options: RowSecurityOptions): RowSecurity {
  const given = checkedOptions(options);
  const typed = new TypedPolicies(policies, mapping.schema);
  try {
    const tables = new Set(given.resources.map((type) => tableOf(mapping, type)));
    const statements = given.resources.flatMap((type) =>
      tablePolicies(tableOf(mapping, type), [...securedStatements(typed, mapping, given, type, tables)]),
    );
    return { statements, session: (request) => sessionOf(request, mapping, given) };
  } finally {
    typed.release();
  }
}

type Given = RowSecurityOptions & { readonly settings: SessionSettings };

function checkedOptions(options: RowSecurityOptions): Given {
  const read = readOptions(options, OPTIONS, 'rowSecurity');
  const settings = { ...DEFAULT_SETTINGS, ...readOptions(read.settings ?? {}, ['principal', 'context'], 'settings') };
  for (const name of Object.values(settings))
    if (typeof name !== 'string' || !/^\w+\.\w+$/.test(name))
      throw new UsageError(`\`${name}\` is not the name of a setting`, 'such as `app.principal`');
  if (settings.principal === settings.context)
    throw new UsageError('principal and context are one and the same setting', 'give two names');
  if (typeof read.principal !== 'string') throw new UsageError('`principal` is the name of a type', 'such as `User`');
  if (!Array.isArray(read.resources) || read.resources.length === 0)
    throw new UsageError('`resources` is a list of types', "such as `['Doc']`");
  const actions = readOptions(read.actions ?? {}, STATEMENTS, 'actions');
  return { ...read, actions, settings };
}

function tableOf(mapping: Mapping, type: string): string {
  const table = mapping.types.get(type)?.table;
  if (table === undefined) throw new UsageError(`the mapping gives \`${type}\` no table`, 'give it one: `table`');
  return table;
}

function* securedStatements(
  typed: TypedPolicies,
  mapping: Mapping,
  { principal, actions, settings }: Given,
  type: string,
  tables: ReadonlySet<string>,
): IterableIterator<SecuredStatement> {
  const { schema } = mapping;
  const known = actionsOf(schema);
  const id = principalSetting(settings.principal, principal, mapping.types.get(principal)?.id.storage);
  for (const statement of STATEMENTS) {
    const input = actions[statement];
    if (input === undefined) continue;
    const action = actionFromInput(input, schema);
    const request = {
      principal: { type: principal, uid: undefined },
      action,
      resource: { type, uid: undefined },
      context: undefined,
    };
    const sharp = sharpResponse(
      authorizePartially(typed, request, { get: (uid: EntityUid) => known.get(uid.key) }, schema),
    );
    const clauses = Clauses.of(mapping, tableOf(mapping, type), sharp, sessionRequest(settings, id));
    requireWholeTables(clauses, tables);
    const decision = sharp.decision === undefined ? undefined : sharp.decision === 'allow';
    yield {
      statement,
      clauses,
      decision,
      principal: id,
      contextCheck: contextCheck(sharp, settings),
    };
  }
}

/** Policies of a table apply in the subqueries of another one's too: an attribute that they hide would be an error, which a forbid does not hold by. */
function requireWholeTables(clauses: Clauses, tables: ReadonlySet<string>): void {
  for (const { policy, condition } of clauses.all) {
    const hidden = [...tablesRead(condition)].find((table) => tables.has(table));
    if (hidden === undefined) continue;
    const reason = new Inexpressible(`it reads the table \`${hidden}\`, whose rows these policies would hide`);
    throw new FilterError([refusalOf(policy.policy, 'row-level security', reason)], [policy.policy]);
  }
}

function contextCheck({ relevant }: SharpResponse, settings: SessionSettings): string | undefined {
  for (const { residual } of relevant)
    for (const node of nodes(residual))
      if (node.kind === 'var' && node.name === 'context')
        return isOfType(DIALECTS.postgresql.setting(settings.context, 'json'), node.type);
  return undefined;
}

function sessionOf(
  { principal, action, context }: SessionRequest,
  { schema }: Mapping,
  { settings, principal: type }: Given,
) {
  const uid = uidFromInput(principal, 'principal');
  if (uid.type !== type)
    throw new UsageError(
      `the policies are about principals of the type \`${type}\`, and \`${uid}\` is not one`,
      'ask as one',
    );
  // PostgreSQL does not tell a setting that is empty from one that was set and reset.
  if (uid.id === '')
    throw new UsageError('the id of the principal is empty', 'a setting of the session cannot be that');
  const asked = actionFromInput(action, schema);
  const record = typedContext(context, asked, schema);
  const wrong = checkRequestType(
    { principal: { type, uid }, action: asked, resource: undefined, context: record },
    schema,
  );
  if (wrong !== undefined) throw new ConformanceError(wrong);
  return {
    text: `SELECT set_config('${settings.principal}', $1, true), set_config('${settings.context}', $2, true)`,
    values: [uid.id, jsonOf(record)],
  };
}

/** As the policies read it: uids as their ids, instants and decimals as integers. */
function jsonOf(value: Value): string {
  if (value instanceof CedarRecord)
    return `{${[...value.fields].map(([name, each]) => `${JSON.stringify(name)}:${jsonOf(each)}`).join(',')}}`;
  if (value instanceof CedarSet) return `[${value.elements.map(jsonOf).join(',')}]`;
  if (value instanceof IpAddr) return JSON.stringify(`${value}`);
  const scalar = literalOf(value).value;
  return typeof scalar === 'bigint' ? `${scalar}` : JSON.stringify(scalar);
}
