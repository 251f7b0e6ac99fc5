/**
 * Prove — verifies the model and its theorems, refuses the seeded bugs, and makes the JavaScript.
 *
 *     npm run prove               all of it; fails when the JavaScript in the tree is not what Dafny makes
 *     npm run prove -- --write    writes the JavaScript, and the figures in README.md
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assumptionsOf } from './assumption.ts';
import { type Report, verify, version } from './dafny.ts';
import { unprovedTheorems, withFigures } from './figures.ts';
import { generate } from './javascript.ts';
import { goesThrough, parseSeededBug } from './seeded-bug.ts';

const root = fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '');
const write = process.argv.includes('--write');
const sources = ['spec', 'compiled', 'validation', 'thm'].flatMap((room) => filesOf(room, '.dfy'));
const complaints: string[] = [];

function filesOf(room: string, ending: string): string[] {
  const names = readdirSync(join(root, room)).filter((name) => name.endsWith(ending));
  return names.sort().map((name) => `${room}/${name}`);
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function complain(message: string): void {
  complaints.push(message);
  console.log(`  ${message}`);
}

/** Runs two at a time: Dafny and its solver are one thread each. */
async function inPairs<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

function checkAssumptions(): void {
  const listed = read('assumptions.txt')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const found = sources.flatMap((file) => assumptionsOf(file, read(file)));
  for (const each of found) if (!listed.includes(each)) complain(`taken on trust and not in assumptions.txt: ${each}`);
  for (const each of listed) if (!found.includes(each)) complain(`in assumptions.txt, but nowhere else: ${each}`);
  console.log(`assumptions: ${found.length}, listed: ${listed.length}`);
}

async function checkProofs(): Promise<Report[]> {
  return inPairs(sources, async (file) => {
    const report = await verify(root, file);
    const done = report.verdicts.filter(({ outcome }) => outcome === 'verified').length;
    console.log(
      `${report.ok ? 'proved ' : 'REFUSED'} ${file.padEnd(36)} ${String(done).padStart(3)} in ${report.seconds.toFixed(1)} s`,
    );
    if (!report.ok) complain([`${file} is not proved`, ...report.errors].join('\n    '));
    return report;
  });
}

async function checkSeededBugs(): Promise<void> {
  await inPairs(filesOf('wrong', '.txt'), async (file) => {
    const bug = parseSeededBug(read(file));
    const reason = await goesThrough(root, bug);
    if (reason !== undefined) complain(`${file} goes through: ${reason}`);
    else console.log(`refused ${file.padEnd(40)} by ${bug.lemma}`);
  });
}

async function checkJavaScript(): Promise<void> {
  for (const [name, text] of await generate(root)) {
    const file = `generated/${name}`;
    if (write) writeFileSync(join(root, file), text);
    else if (read(file) !== text) complain(`${file} is not what Dafny makes: run \`npm run prove -- --write\``);
  }
}

const dafny = await version(root);
if (dafny === undefined) {
  console.error('npm run prove needs Dafny, which is not installed here: apt-get install dafny');
  process.exit(1);
}
const started = performance.now();
checkAssumptions();
const reports = await checkProofs();
await checkSeededBugs();
await checkJavaScript();
for (const each of unprovedTheorems(read('README.md'), reports))
  complain(`README.md lists what is not proved: ${each}`);
if (write) writeFileSync(join(root, 'README.md'), withFigures(read('README.md'), root, reports));
console.log(
  `${dafny}, ${((performance.now() - started) / 1000).toFixed(0)} s: ${complaints.length === 0 ? 'all proved' : `${complaints.length} complaints`}`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;
