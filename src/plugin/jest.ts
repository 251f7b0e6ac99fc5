/**
 * Jest — a transform: `transform: { '\\.cedar$': 'cedarmill/jest' }`, with options as its second part.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VERSION } from '../../codegen/index.ts';
import { build } from '../build/build.ts';
import { readFromDisk } from '../build/read-policies.ts';
import type { SourceMap } from '../build/source-map.ts';
import { buildOptions, requireOptions } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';
import { watchedFiles } from './policy-build.ts';

export interface JestOptions {
  readonly config: { readonly rootDir: string };
  readonly transformerConfig?: PluginOptions | undefined;
  readonly supportsStaticESM?: boolean | undefined;
}

export interface JestTransformer {
  process(text: string, path: string, options: JestOptions): { code: string; map: SourceMap };
  getCacheKey(text: string, path: string, options: JestOptions): string;
}

/** Jest asks for ES modules or CommonJS, by how the test is run. Types are left to who builds. */
export const transformer: JestTransformer = {
  process(text, path, { config, transformerConfig = {}, supportsStaticESM }) {
    requireOptions(transformerConfig);
    const options = buildOptions(path, transformerConfig, config.rootDir);
    const readFile = (file: string) => (file === path ? text : readFromDisk(file));
    const { code, map } = build({ ...options, format: supportsStaticESM === true ? 'esm' : 'cjs' }, readFile);
    return { code, map };
  },

  /** Jest keeps what it transformed: a change of the schema must not find the old module. */
  getCacheKey(text, path, { config, transformerConfig = {}, supportsStaticESM }) {
    const hash = createHash('sha256');
    const files = watchedFiles(path, transformerConfig).map((file) => resolve(config.rootDir, file));
    const texts = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : null));
    hash.update(JSON.stringify([VERSION, text, path, transformerConfig, supportsStaticESM, files, texts]));
    return hash.digest('hex');
  },
};

export { transformer as default };
