/**
 * Instrument — bundles a test with a call of `tick` at the beginning of every function of the library.
 *
 * Technique: esbuild strips the types of each file, acorn finds the functions, and text is put in at their beginnings. What the library makes of text
 * at run time is left as it is: it calls functions of the library all the time.
 */
import { readFileSync } from 'node:fs';
import { type Node, parse } from 'acorn';
import { build, type Plugin, transform } from 'esbuild';
import { ROOT } from '../drt/bundle.ts';

const LIBRARY = /\/(codegen|src)\/.*\.ts$/;
const TICK = `${ROOT}test/exceptions/tick.ts`;

/** The path of the module. */
export async function bundleWithTicks(entry: string): Promise<string> {
  const outfile = `${ROOT}node_modules/.cache/cedarmill/ticks-${process.pid}/${entry.replace(/^.*\/|\.ts$/g, '')}.mjs`;
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins: [ticking],
  });
  return outfile;
}

const ticking: Plugin = {
  name: 'ticks',
  setup({ onLoad }) {
    onLoad({ filter: LIBRARY }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, 'utf8'), { loader: 'ts', format: 'esm', target: 'es2022' });
      return { contents: `import { tick as $tick } from ${JSON.stringify(TICK)};\n${withTicks(code)}`, loader: 'js' };
    });
  },
};

/** The text with a call at the beginning of every function. */
export function withTicks(code: string): string {
  const places: (readonly [at: number, text: string])[] = [];
  for (const { body, type } of functionsOf(parse(code, { ecmaVersion: 2022, sourceType: 'module' }))) {
    if (body.type === 'BlockStatement') places.push([body.start + 1, '$tick();']);
    else if (type === 'ArrowFunctionExpression') places.push([body.start, '($tick(), '], [body.end, ')']);
  }
  // From the end on, so that no place moves; at one place, what closes an inner function comes before what closes an outer one.
  const sorted = places.map((place, i) => ({ place, i })).sort((a, b) => b.place[0] - a.place[0] || b.i - a.i);
  return sorted.reduce((text, { place: [at, insert] }) => text.slice(0, at) + insert + text.slice(at), code);
}

interface FunctionNode {
  readonly type: string;
  readonly body: Node;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

function* functionsOf(tree: Node): IterableIterator<FunctionNode> {
  const open: unknown[] = [tree];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if ('type' in next && FUNCTIONS.has(next.type as string)) yield next as FunctionNode;
    open.push(...Object.values(next));
  }
}
