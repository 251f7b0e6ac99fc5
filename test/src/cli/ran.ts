/**
 * Ran — what one invocation of a command did, in a folder of its own with the files of the invocations.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommandLine } from '../../../src/cli/run.ts';
import { FILES, type Invocation } from './invocation.ts';

export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
  /** What the file of the invocation holds afterwards. */
  readonly file?: string | undefined;
}

/** The official command, or another program. */
export function ranProgram(program: readonly string[], invocation: Invocation): Ran {
  return inFolder(invocation, (cwd) => {
    const [command, ...first] = program;
    const { status, stdout, stderr, error } = spawnSync(command!, [...first, ...invocation.args], {
      cwd,
      input: invocation.input ?? '',
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', CEDAR_ERROR_FORMAT: 'human' },
    });
    if (error !== undefined) throw error;
    return { exit: status!, out: stdout, err: stderr };
  });
}

/** Our command, in this process; one that reads standard input in another. */
export function ran(invocation: Invocation): Ran {
  const main = join(import.meta.dirname, '../../../src/cli/main.ts');
  if (invocation.input !== undefined) return ranProgram([process.execPath, '--import', TSX, main], invocation);
  return inFolder(invocation, (folder) => {
    const before = process.cwd();
    let [out, err] = ['', ''];
    process.chdir(folder);
    try {
      const exit = runCommandLine(invocation.args, {
        out: (text) => {
          out += text;
        },
        err: (text) => {
          err += text;
        },
      });
      return { exit, out, err };
    } finally {
      process.chdir(before);
    }
  });
}

const TSX = import.meta.resolve('tsx');

function inFolder({ file }: Invocation, run: (folder: string) => Ran): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-cli-'));
  try {
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const result = run(folder);
    if (file === undefined) return result;
    const path = join(folder, file);
    return { ...result, file: existsSync(path) ? readFileSync(path, 'utf8') : 'absent' };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
