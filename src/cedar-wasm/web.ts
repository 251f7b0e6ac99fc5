/**
 * Web — the entry that stands for `@cedar-policy/cedar-wasm/web`: the same functions, and what loads WebAssembly there.
 *
 * There is nothing to load here: `init` and `initSync` do nothing, so that code which calls them before anything else runs as it is.
 */

export * from './index.ts';

/** Where the WebAssembly module would come from; it is not looked at. */
export type InitInput = unknown;
export type SyncInitInput = unknown;

/** The official package gives the exports of its WebAssembly module, which are of no use to anyone but itself. */
export type InitOutput = Readonly<Record<string, unknown>>;

const OUTPUT: InitOutput = Object.freeze({});

/** Does nothing, at once. */
export function initSync(_module?: { module: SyncInitInput } | SyncInitInput): InitOutput {
  return OUTPUT;
}

/** Does nothing; the promise is fulfilled. */
function init(_from?: { module_or_path: InitInput | Promise<InitInput> } | InitInput): Promise<InitOutput> {
  return Promise.resolve(OUTPUT);
}

export { init as default };
