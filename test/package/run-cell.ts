/**
 * Run cell — writes its project and runs its steps; what went wrong, or nothing.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cell, Step } from './cell.ts';
import type { Workspace } from './workspace.ts';

/** Against what hangs: the slowest cell takes a tenth of it on a quiet machine. */
const LIMIT = 300_000;

export type Outcome = { readonly state: 'ok' } | { readonly state: 'failed' | 'absent'; readonly why: string };

export async function runCell(cell: Cell, workspace: Workspace): Promise<Outcome> {
  const folder = join(workspace.folder, 'cells', cell.name.replace(/[^\w.-]+/g, '-'));
  for (const [name, text] of Object.entries(cell.files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  for (const step of cell.steps) {
    const program = programOf(step, workspace);
    if (program === undefined) return { state: 'absent', why: `\`${step.program}\` is not installed here` };
    const why = await runStep(step, program, join(folder, step.folder ?? ''));
    if (why !== undefined) return { state: 'failed', why };
  }
  return { state: 'ok' };
}

/** The command and the arguments that come before those of the step. */
function programOf({ program }: Step, { tools }: Workspace): readonly string[] | undefined {
  if (program === 'node') return [process.execPath];
  const path = program.startsWith('node-') ? join(tools, program, 'bin/node') : join(tools, program);
  if (!existsSync(path)) return undefined;
  return program.startsWith('node-') || program.startsWith('.bin/') ? [path] : [process.execPath, path];
}

function runStep(step: Step, [command, ...first]: readonly string[], cwd: string): Promise<string | undefined> {
  const args = [...first, ...step.args];
  return new Promise((resolve) => {
    const child = spawn(command!, args, {
      cwd,
      env: { ...process.env, ...step.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: string[] = [];
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => output.push(String(data)));
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const text = output.join('');
      const told = `$ ${step.program} ${step.args.join(' ')}\n${text.slice(-4000)}`;
      if (code !== 0) resolve(`${told}\nended with ${signal ?? code}`);
      else if (step.expect !== undefined && !step.expect.test(text))
        resolve(`${told}\nprinted nothing like ${step.expect}`);
      else resolve(undefined);
    });
  });
}
