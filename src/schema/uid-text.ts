/**
 * Uid text — interim.
 */
import type { EntityUid } from '../value/entity-uid.ts';

export function escapeDebug(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'");
}
export function displayUid(uid: EntityUid): string {
  return `${uid.type}::"${escapeDebug(uid.id)}"`;
}
