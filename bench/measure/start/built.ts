/**
 * Built — the package as it would be published, built into a folder of its own, with a module that its command line compiled.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where an application imports from. */
export interface Doors {
  /** The main entry of the package, which has the compiler. */
  readonly compiler: string;
  /** The entry of modules that were compiled ahead of time. */
  readonly runtime: string;
  /** Such a module. */
  readonly module: string;
}

export interface Built {
  /** As Node finds them in an installed package. */
  readonly files: Doors;
  /** The same in one file, with what the application does not use left out. */
  readonly bundled: Doors;
  /** A module that imports nothing. */
  readonly standalone: string;
  remove(): void;
}

export async function builtPackage(): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-start-'));
  try {
    return { ...(await builtIn(folder)), remove: () => rmSync(folder, { recursive: true }) };
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
}

async function builtIn(folder: string): Promise<Omit<Built, 'remove'>> {
  const at = (path: string) => join(folder, path);
  // With the package's name in it, a module that lies here finds the runtime here.
  cpSync(join(root, 'package.json'), at('package.json'));
  symlinkSync(join(root, 'node_modules'), at('node_modules'));
  run('npm', '--prefix', root, 'run', 'build', '--', '--code');
  cpSync(join(root, 'dist'), at('dist'), { recursive: true });
  const policies = fileURLToPath(new URL('policies.cedar', import.meta.url));
  run(process.execPath, at('dist/src/cli/main.js'), 'compile', '-p', policies, '-o', at('policies.js'));
  run(
    process.execPath,
    at('dist/src/cli/main.js'),
    'build',
    '-p',
    policies,
    '--standalone',
    '-o',
    at('standalone.mjs'),
  );
  await bundle(at('compiler.js'), folder, "export { compile, EntityStore } from './dist/src/index.js';");
  await bundle(
    at('ahead.js'),
    folder,
    "export { EntityStore, load } from './dist/src/runtime.js'; export { policies } from './policies.js';",
  );
  return {
    files: {
      compiler: at('dist/node/src/index.js'),
      runtime: at('dist/node/src/runtime.js'),
      module: at('policies.js'),
    },
    bundled: { compiler: at('compiler.js'), runtime: at('ahead.js'), module: at('ahead.js') },
    standalone: at('standalone.mjs'),
  };
}

async function bundle(outfile: string, resolveDir: string, contents: string): Promise<void> {
  await build({
    stdin: { contents, resolveDir },
    outfile,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
  });
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}
