/**
 * GDrive by hand — what a good engineer would write for exactly these policies, with views or with a list of shares for each thing.
 */
import {
  DENY,
  type Hand,
  type HandAnswer,
  HandAnswers,
  type RequestJson,
  referred,
  type Scenario,
} from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

/** Users, groups, views, folders and documents: one class, so that V8 sees one shape. */
class Thing {
  ancestors = new Set<Thing>();
  view: Thing | undefined = undefined;
  documents = new Set<Thing>();
  folders: Thing[] = [];
  isPublic = false;
  /** With links: those with whom it is shared, and the names of the links. */
  shares: Map<Thing, string> | undefined = undefined;
  /** With links: itself and all that it is in, where something is shared. */
  shared: Thing[] = [];
}

interface Request {
  readonly principal: Thing;
  readonly action: string;
  readonly resource: Thing;
}

const [SHARED, PUBLIC, OWNER, CHANGE_OWNER, CREATE] = [1, 2, 4, 8, 16];

export class GDriveByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #answers = new HandAnswers(['shared', 'public', 'owner', 'change-owner', 'create']);

  constructor({ entities, links }: Scenario) {
    this.#things = new Interned(entities, () => new Thing());
    const all = (references: unknown) => (references as unknown[]).map((each) => this.#things.of(referred(each)));
    for (const entity of entities) {
      const thing = this.#things.of(entity.uid);
      thing.ancestors = this.#things.ancestors(entity);
      if (entity.uid.type === 'Document') thing.isPublic = entity.attrs.isPublic as boolean;
      if (entity.uid.type !== 'User') continue;
      const { documentsAndFoldersWithViewAccess: view, ownedDocuments, ownedFolders } = entity.attrs;
      if (view !== undefined) thing.view = this.#things.of(referred(view));
      thing.documents = new Set(all(ownedDocuments));
      thing.folders = all(ownedFolders);
    }
    for (const { newId, values } of links) {
      const resource = this.#things.of(values['?resource']!);
      resource.shares ??= new Map();
      resource.shares.set(this.#things.of(values['?principal']!), newId);
    }
    for (const { uid } of entities) {
      const thing = this.#things.of(uid);
      thing.shared = [thing, ...thing.ancestors].filter(({ shares }) => shares !== undefined);
    }
  }

  request({ principal, action, resource }: RequestJson): Request {
    return { principal: this.#things.of(principal), action: action.id, resource: this.#things.of(resource) };
  }

  isAllowed({ principal, action, resource }: Request): boolean {
    switch (action) {
      case 'read':
        return resource.isPublic || isViewer(principal, resource) || owns(principal, resource);
      case 'write':
      case 'share':
        return owns(principal, resource);
      case 'changeOwner':
        return principal.documents.has(resource);
      default:
        return principal.folders.includes(resource);
    }
  }

  isAuthorized({ principal, action, resource }: Request): HandAnswer {
    switch (action) {
      case 'read': {
        const satisfied = (resource.isPublic ? PUBLIC : 0) | (owns(principal, resource) ? OWNER : 0);
        if (principal.view !== undefined)
          return this.#answers.of(satisfied | (resource.ancestors.has(principal.view) ? SHARED : 0));
        const links = linksOf(principal, resource);
        const answer = this.#answers.of(satisfied);
        if (links.length === 0) return answer;
        return { decision: 'allow', determiningPolicies: [...answer.determiningPolicies, ...links] };
      }
      case 'write':
      case 'share':
        return owns(principal, resource) ? this.#answers.of(OWNER) : DENY;
      case 'changeOwner':
        return principal.documents.has(resource) ? this.#answers.of(CHANGE_OWNER) : DENY;
      default:
        return principal.folders.includes(resource) ? this.#answers.of(CREATE) : DENY;
    }
  }
}

function owns({ documents, folders }: Thing, resource: Thing): boolean {
  if (documents.has(resource)) return true;
  for (let i = 0; i < folders.length; i++) {
    const folder = folders[i]!;
    if (folder === resource || resource.ancestors.has(folder)) return true;
  }
  return false;
}

function isViewer(principal: Thing, resource: Thing): boolean {
  if (principal.view !== undefined) return resource.ancestors.has(principal.view);
  const { shared } = resource;
  for (let i = 0; i < shared.length; i++) {
    const { shares } = shared[i]!;
    if (shares!.has(principal)) return true;
    for (const group of principal.ancestors) if (shares!.has(group)) return true;
  }
  return false;
}

function linksOf(principal: Thing, { shared }: Thing): string[] {
  const found: string[] = [];
  for (let i = 0; i < shared.length; i++) {
    const shares = shared[i]!.shares!;
    const own = shares.get(principal);
    if (own !== undefined) found.push(own);
    for (const group of principal.ancestors) {
      const link = shares.get(group);
      if (link !== undefined) found.push(link);
    }
  }
  return found;
}
