/**
 * Soak — a short one: memory stays flat while entities, uids, groups, engines and stores come and go.
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
  const report = soak(20_000);
  expect(report.match(/^flat /gm)?.length, report).toBe(Object.keys(PROFILES).length);
});
