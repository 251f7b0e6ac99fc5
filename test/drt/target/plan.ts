/**
 * Plan — the answer of the plan interpreter, with the model deciding each candidate: an oracle for plans without indexes and emitted code.
 */
import { CompiledPolicies } from '../../../codegen/compile.ts';
import { interpret, type PlanRequest } from '../../../codegen/plan/interpret.ts';
import type { Plan } from '../../../codegen/plan/plan.ts';
import { planOf } from '../../../codegen/plan/planner.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { Entities } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import { valueEquals } from '../../../src/value/equal.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Response } from '../../../src/value/response.ts';
import type { Case } from '../../arbitrary/case.ts';
import type { Finding } from '../finding.ts';
import { policySetOf, sameResponse } from './authorize.ts';

/** Links stand behind static policies in policy order. */
const FIRST_LINK = 2 ** 30;

/** Two of one skeleton are enough to share a node. */
const INDEX_FROM = 2;

export function checkPlans(given: Case, expected: readonly Response[]): Finding | undefined {
  const set = policySetOf(given);
  const compiled = CompiledPolicies.of(set);
  const entities = Entities.from(given.entities);
  for (const [i, request] of given.requests.entries()) {
    const actual = planResponse(planFor(compiled, request.action, entities), set, request, entities);
    if (!sameResponse(actual, expected[i]!))
      return { target: 'authorize', oracle: 'plan interpreter', what: `request ${i}`, expected: expected[i], actual };
  }
  return undefined;
}

/** The plan of an action with its ancestors in these entities. */
export function planFor(
  compiled: CompiledPolicies,
  action: EntityUid,
  entities: Entities,
  indexFrom = INDEX_FROM,
): Plan {
  const groups = compiled.matching(action, uidsOf(compiled, action, entities));
  const inOrder = <P extends { readonly order: number }>(all: readonly P[]) =>
    [...all].sort((a, b) => a.order - b.order);
  const statics = inOrder(groups.flatMap((group) => [...group.entries.values()]));
  const templates = inOrder(groups.flatMap((group) => [...group.templates.values()]));
  return planOf(statics, templates, indexFrom);
}

/** The ancestors of the action that policies name. */
function uidsOf(compiled: CompiledPolicies, action: EntityUid, entities: Entities): readonly EntityUid[] {
  const ancestors = entities.get(action)?.ancestors;
  const named = compiled.groups.flatMap((group) => (group.action.kind === 'any' ? [] : group.action.uids));
  return named.filter(({ key }) => ancestors?.has(key) === true);
}

export function planResponse(plan: Plan, set: PolicySet, request: Request, entities: Entities): Response {
  const policies = new Map([...set.policies()].map((policy) => [policy.id, policy]));
  return interpret(plan, planRequest(set, request, entities), (id) => {
    const { determiningPolicies, errors } = isAuthorized(request, entities, [policies.get(id)!]);
    return errors[0] ?? (determiningPolicies.length > 0 ? 'satisfied' : 'unsatisfied');
  });
}

function planRequest(set: PolicySet, { principal, resource, context }: Request, entities: Entities): PlanRequest {
  const links = [...set.links()].map((link, i) => ({ ...link, ...link.slotEnv, order: FIRST_LINK + i }));
  const attributesOf = {
    principal: entities.get(principal)?.attrs,
    resource: entities.get(resource)?.attrs,
    context: context.fields,
  };
  return {
    principal,
    resource,
    isIn: (entity, group) => entity.equals(group) || entities.get(entity)?.ancestors.has(group.key) === true,
    differs: ({ variable, attribute }, literal) => {
      const value = attributesOf[variable]?.get(attribute);
      return value !== undefined && !valueEquals(value, literal);
    },
    linksOf: (templateId) =>
      links
        .filter((link) => link.templateId === templateId)
        .map((link) => ({ ...link, effect: set.template(templateId)!.effect })),
  };
}
