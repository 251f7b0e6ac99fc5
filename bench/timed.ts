/**
 * Timed — the rows of one scenario at one size, in a process of its own.
 *
 * An application is alone in its process, too. What V8 learns about the data of one it would go on to expect of the next, to the cost of both.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type HarnessOptions, time } from './harness.ts';
import { oraclesOf, requireNativeAgreement } from './oracles.ts';
import { type NativeRival, timeNative } from './rivals/native.ts';
import { printRow, type Row, rowsOf } from './row.ts';
import { type Field, SCENARIOS } from './scenarios.ts';

export interface Task {
  readonly name: string;
  readonly size: number;
  readonly field: Field;
  readonly harness: Omit<HarnessOptions, 'requests'>;
  readonly natives: readonly NativeRival[];
}

const SELF = fileURLToPath(import.meta.url);

export async function timedApart(task: Task): Promise<Row[]> {
  const child = fork(SELF, [JSON.stringify(task)]);
  let rows: Row[] | undefined;
  child.on('message', (message: Row[]) => {
    rows = message;
  });
  const status = await new Promise((resolve) => child.on('exit', resolve));
  if (rows === undefined) throw new Error(`${task.name} ${task.size} ended with status ${status}`);
  return rows;
}

async function timed({ name, size, field, harness, natives }: Task): Promise<Row[]> {
  const scenario = SCENARIOS[name]!.make(size);
  const options = { ...harness, requests: scenario.requests.length };
  const links = scenario.links.length > 0 ? `, ${scenario.links.length} links` : '';
  console.log(`\n${name} ${size}: ${scenario.entities.length} entities${links}, ${scenario.requests.length} requests`);
  const oracles = await oraclesOf(scenario, field);
  const interleaved = await time(oracles, options);
  const natively = field === 'fast' ? [] : timeNative(natives, scenario, options);
  requireNativeAgreement(natively, oracles[0]!, scenario);
  const rows = rowsOf(name, size, [...interleaved, ...natively]);
  for (const row of rows) console.log(printRow(row));
  return rows;
}

// The other end of `fork`.
if (process.argv[1] === SELF) process.send!(await timed(JSON.parse(process.argv[2]!)), () => process.exit());
