/**
 * Application by hand — one decision over the application's own records, found by what the request holds: records, ids, texts, or JSON in the call.
 */
import {
  type EntityJson,
  type HandAnswer,
  HandAnswers,
  type RequestJson,
  type Scenario,
  type UidJson,
} from '../scenario/scenario.ts';

class Team {
  readonly id: string;
  parent: Team | undefined = undefined;

  constructor(id: string) {
    this.id = id;
  }
}

class User {
  readonly role: string;
  readonly teams = new Set<Team>();

  constructor(role: string) {
    this.role = role;
  }
}

class Document {
  readonly id: string;
  readonly owner: User;
  readonly team: Team;
  readonly tenant: string;
  readonly isPublic: boolean;

  constructor(id: string, owner: User, team: Team, tenant: string, isPublic: boolean) {
    this.id = id;
    this.owner = owner;
    this.team = team;
    this.tenant = tenant;
    this.isPublic = isPublic;
  }
}

export interface PlainContext {
  readonly tenant: string;
  readonly hour: number;
  readonly mfa: boolean;
}

export interface HandledRequest {
  readonly principal: User;
  readonly action: string;
  readonly resource: Document;
  readonly context: PlainContext;
}

export interface TextRequest {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly context: PlainContext;
}

interface DocumentJson {
  readonly owner: { readonly __entity: UidJson };
  readonly team: { readonly __entity: UidJson };
  readonly tenant: string;
  readonly public: boolean;
}

export interface HandAnswerWithErrors extends HandAnswer {
  readonly errors: readonly { readonly policyId: string; readonly message: string }[];
}

const [OWNER, TEAM, PUBLIC, EDITORS] = [1, 2, 4, 8];
const AT_NIGHT: HandAnswer = Object.freeze({ decision: 'deny', determiningPolicies: Object.freeze(['hours']) });

export class ApplicationByHand {
  readonly #users = new Map<string, User>();
  readonly #documents = new Map<string, Document>();
  readonly #byText = new Map<string, User | Document>();
  readonly #answers = new HandAnswers(['owner', 'team', 'public', 'editors']);

  constructor({ entities }: Scenario) {
    const teams = new Map<string, Team>();
    for (const { uid } of entities) if (uid.type === 'Team') teams.set(uid.id, new Team(uid.id));
    for (const { uid, parents } of entities)
      if (uid.type === 'Team' && parents[0] !== undefined) teams.get(uid.id)!.parent = teams.get(parents[0].id);
    for (const each of entities) {
      const { type, id } = each.uid;
      if (type === 'User') this.#note(`User::"${id}"`, this.#users, id, userOf(each, teams));
    }
    for (const { uid, attrs } of entities) {
      if (uid.type !== 'Document') continue;
      const { owner, team, tenant, public: isPublic } = attrs as unknown as DocumentJson;
      const found = [this.#users.get(owner.__entity.id)!, teams.get(team.__entity.id)!] as const;
      this.#note(`Document::"${uid.id}"`, this.#documents, uid.id, new Document(uid.id, ...found, tenant, isPublic));
    }
  }

  #note<T extends User | Document>(text: string, all: Map<string, T>, id: string, thing: T): void {
    all.set(id, thing);
    this.#byText.set(text, thing);
  }

  handled({ principal, action, resource, context }: RequestJson): HandledRequest {
    return {
      principal: this.#users.get(principal.id)!,
      action: action.id,
      resource: this.#documents.get(resource.id)!,
      context: context as unknown as PlainContext,
    };
  }

  isAllowed({ principal, action, resource, context }: HandledRequest): boolean {
    return allows(principal, action, resource, context);
  }

  isAuthorized({ principal, action, resource, context }: HandledRequest): HandAnswer {
    return this.#answer(principal, action, resource, context);
  }

