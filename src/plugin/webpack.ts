/**
 * webpack — the plugin for it.
 *
 *     import cedarmill from 'cedarmill/webpack';
 *     … plugins: [cedarmill({ schema: 'app.cedarschema' })]
 */

import { unplugin } from './plugin.ts';
import type { PluginOptions } from './plugin-options.ts';

export type { PluginOptions } from './plugin-options.ts';

/** What the bundler takes for a plugin, as far as its types ask: they need not be installed. */
export type Plugin = { apply(compiler: object): void };

/** Builds `.cedar` files that are imported. */
export function cedarmill(options?: PluginOptions): Plugin {
  return unplugin.webpack(options) as unknown as Plugin;
}

export { cedarmill as default };
