/**
 * Bundle — a TypeScript entry and all it imports as one module that plain Node can run, with or without a bug put in.
 *
 * The bundle stands under node_modules, so that packages which are left out of it are found.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A change of one file: exact text and what stands in its place. */
export interface Patch {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Bundles `entry` (relative to the root) and gives the path of the module. */
export async function bundle(entry: string, patch?: Patch, name = 'whole'): Promise<string> {
  const outfile = `${ROOT}node_modules/.cache/cedarmill/${name}-${process.pid}/${entry.replace(/^.*\/|\.ts$/g, '')}.mjs`;
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    external: ['@cedar-policy/cedar-wasm', 'bignumber.js', 'esbuild', 'fast-check', 'sql.js'],
    logLevel: 'error',
    plugins: patch === undefined ? [] : [patching(patch)],
  });
  return outfile;
}

function patching({ path, before, after }: Patch): Plugin {
  return {
    name: 'patch',
    setup({ onLoad, onEnd }) {
      let isApplied = false;
      const escaped = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      onLoad({ filter: new RegExp(`/${escaped}$`) }, (file) => {
        isApplied = true;
        return {
          contents: patched(readFileSync(file.path, 'utf8'), before, after, path),
          loader: path.endsWith('.js') ? 'js' : 'ts',
        };
      });
      // A patch of a file that nothing loads would survive every test.
      onEnd(() => (isApplied ? undefined : { errors: [{ text: `${path} is not part of the bundle` }] }));
    },
  };
}

/** Throws unless the text stands there exactly once. */
export function patched(text: string, before: string, after: string, path: string): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${path}: expected once, found ${parts.length - 1} times: ${before}`);
  return parts.join(after);
}
