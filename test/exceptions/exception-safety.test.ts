/**
 * Exception safety — whatever throws in the middle of a question, a change or a listener, everything that follows agrees with the model.
 *
 * `CEDARMILL_THROWS` says how many places of each scenario are looked at; `all` are some hundred thousand. With `all`, all depths of calls are
 * looked at, too.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { bundle } from '../drt/bundle.ts';
import type { callsOf, depthOf, differenceAfter, differenceAtDepth, differenceNearEnd } from './everywhere.ts';
import { DEPTHS, TICKS, withDepths, withTicks } from './instrument.ts';
import { scenarios } from './scenario.ts';

const { CEDARMILL_THROWS: asked = '2' } = process.env;
const PLACES = asked === 'all' ? Number.POSITIVE_INFINITY : Number(asked);

/** Small frames left: from hardly any up to where everything comes through. */
const ROOMS = [1, 3, 6, 9, 12, 16, 20, 25, 31, 38, 46, 55, 65, 77, 91, 110, 140, 180, 230, 290, 340];

const ENTRY = 'test/exceptions/everywhere.ts';

interface Everywhere {
  readonly callsOf: typeof callsOf;
  readonly depthOf: typeof depthOf;
  readonly differenceAtDepth: typeof differenceAtDepth;
  readonly differenceAfter: typeof differenceAfter;
  readonly differenceNearEnd: typeof differenceNearEnd;
}

const all = scenarios();

describe('an exception at the beginning of the n-th function that is called', () => {
  let instrumented: Everywhere;

  beforeAll(async () => {
    instrumented = (await import(await bundle(ENTRY, undefined, 'whole', TICKS))) as Everywhere;
  });

  test.each(all)('$name', (scenario) => {
    const calls = instrumented.callsOf(scenario);
    expect(calls).toBeGreaterThan(3);
    const step = Math.max(1, calls / PLACES);
    // Each scenario begins elsewhere.
    for (let at = (all.indexOf(scenario) % 7) * (step / 7); at < calls; at += step) {
      const n = Math.floor(at);
      expect(instrumented.differenceAfter(scenario, n), `at call ${n} of ${calls}`).toBeUndefined();
    }
  });
});

describe('a stack that has room for n calls of the library, and no more', () => {
  let instrumented: Everywhere;

  beforeAll(async () => {
    instrumented = (await import(await bundle(ENTRY, undefined, 'whole', DEPTHS))) as Everywhere;
  });

  test.each(all)('$name', (scenario) => {
    const deepest = instrumented.depthOf(scenario);
    expect(deepest).toBeGreaterThan(3);
    // Little is derived of what is cold, so that less can be left half done. Sequences meet all depths (drt, target `lifecycle`).
    const step = PLACES === Number.POSITIVE_INFINITY ? 1 : scenario.name.includes('warm') ? 3 : 11;
    for (let limit = all.indexOf(scenario) % step; limit < deepest; limit += step)
      expect(instrumented.differenceAtDepth(scenario, limit), `with ${limit} of ${deepest}`).toBeUndefined();
  });
});

describe('the end of the stack', () => {
  /** Not as the test runner loads modules: its ways of importing need stack, too. */
  let plain: Everywhere;

  beforeAll(async () => {
    plain = (await import(await bundle(ENTRY))) as Everywhere;
  });

  test.each([0, 60, 126, 128, 2000])('an entity with values of %s levels', (levels) => {
    const places = scenarios(levels).flatMap((scenario) => ROOMS.map((room) => ({ scenario, room })));
    const step = Math.max(1, Math.floor(places.length / (PLACES * 30)));
    for (let i = levels % 5; i < places.length; i += step) {
      const { scenario, room } = places[i]!;
      expect(plain.differenceNearEnd(scenario, room), `${scenario.name}, with a room of ${room}`).toBeUndefined();
    }
  });
});

describe('instrumented code', () => {
  test('every function but a generator enters and leaves', () => {
    const code = `class A { constructor() { this.a = 1; } get b() { return (() => ({ c: () => this.a }))(); } *d() { yield 1; } }
      class B extends A { constructor() { super(); this.e = () => { throw 1; }; } }`;
    const steps: string[] = [];
    const within = <T>(value: () => T) => {
      steps.push('in');
      try {
        return value();
      } finally {
        steps.push('out');
      }
    };
    const make = new Function('$enter', '$leave', '$within', `${withDepths(code)}\nreturn new B();`);
    const b = make(
      () => steps.push('in'),
      () => steps.push('out'),
      within,
    );
    expect(steps.join(' ')).toBe('in in out out');
    expect([b.b.c(), ...b.d()]).toEqual([1, 1]);
    expect(() => b.e()).toThrow();
    expect(steps.join(' ')).toBe('in in out out in in out out in out in out');
  });

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
