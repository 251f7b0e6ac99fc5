/**
 * Memory — that what comes and goes in the life of an engine leaves nothing behind. Each kind runs in a process of its own; the limits are well below what
 * each left when it was kept for ever, and above what V8 keeps for a while.
 */
import { expect, test } from 'vitest';
import { bundle } from '../../drt/bundle.ts';
import { KINDS, LIMITS } from './memory.ts';
import { bytesLeft } from './memory-process.ts';

const script = bundle('test/src/engine/memory.ts', undefined, 'memory');

test.each(Object.entries(LIMITS))('%s leave little', { timeout: 120_000 }, async (kind, { count, atMost }) => {
  expect(await bytesLeft(await script, kind, count)).toBeLessThan(atMost);
});

test('all kinds are looked at', () => expect(Object.keys(LIMITS)).toEqual(Object.keys(KINDS)));
