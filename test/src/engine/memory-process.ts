/**
 * Memory process — runs the script of memory.ts in a process of its own.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** V8 keeps the code of texts that it has compiled until memory gets short: without that cache, what is measured is what the library keeps. */
const FLAGS = ['--expose-gc', '--no-compilation-cache'];

/** The bytes that each of `count` times leaves behind. `script` is the bundled memory.ts. */
export async function bytesLeft(script: string, kind: string, count: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...FLAGS, script, kind, `${count}`]);
  return (JSON.parse(stdout) as { readonly each: number }).each;
}
