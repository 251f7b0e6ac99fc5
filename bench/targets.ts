/**
 * Targets — what the project is held to, computed from the rows of one run.
 */
import type { Row } from './row.ts';

const PAPER = ['gdrive', 'github', 'tinytodo'];

interface Target {
  readonly what: string;
  /** The figure of this run; `undefined` if the run has no rows for it. */
  readonly figure: (rows: readonly Row[]) => number | undefined;
  readonly limit: number;
  /** Whether the limit is the most or the least that will do. */
  readonly is: 'most' | 'least';
}

const TARGETS: readonly Target[] = [
  {
    what: 'decision by handles at 50, mean ratio to hand',
    figure: ratios('decision, handles', 50, mean),
    limit: 1.15,
    is: 'most',
  },
  {
    what: 'decision by handles at 50, worst ratio',
    figure: ratios('decision, handles', 50, max),
    limit: 1.3,
    is: 'most',
  },
  {
    what: 'full answer by handles at 50, worst ratio',
    figure: ratios('full, handles', 50, max),
    limit: 1.3,
    is: 'most',
  },
  {
    what: 'decision by handles at 1,000, worst ratio',
    figure: ratios('decision, handles', 1000, max),
    limit: 1.15,
    is: 'most',
  },
  {
    what: 'full answer by handles at 1,000, worst ratio',
    figure: ratios('full, handles', 1000, max),
    limit: 1.15,
    is: 'most',
  },
  { what: 'decision by text at 50, ns', figure: nsOf('decision, text'), limit: 60, is: 'most' },
  { what: 'times faster than CASL', figure: faster('CASL', 'decision', 'decision, handles'), limit: 50, is: 'least' },
  {
    what: 'times faster than casbin',
    figure: faster('casbin', 'decision', 'decision, handles'),
    limit: 120,
    is: 'least',
  },
  { what: 'times faster than CEL', figure: faster('CEL', 'decision', 'decision, handles'), limit: 100, is: 'least' },
  {
    what: 'times faster than cedar-wasm with the smallest data',
    figure: faster('cedar-wasm', 'full, smallest data', 'full, handles'),
    limit: 5000,
    is: 'least',
  },
  {
    what: 'times faster than cedar-wasm, all entities in each call',
    figure: faster('cedar-wasm', 'full, all data', 'full, text, all entities in each call'),
    limit: 200,
    is: 'least',
  },
  {
    what: '1,000,000 == links, full answer, ns',
    figure: (rows) => ns(rows, 'links', 1_000_000, 'full, handles'),
    limit: 200,
    is: 'most',
  },
  { what: '1,000,000 == links, times the cost at 10', figure: linksGrowth, limit: 15, is: 'most' },
  {
    what: '10,000 policies that no index can cut, ns a policy',
    figure: (rows) => divided(ns(rows, 'wide', 10_000, 'full, handles'), 10_000),
    limit: 2,
    is: 'most',
  },
];

export function printTargets(rows: readonly Row[]): void {
  console.log('\ntargets');
  for (const { what, figure, limit, is } of TARGETS) {
    const value = figure(rows);
    if (value === undefined) continue;
    const met = is === 'most' ? value <= limit : value >= limit;
    const shown = value.toLocaleString('en-US', { maximumFractionDigits: 2 });
    console.log(`  ${met ? 'met   ' : 'missed'}  ${what}: ${shown}, at ${is} ${limit.toLocaleString('en-US')}`);
  }
}

function ns(
  rows: readonly Row[],
  scenario: string,
  size: number,
  mode: string,
  engine = 'cedarmill',
): number | undefined {
  return rows.find(
    (row) => row.scenario === scenario && row.size === size && row.mode === mode && row.engine === engine,
  )?.nsPerDecision;
}

/** Of the three applications; `undefined` unless the run has all. */
function ofAll(figure: (scenario: string) => number | undefined, join: (all: number[]) => number): number | undefined {
  const all = PAPER.map(figure).filter((value) => value !== undefined);
  return all.length < PAPER.length ? undefined : join(all);
}

function ratios(mode: string, size: number, join: (all: number[]) => number): Target['figure'] {
  const hand = mode.split(',')[0]!;
  return (rows) =>
    ofAll((name) => quotient(ns(rows, name, size, mode), ns(rows, name, size, hand, 'hand-written')), join);
}

/** The worst of the three applications. */
function faster(engine: string, mode: string, ours: string): Target['figure'] {
  return (rows) =>
    ofAll(
      (name) => quotient(ns(rows, name, 50, mode, engine), ns(rows, name, 50, ours)),
      (all) => Math.min(...all),
    );
}

function nsOf(mode: string): Target['figure'] {
  return (rows) => ofAll((name) => ns(rows, name, 50, mode), max);
}

function linksGrowth(rows: readonly Row[]): number | undefined {
  return quotient(ns(rows, 'links', 1_000_000, 'full, handles'), ns(rows, 'links', 10, 'full, handles'));
}

function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

function divided(a: number | undefined, n: number): number | undefined {
  return quotient(a, n);
}

function mean(all: number[]): number {
  return Math.exp(all.reduce((sum, each) => sum + Math.log(each), 0) / all.length);
}

function max(all: number[]): number {
  return Math.max(...all);
}
