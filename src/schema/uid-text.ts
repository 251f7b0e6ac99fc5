/**
 * Uid text — interim.
 */
import type { EntityUid } from '../value/entity-uid.ts';

export function displayUid(uid: EntityUid): string {
  return `${uid.type}::${JSON.stringify(uid.id)}`;
}
