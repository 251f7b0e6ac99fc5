/**
 * TinyTodo — to-do lists that users share with teams; policies and data model of the OOPSLA 2024 paper on Cedar.
 */
import { type Applies, entity, Generator, range, ref, requestsFor, uid } from './generator.ts';
import type { Scenario } from './scenario.ts';

const TEXT = `
@id("anyone") permit (principal, action in [Action::"CreateList", Action::"GetLists"], resource == Application::"TinyTodo");
@id("owner") permit (principal, action, resource) when { resource has owner && resource.owner == principal };
@id("read") permit (principal, action == Action::"GetList", resource)
when { principal in resource.readers || principal in resource.editors };
@id("edit") permit (
  principal,
  action in [Action::"UpdateList", Action::"CreateTask", Action::"UpdateTask", Action::"DeleteTask"],
  resource
) when { principal in resource.editors };
`;

const SCHEMA = `
type Task = { name: String, id: Long, state: String };
entity Application;
entity Team in [Team, Application];
entity User in [Team, Application];
entity List in [Application] = { owner: User, name: String, readers: Team, editors: Team, tasks: Set<Task> };
action CreateList, GetLists appliesTo { principal: User, resource: Application };
action GetList, UpdateList, DeleteList, CreateTask, UpdateTask, DeleteTask, EditShares
  appliesTo { principal: User, resource: List };
`;

const ON_LISTS = ['GetList', 'UpdateList', 'DeleteList', 'CreateTask', 'UpdateTask', 'DeleteTask', 'EditShares'];
const APPLIES: readonly Applies[] = [
  ...['CreateList', 'GetLists'].map((action) => ({ action, principal: 'User', resource: 'Application' })),
  ...ON_LISTS.map((action) => ({ action, principal: 'User', resource: 'List' })),
];

export function tinytodo(size: number): Scenario {
  const generator = new Generator(size);
  const application = uid('Application', 'TinyTodo');
  const teams = range(size).map((i) =>
    entity('Team', `team_${i}`, {}, [...generator.some('Team', 'team_', i), application]),
  );
  const users = range(size).map((i) =>
    entity('User', `user_${i}`, {}, [...generator.some('Team', 'team_', size), application]),
  );
  const team = () => ref('Team', `team_${generator.below(size)}`);
  const task = () => ({
    name: `task_${generator.below(1e6)}`,
    id: generator.below(1e6),
    state: generator.random() < 0.5 ? 'Checked' : 'Unchecked',
  });
  const lists = range(size).map((i) => {
    const owner = ref('User', `user_${generator.below(size)}`);
    const tasks = range(generator.below(51)).map(task);
    return entity('List', `list_${i}`, { name: `list_${i}`, owner, readers: team(), editors: team(), tasks }, [
      application,
    ]);
  });
  const entities = [{ uid: application, attrs: {}, parents: [] }, ...teams, ...users, ...lists];
  return {
    name: 'tinytodo',
    size,
    text: TEXT,
    links: [],
    schema: SCHEMA,
    entities,
    requests: generator.requests(requestsFor(size), APPLIES, entities),
    reads: ['owner', 'readers', 'editors'],
  };
}
