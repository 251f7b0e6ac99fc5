/**
 * Child — a process of its own that asks the questions and prints the answers: one JSON list of lines for each name that it puts on `Object.prototype`.
 *
 *     node program.mjs before NAME      the name is there before the package is loaded
 *     node program.mjs after NAME …     each name is there after it, and taken away before the next
 *     node program.mjs plain            nothing is; `--interpret`: without generating code
 *     node program.mjs lockdown         all intrinsics are frozen by SES before the package is loaded
 */
import { writeSync } from 'node:fs';
import type * as DropIn from '../../src/cedar-wasm/index.ts';
import type * as Package from '../../src/index.ts';
import { answersOf, clean, pollute } from './answers.ts';

/** The package, bundled beside this program. */
function load<T>(file: string): Promise<T> {
  return import(new URL(file, import.meta.url).href) as Promise<T>;
}

const [when, ...names] = process.argv.slice(2);
if (when === 'before') pollute(names);
if (when === 'lockdown') {
  await import('ses');
  lockdown();
  if (!Object.isFrozen(Array.prototype)) throw new Error('lockdown froze nothing');
}
const cedarmill = await load<typeof Package>('./package.mjs');
const dropIn = await load<typeof DropIn>('./drop-in.mjs');
const all: string[][] = [];
if (when === 'after') {
  for (const name of names) {
    pollute([name]);
    const answers = answersOf(cedarmill, dropIn);
    clean();
    all.push(answers);
  }
} else {
  const answers = answersOf(cedarmill, dropIn, !names.includes('--interpret'));
  clean();
  all.push(answers);
}
// Where some of the names are inherited, Node itself does not print.
const text = Buffer.from(JSON.stringify(all));
for (let at = 0; at < text.length; ) at += writeSync(1, text, at);
