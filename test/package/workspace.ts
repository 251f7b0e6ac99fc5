/**
 * Workspace — a temporary folder with the packed package and the alias package installed as users install them, and the tools of the cells beside.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALIAS } from '../../build/alias.ts';
import { json } from './cell.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const TOOLS = fileURLToPath(new URL('tools/', import.meta.url));

export interface Workspace {
  readonly folder: string;
  /** The package as it was unpacked. */
  readonly installed: string;
  /** The node_modules of the tools. */
  readonly tools: string;
  remove(): void;
}

export function makeWorkspace(): Workspace {
  if (!existsSync(join(ROOT, 'dist/src/index.js'))) throw new Error('there is no build to pack: npm run build');
  installTools();
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-package-'));
  writeFileSync(join(folder, 'package.json'), json({ name: 'workspace', private: true }));
  const pack = (from: string) =>
    join(folder, run('npm', ['pack', '--silent', '--pack-destination', folder], from).trim());
  const alias = `@cedar-policy/cedar-wasm@file:${pack(join(ROOT, ALIAS))}`;
  run('npm', ['install', '--silent', '--prefer-offline', '--no-audit', '--no-fund', pack(ROOT), alias], folder);
  const tools = join(TOOLS, 'node_modules');
  linkTools(tools, join(folder, 'node_modules'));
  return {
    folder,
    installed: join(folder, 'node_modules/cedarmill'),
    tools,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Only if the lock file has changed since they were last installed. */
function installTools(): void {
  const digest = createHash('sha256')
    .update(readFileSync(join(TOOLS, 'package-lock.json')))
    .digest('hex');
  const mark = join(TOOLS, 'node_modules/.installed');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'], TOOLS);
  writeFileSync(mark, digest);
}

/** Links, so that projects find the tools as their own. What the package itself needs is there already, and is not touched. */
function linkTools(from: string, to: string): void {
  for (const name of readdirSync(from).filter((each) => !each.startsWith('.'))) {
    const names = name.startsWith('@') ? readdirSync(join(from, name)).map((inner) => `${name}/${inner}`) : [name];
    for (const each of names) {
      if (existsSync(join(to, each))) continue;
      mkdirSync(dirname(join(to, each)), { recursive: true });
      symlinkSync(join(from, each), join(to, each));
    }
  }
}

function run(command: string, args: readonly string[], cwd: string): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}
