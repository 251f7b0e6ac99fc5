/**
 * Lifecycle — the parts of the machine: the end of the stack, plain data, scripts, the count of pairs.
 */
import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { Random } from '../../arbitrary/random.ts';
import type { Machine } from './machine.ts';
import { nearStackEnd } from './near-stack-end.ts';
import type { Operation } from './operation.ts';
import { LABELS, Pairs } from './pairs.ts';
import { EMPTY_SET, type PlainSet, policiesOf } from './plain-data.ts';
import { changedSet } from './plain-set.ts';
import { scriptOf } from './script.ts';
import { liveFrom } from './sequence.ts';

function depth(n: number): number {
  return n === 0 ? 0 : 1 + depth(n - 1);
}

describe('near the end of the stack', () => {
  test('a call that needs little comes through, one that needs much does not', () => {
    let reached = -1;
    nearStackEnd(1000, () => {
      reached = depth(3);
    });
    expect(reached).toBe(3);
    expect(() => nearStackEnd(1, () => depth(1_000))).toThrow(RangeError);
  });

  test('what the call throws is thrown', () => {
    const thrown = new TypeError('mine');
    expect(() =>
      nearStackEnd(1000, () => {
        throw thrown;
      }),
    ).toThrow(thrown);
  });

  test('there is a room for which a call comes half of the way', () => {
    let halfway = 0;
    for (let room = 0; room < 400; room++) {
      const steps: string[] = [];
      const act = () => {
        steps.push('first');
        depth(40);
        steps.push('second');
      };
      try {
        if (room === 0) act();
        else nearStackEnd(room, act);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
      if (steps.length === 1) halfway++;
    }
    expect(halfway).toBeGreaterThan(0);
  });
});

describe('the plain data of a set', () => {
  const template = { id: 't', text: 'permit(principal == ?principal, action, resource);' };
  const change = (set: PlainSet, operation: Parameters<typeof changedSet>[1]) => changedSet(set, operation)!;

  test('policies are in the order of their adding, links after all others', () => {
    let set = change(EMPTY_SET, { kind: 'addTemplate', set: 0, policy: template });
    const principal = { name: 'User::a', form: 'text' } as const;
    set = change(set, { kind: 'link', set: 0, id: 'l', templateId: 't', slots: { principal } });
    set = change(set, { kind: 'add', set: 0, policy: { id: 'p', text: 'permit(principal, action, resource);' } });
    expect(policiesOf(set).map(({ id }) => id)).toEqual(['p', 'l']);
  });

  test('what a set must refuse is refused', () => {
    const set = change(EMPTY_SET, { kind: 'addTemplate', set: 0, policy: template });
    const wrong = { name: 'User::a', form: 'text', wrong: 'number' } as const;
    expect(changedSet(set, { kind: 'add', set: 0, policy: template })).toBeUndefined();
    expect(changedSet(set, { kind: 'addTemplate', set: 0, policy: template })).toBeUndefined();
    expect(changedSet(set, { kind: 'link', set: 0, id: 'l', templateId: 't', slots: {} })).toBeUndefined();
    expect(
      changedSet(set, { kind: 'link', set: 0, id: 'l', templateId: 't', slots: { principal: wrong } }),
    ).toBeUndefined();
    expect(changedSet(set, { kind: 'remove', set: 0, id: 't' })).toBeUndefined();
    expect(changedSet(set, { kind: 'unlink', set: 0, id: 't' })).toBeUndefined();
  });
});

describe('sequences', () => {
  test('the same seed makes the same operations', () => {
    expect(liveFrom(77).operations).toEqual(liveFrom(77).operations);
  });

  test('their scripts are programs', async () => {
    const random = new Random(1);
    for (let i = 0; i < 40; i++) {
      const { operations } = liveFrom(random.seed());
      const operation = operations.at(-1)!;
      const text = scriptOf(operations, { kind: 'answer', operation, expected: false, actual: true });
      await expect(transform(text, { loader: 'ts' })).resolves.toBeDefined();
    }
  });

  test('pairs are counted by what was asked about before', () => {
    const pairs = new Pairs();
    const nothing = { engines: new Map(), sets: new Map(), stores: new Map(), lists: new Map() } as unknown as Machine;
    const release: Operation = { kind: 'release', engine: 0 };
    pairs.note(release, nothing);
    pairs.note(release, nothing);
    expect(pairs.of('release', 'release')).toEqual([0, 1]);
    expect(pairs.missing()).toHaveLength(2 * LABELS.length ** 2 - 4 * LABELS.length - 1);
  });
});
