/**
 * Holds — runs a property over generated cases and shows that they met every outcome and construct.
 *
 * `CEDARMILL_CASES` sets the number of cases of each property, `CEDARMILL_SEED` the seed; a failure prints its own seed and a golden folder,
 * made small unless `CEDARMILL_SHRINK` is `no`.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Case, CaseSize, Flavour } from '../arbitrary/case.ts';
import { SMALL } from '../arbitrary/case.ts';
import { anyCase } from '../arbitrary/fast-check.ts';
import { Coverage } from '../drt/coverage.ts';
import { describe, type Finding } from '../drt/finding.ts';
import { modelResponses, policySetOf } from '../drt/target/authorize.ts';

export interface Property {
  /** Cases in a plain `npm test`. */
  readonly cases: number;
  readonly flavour?: Flavour;
  readonly size?: CaseSize;
  readonly check: (given: Case, seed: number) => Finding | undefined | Promise<Finding | undefined>;
}

export const SEED = process.env.CEDARMILL_SEED === undefined ? undefined : Number(process.env.CEDARMILL_SEED);

export function runsOf(cases: number): number {
  return Number(process.env.CEDARMILL_CASES ?? cases);
}

/** This number of cases meets all of them but for odds of one in millions. A run of fewer must still allow and deny. */
const ENOUGH = 1000;

export async function holds({ cases, flavour, size = SMALL, check }: Property): Promise<void> {
  const coverage = new Coverage();
  const numRuns = runsOf(cases);
  const property = fc.asyncProperty(anyCase(flavour, size), fc.nat(), async (given, seed) => {
    coverage.record(given, modelResponses(given, [...policySetOf(given).policies()]));
    const finding = await check(given, seed);
    if (finding !== undefined) throw new Error(describe(finding));
  });
  const endOnFailure = process.env.CEDARMILL_SHRINK === 'no';
  await fc.assert(property, { numRuns, endOnFailure, ...(SEED === undefined ? {} : { seed: SEED }) });
  const { requests, allow, deny } = coverage.data();
  if (numRuns >= ENOUGH) expect(coverage.missing(), 'outcomes and constructs that did not occur').toEqual([]);
  expect(requests).toBeGreaterThanOrEqual(numRuns);
  expect(Math.min(allow, deny)).toBeGreaterThan(0);
  console.info(`${requests} requests: ${allow} allowed, ${deny} denied; ${coverage.outcomes()}`);
}
