/**
 * Runtime — the entry for modules that were compiled ahead of time: all that emitted code needs, and nothing that makes code.
 */

export { Node } from './graph/node.ts';
export { ErrorLog } from './program/error-log.ts';
export { BoundModule, type Factory, type Loaded, type PolicyModule } from './program/loaded.ts';
export { EntityHandle } from './store/entity-handle.ts';
export { HandleStore } from './store/store.ts';
