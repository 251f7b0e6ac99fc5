/**
 * Soak — entities, uids, engines and policies that come and go for ever, and what memory is left of them.
 *
 *     node --expose-gc --import tsx test/soak/main.ts [--operations 10000000] [--profile entities]
 *
 * Each profile runs the operations in ten parts and prints the bytes in use after each. It fails if the last part has more than the fourth by more than
 * what noise is: by then every cache has been full, and what still grows is kept for ever.
 */
import { parseArgs } from 'node:util';
import { getHeapSnapshot } from 'node:v8';
import { compile, EntityStore, PolicySet } from '../../src/index.ts';
import { PROFILES, type ProfileName } from './profile.ts';

/** Bytes that an operation may leave behind, on the average; what was kept for ever took 40 at the least. */
const BYTES_AT_MOST = 8;
/** Code and inline caches of V8 come and go. */
const NOISE = 1_500_000;
const PARTS = 10;
const FULL = 3;

const { values } = parseArgs({
  options: { operations: { type: 'string', default: '10000000' }, profile: { type: 'string' } },
});

/**
 * Where it is `thorough`, what an ordinary collection leaves for later goes, too, such as the code of functions that are garbage: it is not kept, it only waits. A snapshot
 * begins with the most thorough collection there is.
 */
async function bytesInUse(thorough: boolean): Promise<number> {
  // Finalizers run between the turns of the event loop.
  for (let i = 0; i < 3; i++) {
    (globalThis as { gc?: () => void }).gc!();
    await new Promise(setImmediate);
  }
  if (thorough) getHeapSnapshot().destroy();
  return process.memoryUsage().heapUsed;
}

async function run(name: ProfileName, operations: number): Promise<boolean> {
  const step = PROFILES[name]({ compile, EntityStore, PolicySet });
  const used: number[] = [];
  let n = 0;
  for (let part = 1; part <= PARTS; part++) {
    for (; n < (operations * part) / PARTS; n++) {
      step(n);
      if (n % 1000 === 0) await new Promise(setImmediate);
    }
    used.push(await bytesInUse(part === FULL + 1 || part === PARTS));
  }
  const grown = used.at(-1)! - used[FULL]!;
  const isFlat = grown <= NOISE + BYTES_AT_MOST * operations * (1 - (FULL + 1) / PARTS);
  const megabytes = used.map((bytes) => (bytes / 1e6).toFixed(1)).join(' ');
  console.log(`${isFlat ? 'flat ' : 'GROWS'} ${name}: ${operations} operations, MB in use: ${megabytes}`);
  return isFlat;
}

const names = values.profile === undefined ? (Object.keys(PROFILES) as ProfileName[]) : [values.profile as ProfileName];
for (const name of names) if (!(await run(name, Number(values.operations)))) process.exitCode = 1;
