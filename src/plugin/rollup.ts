/**
 * Rollup — the plugin for it.
 *
 *     import cedarmill from 'cedarmill/rollup';
 *     … plugins: [cedarmill({ schema: 'app.cedarschema' })]
 */

import { unplugin } from './plugin.ts';
import type { PluginOptions } from './plugin-options.ts';

export type { PluginOptions } from './plugin-options.ts';

/** What the bundler takes for a plugin, as far as its types ask: they need not be installed. */
export type Plugin = { readonly name: string };

/** Builds `.cedar` files that are imported. */
export function cedarmill(options?: PluginOptions): Plugin {
  return unplugin.rollup(options) as unknown as Plugin;
}

export { cedarmill as default };
