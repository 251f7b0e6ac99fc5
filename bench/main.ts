/**
 * Main — runs the benchmarks: `npm run bench`, or with `--quick` a run that only shows that all is well.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine, type Timing, time } from './harness.ts';
import { disagreements, rivalsOf } from './rivals.ts';
import { tinytodo } from './scenario/tinytodo.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean' }, json: { type: 'string' } } });
const sizes = values.quick === true ? [5] : [5, 50];
const [rounds, roundMs, warmUpMs] = values.quick === true ? [5, 4, 100] : [31, 20, 800];

console.log(machine());
const rows: (Timing & { readonly scenario: string; readonly size: number; readonly ratioToHand: number })[] = [];
for (const size of sizes) {
  const scenario = tinytodo(size);
  const rivals = rivalsOf(scenario);
  const wrong = disagreements(rivals, size > 20 ? 50 : scenario.requests.length);
  if (wrong.length > 0) throw new Error(`rivals disagree: ${wrong.slice(0, 5).join('; ')}`);
  const timings = await time(rivals, { requests: scenario.requests.length, rounds, roundMs, warmUpMs });
  const hand = (mode: string) => timings.find((each) => each.engine === 'hand-written' && mode.startsWith(each.mode))!;
  console.log(`\n${scenario.name}, ${size} entities of a type, ${scenario.requests.length} requests`);
  for (const timing of timings) {
    const ratioToHand = timing.nsPerDecision / hand(timing.mode).nsPerDecision;
    rows.push({ scenario: scenario.name, size, ...timing, ratioToHand });
    const ns = timing.nsPerDecision.toFixed(1).padStart(12);
    const spread = `± ${(timing.spread * 100).toFixed(0)} %`.padStart(7);
    console.log(
      `  ${timing.engine.padEnd(13)}${timing.mode.padEnd(22)}${ns} ns ${spread}   ${ratioToHand.toFixed(2)} × by hand`,
    );
  }
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, undefined, 2));
