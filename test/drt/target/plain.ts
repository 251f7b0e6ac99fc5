/**
 * Plain — syntax trees as values that can be compared: without spans, with what the formats put in order in order.
 */
import type { Expression } from '../../../src/syntax/expression.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

const SPANS: ReadonlySet<string> = new Set(['span', 'typeSpan', 'uidSpan', 'uidSpans', 'source']);

/** The policy as JSON text; two that mean and say the same give the same. */
export function plainPolicy(policy: Policy): string {
  return JSON.stringify(
    { ...policy, annotations: byName(policy.annotations.map((each) => ({ ...each, name: each.key }))) },
    strip,
  );
}

export function plainExpression(e: Expression): string {
  return JSON.stringify(e, strip);
}

function strip(key: string, value: unknown): unknown {
  if (SPANS.has(key)) return undefined;
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (value instanceof EntityUid) return { uid: [value.type, value.id] };
  if (key === 'fields' && Array.isArray(value)) return byName(value);
  // A JSON `Value` is the same expression.
  if (typeof value === 'object' && value !== null && (value as { kind?: string }).kind === 'value')
    return (value as { expr: unknown }).expr;
  return value;
}

function byName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
