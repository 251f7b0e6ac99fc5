/**
 * Script — a morning with TinyTodo: `npx tsx examples/tinytodo/script.ts`.
 */
import { EntityUid } from '../../src/index.ts';
import { runCommand } from './command.ts';
import { TinyTodo } from './tinytodo.ts';

export const MORNING: readonly (readonly [user: string, line: string])[] = [
  ['andrew', 'create "Cedar blog post"'],
  ['kesha', 'create "My internship"'],
  ['andrew', 'task 0 "write the outline"'],
  ['emina', 'get 0'],
  ['andrew', 'share 0 readers team:interns'],
  ['kesha', 'get 0'],
  ['kesha', 'toggle 0 1'],
  ['andrew', 'share 0 editors emina'],
  ['emina', 'task 0 "draw the pictures"'],
  ['emina', 'toggle 0 1'],
  ['aaron', 'lists'],
  ['kesha', 'lists'],
  ['emina', 'delete 0'],
  ['andrew', 'archive 0'],
  ['emina', 'toggle 0 2'],
  ['andrew', 'delete 0'],
];

/** Each line with its answer. */
export function runScript(app: TinyTodo): string[] {
  return MORNING.map(([user, line]) => `${user}> ${line}\n${runCommand(app, new EntityUid('User', user), line)}`);
}

if (process.argv[1]?.endsWith('script.ts')) console.log(runScript(new TinyTodo()).join('\n'));
