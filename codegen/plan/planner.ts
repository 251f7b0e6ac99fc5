/**
 * Planner — which node of a plan runs which policies. The policies are those whose action constraint the action meets (action-index.ts).
 *
 *     few policies         each is written out
 *     many of a skeleton   they share code, and an index finds those whose scopes the request meets
 *     links                an index of each template finds them
 *
 * Sound: a policy that an index leaves out is neither satisfied nor erring (scope-bound.ts, share/leading-equality.ts).
 *
 * Spec:  Cedar.Thm.Authorization.PolicySlice: IsSoundPolicySlice
 */
import type { CompiledPolicy } from '../compiled-policy.ts';
import { INDEX_FROM, INLINE_AT_MOST } from './limits.ts';
import type { ColumnScan, IndexLookup, Inline, LinkLookup, Plan } from './plan.ts';

/** `indexFrom`: policies of one skeleton share code from this many on. Default: 8 where there are more than 64 policies, and never elsewhere. */
export function planOf(
  statics: readonly CompiledPolicy[],
  templates: readonly CompiledPolicy[],
  indexFrom: number = statics.length > INLINE_AT_MOST ? INDEX_FROM : Number.POSITIVE_INFINITY,
): Plan {
  const links = templates.map(linkLookupOf);
  if (indexFrom === Number.POSITIVE_INFINITY) return [...statics.map(inlineOf), ...links];
  const groups = [...bySkeleton(statics).values()];
  const inline = groups.filter(({ length }) => length < indexFrom).flat();
  const shared = groups.filter(({ length }) => length >= indexFrom);
  return [...inline.map(inlineOf), ...shared.map(sharedNodeOf), ...links];
}

function bySkeleton(policies: readonly CompiledPolicy[]): ReadonlyMap<string, CompiledPolicy[]> {
  const groups = new Map<string, CompiledPolicy[]>();
  for (const policy of policies) {
    const { key } = policy.skeleton;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [policy]);
    else known.push(policy);
  }
  return groups;
}

export function inlineOf(source: CompiledPolicy): Inline {
  const { policy, where, validated } = source;
  return { kind: 'inline', policy, where, validated, source };
}

/** The policies have one skeleton. */
export function sharedNodeOf(policies: readonly CompiledPolicy[]): IndexLookup | ColumnScan {
  const first = policies[0]!;
  const { policy, leadingEquality, key: skeleton } = first.skeleton;
  const where = `${first.where}, and others of its skeleton`;
  const node = { policy, where, validated: policies.every(({ validated }) => validated), skeleton, policies };
  return bindsNothing(first) ? { ...node, kind: 'columnScan', leadingEquality } : { ...node, kind: 'indexLookup' };
}

export function linkLookupOf(template: CompiledPolicy): LinkLookup {
  const { policy, where, validated } = template;
  return { kind: 'linkLookup', policy, where: `${where}, by its links`, validated, template };
}

/** Whether its scope leaves principal and resource open, but for their types. */
export function bindsNothing({ principal, resource }: CompiledPolicy): boolean {
  return principal.kind === 'any' && resource.kind === 'any';
}
