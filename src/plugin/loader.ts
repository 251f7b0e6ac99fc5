/**
 * Loader — a plain webpack loader, for Turbopack, and for whoever has loaders and no plugins.
 *
 *     turbopack: { rules: { '*.cedar': { loaders: ['cedarmill/loader'], as: '*.js' } } }
 */
import { resolve } from 'node:path';
import type { SourceMap } from '../build/source-map.ts';
import { type HotInterface, withHotReplacement } from './hot.ts';
import { type HotLoaderContext, orLastGood } from './last-good-build.ts';
import { policyImport, requireOptions } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';
import { buildPolicyFile, type PlacedError, watchedFiles } from './policy-build.ts';

/** The part of a loader's context that is needed; Turbopack has some of it only. */
export interface LoaderContext extends HotLoaderContext {
  readonly resourcePath: string;
  readonly resourceQuery?: string | undefined;
  readonly rootContext?: string | undefined;
  readonly mode?: string | undefined;
  getOptions?(): PluginOptions;
  addDependency?(path: string): void;
  addMissingDependency?(path: string): void;
  emitWarning?(warning: Error): void;
  callback?(error: null, code: string, map: SourceMap): void;
}

/** The module of the policies in `text`; with its source map where the context has a way to give it. */
export function cedarmillLoader(this: LoaderContext, text: string): string | undefined {
  const options = { ...this.getOptions?.() };
  requireOptions(options);
  const asked = policyImport(`${this.resourcePath}${this.resourceQuery ?? ''}`);
  if (asked === undefined) return text;
  const { file, query } = asked;
  const root = resolve(options.root ?? this.rootContext ?? '.');
  for (const path of watchedFiles(file, options)) this.addMissingDependency?.(resolve(root, path));
  const id = `${this.resourcePath}${this.resourceQuery ?? ''}`;
  const built = orLastGood(this, id, () => framed(() => buildPolicyFile(file, options, root, { text, query })));
  for (const path of built.watched) this.addDependency?.(resolve(root, path));
  for (const warning of built.warningTexts) this.emitWarning?.(new Error(warning));
  const hot = hotInterfaceOf(this);
  const code = hot === undefined ? built.code : withHotReplacement(built.code, hot);
  if (this.callback === undefined) return code;
  this.callback(null, code, built.map);
  return undefined;
}

/** Turbopack has neither `hot` nor a compiler that loaders see; while it develops, its modules have an interface of their own. */
function hotInterfaceOf({ hot, mode, _compiler: compiler }: LoaderContext): HotInterface | undefined {
  if (hot === true) return 'webpack';
  return hot === undefined && compiler === undefined && mode === 'development' ? 'turbopack' : undefined;
}

function framed<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { frame, message } = error as PlacedError;
    throw frame === undefined ? error : new Error(`${message}\n${frame}`, { cause: error });
  }
}

export { cedarmillLoader as default };
