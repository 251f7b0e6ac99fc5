/**
 * Run record — what one run on one database has seen, as JSON: written while the run goes on, so that what a run reached counts even if it is cut short.
 */
import { writeFileSync } from 'node:fs';
import type { ShapeCount } from '../drt/target/filter-shapes.ts';
import type { FeatureCount, FilterTally } from '../drt/target/filter-tally.ts';

/** Counts whose names are the same for all runs; sums are taken of them. */
export const COUNTS = [
  'databases',
  'triples',
  'empty',
  'selective',
  'rows',
  'allowed',
  'engine',
  'predicate',
  'prepared',
  'planned',
  'refused',
  'bounds',
  'skipped',
] as const;

export type CountName = (typeof COUNTS)[number];

export interface RunRecord {
  readonly database: string;
  readonly version: string;
  /** The first, and the one after the last. */
  readonly seeds: readonly [number, number];
  readonly seconds: number;
  readonly findings: number;
  readonly counts: Readonly<Record<CountName, number>>;
  readonly kinds: Readonly<Record<string, number>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly skips: Readonly<Record<string, number>>;
  readonly features: Readonly<Record<string, FeatureCount>>;
  readonly shapes: Readonly<Record<string, ShapeCount>>;
}

/** Milliseconds between two lines of a run. */
const REPORT_EVERY = 30_000;

/** Prints and writes how far a run is, now and then. */
export class RunReport {
  readonly #database: string;
  readonly #version: string;
  readonly #first: number;
  readonly #out: string | undefined;
  readonly #begin = performance.now();
  #reported = this.#begin;

  constructor(database: string, version: string, first: number, out: string | undefined) {
    this.#database = database;
    this.#version = version;
    this.#first = first;
    this.#out = out;
  }

  tick(tally: FilterTally, next: number, findings: number): void {
    if (performance.now() - this.#reported >= REPORT_EVERY) this.write(tally, next, findings);
  }

  write(tally: FilterTally, next: number, findings: number): void {
    this.#reported = performance.now();
    const seconds = (this.#reported - this.#begin) / 1000;
    const counts = Object.fromEntries(COUNTS.map((name) => [name, tally[name]])) as RunRecord['counts'];
    const record: RunRecord = {
      ...{ database: this.#database, version: this.#version, seeds: [this.#first, next], findings, counts },
      seconds: Math.round(seconds),
      kinds: Object.fromEntries(tally.kinds),
      refusals: Object.fromEntries(tally.refusals),
      skips: Object.fromEntries(tally.skips),
      features: Object.fromEntries(tally.features),
      shapes: Object.fromEntries(tally.shapes.counts),
    };
    if (this.#out !== undefined) writeFileSync(this.#out, JSON.stringify(record));
    const shown = JSON.stringify({ ...counts, ...record.kinds });
    const rate = Math.round(tally.triples / seconds);
    console.log(`${this.#database}: ${shown}, ${rate} triples a second, ${findings} differences, at seed ${next}`);
  }
}
