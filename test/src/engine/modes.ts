/**
 * Modes — one way to make an engine in every mode, for claims that hold in all of them.
 */

import { emitModule } from '../../../codegen/bind/module.ts';
import { load as loadCode } from '../../../codegen/load/load.ts';
import { LinkIndex, Node } from '../../../codegen/runtime/index.ts';
import type { PolicyModule } from '../../../codegen/runtime/program/policy-module.ts';
import { schemaFromInput } from '../../../src/engine/input/schema-input.ts';
import { compile, load, type PolicyInput, PolicySet, type SchemaInput } from '../../../src/index.ts';

export type Mode = 'compile' | 'interpret' | 'module';

export const MODES: readonly Mode[] = ['compile', 'interpret', 'module'];

/** With or without a schema; policies are not held against it. */
export function engineIn(mode: Mode, policies: PolicyInput, schema?: SchemaInput) {
  if (mode !== 'module') return compile(policies, { mode, ...(schema !== undefined && { schema, validate: false }) });
  const set = policies instanceof PolicySet ? policies : PolicySet.of(policies);
  const text = emitModule(set, 'esm', { schema: schema === undefined ? undefined : schemaFromInput(schema) });
  return load(moduleOf(text));
}

/** What importing the module would give. */
function moduleOf(text: string): PolicyModule {
  const body = text
    .replace(/^import \{ .*Node \} from 'cedarmill\/runtime';$/m, '')
    .replace('export const policies =', 'return');
  return loadCode<(index: typeof LinkIndex, node: typeof Node) => PolicyModule>(['LinkIndex', 'Node'], body)(
    LinkIndex,
    Node,
  );
}
