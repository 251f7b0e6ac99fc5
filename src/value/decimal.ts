/**
 * Decimal — a fixed-point number with four fractional digits.
 *
 * Spec:  Cedar.Spec.Ext.Decimal
 */
import type { Long } from './long.ts';

export class Decimal {
  /** The number times 10,000. */
  readonly scaled: Long;

  constructor(scaled: Long) {
    this.scaled = scaled;
  }

  /** See value-key.ts. */
  get key(): string {
    return `@decimal(${this.scaled})`;
  }
}
