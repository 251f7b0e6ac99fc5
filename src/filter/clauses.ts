/**
 * Clauses — the condition of each policy that a decision depends on, and the condition of them all.
 *
 *     (∨ over permits: yes) ∧ (∧ over forbids: ¬yes)
 *
 * A policy that errs for a row is in neither: a permit does not count, and a forbid does not either.
 */
import type { Mapping } from '../mapping/mapping.ts';
import type { ResidualPolicy } from '../partial/authorize.ts';
import type { Decision } from '../value/response.ts';
import { and, type Condition, complement, Inexpressible, or, type Row, TRUE } from './condition.ts';
import { expressed, type Refusal, refusalOf } from './filter-error.ts';
import { KNOWN_REQUEST, type OpenRequest } from './open-request.ts';
import { possible } from './term.ts';
import { Translation } from './translate.ts';

export interface Clause {
  readonly policy: ResidualPolicy;
  /** Where the permit holds, or where the forbid does not. */
  readonly condition: Condition;
}

export class Clauses {
  readonly row: Row;
  readonly isBinary: boolean;
  readonly permits: readonly Clause[];
  readonly forbids: readonly Clause[];
  #whole: Condition | undefined;

  private constructor(row: Row, isBinary: boolean, permits: readonly Clause[], forbids: readonly Clause[]) {
    this.row = row;
    this.isBinary = isBinary;
    this.permits = permits;
    this.forbids = forbids;
  }

  /** `relevant` are the policies that a decision depends on; `decision` is it, if it does not depend on the row. */
  static of(
    mapping: Mapping,
    table: string,
    { decision, relevant }: { readonly decision: Decision | undefined; readonly relevant: readonly ResidualPolicy[] },
    request: OpenRequest = KNOWN_REQUEST,
  ): Clauses {
    const row: Row = { table };
    if (decision !== undefined) return new Clauses(row, mapping.isBinary, [], []);
    const translation = new Translation(mapping, row, request);
    const clauses = relevant.map((policy): Clause => {
      const { yes } = translation.meaningOf(policy.residual);
      return { policy, condition: policy.effect === 'permit' ? yes : possible(() => complement(yes)) };
    });
    const of = (effect: string) => clauses.filter(({ policy }) => policy.effect === effect);
    return new Clauses(row, mapping.isBinary, of('permit'), of('forbid'));
  }

  get all(): readonly Clause[] {
    return [...this.permits, ...this.forbids];
  }

  /** Each clause as `print` gives it, joined: printers meet the policies one after another, so that they can say which one they refuse. */
  joined(conditions: (clause: Clause) => Condition): Condition {
    return and([or(this.permits.map(conditions)), ...this.forbids.map(conditions)]);
  }

  /** The condition of all; unknown if all together are too much. */
  get whole(): Condition {
    this.#whole ??= possible(() => this.joined(({ condition }) => condition));
    return this.#whole;
  }

  /** The condition of all, if it is the same for every row. */
  get constant(): boolean | undefined {
    return this.whole.kind === 'constant' ? this.whole.value : undefined;
  }
}

export interface Bound {
  readonly condition: Condition;
  readonly refusals: readonly Refusal[];
}

/**
 * An upper bound: each atom that `print` refuses is taken for true, for a condition is monotone in its atoms. `whole` is why the whole is refused.
 */
export function boundOf(
  clauses: Clauses,
  target: string,
  whole: Inexpressible,
  print: (atom: Condition) => unknown,
): Bound {
  const refusals: Refusal[] = [];
  const conditions = new Map<Clause, Condition>();
  for (const clause of clauses.all) {
    const refuse = (reason: Inexpressible) => {
      const refusal = refusalOf(clause.policy.policy, target, reason);
      if (!refusals.some((each) => isSameRefusal(each, refusal))) refusals.push(refusal);
    };
    conditions.set(clause, boundOfCondition(clause.condition, print, refuse));
  }
  if (refusals.length > 0) return { condition: clauses.joined((clause) => conditions.get(clause)!), refusals };
  // Each by itself can be said, all together are too much.
  return { condition: TRUE, refusals: clauses.all.map(({ policy }) => refusalOf(policy.policy, target, whole)) };
}

function isSameRefusal(a: Refusal, b: Refusal): boolean {
  const [left, right] = [a.diagnostic, b.diagnostic];
  return left.message === right.message && left.labels[0]?.span === right.labels[0]?.span;
}

function boundOfCondition(
  condition: Condition,
  print: (atom: Condition) => unknown,
  refuse: (reason: Inexpressible) => void,
): Condition {
  if (condition.kind === 'and' || condition.kind === 'or') {
    const operands = condition.operands.map((each) => boundOfCondition(each, print, refuse));
    return condition.kind === 'and' ? and(operands) : or(operands);
  }
  const printed = expressed(() => print(condition));
  if (!(printed instanceof Inexpressible)) return condition;
  refuse(printed);
  return TRUE;
}
