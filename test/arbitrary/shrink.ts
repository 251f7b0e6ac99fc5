/**
 * Shrink — smaller cases like a given one: fewer requests, policies, links, entities, attributes, and smaller expressions.
 *
 * Structural, so that it works on cases of any origin: generated, mutated, read from a file.
 */

import { slotsOf } from '../../src/syntax/desugar.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy, Scope } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import type { Case } from './case.ts';
import { childrenOf, withChildrenOf } from './children.ts';
import { lit } from './node.ts';

/** Candidates, the boldest first. */
export function* smaller(given: Case): IterableIterator<Case> {
  for (const requests of fewer(given.requests)) yield { ...given, requests };
  for (const policies of fewer(given.policies)) yield withPolicies(given, policies);
  for (const links of fewer(given.links)) yield { ...given, links };
  for (const entities of fewer(given.entities)) yield { ...given, entities };
  for (const policies of each(given.policies, smallerPolicy)) yield withPolicies(given, policies);
  for (const entities of each(given.entities, smallerEntity)) yield { ...given, entities };
  for (const requests of each(given.requests, smallerRequest)) yield { ...given, requests };
}

/** The smallest case that still fails, as far as single steps lead in the given milliseconds. */
export function shrink(given: Case, fails: (candidate: Case) => boolean, ms = 10_000): Case {
  const until = performance.now() + ms;
  let best = given;
  for (let found = true; found && performance.now() < until; ) {
    found = false;
    for (const candidate of smaller(best)) {
      if (performance.now() > until) break;
      if (!fails(candidate)) continue;
      best = candidate;
      found = true;
      break;
    }
  }
  return best;
}

/** A link needs its template with the slots that it fills. */
function withPolicies(given: Case, policies: readonly Policy[]): Case {
  const slots = new Map(policies.map((policy) => [policy.id, slotsOf(policy).join()]));
  const before = new Map(given.policies.map((policy) => [policy.id, slotsOf(policy).join()]));
  const links = given.links.filter(({ templateId }) => slots.get(templateId) === before.get(templateId));
  return { ...given, policies, links };
}

/** Halves first, then single elements left out. */
function* fewer<T>(list: readonly T[]): IterableIterator<readonly T[]> {
  for (let size = list.length >> 1; size >= 1; size >>= 1) {
    for (let start = 0; start < list.length; start += size) {
      const kept = list.filter((_, i) => i < start || i >= start + size);
      yield kept;
    }
  }
}

/** One element changed. */
function* each<T>(list: readonly T[], change: (element: T) => Iterable<T>): IterableIterator<readonly T[]> {
  for (const [i, element] of list.entries()) {
    for (const changed of change(element)) yield list.with(i, changed);
  }
}

function* smallerPolicy(policy: Policy): IterableIterator<Policy> {
  for (const conditions of fewer(policy.conditions)) yield { ...policy, conditions };
  if (policy.annotations.length > 0) yield { ...policy, annotations: [] };
  for (const principal of smallerScope(policy.principal)) yield { ...policy, principal };
  for (const resource of smallerScope(policy.resource)) yield { ...policy, resource };
  if (policy.action.kind !== 'any') yield { ...policy, action: { kind: 'any', span: undefined } };
  for (const conditions of each(policy.conditions, function* (condition) {
    if (condition.kind === 'unless') yield { ...condition, kind: 'when' as const };
    for (const body of smallerExpression(condition.body)) yield { ...condition, body };
  }))
    yield { ...policy, conditions };
}

function* smallerScope(scope: Scope): IterableIterator<Scope> {
  if (scope.kind === 'any' || ('entity' in scope && scope.entity.kind === 'slot')) return;
  yield { kind: 'any', span: undefined };
}

/** Literals, operands in the place of the whole, then the same below. */
export function* smallerExpression(e: Expression): IterableIterator<Expression> {
  if (e.kind !== 'lit' && e.kind !== 'var') {
    yield lit(true);
    yield lit(false);
  } else if (e.kind === 'lit' && e.value !== true) {
    yield* smallerLiteral(e.value);
  }
  const children = childrenOf(e);
  yield* children;
  if (e.kind === 'set') for (const elements of fewer(e.elements)) yield { ...e, elements };
  if (e.kind === 'record') for (const fields of fewer(e.fields)) yield { ...e, fields };
  for (const next of each(children, smallerExpression)) yield withChildrenOf(e, next);
}

function* smallerLiteral(value: unknown): IterableIterator<Expression> {
  if (typeof value === 'string' && value !== '') yield lit('');
  if ((typeof value === 'number' || typeof value === 'bigint') && value !== 0) yield lit(0);
}

function* smallerEntity(entity: Entity): IterableIterator<Entity> {
  for (const parents of fewer(entity.parents)) yield { ...entity, parents };
  for (const attrs of fewer([...entity.attrs])) yield { ...entity, attrs: new Map(attrs) };
  for (const tags of fewer([...entity.tags])) yield { ...entity, tags: new Map(tags) };
}

function* smallerRequest(request: Request): IterableIterator<Request> {
  for (const fields of fewer([...request.context.fields]))
    yield { ...request, context: new CedarRecord(new Map(fields)) };
}
