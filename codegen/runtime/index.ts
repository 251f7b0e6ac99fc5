/**
 * Runtime — the door for modules that were compiled ahead of time: all that emitted code needs, and nothing that makes code.
 */
export { BoundModule, type Factory, type Loaded, type PolicyModule } from './loaded.ts';
export { Node } from './node.ts';
export { Run } from './run.ts';
export { EntityHandle, HandleStore } from './store.ts';
