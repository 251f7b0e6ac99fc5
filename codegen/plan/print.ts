/**
 * Print — a plan as text, for golden files and for reading: one node a line, and below it what tells its policies apart.
 */
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Plan, PlanNode } from './plan.ts';
import type { Bound } from './scope-bound.ts';

export function printPlan(plan: Plan): string {
  return plan.map((node) => `${printNode(node)}\n`).join('');
}

function printNode(node: PlanNode): string {
  switch (node.kind) {
    case 'inline':
      return `inline ${head(node.source)}`;
    case 'indexLookup':
      return [`index lookup by ${boundsOf(node.policies[0]!)}`, ...node.policies.map(row)].join('\n');
    case 'columnScan': {
      const { leadingEquality: first } = node;
      const by = first === undefined ? '' : ` where ${first.variable}.${first.attribute} == ?${first.param}`;
      return [`column scan${by}`, ...node.policies.map(row)].join('\n');
    }
    case 'linkLookup':
      return `link lookup by ${boundsOf(node.template)}, links of ${head(node.template)}`;
    default:
      return unreachable(node);
  }
}

function head({ effect, id }: CompiledPolicy): string {
  return `${effect} ${JSON.stringify(id)}`;
}

function row(policy: CompiledPolicy): string {
  const { principal, resource, literals } = policy;
  const demands = [demand('principal', principal), demand('resource', resource)].filter((each) => each !== undefined);
  const params = literals.map((literal) =>
    literal instanceof EntityUid ? `${literal}` : JSON.stringify(literal, text),
  );
  return [`  ${head(policy)}`, ...demands, `(${params.join(', ')})`].join('  ');
}

/** Longs may be big integers. */
function text(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

function demand(variable: string, bound: Bound): string | undefined {
  if (bound.kind === 'any') return undefined;
  return `${variable} ${operator(bound)} ${'uid' in bound ? bound.uid : bound.slot}`;
}

function boundsOf({ principal, resource }: CompiledPolicy): string {
  const bounds = [principal, resource].map((bound, i) =>
    bound.kind === 'any' ? undefined : `${['principal', 'resource'][i]} ${operator(bound)}`,
  );
  return bounds.filter((each) => each !== undefined).join(' and ') || 'nothing';
}

function operator({ kind }: Exclude<Bound, { kind: 'any' }>): string {
  return kind === 'eq' ? '==' : 'in';
}
