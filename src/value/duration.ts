/**
 * Duration — a signed length of time in milliseconds.
 *
 * Spec:  Cedar.Spec.Ext.Datetime: Duration
 */
import { type EvaluationFailure, extensionError } from './evaluation-error.ts';
import { type Long, longFromBigInt, parseDigits } from './long.ts';

export class Duration {
  readonly ms: Long;

  constructor(ms: Long) {
    this.ms = ms;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'duration';
  }

  /** See value-key.ts. */
  get key(): string {
    return `@duration(${this.ms})`;
  }

  /** What `duration` takes. */
  toString(): string {
    return `${this.ms}ms`;
  }

  /** In whole units of the given milliseconds, rounded towards zero. */
  in(unit: keyof typeof UNITS): Long {
    return typeof this.ms === 'number'
      ? Math.trunc(this.ms / UNITS[unit]) + 0
      : (longFromBigInt(this.ms / BigInt(UNITS[unit])) ?? 0);
  }
}

/** Milliseconds in each unit. */
export const UNITS = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000, milliseconds: 1 } as const;

const SHAPE = /^-?(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?(?:([0-9]+)ms)?$/;
const HELP =
  'valid duration strings are concatenated quantity-unit pairs with an optional leading `-`, for example `1d2h3m4s50ms`';

/** An optional minus, then quantities of days, hours, minutes, seconds, milliseconds in this order, at least one: `-1d2h3m4s5ms`. */
export function parseDuration(text: string): Duration | EvaluationFailure {
  const match = SHAPE.exec(text);
  if (match === null || text === '' || text === '-')
    return extensionError('duration', 'invalid duration pattern', HELP);
  let sum = 0n;
  for (const [i, unit] of Object.values(UNITS).entries()) {
    const quantity = parseDigits(match[i + 1] ?? '0');
    if (quantity === undefined) return overflow();
    sum += quantity * BigInt(unit);
  }
  const ms = longFromBigInt(text.startsWith('-') ? -sum : sum);
  return ms === undefined ? overflow() : new Duration(ms);
}

function overflow(): EvaluationFailure {
  return extensionError('duration', 'Duration overflows internal representation', HELP);
}
