/**
 * Memory — that what comes and goes in the life of an engine leaves nothing behind. Each kind runs in a process of its own; the limits are well below what
 * each left when it was kept for ever, and above what V8 keeps for a while.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { KINDS } from './memory.ts';

const SCRIPT = fileURLToPath(new URL('./memory.ts', import.meta.url));

test.each([
  ['policies', 450, 6000],
  ['attributes', 300, 8000],
  ['policies of fresh actions', 600, 6000],
  ['templates', 900, 3000],
  ['links', 9000, 200],
  ['unknown actions', 15_000, 80],
  ['satisfied sets', 30_000, 60],
  ['stores', 900, 1500],
  ['released engines', 450, 4000],
  ['dropped engines', 300, 15_000],
  ['dropped module engines', 900, 4000],
] as const)('%s: %i of them leave less than %i bytes each', { timeout: 120_000 }, async (kind, count, atMost) => {
  const args = ['--expose-gc', '--import', 'tsx', SCRIPT, kind, `${count}`];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout).each).toBeLessThan(atMost);
});

test('all kinds are looked at', () => expect(Object.keys(KINDS)).toHaveLength(11));
