/**
 * CEL — one planned expression for each action, over plain objects.
 *
 * It is an expression language: it has no policy sets, no groups, no forbids, and no answer but the value.
 */
import { celEnv, parse, plan } from '@bufbuild/cel';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { type PlainObject, plainRequests } from './application.ts';

const owner = 'resource.owner == principal.id';
const edit = `${owner} || resource.editors in principal.ancestors`;
const owns = 'resource.id in principal.ownedDocuments || principal.ownedFolders.exists(f, f in resource.ancestors)';
const ROLES = ['readers', 'triagers', 'writers', 'maintainers', 'admins'];
const from = (level: number) =>
  [
    ...ROLES.slice(level).map((role) => `resource.${role} in principal.ancestors`),
    ...ROLES.filter((role, i) => i >= level && role !== 'triagers' && role !== 'maintainers').map(
      (role) => `resource.owner.${role} in principal.ancestors`,
    ),
  ].join(' || ');

const EXPRESSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  tinytodo: {
    CreateList: 'true',
    GetLists: 'true',
    GetList: `${edit} || resource.readers in principal.ancestors`,
    UpdateList: edit,
    CreateTask: edit,
    UpdateTask: edit,
    DeleteTask: edit,
    DeleteList: owner,
    EditShares: owner,
  },
  gdrive: {
    read: `resource.isPublic || principal.documentsAndFoldersWithViewAccess in resource.ancestors || ${owns}`,
    write: owns,
    share: owns,
    changeOwner: 'resource.id in principal.ownedDocuments',
    createDocument: 'resource.id in principal.ownedFolders',
  },
  github: Object.fromEntries(['read', 'triage', 'write', 'maintain', 'admin'].map((name, level) => [name, from(level)])),
};

export function cel(scenario: Scenario): Oracle[] {
  const expressions = EXPRESSIONS[scenario.name];
  if (expressions === undefined) return [];
  const plans = new Map(Object.entries(expressions).map(([action, text]) => [action, plan(celEnv(), parse(text))]));
  const maps = new Map<PlainObject, unknown>();
  const mapOf = (object: PlainObject): unknown => {
    let map = maps.get(object);
    if (map === undefined) {
      map = new Map(Object.entries(object).map(([name, value]) => [name, isPlain(value) ? mapOf(value) : value]));
      maps.set(object, map);
    }
    return map;
  };
  const requests = plainRequests(scenario).map(({ principal, action, resource }) => ({
    evaluate: plans.get(action)!,
    bindings: { principal: mapOf(principal), resource: mapOf(resource) } as never,
  }));
  const decide = (i: number) => {
    const { evaluate, bindings } = requests[i]!;
    return evaluate(bindings) === true;
  };
  return [{ engine: 'CEL', mode: 'decision', run: loop('decide(i)', { decide }, requests.length), allows: decide }];
}

function isPlain(value: unknown): value is PlainObject {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
