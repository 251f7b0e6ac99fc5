/**
 * Duration — a signed length of time in milliseconds.
 *
 * Spec:  Cedar.Spec.Ext.Datetime: Duration
 */
import type { Long } from './long.ts';

export class Duration {
  readonly ms: Long;

  constructor(ms: Long) {
    this.ms = ms;
  }

  /** See value-key.ts. */
  get key(): string {
    return `@duration(${this.ms})`;
  }
}
