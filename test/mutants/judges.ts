/**
 * Judges — which tests are run on the mutations of which folder, the quickest first.
 *
 * A test that says much of other folders and little of this one is left out: a mutant that survives has met every judge.
 */

/** The environment variables that say which folder is mutated, and how many cases a property is given. */
export const MUTATED = 'CEDARMILL_MUTATED';
export const CASES = 'CEDARMILL_CASES';

const GOLDEN = 'test/golden/golden.test.ts';
const ENGINE = 'test/src/engine/*.test.ts';
const property = (name: string) => `test/property/${name}.test.ts`;
const AGREES = property('compiled-agrees-with-model');
const CHANGES = property('engine-follows-changes');
const IN_THE_CALL = property('entities-in-the-call-agree-with-model');
const MODULE = property('module-agrees-with-model');
const TYPED = property('validation-is-sound');

export const JUDGES: Readonly<Record<string, readonly string[]>> = {
  'src/value': ['test/src/value/*.test.ts', 'test/src/model/*.test.ts'],
  'codegen/optimize': ['test/codegen/optimize/*.test.ts', GOLDEN, property('fold-keeps-errors'), AGREES],
  'codegen/slice': ['test/codegen/slice/*.test.ts', GOLDEN, property('sound-slice'), AGREES, IN_THE_CALL, CHANGES],
  'codegen/lower': ['test/codegen/lower/*.test.ts', GOLDEN, AGREES],
  'codegen/ir': ['test/codegen/ir/*.test.ts', GOLDEN, property('fold-keeps-errors'), AGREES],
  'codegen/emit': ['test/codegen/emit/*.test.ts', GOLDEN, ENGINE, AGREES, MODULE, TYPED, 'test/codegen/attack.test.ts'],
  'codegen/runtime': ['test/codegen/runtime/*.test.ts', GOLDEN, ENGINE, AGREES, CHANGES, IN_THE_CALL, MODULE],
  codegen: ['test/codegen/*.test.ts', GOLDEN, ENGINE, AGREES, CHANGES, IN_THE_CALL, MODULE, TYPED],
};
