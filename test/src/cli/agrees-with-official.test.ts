/**
 * Agreement — our command line beside the official one: exit codes, streams, and what is printed and written.
 *
 * The answers are recorded (record.ts). With `CEDAR_CLI` set to the official command, the records are held against it first.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { read } from '../../architecture/tree.ts';
import { commandLinePage } from './command-line-page.ts';
import { INVOCATIONS, type Invocation } from './invocation.ts';
import { type Ran, ran } from './ran.ts';
import { keyOf, recorded } from './record.ts';

const official: Record<string, Ran> = JSON.parse(readFileSync(join(import.meta.dirname, 'official.json'), 'utf8'));
const live = process.env.CEDAR_CLI;

describe('the command line beside the official one', () => {
  test.runIf(live !== undefined)('the records are what the official command answers', () => {
    expect(recorded(live!)).toEqual(official);
  });

  test('at least 60 command lines are compared, each recorded', () => {
    expect(INVOCATIONS.length).toBeGreaterThan(60);
    expect(INVOCATIONS.map(keyOf).sort()).toEqual(Object.keys(official).sort());
  });

  test.each(INVOCATIONS.map((invocation) => [keyOf(invocation), invocation] as const))('%s', (key, invocation) => {
    const [ours, theirs] = [ran(invocation), official[key]!];
    const same = { exit: ours.exit, out: ours.out !== '', err: ours.err !== '' };
    const wanted = { exit: theirs.exit, out: theirs.out !== '', err: theirs.err !== '' };
    if (invocation.differs === undefined) expect(same).toEqual(wanted);
    else expect(same).not.toEqual(wanted);
    expect(shown(invocation, ours.out)).toEqual(shown(invocation, theirs.out));
    if (invocation.file !== undefined) expect(ours.file).toBe(theirs.file);
  });

  test('docs/cli.md lists them', () => {
    expect(read('docs/cli.md')).toBe(commandLinePage(INVOCATIONS, official));
  });
});

/** What must be the same of an output. */
function shown({ output }: Invocation, text: string): unknown {
  if (output === 'own') return undefined;
  if (output === 'json') return JSON.parse(text);
  if (output === 'report') return JSON.parse(text, (key, value) => (key === 'filename' ? undefined : value));
  return output === 'lines' ? text.split('\n').sort() : text;
}
