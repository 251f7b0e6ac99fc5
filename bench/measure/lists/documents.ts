/**
 * Documents — rows of an application, the policies about them, and both as the rivals take them.
 */
import { many, mapping, parseSchema, ref } from '../../../src/index.ts';

export interface Doc {
  readonly id: string;
  readonly ownerId: string;
  readonly isPublic: boolean;
  readonly size: number;
  readonly label: string | null;
  readonly viewerIds: readonly string[];
}

export const SCHEMA = `
  entity Team;
  entity User in [Team] { level: Long };
  entity Doc { owner: User, public: Bool, size: Long, label?: String, viewers: Set<User> };
  action view, edit appliesTo { principal: User, resource: Doc };
`;

export const schema = parseSchema(SCHEMA).schema!;

export const POLICIES = `
  permit (principal, action == Action::"view", resource) when { resource.public };
  permit (principal, action, resource) when { resource.owner == principal };
  permit (principal, action == Action::"view", resource) when { resource.viewers.contains(principal) };
  forbid (principal, action, resource) when { resource has label && resource.label like "secret*" } unless { principal.level > 3 };
  forbid (principal, action, resource) when { resource.size > 9000 } unless { resource.owner == principal };
`;

export const DOCS = mapping(
  schema,
  {
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: { owner: ref('ownerId'), public: 'isPublic', size: 'size', label: 'label', viewers: many('viewerIds') },
    },
  },
  { notNull: true },
);

export const ALICE = { uid: { type: 'User', id: 'alice' }, attrs: { level: 1 }, parents: [] };

export const QUERY = { principal: 'User::"alice"', action: 'view', resource: 'Doc' } as const;

export function docs(count: number): Doc[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `d${i}`,
    ownerId: i % 7 === 0 ? 'alice' : `u${i % 50}`,
    isPublic: i % 3 === 0,
    size: (i * 37) % 10_000,
    label: i % 5 === 0 ? `secret${i}` : i % 2 === 0 ? 'x' : null,
    viewerIds: i % 4 === 0 ? ['bob', i % 8 === 0 ? 'alice' : 'carol'] : [],
  }));
}

export function byHand({ isPublic, ownerId, label, size, viewerIds }: Doc): boolean {
  if (label?.startsWith('secret') === true) return false;
  if (size > 9000 && ownerId !== 'alice') return false;
  return isPublic || ownerId === 'alice' || viewerIds.includes('alice');
}

export function entityOf({ id, ownerId, isPublic, size, label, viewerIds }: Doc) {
  const viewers = viewerIds.map((each) => ({ type: 'User', id: each }));
  const attrs = { owner: { type: 'User', id: ownerId }, public: isPublic, size, viewers };
  return { uid: { type: 'Doc', id }, attrs: label === null ? attrs : { ...attrs, label }, parents: [] };
}
