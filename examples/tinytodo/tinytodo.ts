/**
 * TinyTodo — task lists that people share; every command asks the compiled policies first.
 *
 * Users, teams and lists are entities of one store. Sharing a list puts a user or team below the list's group of readers or editors.
 */
import { readFileSync } from 'node:fs';
import {
  compile,
  type Engine,
  EntityStore,
  EntityUid,
  PolicySet,
  parsePolicies,
  withAnnotatedId,
} from '../../src/index.ts';

export interface Task {
  readonly id: number;
  readonly name: string;
  readonly done: boolean;
}

export interface List {
  readonly id: string;
  readonly name: string;
  readonly owner: EntityUid;
  readonly archived: boolean;
  readonly tasks: readonly Task[];
}

/** The engine said no. */
export class Denied extends Error {
  override readonly name = 'Denied';
}

/** The command makes no sense, whoever gives it. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
}

const here = (file: string) => new URL(file, import.meta.url);
const APPLICATION = new EntityUid('Application', 'TinyTodo');

export class TinyTodo {
  readonly engine: Engine;
  readonly store: EntityStore;
  readonly #lists = new Map<string, List>();
  #nextList = 0;

  constructor() {
    const { policies } = parsePolicies(readFileSync(here('policies.cedar'), 'utf8'), { name: 'policies.cedar' });
    this.engine = compile(PolicySet.of(policies.map(withAnnotatedId)));
    this.store = EntityStore.from(readFileSync(here('entities.json'), 'utf8'));
  }

  createList(user: EntityUid, name: string): List {
    this.#authorize(user, 'CreateList', APPLICATION);
    const list: List = { id: `${this.#nextList++}`, name, owner: user, archived: false, tasks: [] };
    for (const group of ['readers', 'editors']) this.#saveGroup(`${list.id}-${group}`, []);
    return this.#save(list);
  }

  /** The lists that the user may look at. */
  lists(user: EntityUid): List[] {
    this.#authorize(user, 'GetLists', APPLICATION);
    return [...this.#lists.values()].filter((list) => this.#allowed(user, 'GetList', uidOf(list)));
  }

  getList(user: EntityUid, id: string): List {
    return this.#listFor(user, 'GetList', id);
  }

  renameList(user: EntityUid, id: string, name: string): List {
    return this.#save({ ...this.#listFor(user, 'UpdateList', id), name });
  }

  archiveList(user: EntityUid, id: string): List {
    return this.#save({ ...this.#listFor(user, 'UpdateList', id), archived: true });
  }

  deleteList(user: EntityUid, id: string): void {
    const list = this.#listFor(user, 'DeleteList', id);
    this.#lists.delete(id);
    this.store.remove(uidOf(list));
  }

  createTask(user: EntityUid, id: string, name: string): Task {
    const list = this.#listFor(user, 'CreateTask', id);
    const task: Task = { id: Math.max(0, ...list.tasks.map((each) => each.id)) + 1, name, done: false };
    this.#save({ ...list, tasks: [...list.tasks, task] });
    return task;
  }

  toggleTask(user: EntityUid, id: string, task: number): Task {
    const list = this.#listFor(user, 'UpdateTask', id);
    const found = taskOf(list, task);
    const toggled: Task = { ...found, done: !found.done };
    this.#save({ ...list, tasks: list.tasks.map((each) => (each === found ? toggled : each)) });
    return toggled;
  }

  deleteTask(user: EntityUid, id: string, task: number): void {
    const list = this.#listFor(user, 'DeleteTask', id);
    const found = taskOf(list, task);
    this.#save({ ...list, tasks: list.tasks.filter((each) => each !== found) });
  }

  /** Makes a user or a team a reader or an editor of the list. */
  share(user: EntityUid, id: string, role: 'readers' | 'editors', target: EntityUid): void {
    this.#listFor(user, 'EditShare', id);
    const entity = this.store.get(target);
    if (entity === undefined) throw new Mistake(`there is no ${target}`);
    const group = { type: 'Team', id: `${id}-${role}` };
    if (target.type === 'Team' && target.id === group.id) throw new Mistake('a group cannot be shared with itself');
    const attrs = Object.fromEntries(entity.attrs);
    this.store.upsert({ uid: uidJson(target), attrs, parents: [...entity.parents.map(uidJson), group] });
  }

  #listFor(user: EntityUid, action: string, id: string): List {
    const list = this.#lists.get(id);
    if (list === undefined) throw new Mistake(`there is no list ${id}`);
    this.#authorize(user, action, uidOf(list));
    return list;
  }

  #allowed(user: EntityUid, action: string, resource: EntityUid): boolean {
    return this.engine.isAllowed({ principal: user, action: { type: 'Action', id: action }, resource }, this.store);
  }

  /** Throws `Denied` with the reason of the policy that forbids, if one does. */
  #authorize(user: EntityUid, action: string, resource: EntityUid): void {
    const request = { principal: user, action: { type: 'Action', id: action }, resource };
    const { decision, determiningPolicies } = this.engine.isAuthorized(request, this.store);
    if (decision === 'allow') return;
    const reasons = determiningPolicies.map((id) => this.#reasonOf(id));
    throw new Denied(reasons.length > 0 ? reasons.join('; ') : `no policy permits ${user} to ${action} on ${resource}`);
  }

  #reasonOf(policyId: string): string {
    const annotations = this.engine.policies.get(policyId)?.annotations ?? [];
    return annotations.find(({ key }) => key === 'reason')?.value ?? policyId;
  }

  #save(list: List): List {
    this.#lists.set(list.id, list);
    const group = (role: string) => ({ __entity: { type: 'Team', id: `${list.id}-${role}` } });
    this.store.upsert({
      uid: uidJson(uidOf(list)),
      attrs: {
        name: list.name,
        owner: { __entity: uidJson(list.owner) },
        archived: list.archived,
        tasks: list.tasks,
        readers: group('readers'),
        editors: group('editors'),
      },
      parents: [uidJson(APPLICATION)],
    });
    return list;
  }

  #saveGroup(id: string, parents: readonly object[]): void {
    this.store.upsert({ uid: { type: 'Team', id }, attrs: {}, parents });
  }
}

export function uidOf(list: List): EntityUid {
  return new EntityUid('List', list.id);
}

function uidJson({ type, id }: EntityUid): { type: string; id: string } {
  return { type, id };
}

function taskOf(list: List, task: number): Task {
  const found = list.tasks.find((each) => each.id === task);
  if (found === undefined) throw new Mistake(`list ${list.id} has no task ${task}`);
  return found;
}
