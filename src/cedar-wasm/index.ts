/**
 * Cedar-wasm — the entry of the drop-in for @cedar-policy/cedar-wasm; it only re-exports.
 */

export * from './functions.ts';
export type * from './type/answer.ts';
export type * from './type/call.ts';
export type * from './type/policy.ts';
export type * from './type/schema.ts';
export { getCedarLangVersion, getCedarSDKVersion, getCedarVersion } from './version.ts';
