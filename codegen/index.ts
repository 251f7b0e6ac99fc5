/**
 * Codegen — what the engines and the command line use of the compiler and its runtime. Nothing in `src/` imports anything deeper.
 */
export { BoundProgram } from './bind/bound-program.ts';
export { emitModule, emitPolicies, MODULE_DECLARATIONS, type ModuleFormat, runtimeNames } from './bind/module.ts';
export { RowPredicates } from './bind/row-predicate.ts';
export { entityLayoutsOf, requestTypesOf } from './bind/schema-types.ts';
export { CompiledPolicies } from './compile.ts';
export type { CompiledPolicy } from './compiled-policy.ts';
export type { AttributeKinds, Kind } from './ir/kind.ts';
export { CodeGenerationForbidden } from './load/load.ts';
export type { CodegenOptions } from './options.ts';
export type { RequestTypes } from './plan/request-types.ts';
export { type FieldTest, type FieldType, isSimplePattern, type RowFunction, type RowTest } from './plan/row-test.ts';
export type { Check } from './print/check.ts';
export { jsonSource } from './print/source-text.ts';
export { takeField, takeId } from './runtime/evaluate/field-value.ts';
export { mapProbe } from './runtime/evaluate/plain-value.ts';
export type { CallReader } from './runtime/graph/call-reader.ts';
export type { CallReading } from './runtime/graph/call-reading.ts';
export type { Graph } from './runtime/graph/graph.ts';
export type { Node } from './runtime/graph/node.ts';
export { PreparedContext } from './runtime/graph/prepared-context.ts';
export type { CallEntities, RequestGraph } from './runtime/graph/request-graph.ts';
export { BoundModule } from './runtime/program/bound-module.ts';
export { ErrorLog } from './runtime/program/error-log.ts';
export type { Dispatcher, Loaded } from './runtime/program/loaded.ts';
export type { PolicyModule } from './runtime/program/policy-module.ts';
export { SatisfiedSet } from './runtime/program/satisfied-set.ts';
export { ABI, VERSION } from './runtime/program/version.ts';
export { EntityHandle } from './runtime/store/entity-handle.ts';
export { type Follower, HandleStore } from './runtime/store/store.ts';
