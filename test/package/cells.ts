/**
 * Cells — the whole matrix. docs/compatibility.md has the same list (compatibility.test.ts compares them).
 */
import { browserCells } from './cell/browser.ts';
import { bundlerCells } from './cell/bundler.ts';
import { coverageCells } from './cell/coverage.ts';
import { documentationCells } from './cell/documentation.ts';
import { hotReplacementCells } from './cell/hot-replacement.ts';
import { lintCells } from './cell/lint.ts';
import { aliasCells, commandCells, nodeCells } from './cell/node.ts';
import { policyFileCells } from './cell/policy-file.ts';
import { policyPageCells } from './cell/policy-page.ts';
import { runtimeCells } from './cell/runtime.ts';
import { sameBytesCells } from './cell/same-bytes.ts';
import { testRunnerCells } from './cell/test-runner.ts';
import { typescriptCells } from './cell/typescript.ts';
import type { Cell } from './cell.ts';

export const CELLS: readonly Cell[] = [
  ...nodeCells,
  ...aliasCells,
  ...runtimeCells,
  ...browserCells,
  ...testRunnerCells,
  ...typescriptCells,
  ...bundlerCells,
  ...policyFileCells,
  ...policyPageCells,
  ...sameBytesCells,
  ...coverageCells,
  ...hotReplacementCells,
  ...commandCells,
  ...lintCells,
  ...documentationCells,
];
