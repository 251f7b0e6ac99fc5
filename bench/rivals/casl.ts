/**
 * CASL — rules for each user, made of the user's data and kept; conditions are matched on the resource.
 *
 * It lacks groups and answers with the decision only: ancestors are worked out before, and rules must be rebuilt when the user's data change.
 */
import { createMongoAbility, type MongoAbility, type RawRuleOf, subject } from '@casl/ability';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type PlainObject, plainRequests } from './application.ts';

type Rules = (user: PlainObject) => RawRuleOf<MongoAbility>[];

const ROLES = ['readers', 'triagers', 'writers', 'maintainers', 'admins'];
const LEVELS = ['read', 'triage', 'write', 'maintain', 'admin'];

const RULES: Readonly<Record<string, Rules>> = {
  tinytodo: ({ id, ancestors }) => [
    { action: ['CreateList', 'GetLists'], subject: 'Application' },
    { action: 'manage', subject: 'List', conditions: { owner: id } },
    { action: 'GetList', subject: 'List', conditions: { readers: { $in: ancestors } } },
    {
      action: ['GetList', 'UpdateList', 'CreateTask', 'UpdateTask', 'DeleteTask'],
      subject: 'List',
      conditions: { editors: { $in: ancestors } },
    },
  ],
  gdrive: ({ documentsAndFoldersWithViewAccess, ownedDocuments, ownedFolders }) => [
    { action: 'read', subject: 'Document', conditions: { ancestors: documentsAndFoldersWithViewAccess } },
    { action: 'read', subject: 'Document', conditions: { isPublic: true } },
    { action: ['read', 'write', 'share'], subject: 'Document', conditions: { id: { $in: ownedDocuments } } },
    { action: ['read', 'write', 'share'], subject: 'Document', conditions: { ancestors: { $in: ownedFolders } } },
    { action: 'changeOwner', subject: 'Document', conditions: { id: { $in: ownedDocuments } } },
    { action: 'createDocument', subject: 'Folder', conditions: { id: { $in: ownedFolders } } },
  ],
  github: ({ ancestors }) =>
    ['', 'owner.'].flatMap((prefix) =>
      ROLES.flatMap((role, level) =>
        prefix !== '' && (role === 'triagers' || role === 'maintainers')
          ? []
          : {
              action: LEVELS.slice(0, level + 1),
              subject: 'Repository',
              conditions: { [`${prefix}${role}`]: { $in: ancestors } },
            },
      ),
    ),
};

export function casl(scenario: Scenario): Oracle[] {
  const rules = RULES[scenario.name];
  if (rules === undefined) return [];
  const abilities = new Map<string, MongoAbility>();
  const requests = plainRequests(scenario).map(({ principal, action, resource }) => {
    const ability = abilities.get(principal.id) ?? createMongoAbility(rules(principal));
    abilities.set(principal.id, ability);
    return { ability, action, resource: marked(resource) };
  });
  const decide = (i: number) => {
    const { ability, action, resource } = requests[i]!;
    return ability.can(action, resource as never);
  };
  return [{ engine: 'CASL', mode: 'decision', run: loop('decide(i)', { decide }, requests.length), allows: decide }];
}

/** CASL writes the kind into the object, which must be done once. */
const known = new WeakMap<PlainObject, object>();

function marked(resource: PlainObject): object {
  let made = known.get(resource);
  if (made === undefined) {
    made = subject(resource.kind, { ...resource });
    known.set(resource, made);
  }
  return made;
}
