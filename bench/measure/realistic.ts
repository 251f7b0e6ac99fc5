/**
 * Realistic — policies of about 250 bytes with conditions over attributes, of as many shapes as one likes, and data that they are about.
 *
 * A policy of number `i` is of shape `i % shapes`; what it compares with depends on `i` alone. Scope and first condition let few requests through,
 * as in an application where each team has policies of its own.
 */
import { entity, range, uid } from '../scenario/generator.ts';
import type { EntityJson, RequestJson, UidJson } from '../scenario/scenario.ts';

export const TEAMS = 1000;
/** Users and documents that policies are about. */
export const SUBJECTS = 1000;
const DEPARTMENTS = ['eng', 'ops', 'sales', 'legal', 'labs'];

export interface Realistic {
  readonly shapes: number;
  /** How many actions there are; a policy is about one of them. */
  readonly actions: number;
}

type Part = (i: number) => string;

const PRINCIPALS: readonly Part[] = [
  (i) => `principal in Team::"team-${i % TEAMS}"`,
  (i) => `principal is User in Team::"team-${i % TEAMS}"`,
];
const RESOURCES: readonly Part[] = [() => 'resource', () => 'resource is Document'];
const FIRST: readonly Part[] = [
  (i) => `resource.owner == principal || resource.department == "${DEPARTMENTS[i % 5]}"`,
  (i) => `resource.department == "${DEPARTMENTS[i % 5]}" && principal.level > ${i % 10}`,
  (i) => `principal.level >= ${i % 10} || resource.tags.contains("tag-${i % 20}")`,
  (i) => `resource.size < ${i % 1000} && principal.department == resource.department`,
  (i) => `resource.path like "/${DEPARTMENTS[i % 5]}/*" && resource.owner.level <= ${i % 10}`,
];
const SECOND: readonly Part[] = [
  (i) => `principal.clearance >= ${i % 5} || principal.email like "*@org-${i % 7}.com"`,
  (i) => `["${DEPARTMENTS[i % 5]}", "${DEPARTMENTS[(i + 2) % 5]}"].contains(principal.department)`,
  (i) => `principal has manager && principal.manager.level > ${i % 4} || principal.level > ${i % 6}`,
  (i) => `resource.size * 2 + ${i % 50} < principal.level * 100 || principal.clearance > ${i % 3}`,
  (i) => `resource.tags.containsAny(["tag-${i % 20}", "tag-${(i + 7) % 20}", "tag-${(i + 11) % 20}"])`,
];
const UNLESS: readonly Part[] = [
  () => 'context.mfa == false',
  (i) => `principal.suspended && resource.size > ${i % 9}`,
];

/** How many shapes there can be. */
export const MOST_SHAPES = 200;

export function policyText(i: number, { shapes, actions }: Realistic, id = `policy-${i}`): string {
  const shape = i % Math.min(shapes, MOST_SHAPES);
  const at = (parts: readonly Part[], width: number) => parts[Math.floor(shape / width) % parts.length]!(i);
  return `@id("${id}")
permit (${at(PRINCIPALS, 50)}, action == Action::"${actionOf(i, actions)}", ${at(RESOURCES, 100)})
when { ${at(FIRST, 1)} }
when { ${at(SECOND, 5)} }
unless { ${at(UNLESS, 25)} };
`;
}

export function policiesText(count: number, realistic: Realistic): string {
  return range(count)
    .map((i) => policyText(i, realistic))
    .join('\n');
}

/** So many policies in a row are about one action, which has nothing to do with their teams. */
export const SAME_ACTION = 7;

function actionOf(i: number, actions: number): string {
  return `act-${Math.floor(i / SAME_ACTION) % actions}`;
}

/** Users in three teams each, and their documents. */
export function subjects(): EntityJson[] {
  const users = range(SUBJECTS).map((i) =>
    entity(
      'User',
      `user-${i}`,
      {
        level: i % 10,
        clearance: i % 6,
        department: DEPARTMENTS[i % 5],
        email: `user-${i}@org-${i % 7}.com`,
        suspended: i % 20 === 0,
        ...(i % 2 === 0 ? {} : { manager: { __entity: userOf(i * 7) } }),
      },
      [teamOf(i), teamOf(i + 331), teamOf(i + 662)],
    ),
  );
  const documents = range(SUBJECTS).map((i) =>
    entity(
      'Document',
      `document-${i}`,
      {
        owner: { __entity: userOf(i) },
        department: DEPARTMENTS[i % 5],
        tags: [`tag-${i % 20}`, `tag-${(i + 3) % 20}`],
        size: i % 1000,
        path: `/${DEPARTMENTS[i % 5]}/document-${i}`,
      },
      [],
    ),
  );
  return [...users, ...documents];
}

export function userOf(i: number): UidJson {
  return uid('User', `user-${i % SUBJECTS}`);
}

export function teamOf(i: number): UidJson {
  return uid('Team', `team-${i % TEAMS}`);
}

/** A request within the scope of a policy, by a member of its team, for a document that many of its conditions are true of. */
export function requestFor(i: number, { actions }: Realistic): RequestJson {
  return {
    principal: userOf(i),
    action: uid('Action', actionOf(i, actions)),
    resource: uid('Document', `document-${(i + 20 * (i % 31)) % SUBJECTS}`),
    context: { mfa: true },
  };
}
