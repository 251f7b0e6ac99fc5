/**
 * GitHub by hand — what a good engineer would write for exactly these policies, with roles as groups or as a list for each repository.
 */
import {
  type Hand,
  type HandAnswer,
  HandAnswers,
  type RequestJson,
  referred,
  type Scenario,
} from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

const LEVELS = ['read', 'triage', 'write', 'maintain', 'admin'] as const;
const [READ, TRIAGE, WRITE, MAINTAIN, ADMIN] = [1, 2, 4, 8, 16];
const [OWNER_READ, OWNER_WRITE, OWNER_ADMIN] = [32, 64, 128];
const ROLES = ['readers', 'triagers', 'writers', 'maintainers', 'admins'] as const;

/** Users, teams, organizations, permissions and repositories: one class, so that V8 sees one shape. */
class Thing {
  ancestors = new Set<Thing>();
  owner: Thing | undefined = undefined;
  readers: Thing | undefined = undefined;
  triagers: Thing | undefined = undefined;
  writers: Thing | undefined = undefined;
  maintainers: Thing | undefined = undefined;
  admins: Thing | undefined = undefined;
  /** With links: what each user or team has, as bits, and the names of the links. */
  roles: Map<Thing, Roles> | undefined = undefined;
}

interface Roles {
  levels: number;
  readonly links: { readonly level: number; readonly id: string }[];
}

interface Request {
  readonly principal: Thing;
  readonly level: number;
  readonly resource: Thing;
}

export class GitHubByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #answers = new HandAnswers([...LEVELS, 'owner-read', 'owner-write', 'owner-admin']);

  constructor({ entities, links }: Scenario) {
    this.#things = new Interned(entities, () => new Thing());
    for (const entity of entities) {
      const thing = this.#things.of(entity.uid);
      thing.ancestors = this.#things.ancestors(entity);
      for (const name of ['owner', ...ROLES] as const) {
        const given = entity.attrs[name];
        if (given !== undefined) thing[name] = this.#things.of(referred(given));
      }
    }
    for (const { templateId, newId, values } of links) {
      const repository = this.#things.of(values['?resource']!);
      const person = this.#things.of(values['?principal']!);
      const level = 1 << LEVELS.indexOf(templateId as (typeof LEVELS)[number]);
      repository.roles ??= new Map();
      const roles = repository.roles.get(person) ?? { levels: 0, links: [] };
      roles.levels |= level;
      roles.links.push({ level, id: newId });
      repository.roles.set(person, roles);
    }
  }

  request({ principal, action, resource }: RequestJson): Request {
    const level = LEVELS.indexOf(action.id as (typeof LEVELS)[number]);
    return { principal: this.#things.of(principal), level, resource: this.#things.of(resource) };
  }

  isAllowed({ principal: { ancestors }, level, resource, principal }: Request): boolean {
    const owner = resource.owner!;
    if (resource.readers === undefined) {
      if (hasRole(principal, resource, -1 << level)) return true;
    } else {
      if (level === 0 && ancestors.has(resource.readers)) return true;
      if (level <= 1 && ancestors.has(resource.triagers!)) return true;
      if (level <= 2 && ancestors.has(resource.writers!)) return true;
      if (level <= 3 && ancestors.has(resource.maintainers!)) return true;
      if (ancestors.has(resource.admins!)) return true;
    }
    return (
      (level === 0 && ancestors.has(owner.readers!)) ||
      (level <= 2 && ancestors.has(owner.writers!)) ||
      ancestors.has(owner.admins!)
    );
  }

  isAuthorized({ principal, level, resource }: Request): HandAnswer {
    const { ancestors } = principal;
    const owner = resource.owner!;
    let satisfied = 0;
    if (resource.readers !== undefined) {
      if (level === 0 && ancestors.has(resource.readers)) satisfied |= READ;
      if (level <= 1 && ancestors.has(resource.triagers!)) satisfied |= TRIAGE;
      if (level <= 2 && ancestors.has(resource.writers!)) satisfied |= WRITE;
      if (level <= 3 && ancestors.has(resource.maintainers!)) satisfied |= MAINTAIN;
      if (ancestors.has(resource.admins!)) satisfied |= ADMIN;
    }
    if (level === 0 && ancestors.has(owner.readers!)) satisfied |= OWNER_READ;
    if (level <= 2 && ancestors.has(owner.writers!)) satisfied |= OWNER_WRITE;
    if (ancestors.has(owner.admins!)) satisfied |= OWNER_ADMIN;
    const answer = this.#answers.of(satisfied);
    if (resource.readers !== undefined) return answer;
    const links = linksOf(principal, resource, -1 << level);
    if (links.length === 0) return answer;
    return { decision: 'allow', determiningPolicies: [...answer.determiningPolicies, ...links] };
  }
}

function hasRole(principal: Thing, { roles }: Thing, levels: number): boolean {
  if (roles === undefined) return false;
  if (((roles.get(principal)?.levels ?? 0) & levels) !== 0) return true;
  for (const above of principal.ancestors) if (((roles.get(above)?.levels ?? 0) & levels) !== 0) return true;
  return false;
}

function linksOf(principal: Thing, { roles }: Thing, levels: number): string[] {
  const found: string[] = [];
  if (roles === undefined) return found;
  const collect = (person: Thing) => {
    for (const { level, id } of roles.get(person)?.links ?? []) if ((level & levels) !== 0) found.push(id);
  };
  collect(principal);
  for (const above of principal.ancestors) collect(above);
  return found;
}
