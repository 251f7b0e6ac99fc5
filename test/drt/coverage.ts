/**
 * Coverage — which constructs of the language met which outcomes.
 *
 * A construct is a node kind of the surface syntax, a scope form or a kind of literal; an outcome is what became of a policy that has it.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Response } from '../../src/value/response.ts';
import type { Case } from '../arbitrary/case.ts';
import { childrenOf } from '../arbitrary/children.ts';

export const OUTCOMES = [
  'permitted',
  'forbade',
  'no part',
  'entityDoesNotExist',
  'attrDoesNotExist',
  'tagDoesNotExist',
  'typeError',
  'arithBoundsError',
  'extensionError',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Plain data, so that workers can send it. */
export interface CoverageData {
  readonly requests: number;
  readonly allow: number;
  readonly deny: number;
  readonly table: ReadonlyMap<string, readonly number[]>;
}

export class Coverage {
  #requests = 0;
  #allow = 0;
  readonly #table = new Map<string, number[]>();

  /** The answers to the requests of a case. */
  record({ policies, links }: Pick<Case, 'policies' | 'links'>, responses: readonly Response[]): void {
    const templateOf = new Map(links.map(({ id, templateId }) => [id, templateId]));
    const counts = new Map(policies.map(({ id }) => [id, new Array<number>(OUTCOMES.length).fill(0)]));
    const count = (id: string, outcome: Outcome) => counts.get(templateOf.get(id) ?? id)![OUTCOMES.indexOf(outcome)]!++;
    for (const { decision, determiningPolicies, errors } of responses) {
      this.#requests++;
      if (decision === 'allow') this.#allow++;
      for (const id of determiningPolicies) count(id, decision === 'allow' ? 'permitted' : 'forbade');
      for (const { policyId, kind } of errors) count(policyId, kind);
    }
    for (const policy of policies) {
      const row = counts.get(policy.id)!;
      row[2] = Math.max(0, responses.length - row.reduce((sum, n) => sum + n, 0));
      for (const construct of constructsOf(policy)) this.#add(construct, row);
    }
  }

  merge({ requests, allow, table }: CoverageData): void {
    this.#requests += requests;
    this.#allow += allow;
    for (const [construct, row] of table) this.#add(construct, row);
  }

  data(): CoverageData {
    return { requests: this.#requests, allow: this.#allow, deny: this.#requests - this.#allow, table: this.#table };
  }

  /** Constructs and outcomes that have not occurred; a construct should at least have permitted, forbidden and taken no part. */
  missing(): string[] {
    const { allow, deny, table } = this.data();
    const total = this.#totals();
    return [
      ...(allow === 0 ? ['allow'] : []),
      ...(deny === 0 ? ['deny'] : []),
      ...OUTCOMES.filter((_, i) => total[i] === 0),
      ...CONSTRUCTS.filter(
        (construct) =>
          !table
            .get(construct)
            ?.slice(0, 3)
            .some((n) => n > 0),
      ),
    ];
  }

  /** How often each error kind occurred. */
  outcomes(): string {
    return OUTCOMES.slice(3)
      .map((outcome, i) => `${this.#totals()[i + 3]} ${outcome}`)
      .join(', ');
  }

  /** Every policy has one action constraint, so that each is counted once. */
  #totals(): number[] {
    const rows = [...this.#table].filter(([construct]) => construct.startsWith('action ')).map(([, row]) => row);
    return OUTCOMES.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
  }

  #add(construct: string, row: readonly number[]): void {
    const sum = this.#table.get(construct);
    if (sum === undefined) this.#table.set(construct, [...row]);
    else for (let i = 0; i < sum.length; i++) sum[i]! += row[i]!;
  }
}

/** What every long enough run meets. */
export const CONSTRUCTS: readonly string[] = [
  ...['any', 'eq', 'mem', 'is', 'isMem'].flatMap((kind) => [`principal ${kind}`, `resource ${kind}`]),
  ...['any', 'eq', 'mem', 'memAny'].map((kind) => `action ${kind}`),
  ...['slot ?principal', 'slot ?resource', 'when', 'unless', 'annotation'],
  ...['bool', 'long', 'bigint', 'string', 'entity'].map((kind) => `literal ${kind}`),
  ...['principal', 'action', 'resource', 'context', 'if', '&&', '||', '!', 'neg', 'isEmpty'],
  ...[
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    'in',
    '+',
    '-',
    '*',
    'contains',
    'containsAll',
    'containsAny',
    'getTag',
    'hasTag',
  ],
  ...['getAttr', 'has', 'has a.b', 'like', 'is', 'is in', 'set', 'record'],
  ...['decimal', 'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'],
  ...['ip', 'isIpv4', 'isIpv6', 'isLoopback', 'isMulticast', 'isInRange'],
  ...['datetime', 'offset', 'durationSince', 'toDate', 'toTime'],
  ...['duration', 'toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'],
];

export function constructsOf(policy: Policy): Set<string> {
  const found = new Set([
    `principal ${policy.principal.kind}`,
    `action ${policy.action.kind}`,
    `resource ${policy.resource.kind}`,
  ]);
  for (const scope of [policy.principal, policy.resource]) {
    if ('entity' in scope && scope.entity.kind === 'slot') found.add(`slot ${scope.entity.slot}`);
  }
  if (policy.annotations.length > 0) found.add('annotation');
  for (const { kind, body } of policy.conditions) {
    found.add(kind);
    collect(body, found);
  }
  return found;
}

function collect(e: Expression, found: Set<string>): void {
  found.add(constructOf(e));
  for (const child of childrenOf(e)) collect(child, found);
}

function constructOf(e: Expression): string {
  switch (e.kind) {
    case 'lit':
      return `literal ${e.value instanceof EntityUid ? 'entity' : typeof e.value === 'boolean' ? 'bool' : typeof e.value === 'number' ? 'long' : typeof e.value}`;
    case 'var':
      return e.name;
    case 'ite':
      return 'if';
    case 'and':
      return '&&';
    case 'or':
      return '||';
    case 'unary':
    case 'binary':
      return e.op;
    case 'hasAttr':
      return e.attrs.length > 1 ? 'has a.b' : 'has';
    case 'is':
      return e.in === undefined ? 'is' : 'is in';
    case 'call':
      return e.fn;
    default:
      return e.kind;
  }
}
