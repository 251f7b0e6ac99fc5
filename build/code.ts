/**
 * Code — the JavaScript of the package: an ES build, the same as CommonJS, and the ES entries that Node takes.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { toCommonJs } from './commonjs.ts';
import { directImports } from './direct-imports.ts';
import { COMMAND, type Entry, GROUPS, outputsOf } from './entries.ts';
import { flatTemplates } from './flat-templates.ts';
import { ownMembersOnly } from './own-members.ts';

const OPTIONS = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'es2022',
  minifyWhitespace: true,
  minifySyntax: true,
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'chunk/[hash]',
  logLevel: 'warning',
  metafile: true,
  write: false,
} as const satisfies BuildOptions;

/**
 * Packages that are in the bundles instead of being installed with this one: there is no CommonJS form of them, which `require` would need on
 * older releases of Node. Their licences are shipped.
 */
const BUNDLED = ['get-east-asian-width'];

export async function buildCode(root: string): Promise<void> {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const plugins = [directImports(root)];
  const options = { ...OPTIONS, absWorkingDir: root, external: Object.keys(dependencies), plugins };
  for (const group of GROUPS) await buildGroup(root, options, group);
  const { outputFiles, metafile } = await build({ ...options, entryPoints: [COMMAND] });
  requireBundled(metafile);
  for (const { path, text } of outputFiles) write(path, finished(text));
  write(join(root, 'dist/third-party-licenses.txt'), BUNDLED.map((name) => licenseOf(root, name)).join('\n'));
  // Nearer than that of the package, which says `module`.
  write(join(root, 'dist/cjs/package.json'), `${JSON.stringify({ type: 'commonjs', sideEffects: false })}\n`);
}

async function buildGroup(
  root: string,
  options: typeof OPTIONS & Pick<BuildOptions, 'absWorkingDir' | 'external' | 'plugins'>,
  group: readonly Entry[],
): Promise<void> {
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: [...new Set(group.map(({ source }) => source))],
  });
  requireBundled(metafile);
  for (const { path, text } of outputFiles) {
    const code = finished(text);
    write(path, code);
    if (group.every(({ moduleOnly }) => moduleOnly === true)) continue;
    write(
      join(root, 'dist/cjs', relative(join(root, 'dist'), path)),
      `${toCommonJs(code)}${defaultOf(path, root, group)}`,
    );
  }
  for (const entry of group) {
    if (entry.esmOnly === true || entry.ownCopy === true) continue;
    const { esm, node, cjs } = outputsOf(entry);
    const names = metafile.outputs[esm.slice(2)]!.exports;
    write(join(root, node), `export{${names.join(',')}}from${JSON.stringify(relative(dirname(node), cjs))};\n`);
  }
}

function finished(code: string): string {
  return flatTemplates(ownMembersOnly(code));
}

/** `require` of a tool gives its default export, with the others as members. */
function defaultOf(path: string, root: string, group: readonly Entry[]): string {
  const isTool = group.some((entry) => entry.ownCopy === true && join(root, outputsOf(entry).esm) === path);
  return isTool ? 'module.exports=Object.assign(exports.default,exports);\n' : '';
}

/** Throws if a package got into a bundle that nobody decided to put there. */
function requireBundled({ inputs }: Metafile): void {
  const packages = Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  const foreign = packages.find((name) => !BUNDLED.includes(name));
  if (foreign !== undefined) throw new Error(`\`${foreign}\` is neither a dependency nor to be bundled`);
}

function licenseOf(root: string, name: string): string {
  const folder = join(root, 'node_modules', name);
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`\`${name}\` has no licence to ship`);
  return `${name}\n\n${readFileSync(join(folder, file), 'utf8')}`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
