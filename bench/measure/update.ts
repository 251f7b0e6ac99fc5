/**
 * Update — how long a change takes until the next answer: policies and links in a set of 100,000, entities in a store of 1,000,000.
 */
import type { Row } from '../row.ts';
import type { Changing } from './changing.ts';
import { changingEntities } from './entity-changes.ts';
import { type Measure, measured, nsOf } from './measure.ts';
import { changingPolicies } from './policy-changes.ts';

export const update: Measure = {
  about: 'a change, and the next answer that it may matter to',
  rows: (effort) => {
    const [policies, entities, each] = effort === 'quick' ? [2000, 20_000, 20] : [100_000, 1_000_000, 400];
    return [...timed(changingPolicies(policies), policies, each), ...timed(changingEntities(entities), entities, each)];
  },
};

/** One row for each kind of change, over about `each` of it; those of the warm-up come to a quarter more. */
function timed({ engine, store, changes }: Changing, size: number, each: number): Row[] {
  const samples = new Map<string, number[]>();
  const warmUp = Math.ceil(each / 4);
  for (const { mode, apply, asked } of changes) {
    const ns = nsOf(() => {
      apply();
      engine.isAuthorized(asked, store);
    });
    const known = samples.get(mode) ?? [];
    samples.set(mode, known);
    if (known.push(ns) === each + warmUp) break;
  }
  engine.release();
  const row = { scenario: 'update', size, engine: 'cedarmill' };
  return [...samples].map(([mode, all]) => measured({ ...row, mode }, all.slice(warmUp)));
}
