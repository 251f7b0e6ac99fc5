/**
 * Application by hand, over rows — one decision over the rows that the application has of user and document, and the teams that it keeps.
 */
import type { EntityJson, UidJson } from '../scenario/scenario.ts';
import type { PlainContext } from './application.ts';

export interface UserRow {
  readonly id: string;
  readonly role: string;
  readonly teamId: string;
}

export interface DocumentRow {
  readonly id: string;
  readonly ownerId: string;
  readonly teamId: string;
  readonly tenant: string;
  readonly isPublic: boolean;
  readonly level: number | null;
  readonly folderId: string;
}

export interface RowRequest {
  readonly user: UserRow;
  readonly action: UidJson;
  readonly document: DocumentRow;
  readonly context: PlainContext;
}

export class RowsByHand {
  /** The team above each team, if there is one. */
  readonly #above: ReadonlyMap<string, string | undefined>;

  constructor(groups: readonly EntityJson[]) {
    const teams = groups.filter(({ uid }) => uid.type === 'Team');
    this.#above = new Map(teams.map(({ uid, parents }) => [uid.id, parents[0]?.id]));
  }

  isAllowed({ user, action, document, context }: RowRequest): boolean {
    if (context.hour < 6 && user.role !== 'admin') return false;
    if (document.ownerId === user.id) return true;
    if (action.id === 'edit') return user.role === 'editor' && document.tenant === context.tenant;
    return (document.isPublic && context.mfa) || this.#isBelow(user.teamId, document.teamId);
  }

  #isBelow(team: string, other: string): boolean {
    for (let at: string | undefined = team; at !== undefined; at = this.#above.get(at)) if (at === other) return true;
    return false;
  }
}
