/**
 * TinyTodo by hand — what a good engineer would write for exactly these policies: typed records, references resolved, ancestors in sets.
 *
 * It knows nothing of Cedar but the answers: errors are gathered in the full answer as counts of erring policies.
 */
import type { Decision } from '../../src/index.ts';
import type { EntityJson, RequestJson, Scenario, UidJson } from './tinytodo.ts';

interface Thing {
  readonly type: 'Application' | 'Team' | 'User' | 'List';
  readonly id: string;
  readonly ancestors: Set<Thing>;
  owner: Thing | undefined;
  readers: Thing | undefined;
  editors: Thing | undefined;
  archived: boolean;
}

export interface HandRequest {
  readonly principal: Thing;
  readonly action: string;
  readonly resource: Thing;
}

export interface HandAnswer {
  readonly decision: Decision;
  readonly determiningPolicies: readonly string[];
}

const key = ({ type, id }: UidJson) => `${type}::${id}`;

export class ByHand {
  readonly #things = new Map<string, Thing>();
  readonly #interns: Thing;
  readonly #application: Thing;
  readonly #answers: (HandAnswer | undefined)[] = [];

  constructor({ entities }: Scenario) {
    for (const { uid } of entities) {
      const type = uid.type as Thing['type'];
      const [owner, readers, editors] = [undefined, undefined, undefined];
      this.#things.set(key(uid), { type, id: uid.id, ancestors: new Set(), owner, readers, editors, archived: false });
    }
    for (const entity of entities) this.#fill(entity, entities);
    this.#interns = this.#things.get('Team::interns')!;
    this.#application = this.#things.get('Application::TinyTodo')!;
  }

  #fill({ uid, attrs, parents }: EntityJson, all: readonly EntityJson[]): void {
    const thing = this.#things.get(key(uid))!;
    const refer = (value: unknown) => this.#things.get(key((value as { __entity: UidJson }).__entity));
    if (uid.type === 'List') {
      thing.owner = refer(attrs.owner);
      thing.readers = refer(attrs.readers);
      thing.editors = refer(attrs.editors);
      thing.archived = attrs.archived as boolean;
    }
    const parentsOf = new Map(all.map((entity) => [key(entity.uid), entity.parents]));
    const open = [...parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      thing.ancestors.add(this.#things.get(key(next))!);
      open.push(...(parentsOf.get(key(next)) ?? []));
    }
  }

  request({ principal, action, resource }: RequestJson): HandRequest {
    return {
      principal: this.#things.get(key(principal))!,
      action: action.id,
      resource: this.#things.get(key(resource))!,
    };
  }

  isAllowed({ principal, action, resource }: HandRequest): boolean {
    switch (action) {
      case 'CreateList':
        if (resource === this.#application) return principal.type === 'User' && !principal.ancestors.has(this.#interns);
        return resource.owner === principal;
      case 'GetLists':
        return (resource === this.#application && principal.type === 'User') || resource.owner === principal;
      case 'GetList':
        return (
          resource.owner === principal || within(principal, resource.editors) || within(principal, resource.readers)
        );
      case 'UpdateList':
      case 'CreateTask':
      case 'UpdateTask':
      case 'DeleteTask':
        return !resource.archived && (resource.owner === principal || within(principal, resource.editors));
      case 'EditShare':
        return !resource.archived && resource.owner === principal;
      default:
        return resource.owner === principal;
    }
  }

  /** The determining policies too, with an answer kept for each combination. */
  isAuthorized({ principal, action, resource }: HandRequest): HandAnswer {
    let set = resource.owner === principal ? 2 : 0;
    switch (action) {
      case 'CreateList':
        if (resource === this.#application)
          set |= (principal.type === 'User' ? 1 : 0) | (principal.ancestors.has(this.#interns) ? 16 : 0);
        break;
      case 'GetLists':
        if (resource === this.#application && principal.type === 'User') set |= 1;
        break;
      case 'GetList':
        if (within(principal, resource.editors) || within(principal, resource.readers)) set |= 4;
        break;
      case 'UpdateList':
      case 'CreateTask':
      case 'UpdateTask':
      case 'DeleteTask':
        if (within(principal, resource.editors)) set |= 8;
        if (resource.archived) set |= 32;
        break;
      case 'EditShare':
        if (resource.archived) set |= 32;
        break;
    }
    return this.#answers[set] ?? this.#answer(set);
  }

  #answer(set: number): HandAnswer {
    const names = ['anyone-lists', 'owner', 'read-shared', 'edit-shared', 'no-interns', 'archived'];
    const chosen = set >= 16 ? set & 48 : set;
    const determiningPolicies = Object.freeze(names.filter((_, i) => (chosen & (1 << i)) !== 0));
    const answer: HandAnswer = Object.freeze({ decision: set > 0 && set < 16 ? 'allow' : 'deny', determiningPolicies });
    this.#answers[set] = answer;
    return answer;
  }
}

function within(thing: Thing, group: Thing | undefined): boolean {
  return group !== undefined && (thing === group || thing.ancestors.has(group));
}
