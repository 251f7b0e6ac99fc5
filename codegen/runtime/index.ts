/**
 * Runtime — the entry for modules that were compiled ahead of time: all that emitted code needs, and nothing that makes code.
 */

export { Node } from './graph/node.ts';
export { LinkIndex } from './index/link-index.ts';
export { BoundModule } from './program/bound-module.ts';
export { ErrorLog } from './program/error-log.ts';
export type { Factory, Loaded } from './program/loaded.ts';
export type { PolicyModule } from './program/policy-module.ts';
export { EntityHandle } from './store/entity-handle.ts';
export { HandleStore } from './store/store.ts';
