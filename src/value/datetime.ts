/**
 * Datetime — an instant, in milliseconds since 1970-01-01T00:00:00Z.
 *
 * Spec:  Cedar.Spec.Ext.Datetime
 */
import type { Long } from './long.ts';

export class Datetime {
  readonly ms: Long;

  constructor(ms: Long) {
    this.ms = ms;
  }

  /** See value-key.ts. */
  get key(): string {
    return `@datetime(${this.ms})`;
  }
}
