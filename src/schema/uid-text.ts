/**
 * Uid text — an entity uid as a message shows it.
 */
import type { EntityUid } from '../value/entity-uid.ts';
import { quote } from '../value/quote.ts';

export function displayUid(uid: EntityUid): string {
  return `${uid.type}::${quote(uid.id)}`;
}
