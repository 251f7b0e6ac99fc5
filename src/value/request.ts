/**
 * Request — who wants to do what to what, and in which circumstances.
 *
 * Spec:  Cedar.Spec.Request: Request
 */
import type { EntityUid } from './entity-uid.ts';
import type { CedarRecord } from './record.ts';

export interface Request {
  readonly principal: EntityUid;
  readonly action: EntityUid;
  readonly resource: EntityUid;
  readonly context: CedarRecord;
}
