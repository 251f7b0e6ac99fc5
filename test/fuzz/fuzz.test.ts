/**
 * Fuzz — the loop finds what is hidden behind branches, and slow inputs; the entries of the package survive a few thousand inputs.
 */
import { describe, expect, test } from 'vitest';
import { instrument } from './instrument.ts';
import { fuzz } from './loop.ts';
import { TARGETS } from './targets.ts';

/** The same numbers in every run. */
function numbers(): (n: number) => number {
  let state = 1;
  return (n) => {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    return state % n;
  };
}

const HIDDEN = `
  export function run(text) {
    if (text.startsWith('p')) { if (text.includes('forbid')) { if (text.length > 20 && text.includes('::')) throw new Error('found'); } }
    return text.length > 3 ? text.at(0) : text ?? 'none';
  }`;

test('counters stand at every branch, and change no meaning', async () => {
  const { text, branches } = instrument(HIDDEN);
  expect(branches).toBeGreaterThan(6);
  const coverage = new Uint8Array(branches);
  Object.assign(globalThis, { __coverage: coverage });
  const url = `data:text/javascript,${encodeURIComponent(text)}`;
  const { run } = (await import(/* @vite-ignore */ url)) as { run: (text: string) => unknown };
  expect(run('abcd')).toBe('a');
  expect(run('abc')).toBe('abc');
  const { findings, inputs } = fuzz(
    { run: (input) => void run(input), seeds: ['permit'] },
    coverage,
    numbers(),
    Infinity,
    20_000,
  );
  expect(findings.map(({ error }) => error.split('\n')[0])).toEqual(['Error: found']);
  expect(inputs).toBe(20_000);
});

test('what takes long each time is a finding', () => {
  const run = (text: string) => {
    const start = process.cpuUsage().user;
    while (text === 'slow' && process.cpuUsage().user < start + 600_000);
  };
  const { findings } = fuzz({ run, seeds: ['slow'] }, new Uint8Array(1), numbers(), Infinity, 2);
  expect(findings.map(({ error }) => error)).toEqual(['slow: more than 500 ms']);
});

describe.each(Object.entries(TARGETS))('%s', (_name, target) => {
  test('survives its seeds and some hundred changes of them', () => {
    expect(fuzz(target, new Uint8Array(1), numbers(), Infinity, 300).findings).toEqual([]);
  });
});
