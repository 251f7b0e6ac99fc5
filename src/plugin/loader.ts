/**
 * Loader — a plain webpack loader, for Turbopack, and for whoever has loaders and no plugins.
 *
 *     turbopack: { rules: { '*.cedar': { loaders: ['cedarmill/loader'], as: '*.js' } } }
 */
import { resolve } from 'node:path';
import { withHotReplacement } from './hot.ts';
import { type HotLoaderContext, orLastGood } from './last-good-build.ts';
import { policyImport, requireOptions } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';
import { buildPolicyFile, type PlacedError, watchedFiles } from './policy-build.ts';

/** The part of a loader's context that is needed; Turbopack has some of it only. */
export interface LoaderContext extends HotLoaderContext {
  readonly resourcePath: string;
  readonly resourceQuery?: string | undefined;
  readonly rootContext?: string | undefined;
  getOptions?(): PluginOptions;
  addDependency?(path: string): void;
  addMissingDependency?(path: string): void;
  emitWarning?(warning: Error): void;
}

/** The module of the policies in `text`. */
export function cedarmillLoader(this: LoaderContext, text: string): string {
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
  return this.hot === true ? withHotReplacement(built.code, 'webpack') : built.code;
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
