/**
 * Oracles — which tests are run on the mutations of which folder, the quickest first.
 *
 * A test that covers other folders much and this one little is left out. A mutant that survives has met every oracle.
 */

import { dirname } from 'node:path';

/** The environment variables that say which folder is mutated, and how many cases a property is given. */
export const MUTATED = 'CEDARMILL_MUTATED';
export const CASES = 'CEDARMILL_CASES';

const GOLDEN = 'test/golden/golden.test.ts';
const ENGINE = 'test/src/engine/*.test.ts';
const property = (name: string) => `test/property/${name}.test.ts`;
const runtime = (name: string) => `test/codegen/runtime/${name}.test.ts`;
const OPERATORS = runtime('operator');
const AGREES = property('compiled-agrees-with-model');
const CHANGES = property('engine-follows-changes');
const IN_THE_CALL = property('entities-in-the-call-agree-with-model');
const MODULE = property('module-agrees-with-model');
const TYPED = property('validation-is-sound');

/** The tests of folders, and of files that other tests are nearer to than to the rest of their folder. */
export const ORACLES: Readonly<Record<string, readonly string[]>> = {
  'src/value': ['test/src/value/*.test.ts', 'test/src/model/*.test.ts'],
  'codegen/optimize': ['test/codegen/optimize/*.test.ts', GOLDEN, property('fold-keeps-errors'), AGREES],
  'codegen/slice': ['test/codegen/slice/*.test.ts', GOLDEN, property('sound-slice'), AGREES, IN_THE_CALL, CHANGES],
  'codegen/lower': ['test/codegen/lower/*.test.ts', GOLDEN, AGREES],
  'codegen/ir': ['test/codegen/ir/*.test.ts', GOLDEN, property('fold-keeps-errors'), AGREES],
  'codegen/emit': ['test/codegen/emit/*.test.ts', GOLDEN, AGREES, MODULE, TYPED, ENGINE],
  'codegen/runtime': [
    ...['outcome', 'stored-entity', 'graph', 'node-set'].map(runtime),
    ...[GOLDEN, AGREES, CHANGES, runtime('store')],
  ],
  'codegen/runtime/graph/request-graph.ts': [IN_THE_CALL, ENGINE],
  'codegen/runtime/program/loaded.ts': [MODULE],
  'codegen/runtime/program/bound-module.ts': [MODULE],
  'codegen/runtime/program/module-actions.ts': [MODULE],
  'codegen/runtime/evaluate/runtime-value.ts': [GOLDEN, AGREES, CHANGES, OPERATORS],
  'codegen/runtime/evaluate/operator.ts': [OPERATORS],
  'codegen/runtime/program/error-site.ts': [OPERATORS, GOLDEN, AGREES, IN_THE_CALL],
  'codegen/runtime/index/scope-index.ts': [runtime('table'), GOLDEN, CHANGES],
  'codegen/runtime/index/int-pair-multimap.ts': [runtime('table'), GOLDEN, CHANGES],
  'codegen/runtime/index/link-index.ts': [runtime('table'), GOLDEN, CHANGES],
  'codegen/runtime/index/policy-index.ts': [runtime('table'), GOLDEN, CHANGES],
  codegen: [
    ...['lines', 'load', 'halves', 'door', 'plan', 'front', 'segments', 'module', 'compile'].map(
      (name) => `test/codegen/${name}.test.ts`,
    ),
    ...[GOLDEN, AGREES, MODULE, CHANGES, ENGINE],
  ],
  'codegen/print/check.ts': ['test/codegen/print/check.test.ts', 'test/codegen/attack.test.ts'],
};

/** The files of a folder that have oracles of their own. */
export function apart(folder: string): string[] {
  return Object.keys(ORACLES).filter((each) => dirname(each) === folder && each.endsWith('.ts'));
}
