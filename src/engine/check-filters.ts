/**
 * Check filters — which policies cannot be said in which dialect, for every action and type of resource that the mapping has a table for.
 *
 * Principal and context are left open: what depends on them alone is a constant of each filter, and so it can always be said.
 */
import { Clauses } from '../filter/clauses.ts';
import { FilterError, type Refusal } from '../filter/filter-error.ts';
import type { DialectName } from '../filter/sql/dialect.ts';
import { sqlFilter } from '../filter/sql/sql-filter.ts';
import { SYMBOLIC_REQUEST } from '../filter/symbolic.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { authorizePartially } from '../partial/authorize.ts';
import { actionsOf } from '../partial/partial-entities.ts';
import { TypedPolicies } from '../partial/policies.ts';
import { sharpResponse } from '../partial/sharp.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { requestEnvironments } from '../validator/environment.ts';
import type { EntityUid } from '../value/entity-uid.ts';

/** A filter that policies allow, and what of it a dialect cannot say. */
export interface CheckedFilter {
  readonly action: EntityUid;
  /** The type of the principal. */
  readonly principal: string;
  /** The type of the rows. */
  readonly resource: string;
  readonly dialect: DialectName;
  /** None if the filter can be said. */
  readonly refusals: readonly Refusal[];
}

/**
 * The filters of all actions, for a test or a build that shall fail where a policy cannot be said.
 *
 *     checkFilters(engine.policies, map, ['postgresql']).flatMap(({ refusals }) => refusals)   // []
 *
 * Throws `PolicyValidationError` unless all policies pass the validator.
 */
export function checkFilters(
  policies: PolicySet,
  mapping: Mapping,
  dialects: readonly DialectName[] = ['postgresql', 'sqlite', 'mysql', 'mariadb'],
): CheckedFilter[] {
  const typed = new TypedPolicies(policies, mapping.schema);
  try {
    return [...checked(typed, mapping, dialects)];
  } finally {
    typed.release();
  }
}

function* checked(typed: TypedPolicies, mapping: Mapping, dialects: readonly DialectName[]) {
  const { schema } = mapping;
  const actions = actionsOf(schema);
  for (const { principal, action, resource } of requestEnvironments(schema)) {
    const table = mapping.types.get(resource)?.table;
    if (table === undefined) continue;
    const request = {
      principal: { type: principal, uid: undefined },
      action: action.uid,
      resource: { type: resource, uid: undefined },
      context: undefined,
    };
    const known = { get: (uid: EntityUid) => actions.get(uid.key) };
    const sharp = sharpResponse(authorizePartially(typed, request, known, schema));
    const clauses = Clauses.of(mapping, table, sharp, SYMBOLIC_REQUEST);
    for (const dialect of dialects)
      yield { action: action.uid, principal, resource, dialect, refusals: refusalsOf(clauses, dialect) };
  }
}

function refusalsOf(clauses: Clauses, dialect: DialectName): readonly Refusal[] {
  try {
    sqlFilter(clauses, dialect, false, {});
    return [];
  } catch (error) {
    if (error instanceof FilterError) return error.refusals;
    throw error;
  }
}
