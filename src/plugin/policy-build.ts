/**
 * Policy build — one policy file as a bundler imports it: its module, its declarations on disk, and errors as bundlers show them.
 */
import { basename } from 'node:path';
import { ABI, VERSION } from '../../codegen/index.ts';
import { type BuildOptions, type Built, build, buildDeclarations } from '../build/build.ts';
import { BuildError, frameOf, messageOf, type Problem, placeOf } from '../build/problem.ts';
import { type ReadFile, readFromDisk } from '../build/read-policies.ts';
import { writeText } from '../build/written-file.ts';
import { BuildCache, cacheFolder } from './build-cache.ts';
import { buildOptions, type ImportQuery, schemaCandidates } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';

export interface PolicyBuild extends Built {
  /** All files whose change, coming or going may change the module. */
  readonly watched: readonly string[];
  /** One line each. */
  readonly warningTexts: readonly string[];
}

/** An error in the form that Rollup and Vite know: they show `frame`, and `loc` leads an editor to the place. */
export interface PlacedError extends Error {
  id?: string;
  plugin?: string;
  code?: string;
  frame?: string;
  loc?: { file: string; line: number; column: number };
}

/** `text` is what the bundler read; the file is read where it did not. Throws `PlacedError`. */
export function buildPolicyFile(
  file: string,
  options: PluginOptions,
  root: string,
  { text, query }: { readonly text?: string | undefined; readonly query?: ImportQuery | undefined } = {},
): PolicyBuild {
  const readFile = (path: string) => (path === file && text !== undefined ? text : readFromDisk(path));
  try {
    const built = cachedBuild(buildOptions(file, options, root, query), readFile, options, root);
    if (options.types !== false && query?.actions === undefined) writeDeclarations(file, built.declarations);
    return { ...built, watched: watchedFiles(file, options, built.files), warningTexts: built.warnings.map(shown) };
  } catch (error) {
    throw error instanceof BuildError ? placedError(error, file) : error;
  }
}

/**
 * Writes the declarations of a policy file if they are others than before, without building its module. Text that does not parse has none, and is reported
 * when it is imported.
 */
export function refreshDeclarations(file: string, options: PluginOptions, root: string): void {
  const asked = buildOptions(file, options, root);
  try {
    const known = cacheOf(options, root)?.declarations(asked, readFromDisk);
    writeDeclarations(file, known ?? buildDeclarations(asked));
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
  }
}

function cachedBuild(asked: BuildOptions, readFile: ReadFile, options: PluginOptions, root: string): Built {
  return cacheOf(options, root)?.build(asked, readFile) ?? build(asked, readFile);
}

/** This file's own name has the digest of its code where the package is built; run from its sources, the compiler changes under one version. */
const OWN_NAME = basename(import.meta.url);

function cacheOf({ cache }: PluginOptions, root: string): BuildCache | undefined {
  const folder = cache === false || OWN_NAME.endsWith('.ts') ? undefined : cacheFolder(root);
  return folder === undefined ? undefined : new BuildCache(folder, `${VERSION} ${ABI} ${OWN_NAME}`);
}

/** `policies.cedar` → `policies.d.cedar.ts`, which `allowArbitraryExtensions` finds. */
export function declarationsOf(file: string): string {
  return file.replace(/\.cedar$/, '.d.cedar.ts');
}

function writeDeclarations(file: string, text: string): void {
  writeText(declarationsOf(file), text);
}

/** What is watched when nothing could be built either, so that mending it builds again. */
export function watchedFiles(file: string, options: PluginOptions, read: readonly string[] = []): string[] {
  const schemas = options.schema === undefined ? schemaCandidates(file) : [options.schema || []].flat();
  return [...new Set([...read, ...schemas, ...[options.links ?? [], options.entities ?? []].flat()])].filter(
    (path) => path !== file,
  );
}

function placedError(error: BuildError, file: string): PlacedError {
  const [first] = error.problems;
  const placed: PlacedError = new Error(error.problems.map(messageOf).join('\n'), { cause: error });
  placed.plugin = 'cedarmill';
  placed.id = file;
  if (first === undefined) return placed;
  placed.code = first.diagnostic.code;
  placed.frame = error.problems.map(frameOf).join('\n');
  const place = placeOf(first);
  if (place !== undefined) placed.loc = place;
  return placed;
}

function shown(problem: Problem): string {
  return `${messageOf(problem)}\n${frameOf(problem)}`;
}
