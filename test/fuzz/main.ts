/**
 * Main — `npm run fuzz`: coverage-guided fuzzing of every entry that takes text or JSON.
 *
 *     npm run fuzz -- --time 60          seconds for all targets together (60)
 *     npm run fuzz -- --only policies    those whose name has this
 *     npm run fuzz -- --inputs 100000    at most this number for each target
 *     npm run fuzz -- --seed 7           another sequence (1)
 *
 * Ends with code 1 if there is a finding, and prints each as a JSON string that reproduces it.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { instrument } from './instrument.ts';
import { fuzz } from './loop.ts';
import type { Random } from './mutate.ts';
import type { Target } from './targets.ts';

const { values } = parseArgs({
  options: {
    time: { type: 'string', default: '60' },
    only: { type: 'string', default: '' },
    inputs: { type: 'string', default: 'Infinity' },
    seed: { type: 'string', default: '1' },
  },
});

/** The targets, with the package in them instrumented, and the bytes that their branches set. */
async function load(): Promise<{ targets: Readonly<Record<string, Target>>; coverage: Uint8Array }> {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-fuzz-'));
  const file = join(folder, 'targets.mjs');
  const entry = fileURLToPath(new URL('targets.ts', import.meta.url));
  await build({ entryPoints: [entry], outfile: file, bundle: true, platform: 'node', format: 'esm', target: 'es2022' });
  const { text, branches } = instrument(readFileSync(file, 'utf8'));
  writeFileSync(file, text);
  const coverage = new Uint8Array(branches);
  Object.assign(globalThis, { __coverage: coverage });
  const { TARGETS } = (await import(pathToFileURL(file).href)) as { TARGETS: Readonly<Record<string, Target>> };
  return { targets: TARGETS, coverage };
}

/** mulberry32 */
function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

const { targets, coverage } = await load();
const chosen = Object.entries(targets).filter(([name]) => name.includes(values.only));
const share = (Number(values.time) * 1000) / Math.max(chosen.length, 1);
let [all, found] = [0, 0];
for (const [name, target] of chosen) {
  const until = performance.now() + share;
  const result = fuzz(target, coverage, randomFrom(Number(values.seed)), until, Number(values.inputs));
  all += result.inputs;
  found += result.findings.length;
  console.log(
    `${name}: ${result.inputs} inputs, corpus ${result.corpus}, ${result.branches} branches, ${result.findings.length} findings`,
  );
  for (const { input, error } of result.findings)
    console.log(`  ${JSON.stringify(input)}\n    ${error.split('\n').slice(0, 4).join('\n    ')}`);
}
console.log(`${all} inputs, ${found} findings, seed ${values.seed}`);
if (chosen.length === 0 || found > 0) process.exitCode = 1;
