/**
 * Filter error — a policy that no condition of the asked kind can say; naming the policy, the place and the reason.
 */
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { Inexpressible } from './condition.ts';

/** One part of a policy that cannot be said. */
export interface Refusal {
  readonly policyId: string;
  readonly diagnostic: Diagnostic;
}

/**
 * A filter would not be exact: `refusals` names each policy, and `diagnostics` point to the place in it. The option `superset` gives an upper bound
 * instead, whose rows must be asked one by one.
 */
export class FilterError extends CedarmillError {
  static override readonly kind = 'FilterError';
  override readonly name = 'FilterError';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[], policies: readonly CorePolicy[]) {
    const diagnostics = refusals.map(({ diagnostic }) => diagnostic);
    const sources = refusals.map(({ policyId }) => policies.find(({ id }) => id === policyId)?.source);
    super('inexpressible', diagnostics.map(({ message }) => message).join('; '), { diagnostics, sources });
    this.refusals = refusals;
  }
}

export function refusalOf(policy: CorePolicy, target: string, { message, span }: Inexpressible): Refusal {
  const labels = span === undefined ? [] : [{ span }];
  const text = `policy \`${policy.id}\` cannot be said in ${target}: ${message}`;
  return {
    policyId: policy.id,
    diagnostic: { severity: 'error', code: 'inexpressible', message: text, labels },
  };
}

/** What `make` gives, or why it cannot. */
export function expressed<T>(make: () => T): T | Inexpressible {
  try {
    return make();
  } catch (error) {
    if (error instanceof Inexpressible) return error;
    throw error;
  }
}
