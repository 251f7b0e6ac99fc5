/**
 * Package matrix — packs what would be published, installs it, and uses it in every way that users do, without configuration.
 *
 *     npm run build && npm run check:package
 *     npm run check:package -- Jest TypeScript    only cells whose names hold one of these words
 */
import { availableParallelism } from 'node:os';
import type { Cell } from './cell.ts';
import { CELLS } from './cells.ts';
import { type Outcome, runCell } from './run-cell.ts';
import { makeWorkspace, type Workspace } from './workspace.ts';

const words = process.argv.slice(2);
const chosen = CELLS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (chosen.length === 0) throw new Error(`no cell has a name with ${words.map((word) => `\`${word}\``).join(' or ')}`);

const workspace = makeWorkspace();
try {
  const outcomes = await runAll(chosen, workspace);
  const of = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  console.log(`\npackage: ${of('ok')} cells ok, ${of('failed')} failed, ${of('absent')} not run here`);
  // On a machine of CI, what is not run is not known to work.
  if (of('failed') > 0 || (process.env.CI !== undefined && of('absent') > 0)) process.exitCode = 1;
} finally {
  if (process.env.CEDARMILL_KEEP === undefined) workspace.remove();
  else console.log(`kept: ${workspace.folder}`);
}

/** As many at a time as there are cores. */
async function runAll(cells: readonly Cell[], workspace: Workspace): Promise<Outcome[]> {
  const open = [...cells];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let cell = open.shift(); cell !== undefined; cell = open.shift()) {
      const start = performance.now();
      const outcome = await runCell(cell, workspace);
      outcomes.push(outcome);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${outcome.state.padEnd(6)} ${seconds.padStart(5)} s  ${cell.group}: ${cell.name}`);
      if (outcome.state !== 'ok') console.log(outcome.why.replace(/^/gm, '    '));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return outcomes;
}
