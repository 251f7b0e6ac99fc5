/**
 * Bun — the plugin for it, for its bundler and its runtime.
 *
 *     import cedarmill from 'cedarmill/bun';
 *     Bun.plugin(cedarmill());                         // bunfig.toml: preload
 *     await Bun.build({ …, plugins: [cedarmill()] });
 */
import { resolve } from 'node:path';
import { requireOptions } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';
import { buildPolicyFile } from './policy-build.ts';

export type { PluginOptions } from './plugin-options.ts';

interface Load {
  readonly path: string;
}

/** The part of Bun's builder that is needed. */
export interface Builder {
  onLoad(
    constraints: { readonly filter: RegExp },
    load: (args: Load) => { readonly contents: string; readonly loader: 'js' },
  ): unknown;
}

export interface Plugin {
  readonly name: string;
  setup(build: Builder): void;
}

/** Builds `.cedar` files that are imported. */
export function cedarmill(options: PluginOptions = {}): Plugin {
  requireOptions(options);
  const root = resolve(options.root ?? '.');
  return {
    name: 'cedarmill',
    setup(build) {
      build.onLoad({ filter: /\.cedar$/ }, ({ path }) => {
        const { code, warningTexts } = buildPolicyFile(path, options, root);
        for (const warning of warningTexts) console.warn(warning);
        return { contents: code, loader: 'js' };
      });
    },
  };
}

export { cedarmill as default };
