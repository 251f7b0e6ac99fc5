/**
 * Built text — the module around compiled policies: what it imports and exports.
 *
 *     import { load, Node, schemaOf } from 'cedarmill/runtime';
 *     export const policies = { … };
 *     export const schema = schemaOf(policies);
 *     const engine = load(policies);
 *     export { engine as default };
 *
 * Calls are marked as free of side effects, so that a bundler leaves out what is not imported.
 */
import { type CodegenOptions, emitPolicies, jsonSource, type ModuleFormat, runtimeNames } from '../../codegen/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { standaloneRuntime } from './standalone.ts';

export interface TextOptions {
  readonly format?: ModuleFormat | undefined;
  readonly standalone?: boolean | undefined;
  readonly schema: Schema | undefined;
  /** JSON text. */
  readonly entities: string | undefined;
}

const HEAD = [
  '// Written by cedarmill. Do not edit: change the policies or their schema, and build again. @generated',
  '/* eslint-disable */',
];

/** The same inputs give the same bytes. With marks for a source map (source-map.ts). */
export function builtText(set: PolicySet, codegen: CodegenOptions, options: TextOptions): string {
  const { format = 'esm', schema, entities } = options;
  const values = [['policies', emitPolicies(set, { ...codegen, schema }, true)] as const];
  const calls: (readonly [string, string])[] = [];
  if (schema !== undefined) calls.push(['schema', 'schemaOf(policies)']);
  if (entities !== undefined) calls.push(['store', storeCall(entities, schema)]);
  const names = [
    ...(entities === undefined ? [] : ['EntityStore']),
    ...['load', ...runtimeNames(set)],
    ...(schema === undefined ? [] : ['schemaOf']),
  ].sort(byLetters);
  const head = [...HEAD, ...importOf(names, format, options.standalone === true)];
  const body = [...values, ...calls.map(([name, call]) => [name, `/* @__PURE__ */ ${call}`] as const)];
  return [...head, ...body.map(([name, text]) => declaration(name, text, format)), ...engineOf(format), ''].join('\n');
}

/** Entities stay text, for a number beyond 2^53 is exact in JSON only. */
function storeCall(entities: string, schema: Schema | undefined): string {
  return `EntityStore.from(${jsonSource(entities.trim())}${schema === undefined ? '' : ', { schema }'})`;
}

function importOf(names: readonly string[], format: ModuleFormat, standalone: boolean): string[] {
  const list = `{ ${names.join(', ')} }`;
  const strict = format === 'cjs' ? ["'use strict';"] : [];
  if (standalone) return [...strict, `const ${list} = ${standaloneRuntime()};`];
  return format === 'esm'
    ? [`import ${list} from 'cedarmill/runtime';`]
    : [...strict, `const ${list} = require('cedarmill/runtime');`];
}

function byLetters(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}

function declaration(name: string, text: string, format: ModuleFormat): string {
  if (format === 'esm') return `export const ${name} = ${text};`;
  return `const ${name} = ${text};\nexports.${name} = ${name};`;
}

function engineOf(format: ModuleFormat): string[] {
  const engine = 'const engine = /* @__PURE__ */ load(policies);';
  if (format === 'esm') return [engine, 'export { engine as default };'];
  return [engine, "Object.defineProperty(exports, '__esModule', { value: true });", 'exports.default = engine;'];
}
