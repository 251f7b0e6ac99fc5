/**
 * TinyTodo — the policies of examples/tinytodo over generated users, teams and lists.
 *
 * Users are in teams, teams in teams; a list's readers and editors are teams. `size` entities of each type, each possible membership with
 * probability 0.05, 500 requests.
 */
import { readFileSync } from 'node:fs';
import { type Policy, parsePolicies, withAnnotatedId } from '../../src/index.ts';
import { seeded } from '../random.ts';

export interface EntityJson {
  readonly uid: UidJson;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly parents: readonly UidJson[];
}

export interface UidJson {
  readonly type: string;
  readonly id: string;
}

export interface RequestJson {
  readonly principal: UidJson;
  readonly action: UidJson;
  readonly resource: UidJson;
}

export interface Scenario {
  readonly name: string;
  readonly size: number;
  readonly text: string;
  readonly schema: string;
  readonly policies: readonly Policy[];
  readonly entities: readonly EntityJson[];
  readonly requests: readonly RequestJson[];
}

const PROBABILITY = 0.05;
const ACTIONS = [
  'CreateList',
  'GetLists',
  'GetList',
  'UpdateList',
  'DeleteList',
  'CreateTask',
  'UpdateTask',
  'DeleteTask',
  'EditShare',
];

export function tinytodo(size: number): Scenario {
  const random = seeded(size);
  const uid = (type: string, n: number | string): UidJson => ({ type, id: String(n) });
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const numbers = [...Array(size).keys()];
  const some = (type: string, below = size) =>
    numbers
      .slice(0, below)
      .filter(() => random() < PROBABILITY)
      .map((n) => uid(type, n));
  const application = uid('Application', 'TinyTodo');
  const interns = uid('Team', 'interns');
  const teams = numbers.map((n) => ({ uid: uid('Team', n), attrs: {}, parents: some('Team', n) }));
  const users = numbers.map((n) => ({
    uid: uid('User', n),
    attrs: { joblevel: n % 7, location: `office-${n % 5}` },
    parents: [...some('Team'), ...(n % 5 === 0 ? [interns] : [])],
  }));
  const lists = numbers.map((n) => ({
    uid: uid('List', n),
    attrs: {
      owner: { __entity: pick(users).uid },
      name: `list ${n}`,
      readers: { __entity: pick(teams).uid },
      editors: { __entity: pick(teams).uid },
      archived: n % 10 === 0,
      tasks: [],
    },
    parents: [application],
  }));
  const requests = [...Array(500).keys()].map(() => {
    const action = pick(ACTIONS);
    const resource = action === 'CreateList' || action === 'GetLists' ? application : pick(lists).uid;
    return { principal: pick(users).uid, action: uid('Action', action), resource };
  });
  const read = (file: string) => readFileSync(new URL(`../../examples/tinytodo/${file}`, import.meta.url), 'utf8');
  const text = read('policies.cedar');
  const entities = [
    { uid: application, attrs: {}, parents: [] },
    { uid: interns, attrs: {}, parents: [] },
    ...teams,
    ...users,
    ...lists,
  ];
  return {
    name: 'tinytodo',
    size,
    text,
    schema: read('tinytodo.cedarschema'),
    policies: parsePolicies(text).policies.map(withAnnotatedId),
    entities,
    requests,
  };
}
