/**
 * Register — `import engine from './policies.cedar'` in Node without a bundler:
 *
 *     node --import cedarmill/register app.js
 *
 * Technique: module customization hooks. Node from 22.15 on has hooks in the thread itself, for `require` too; before that, a thread of hooks loads this
 * file once more, and only its `load` counts there.
 */
import * as nodeModule from 'node:module';
import { load } from './load-hook.ts';

export { load };

const HOOKS = '?hooks';

interface Hooks {
  registerHooks?(hooks: { readonly load: typeof load }): unknown;
  register(url: string): void;
}

const hooks = nodeModule as unknown as Hooks;
if (hooks.registerHooks !== undefined) hooks.registerHooks({ load });
else if (!import.meta.url.endsWith(HOOKS)) hooks.register(`${import.meta.url}${HOOKS}`);
