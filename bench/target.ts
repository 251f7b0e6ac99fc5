/**
 * Target — a figure that the project is held to, and the ways in which it is computed from the rows of a run.
 */
import type { Row } from './row.ts';

/** The applications of the OOPSLA 2024 paper. */
const PAPER = ['gdrive', 'github', 'tinytodo'];

export type Figure = (rows: readonly Row[]) => number | undefined;

export interface Target {
  readonly what: string;
  /** The figure of this run; `undefined` if the run has no rows for it. */
  readonly figure: Figure;
  readonly limit: number;
  /** Whether the limit is the most or the least that will do. */
  readonly is: 'most' | 'least';
}

export function most(what: string, figure: Figure, limit: number): Target {
  return { what, figure, limit, is: 'most' };
}

export function least(what: string, figure: Figure, limit: number): Target {
  return { what, figure, limit, is: 'least' };
}

export function microseconds(scenario: string, size: number, mode: string): Figure {
  return (rows) => divided(ns(rows, scenario, size, mode), 1000);
}

/** How many a second. */
export function rate(size: number, mode: string): Figure {
  return (rows) => quotient(1e9, ns(rows, 'compile', size, mode));
}

export function coldStart(rows: readonly Row[]): number | undefined {
  return ns(rows, 'cold-start', 10, 'import, compile, decide');
}

function rowOf(
  rows: readonly Row[],
  scenario: string,
  size: number,
  mode: string,
  engine = 'cedarmill',
): Row | undefined {
  return rows.find(
    (row) => row.scenario === scenario && row.size === size && row.mode === mode && row.engine === engine,
  );
}

export function ns(...row: Parameters<typeof rowOf>): number | undefined {
  return rowOf(...row)?.nsPerDecision;
}

/** A figure over the three applications; `undefined` unless the run has all. */
function ofAll(figure: (scenario: string) => number | undefined, join: (all: number[]) => number): number | undefined {
  const all = PAPER.map(figure).filter((value) => value !== undefined);
  return all.length < PAPER.length ? undefined : join(all);
}

export function ratios(mode: string, size: number, join: (all: number[]) => number): Figure {
  const hand = mode.split(',')[0]!;
  return (rows) =>
    ofAll((name) => quotient(ns(rows, name, size, mode), ns(rows, name, size, hand, 'hand-written')), join);
}

/** The worst of the three applications. */
export function faster(engine: string, mode: string, ours: string): Figure {
  return (rows) =>
    ofAll(
      (name) => quotient(ns(rows, name, 50, mode, engine), ns(rows, name, 50, ours)),
      (all) => Math.min(...all),
    );
}

export function ratioToHand(scenario: string, size: number, mode: string): Figure {
  return (rows) => rowOf(rows, scenario, size, mode)?.ratioToHand;
}

export function nsOf(mode: string): Figure {
  return (rows) => ofAll((name) => ns(rows, name, 50, mode), max);
}

export function linksGrowth(rows: readonly Row[]): number | undefined {
  return quotient(ns(rows, 'links', 1_000_000, 'full, handles'), ns(rows, 'links', 10, 'full, handles'));
}

export function quotient(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}

export function divided(a: number | undefined, n: number): number | undefined {
  return quotient(a, n);
}

export function mean(all: number[]): number {
  return Math.exp(all.reduce((sum, each) => sum + Math.log(each), 0) / all.length);
}

export function max(all: number[]): number {
  return Math.max(...all);
}
