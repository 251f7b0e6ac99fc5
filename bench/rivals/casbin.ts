/**
 * Casbin — its ABAC form: one matcher over plain objects, which says all that the application's policies say.
 *
 * It has no groups over objects and no answer but the decision; two functions tell of lists.
 */
import { newEnforcer, newModelFromString } from 'casbin';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { plainRequests } from './application.ts';

const owns = 'has(r.sub.ownedDocuments, r.obj.id) || meets(r.sub.ownedFolders, r.obj.ancestors)';
const LEVELS = ['read', 'triage', 'write', 'maintain', 'admin'];
const ROLES = ['readers', 'triagers', 'writers', 'maintainers', 'admins'];

/** Those who have the role of a level may do all that is weaker. */
const role = (level: number, path: string) =>
  `(oneOf(r.act, '${LEVELS.slice(0, level + 1).join()}') && has(r.sub.ancestors, ${path}.${ROLES[level]}))`;

const MATCHERS: Readonly<Record<string, string>> = {
  tinytodo: `r.obj.kind == 'Application' && oneOf(r.act, 'CreateList,GetLists') || r.obj.kind == 'List' && (r.obj.owner == r.sub.id
    || r.act == 'GetList' && (has(r.sub.ancestors, r.obj.readers) || has(r.sub.ancestors, r.obj.editors))
    || oneOf(r.act, 'UpdateList,CreateTask,UpdateTask,DeleteTask') && has(r.sub.ancestors, r.obj.editors))`,
  gdrive: `r.act == 'read' && (r.obj.isPublic || has(r.obj.ancestors, r.sub.documentsAndFoldersWithViewAccess) || ${owns})
    || oneOf(r.act, 'write,share') && (${owns}) || r.act == 'changeOwner' && has(r.sub.ownedDocuments, r.obj.id)
    || r.act == 'createDocument' && has(r.sub.ownedFolders, r.obj.id)`,
  github: [...[0, 1, 2, 3, 4].map((level) => role(level, 'r.obj')), ...[0, 2, 4].map((level) => role(level, 'r.obj.owner'))].join(' || '),
};

export async function casbin(scenario: Scenario): Promise<Oracle[]> {
  const matcher = MATCHERS[scenario.name];
  if (matcher === undefined) return [];
  const enforcer = await newEnforcer(
    newModelFromString(`
[request_definition]
r = sub, obj, act
[policy_definition]
p = sub, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = ${matcher.replace(/\s+/g, ' ')}
`),
  );
  const oneOf = new Map<string, ReadonlySet<string>>();
  await enforcer.addFunction('has', (list: readonly string[] = [], key: string) => list.includes(key));
  await enforcer.addFunction('meets', (some: readonly string[] = [], list: readonly string[] = []) =>
    some.some((key) => list.includes(key)),
  );
  await enforcer.addFunction('oneOf', (action: string, list: string) => {
    let set = oneOf.get(list);
    if (set === undefined) {
      set = new Set(list.split(','));
      oneOf.set(list, set);
    }
    return set.has(action);
  });
  const requests = plainRequests(scenario);
  const decide = (i: number) => {
    const { principal, action, resource } = requests[i]!;
    return enforcer.enforceSync(principal, resource, action);
  };
  return [{ engine: 'casbin', mode: 'decision', run: loop('decide(i)', { decide }, requests.length), allows: decide }];
}
