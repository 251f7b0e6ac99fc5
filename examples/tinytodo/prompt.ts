/**
 * Prompt — TinyTodo by hand: `npx tsx examples/tinytodo/prompt.ts`.
 */
import { createInterface } from 'node:readline/promises';
import { EntityUid } from '../../src/index.ts';
import { HELP, runCommand } from './command.ts';
import { TinyTodo } from './tinytodo.ts';

const app = new TinyTodo();
let user = new EntityUid('User', 'andrew');
const terminal = createInterface({ input: process.stdin, output: process.stdout });
console.log(
  `TinyTodo. Commands:\n${HELP}\n  ${'user NAME'.padEnd(34)}be someone else: andrew, emina, aaron, kesha (an intern)`,
);
terminal.setPrompt('andrew> ');
terminal.prompt();
for await (const line of terminal) {
  const change = /^\s*user\s+(\S+)\s*$/.exec(line);
  if (change?.[1] !== undefined) user = new EntityUid('User', change[1]);
  else if (line.trim() !== '') console.log(runCommand(app, user, line));
  terminal.setPrompt(`${user.id}> `);
  terminal.prompt();
}
