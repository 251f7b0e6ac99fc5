/**
 * TinyTodo by hand — what a good engineer would write for exactly these policies: typed records, references resolved, ancestors in sets.
 *
 * It knows nothing of Cedar but the answers.
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

interface Thing {
  readonly ancestors: Set<Thing>;
  readonly isApplication: boolean;
  owner: Thing | undefined;
  readers: Thing | undefined;
  editors: Thing | undefined;
}

type Action = 'create' | 'list' | 'read' | 'edit' | 'own';

interface Request {
  readonly principal: Thing;
  readonly action: Action;
  readonly resource: Thing;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  CreateList: 'create',
  GetLists: 'list',
  GetList: 'read',
  UpdateList: 'edit',
  CreateTask: 'edit',
  UpdateTask: 'edit',
  DeleteTask: 'edit',
  DeleteList: 'own',
  EditShares: 'own',
};

const [ANYONE, OWNER, READ, EDIT] = [1, 2, 4, 8];

export class TinyTodoByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #answers = new HandAnswers(['anyone', 'owner', 'read', 'edit']);

  constructor({ entities }: Scenario) {
    this.#things = new Interned<Thing>(entities, ({ uid }) => ({
      ancestors: new Set(),
      isApplication: uid.type === 'Application',
      owner: undefined,
      readers: undefined,
      editors: undefined,
    }));
    for (const entity of entities) {
      const thing = this.#things.of(entity.uid);
      for (const above of this.#things.ancestors(entity)) thing.ancestors.add(above);
      if (entity.uid.type !== 'List') continue;
      thing.owner = this.#things.of(referred(entity.attrs.owner));
      thing.readers = this.#things.of(referred(entity.attrs.readers));
      thing.editors = this.#things.of(referred(entity.attrs.editors));
    }
  }

  request({ principal, action, resource }: RequestJson): Request {
    return {
      principal: this.#things.of(principal),
      action: ACTIONS[action.id]!,
      resource: this.#things.of(resource),
    };
  }

  isAllowed({ principal, action, resource }: Request): boolean {
    switch (action) {
      case 'create':
      case 'list':
        return resource.isApplication || resource.owner === principal;
      case 'read':
        return (
          resource.owner === principal || within(principal, resource.readers) || within(principal, resource.editors)
        );
      case 'edit':
        return resource.owner === principal || within(principal, resource.editors);
      default:
        return resource.owner === principal;
    }
  }

  isAuthorized({ principal, action, resource }: Request): HandAnswer {
    let satisfied = resource.owner === principal ? OWNER : 0;
    switch (action) {
      case 'create':
      case 'list':
        if (resource.isApplication) satisfied |= ANYONE;
        break;
      case 'read':
        if (within(principal, resource.readers) || within(principal, resource.editors)) satisfied |= READ;
        break;
      case 'edit':
        if (within(principal, resource.editors)) satisfied |= EDIT;
        break;
    }
    return this.#answers.of(satisfied);
  }
}

function within(thing: Thing, group: Thing | undefined): boolean {
  return group !== undefined && thing.ancestors.has(group);
}
