/**
 * Database — users, teams, lists and tasks in SQLite, and the same rows as entities that policies are asked about.
 */
import type { EntityInputOf } from 'cedarmill';
import initSqlJs, { type Database as Sqlite } from 'sql.js';
import type { Entities } from '../policies/policies.cedar';

export type Entity = EntityInputOf<Entities>;

export interface Task {
  readonly id: number;
  readonly name: string;
  readonly done: boolean;
}

export interface List {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
  readonly tasks: readonly Task[];
}

const SCHEMA = `
create table team (id text primary key, member_of text);
create table user (id text primary key, joblevel integer not null, location text not null);
create table member (user text not null, team text not null);
create table list (id text primary key, owner text not null, name text not null, archived integer not null default 0);
create table task (list text not null, id integer not null, name text not null, done integer not null default 0);
insert into team values ('admins', null), ('temps', null), ('interns', 'temps');
insert into user values ('andrew', 5, 'ABC17'), ('aaron', 3, 'XYZ77'), ('kesha', 5, 'ABC17'), ('emina', 4, 'ABC17');
insert into member values ('emina', 'admins'), ('aaron', 'interns'), ('kesha', 'temps');
`;

export class Database {
  readonly #sqlite: Sqlite;

  private constructor(sqlite: Sqlite) {
    this.#sqlite = sqlite;
  }

  /** In memory: it is empty again in each process. */
  static async open(): Promise<Database> {
    const { Database: Memory } = await initSqlJs();
    const sqlite = new Memory();
    sqlite.run(SCHEMA);
    const database = new Database(sqlite);
    const list = database.createList('andrew', 'Groceries');
    for (const name of ['Bread', 'Olives', 'Coffee']) database.createTask(list, name);
    database.share(list, 'temps', 'readers');
    database.createTask(database.createList('emina', 'Release 1.0'), 'Write the announcement');
    return database;
  }

  users(): string[] {
    return this.#rows('select id from user').map(({ id }) => String(id));
  }

  lists(): List[] {
    return this.#rows('select id from list').map(({ id }) => this.list(String(id))!);
  }

  list(id: string): List | undefined {
    const [row] = this.#rows('select * from list where id = ?', [id]);
    if (row === undefined) return undefined;
    const tasks = this.#rows('select id, name, done from task where list = ? order by id', [id]);
    return {
      id,
      owner: String(row.owner),
      name: String(row.name),
      archived: row.archived === 1,
      tasks: tasks.map((task) => ({ id: Number(task.id), name: String(task.name), done: task.done === 1 })),
    };
  }

  /** A list has a team of readers and one of editors; those who are shared with are put into them. */
  createList(owner: string, name: string): string {
    const id = `l${this.#rows('select count(*) as n from list')[0]!.n}`;
    this.#sqlite.run('insert into list (id, owner, name) values (?, ?, ?)', [id, owner, name]);
    this.#sqlite.run('insert into team values (?, null), (?, null)', [`${id}-readers`, `${id}-editors`]);
    return id;
  }

  archive(id: string, archived: boolean): void {
    this.#sqlite.run('update list set archived = ? where id = ?', [archived ? 1 : 0, id]);
  }

  deleteList(id: string): void {
    this.#sqlite.run('delete from task where list = ?', [id]);
    this.#sqlite.run('delete from list where id = ?', [id]);
  }

  createTask(list: string, name: string): void {
    const { n } = this.#rows('select coalesce(max(id), 0) + 1 as n from task where list = ?', [list])[0]!;
    this.#sqlite.run('insert into task (list, id, name) values (?, ?, ?)', [list, Number(n), name]);
  }

  updateTask(list: string, id: number, done: boolean): void {
    this.#sqlite.run('update task set done = ? where list = ? and id = ?', [done ? 1 : 0, list, id]);
  }

  /** With a user or a team. */
  share(list: string, whom: string, role: 'readers' | 'editors'): void {
    const isTeam = this.#rows('select id from team where id = ?', [whom]).length > 0;
    if (isTeam) this.#sqlite.run('update team set member_of = ? where id = ?', [`${list}-${role}`, whom]);
    else this.#sqlite.run('insert into member values (?, ?)', [whom, `${list}-${role}`]);
  }

  /** All that policies may look at. */
  entities(): Entity[] {
    return [
      { uid: 'Application::"TinyTodo"', attrs: {}, parents: [] },
      ...this.#rows('select * from team').map(
        ({ id, member_of }): Entity => ({
          uid: { type: 'Team', id: String(id) },
          attrs: {},
          parents: member_of === null ? [] : [{ type: 'Team', id: String(member_of) }],
        }),
      ),
      ...this.#rows('select * from user').map(
        ({ id, joblevel, location }): Entity => ({
          uid: { type: 'User', id: String(id) },
          attrs: { joblevel: Number(joblevel), location: String(location) },
          parents: this.#rows('select team from member where user = ?', [String(id)]).map(
            ({ team }) => ({ type: 'Team', id: String(team) }) as const,
          ),
        }),
      ),
      ...this.lists().map(
        ({ id, owner, name, archived, tasks }): Entity => ({
          uid: { type: 'List', id },
          attrs: {
            owner: { type: 'User', id: owner },
            name,
            archived,
            readers: { type: 'Team', id: `${id}-readers` },
            editors: { type: 'Team', id: `${id}-editors` },
            tasks,
          },
          parents: ['Application::"TinyTodo"'],
        }),
      ),
    ];
  }

  #rows(sql: string, values: readonly (string | number)[] = []): Record<string, unknown>[] {
    const statement = this.#sqlite.prepare(sql);
    try {
      statement.bind([...values]);
      const rows: Record<string, unknown>[] = [];
      while (statement.step()) rows.push(statement.getAsObject());
      return rows;
    } finally {
      statement.free();
    }
  }
}
