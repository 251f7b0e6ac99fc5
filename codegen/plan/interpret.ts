/**
 * Interpret — the answer that a plan gives, without indexes, generated code or a dispatcher: the clear twin of all three.
 *
 * Each node names its candidates by the demands of their scopes; each candidate is then decided on its own by `outcomeOf`.
 *
 * Spec:  Cedar.Thm.Authorization.PolicySlice: IsSoundPolicySlice
 * Twin:  emit/program.ts, emit/dispatcher.ts, runtime/index
 */
import type { SlotEnv } from '../../src/syntax/policy.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { PolicyError, Response } from '../../src/value/response.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { ColumnScan, Plan, PlanNode } from './plan.ts';
import type { Bound } from './scope-bound.ts';

/** A static policy or a link that a request may run. */
export interface Candidate {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  /** Place in policy order. */
  readonly order: number;
}

/** The request as far as plans ask: its entities, whether one is below another, and the attributes that leading equalities read. */
export interface PlanRequest {
  readonly principal: EntityUid;
  readonly resource: EntityUid;
  isIn(entity: EntityUid, group: EntityUid): boolean;
  /** Whether the attribute is there with another value, so that the comparison is false. */
  differs(scan: NonNullable<ColumnScan['leadingEquality']>, literal: CompiledPolicy['literals'][number]): boolean;
  linksOf(templateId: string): readonly (Candidate & SlotEnv)[];
}

/** `outcomeOf` decides one candidate, as the model does. */
export function interpret(
  plan: Plan,
  request: PlanRequest,
  outcomeOf: (policyId: string) => 'satisfied' | 'unsatisfied' | PolicyError,
): Response {
  const candidates = plan.flatMap((node) => candidatesOf(node, request)).sort((a, b) => a.order - b.order);
  const outcomes = candidates.map((candidate) => ({ candidate, outcome: outcomeOf(candidate.id) }));
  const satisfied = (effect: Candidate['effect']) =>
    outcomes
      .filter((each) => each.outcome === 'satisfied' && each.candidate.effect === effect)
      .map((each) => each.candidate.id);
  const errors = outcomes.flatMap(({ outcome }) => (typeof outcome === 'string' ? [] : [outcome]));
  const [permits, forbids] = [satisfied('permit'), satisfied('forbid')];
  return forbids.length === 0 && permits.length > 0
    ? { decision: 'allow', determiningPolicies: permits, errors }
    : { decision: 'deny', determiningPolicies: forbids, errors };
}

/** The policies and links of a node that the request may satisfy, or that may err on it. */
export function candidatesOf(node: PlanNode, request: PlanRequest): readonly Candidate[] {
  const meets = (bound: Bound, entity: EntityUid, slot?: EntityUid) => {
    if (bound.kind === 'any') return true;
    const demanded = 'uid' in bound ? bound.uid : slot!;
    return bound.kind === 'eq' ? entity.equals(demanded) : request.isIn(entity, demanded);
  };
  switch (node.kind) {
    case 'inline':
      return [node.source];
    case 'indexLookup':
      return node.policies.filter(
        ({ principal, resource }) => meets(principal, request.principal) && meets(resource, request.resource),
      );
    case 'columnScan': {
      const { leadingEquality: first } = node;
      if (first === undefined) return node.policies;
      return node.policies.filter(({ literals }) => !request.differs(first, literals[first.param]!));
    }
    case 'linkLookup': {
      const { principal, resource } = node.template;
      return request
        .linksOf(node.template.id)
        .filter(
          (link) =>
            meets(principal, request.principal, link.principal) && meets(resource, request.resource, link.resource),
        );
    }
    default:
      return unreachable(node);
  }
}
