/**
 * Runtime — the entry of built modules: what they run on and what their declarations name. Nothing here parses or compiles policies.
 */
export type { PreparedContext } from '../codegen/index.ts';
export { LinkIndex, Node } from '../codegen/runtime/index.ts';
export type { Decisions, EntitiesInput } from './engine/engine.ts';
export { type BuiltEntity, type EntityBuilders, entityBuilders } from './engine/entity-builders.ts';
export { EntityStore } from './engine/entity-store.ts';
export type { RequestInput } from './engine/input/request-input.ts';
export type { UidInput } from './engine/input/uid-input.ts';
export { load, type ModuleEngine, schemaOf } from './engine/module-engine.ts';
export type {
  DatetimeInput,
  EntityInputOf,
  EntityOf,
  ExtensionInput,
  RequestOf,
  ResponseOf,
  SetInput,
  TypedModule as PolicyModule,
  TypedSchema,
  Uid,
  UidOf,
} from './engine/typed-input.ts';
export type { EntityEntryOf } from './engine/typed-value.ts';
