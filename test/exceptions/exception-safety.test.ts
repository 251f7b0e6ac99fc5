/**
 * Exception safety — whatever throws in the middle of a question, a change or a listener, everything that follows agrees with the model.
 *
 * `CEDARMILL_THROWS` says how many places of each scenario are looked at; `all` are some hundred thousand.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { Machine } from '../drt/lifecycle/machine.ts';
import type { callsOf, differenceAfter } from './everywhere.ts';
import { bundleWithTicks, withTicks } from './instrument.ts';
import { type Scenario, scenarios } from './scenario.ts';

const PLACES =
  process.env.CEDARMILL_THROWS === 'all' ? Number.POSITIVE_INFINITY : Number(process.env.CEDARMILL_THROWS ?? 12);

/** Small frames left: from hardly any up to where everything comes through. */
const ROOMS = [1, 3, 6, 9, 12, 16, 20, 25, 31, 38, 46, 55, 65, 77, 91, 110, 140, 180, 230, 290, 340];

interface Instrumented {
  readonly callsOf: typeof callsOf;
  readonly differenceAfter: typeof differenceAfter;
}

describe('an exception at the beginning of the n-th function that is called', () => {
  let instrumented: Instrumented;

  beforeAll(async () => {
    instrumented = (await import(await bundleWithTicks('test/exceptions/everywhere.ts'))) as Instrumented;
  });

  test.each(scenarios())('$name', (scenario) => {
    const calls = instrumented.callsOf(scenario);
    expect(calls).toBeGreaterThan(3);
    const step = Math.max(1, calls / PLACES);
    for (let at = 0; at < calls; at += step) {
      const n = Math.floor(at);
      expect(instrumented.differenceAfter(scenario, n), `at call ${n} of ${calls}`).toBeUndefined();
    }
  });
});

describe('the end of the stack', () => {
  test.each(scenarios([60]))('$name', (scenario) => {
    for (const room of ROOMS) expect(differenceNearEnd(scenario, room), `with a room of ${room}`).toBeUndefined();
  });

  test.each([3, 60, 126, 128, 2000])('values of %s levels', (levels) => {
    for (const scenario of scenarios([levels]).filter(({ name }) => /whole$/.test(name)))
      for (const room of [8, 30, 90])
        expect(differenceNearEnd(scenario, room), `${scenario.name}, with a room of ${room}`).toBeUndefined();
  });
});

function differenceNearEnd({ before, interrupted, after }: Scenario, room: number) {
  const machine = new Machine();
  for (const operation of before) machine.run(operation);
  machine.run({ kind: 'deep', room, run: interrupted });
  for (const operation of after) machine.run(operation);
  return machine.difference;
}

describe('instrumented code', () => {
  test('every kind of function ticks', () => {
    const code =
      'class A { constructor() { this.a = 1; } get b() { return (() => ({ c: () => this.a }))(); } *d() { yield 1; } }';
    const ticked: number[] = [];
    const A = new Function(
      '$tick',
      `${withTicks(code)}
return A;`,
    )(() => ticked.push(1));
    const a = new A();
    expect([a.b.c(), ...a.d()]).toEqual([1, 1]);
    expect(ticked).toHaveLength(5);
  });
});
