/**
 * Bundle — a TypeScript entry and all it imports as one module that plain Node can run, with or without a bug put in, and with the library as it is or
 * instrumented.
 *
 * The bundle stands under node_modules, so that packages which are left out of it are found.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, transform } from 'esbuild';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A change of one file: exact text and what stands in its place. */
export interface Patch {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** Text that is put into the files of the library (test/exceptions/instrument.ts). */
export interface Instrumentation {
  readonly name: string;
  /** The code of a file in JavaScript → that with the text. */
  readonly instrument: (code: string) => string;
}

/** Bundles `entry` (relative to the root) and gives the path of the module. */
export async function bundle(
  entry: string,
  patch?: Patch,
  name = 'whole',
  instrumentation?: Instrumentation,
): Promise<string> {
  const folder = [name, instrumentation?.name, process.pid].filter((part) => part !== undefined).join('-');
  const outfile = `${ROOT}node_modules/.cache/cedarmill/${folder}/${entry.replace(/^.*\/|\.ts$/g, '')}.mjs`;
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    external: ['@cedar-policy/cedar-wasm', 'bignumber.js', 'esbuild', 'fast-check', 'sql.js', 'sql.js/*'],
    logLevel: 'error',
    plugins: [
      ...(patch === undefined ? [] : [patching(patch, instrumentation)]),
      ...(instrumentation === undefined ? [] : [instrumenting(instrumentation)]),
    ],
  });
  return outfile;
}

const LIBRARY = new RegExp(`^${escaped(ROOT)}(codegen|src)/`);

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function patching({ path, before, after }: Patch, instrumentation: Instrumentation | undefined): Plugin {
  return {
    name: 'patch',
    setup({ onLoad, onEnd }) {
      let isApplied = false;
      onLoad({ filter: new RegExp(`/${escaped(path)}$`) }, async (file) => {
        isApplied = true;
        const contents = patched(readFileSync(file.path, 'utf8'), before, after, path);
        if (instrumentation !== undefined && LIBRARY.test(file.path))
          return { contents: await instrumented(contents, instrumentation), loader: 'js' };
        return { contents, loader: path.endsWith('.js') ? 'js' : 'ts' };
      });
      // A patch of a file that nothing loads would survive every test.
      onEnd(() => (isApplied ? undefined : { errors: [{ text: `${path} is not part of the bundle` }] }));
    },
  };
}

function instrumenting(instrumentation: Instrumentation): Plugin {
  return {
    name: instrumentation.name,
    setup({ onLoad }) {
      onLoad({ filter: LIBRARY }, async ({ path }) => ({
        contents: await instrumented(readFileSync(path, 'utf8'), instrumentation),
        loader: 'js',
      }));
    },
  };
}

async function instrumented(text: string, { instrument }: Instrumentation): Promise<string> {
  const { code } = await transform(text, { loader: 'ts', format: 'esm', target: 'es2022' });
  return instrument(code);
}

/** Throws unless the text stands there exactly once. */
export function patched(text: string, before: string, after: string, path: string): string {
  const parts = text.split(before);
  if (parts.length !== 2) throw new Error(`${path}: expected once, found ${parts.length - 1} times: ${before}`);
  return parts.join(after);
}
