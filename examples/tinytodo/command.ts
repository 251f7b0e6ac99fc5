/**
 * Command — TinyTodo's commands as lines of text, for scripts and for the prompt.
 */
import { EntityUid } from '../../src/index.ts';
import { Denied, type List, Mistake, type TinyTodo } from './tinytodo.ts';

/** Words in order; `"…"` keeps spaces together. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

type Run = (app: TinyTodo, user: EntityUid, args: readonly string[]) => string;

interface Command {
  readonly usage: string;
  readonly does: string;
  readonly run: Run;
}

const COMMANDS: Readonly<Record<string, Command>> = {
  create: {
    usage: 'create NAME',
    does: 'start a list',
    run: (app, user, [name]) => `list ${app.createList(user, need(name, 'NAME')).id} created`,
  },
  lists: {
    usage: 'lists',
    does: 'show the lists you may look at',
    run: (app, user) => app.lists(user).map(titleOf).join('\n') || 'no lists',
  },
  get: {
    usage: 'get LIST',
    does: 'show a list with its tasks',
    run: (app, user, [list]) => contentOf(app.getList(user, need(list, 'LIST'))),
  },
  rename: {
    usage: 'rename LIST NAME',
    does: 'give a list another name',
    run: (app, user, [list, name]) => titleOf(app.renameList(user, need(list, 'LIST'), need(name, 'NAME'))),
  },
  archive: {
    usage: 'archive LIST',
    does: 'freeze a list',
    run: (app, user, [list]) => `${titleOf(app.archiveList(user, need(list, 'LIST')))} (archived)`,
  },
  delete: {
    usage: 'delete LIST',
    does: 'delete a list',
    run: (app, user, [list]) => {
      app.deleteList(user, need(list, 'LIST'));
      return `list ${list} deleted`;
    },
  },
  task: {
    usage: 'task LIST NAME',
    does: 'add a task',
    run: (app, user, [list, name]) => `task ${app.createTask(user, need(list, 'LIST'), need(name, 'NAME')).id} created`,
  },
  toggle: {
    usage: 'toggle LIST TASK',
    does: 'mark a task done, or not done',
    run: (app, user, [list, task]) => {
      const { name, done } = app.toggleTask(user, need(list, 'LIST'), Number(need(task, 'TASK')));
      return `${name} is ${done ? 'done' : 'not done'}`;
    },
  },
  remove: {
    usage: 'remove LIST TASK',
    does: 'delete a task',
    run: (app, user, [list, task]) => {
      app.deleteTask(user, need(list, 'LIST'), Number(need(task, 'TASK')));
      return `task ${task} deleted`;
    },
  },
  share: {
    usage: 'share LIST readers|editors NAME',
    does: 'share a list with a user or a team (team:NAME)',
    run: (app, user, [list, role, name]) => {
      if (role !== 'readers' && role !== 'editors') throw new Mistake('share with `readers` or `editors`');
      const target = need(name, 'NAME');
      const uid = target.startsWith('team:') ? new EntityUid('Team', target.slice(5)) : new EntityUid('User', target);
      app.share(user, need(list, 'LIST'), role, uid);
      return `${uid} is one of the ${role} now`;
    },
  },
};

export const HELP = Object.values(COMMANDS)
  .map(({ usage, does }) => `  ${usage.padEnd(34)}${does}`)
  .join('\n');

/** What a command line answers; refusals are answers too. */
export function runCommand(app: TinyTodo, user: EntityUid, line: string): string {
  const [name = '', ...args] = wordsOf(line);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  try {
    if (command === undefined) throw new Mistake(`there is no command \`${name}\``);
    return command.run(app, user, args);
  } catch (error) {
    if (error instanceof Denied) return `denied: ${error.message}`;
    if (error instanceof Mistake) return `mistake: ${error.message}`;
    throw error;
  }
}

function need(word: string | undefined, what: string): string {
  if (word === undefined) throw new Mistake(`${what} is missing`);
  return word;
}

function titleOf({ id, name, owner }: List): string {
  return `${id}: ${name} (of ${owner.id})`;
}

function contentOf(list: List): string {
  const tasks = list.tasks.map(({ id, name, done }) => `  ${id} [${done ? 'x' : ' '}] ${name}`);
  return [titleOf(list), ...tasks].join('\n');
}