  isAllowedById({ principal, action, resource, context }: RequestJson): boolean {
    const [user, document] = [this.#users.get(principal.id), this.#documents.get(resource.id)];
    if (principal.type !== 'User' || resource.type !== 'Document' || user === undefined || document === undefined)
      return false;
    return allows(user, action.id, document, context as unknown as PlainContext);
  }

  isAuthorizedById({ principal, action, resource, context }: RequestJson): HandAnswer {
    return this.#answer(
      this.#users.get(principal.id)!,
      action.id,
      this.#documents.get(resource.id)!,
      context as unknown as PlainContext,
    );
  }

  isAllowedByText({ principal, action, resource, context }: TextRequest): boolean {
    const [user, document] = [this.#byText.get(principal), this.#byText.get(resource)];
    if (!(user instanceof User) || !(document instanceof Document)) return false;
    return allows(user, action === 'Action::"view"' ? 'view' : 'edit', document, context);
  }

  isAuthorizedByText({ principal, action, resource, context }: TextRequest): HandAnswer {
    const [user, document] = [this.#byText.get(principal) as User, this.#byText.get(resource) as Document];
    return this.#answer(user, action === 'Action::"view"' ? 'view' : 'edit', document, context);
  }

  #answer(principal: User, action: string, resource: Document, context: PlainContext): HandAnswer {
    if (context.hour < 6 && principal.role !== 'admin') return AT_NIGHT;
    let satisfied = resource.owner === principal ? OWNER : 0;
    if (action === 'view') {
      if (principal.teams.has(resource.team)) satisfied |= TEAM;
      if (resource.isPublic && context.mfa) satisfied |= PUBLIC;
    } else if (principal.role === 'editor' && resource.tenant === context.tenant) satisfied |= EDITORS;
    return this.#answers.of(satisfied);
  }

  /** Where a policy errs because the document has no level. */
  isAuthorizedWithError(request: HandledRequest): HandAnswerWithErrors {
    const { decision, determiningPolicies } = this.isAuthorized(request);
    const errors =
      request.action === 'view' ? [{ policyId: 'level', message: `\`${request.resource.id}\` has no level` }] : [];
    return { decision, determiningPolicies, errors };
  }

  /** From the JSON in the call alone. A user that is not in the list has no role. */
  isAllowedByList({ principal, action, resource, context }: RequestJson, list: readonly EntityJson[]): boolean {
    const { hour, mfa, tenant } = context as unknown as PlainContext;
    const user = find('User', principal.id, list);
    const document = find('Document', resource.id, list);
    if (hour < 6 && user !== undefined && user.attrs.role !== 'admin') return false;
    if (document === undefined) return false;
    const attrs = document.attrs as unknown as DocumentJson;
    if (attrs.owner.__entity.id === principal.id) return true;
    if (action.id === 'edit') return user !== undefined && user.attrs.role === 'editor' && attrs.tenant === tenant;
    return (attrs.public && mfa) || (user !== undefined && isBelow(user, attrs.team.__entity.id, list));
  }
}

function allows(principal: User, action: string, resource: Document, context: PlainContext): boolean {
  if (context.hour < 6 && principal.role !== 'admin') return false;
  if (resource.owner === principal) return true;
  if (action === 'edit') return principal.role === 'editor' && resource.tenant === context.tenant;
  return principal.teams.has(resource.team) || (resource.isPublic && context.mfa);
}

function userOf({ attrs, parents }: EntityJson, teams: ReadonlyMap<string, Team>): User {
  const user = new User(attrs.role as string);
  for (let team = teams.get(parents[0]!.id); team !== undefined; team = team.parent) user.teams.add(team);
  return user;
}

function find(type: string, id: string, list: readonly EntityJson[]): EntityJson | undefined {
  for (let i = 0; i < list.length; i++) {
    const { uid } = list[i]!;
    if (uid.id === id && uid.type === type) return list[i];
  }
  return undefined;
}

function isBelow({ parents }: EntityJson, team: string, list: readonly EntityJson[]): boolean {
  for (let i = 0; i < parents.length; i++) {
    const { type, id } = parents[i]!;
    if (id === team) return true;
    const parent = find(type, id, list);
    if (parent !== undefined && isBelow(parent, team, list)) return true;
  }
  return false;
}
