/**
 * Build cache — what was built of a policy file, kept on disk, so that a bundler that starts again reads it instead of building.
 *
 *     name of an entry = digest of the file's path and the options      one entry for each import; a new build takes its place
 *     `inputs` in it   = digest of the compiler and of all texts read   an entry of other inputs is built again
 *
 * Builds that fail are not kept. An entry that cannot be read, or does not have its own digest, counts as none. The folder is `node_modules/.cache`,
 * where other tools keep theirs: who can write there can change the compiler itself.
 *
 * Technique: content-addressed cache. The module is a file of its own, so that the types are found without reading it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, type Built, build } from '../build/build.ts';
import { policyFiles } from '../build/policy-files.ts';
import type { ReadFile } from '../build/read-policies.ts';
import type { SourceMap } from '../build/source-map.ts';
import { writeText } from '../build/written-file.ts';

/** What stands in an entry beside the module and its map. */
interface Entry extends Omit<Built, 'code' | 'map'> {
  readonly inputs: string;
  /** The digest of the module and of its map, which may be of another build if a process ended between two writings. */
  readonly outputs: string;
}

export class BuildCache {
  readonly #folder: string;
  readonly #compiler: string;

  /** `compiler` names the code that builds: entries of another one are not taken. */
  constructor(folder: string, compiler: string) {
    this.#folder = folder;
    this.#compiler = compiler;
  }

  /** As `build`, from the cache if that has it. Throws `BuildError`. */
  build(options: BuildOptions, readFile: ReadFile): Built {
    const inputs = this.#inputs(options, readFile);
    const place = this.#place(options);
    const known = inputs === undefined ? undefined : this.#read(place, inputs);
    if (known !== undefined) return known;
    const built = build(options, readFile);
    if (inputs !== undefined) this.#write(place, inputs, built);
    return built;
  }

  /** The declarations of the same build, if the cache has it. */
  declarations(options: BuildOptions, readFile: ReadFile): string | undefined {
    const inputs = this.#inputs(options, readFile);
    return inputs === undefined ? undefined : this.#entry(this.#place(options), inputs)?.declarations;
  }

  #place(options: BuildOptions): string {
    return join(this.#folder, digestOf([JSON.stringify(options)]).slice(0, 32));
  }

  /** The digest of all that a build depends on; `undefined` if something is not there, which the build itself tells. */
  #inputs(options: BuildOptions, readFile: ReadFile): string | undefined {
    const root = resolve(options.root ?? '.');
    try {
      const others = [...(options.schema ?? []), options.links, options.entities].flatMap((path) => path ?? []);
      const paths = [...policyFiles(options.policies, root), ...others.map((path) => resolve(root, path))];
      return digestOf([this.#compiler, ...paths.flatMap((path) => [path, readFile(path)])]);
    } catch {
      return undefined;
    }
  }

  #entry(place: string, inputs: string): Entry | undefined {
    try {
      const entry: Entry = JSON.parse(readFileSync(`${place}.json`, 'utf8'));
      return entry.inputs === inputs ? entry : undefined;
    } catch {
      return undefined;
    }
  }

  #read(place: string, inputs: string): Built | undefined {
    const entry = this.#entry(place, inputs);
    if (entry === undefined) return undefined;
    try {
      const [code, map] = [readFileSync(`${place}.js`, 'utf8'), readFileSync(`${place}.js.map`, 'utf8')];
      if (digestOf([code, map]) !== entry.outputs) return undefined;
      const { declarations, warnings, files, folders } = entry;
      return { code, map: JSON.parse(map) as SourceMap, declarations, warnings, files, folders };
    } catch {
      return undefined;
    }
  }

  /** A cache that cannot be written is none. */
  #write(place: string, inputs: string, { code, map, ...rest }: Built): void {
    const mapText = JSON.stringify(map);
    const entry: Entry = { ...rest, inputs, outputs: digestOf([code, mapText]) };
    try {
      mkdirSync(this.#folder, { recursive: true });
      writeText(`${place}.js`, code);
      writeText(`${place}.js.map`, mapText);
      writeText(`${place}.json`, JSON.stringify(entry));
    } catch {
      return;
    }
  }
}

/** The folder of the cache for a project; `undefined` where no `node_modules` is at its root or above. */
export function cacheFolder(root: string): string | undefined {
  const modules = join(root, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache', 'cedarmill');
  return dirname(root) === root ? undefined : cacheFolder(dirname(root));
}

/** Each text with its length, so that no two lists have one digest. */
function digestOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(`${text.length}:`).update(text);
  return hash.digest('hex');
}
