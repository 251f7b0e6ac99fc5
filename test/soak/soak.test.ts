/**
 * Soak — short ones: memory stays flat while entities, uids, groups, engines and stores come and go, and no answer is mixed while policies do.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { PROFILES } from './profile.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function soak(operations: number): string {
  try {
    return execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', MAIN, '--operations', `${operations}`], {
      encoding: 'utf8',
    });
  } catch (error) {
    return `${(error as { stdout?: string }).stdout}`;
  }
}

test('memory stays flat, whatever comes and goes', { timeout: 300_000 }, () => {
  const report = soak(6000);
  expect(report.match(/^flat /gm)?.length, report).toBe(Object.keys(PROFILES).length);
});

const SWAPS = fileURLToPath(new URL('swaps.ts', import.meta.url));

test('no answer is mixed while policies are replaced under the engine', { timeout: 300_000 }, () => {
  const sizes = ['--swaps', '100', '--decisions', '20000', '--entities', '500'];
  const report = execFileSync(process.execPath, ['--import', 'tsx', SWAPS, ...sizes], { encoding: 'utf8' });
  expect(report).toMatch(/^whole: 20000 decisions during 200 swaps, 0 mixed$/m);
});
