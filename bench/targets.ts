/**
 * Targets — what the project is held to, met or missed in one run.
 */
import { digits } from './figure.ts';
import type { Row } from './row.ts';
import {
  coldStart,
  divided,
  faster,
  least,
  linksGrowth,
  max,
  mean,
  microseconds,
  most,
  ns,
  nsOf,
  quotient,
  rate,
  ratios,
  ratioToHand,
  type Target,
} from './target.ts';

const POLICY_CHANGES = ['add a policy', 'remove a policy', 'replace a policy', 'link a template', 'unlink it'];
const ENTITY_CHANGES = ['attributes of one entity', 'parents of one entity'];

/** Forms of requests, how many times the function by hand they may take, and where they are timed. */
const APPLICATION: readonly (readonly [mode: string, limit: number, scenario?: string, size?: number])[] = [
  ...['handles', '{ type, id }', 'text'].flatMap((form) => [
    [`decision, ${form}`, 1.5] as const,
    [`decision, ${form}; schema`, 1.5] as const,
    [`full, ${form}`, 1.5] as const,
  ]),
  ['full, handles', 3, 'application-errors'],
  ['decision, own objects', 1.5, 'application-own'],
  ['decision, own objects; schema', 1.5, 'application-own'],
  ['decision, entities in the call', 3, 'application-list', 5],
  ['decision, entities in the call; schema', 3, 'application-list', 5],
];
const HOSPITAL = 'decision, handles';

const TARGETS: readonly Target[] = [
  most('decision by handles at 50, mean ratio to hand', ratios('decision, handles', 50, mean), 1.15),
  most('decision by handles at 50, worst ratio', ratios('decision, handles', 50, max), 1.3),
  most('full answer by handles at 50, worst ratio', ratios('full, handles', 50, max), 1.3),
  most('decision by handles at 1,000, worst ratio', ratios('decision, handles', 1000, max), 1.15),
  most('full answer by handles at 1,000, worst ratio', ratios('full, handles', 1000, max), 1.15),
  most('decision by text at 50, ns', nsOf('decision, text'), 60),
  least('times faster than CASL', faster('CASL', 'decision', 'decision, handles'), 50),
  least('times faster than casbin', faster('casbin', 'decision', 'decision, handles'), 120),
  least('times faster than CEL', faster('CEL', 'decision', 'decision, handles'), 100),
  least(
    'times faster than cedar-wasm with the smallest data',
    faster('cedar-wasm', 'full, smallest data', 'full, handles'),
    5000,
  ),
  least(
    'times faster than cedar-wasm, all entities in each call',
    faster('cedar-wasm', 'full, all data', 'full, text, all entities in each call'),
    200,
  ),
  ...APPLICATION.map(([mode, limit, scenario = 'application', size = 200]) =>
    most(`${scenario}: ${mode}, ratio to hand`, ratioToHand(scenario, size, mode), limit),
  ),
  most('hospital, 10,000 policies, ns', (rows) => ns(rows, 'hospital', 10_000, HOSPITAL), 150),
  most(
    'hospital, 10,000 policies, times the cost at 38',
    (rows) => quotient(ns(rows, 'hospital', 10_000, HOSPITAL), ns(rows, 'hospital', 38, HOSPITAL)),
    6,
  ),
  most('1,000,000 == links, full answer, ns', (rows) => ns(rows, 'links', 1_000_000, 'full, handles'), 200),
  most('1,000,000 == links, times the cost at 10', linksGrowth, 15),
  most(
    '10,000 policies that no index can cut, ns a policy',
    (rows) => divided(ns(rows, 'wide', 10_000, 'full, handles'), 10_000),
    2,
  ),
  ...bytes('an entity with 10 ancestors', 300),
  ...bytes('a link', 200),
  ...POLICY_CHANGES.map((mode) =>
    most(`${mode}, set of 100,000, µs to the next answer`, microseconds('update', 100_000, mode), 1000),
  ),
  ...ENTITY_CHANGES.map((mode) =>
    most(`${mode} of 1,000,000, µs to the next answer`, microseconds('update', 1_000_000, mode), 20),
  ),
  ...[4, 200].flatMap((shapes) => [
    least(`policies parsed a second, ${shapes} shapes`, rate(20_000, `parse a policy, ${shapes} shapes`), 150_000),
    least(
      `policies from text to the first answer a second, ${shapes} shapes`,
      rate(20_000, `parse, compile, answer, ${shapes} shapes`),
      50_000,
    ),
  ]),
  least('links loaded a second', rate(1_000_000, 'link, compile, answer'), 500_000),
  most('10,000 rows in memory by a filter, ratio to hand', ratioToHand('lists', 10_000, 'filter'), 1.2),
  least(
    '10,000 rows by a filter, times faster than a loop over `isAllowed`',
    (rows) => quotient(ns(rows, 'lists', 10_000, 'isAllowed'), ns(rows, 'lists', 10_000, 'filter')),
    10,
  ),
  most('a filter and its SQL, µs', microseconds('lists', 1, 'sql'), 50),
  most('a prepared filter and its SQL, µs', microseconds('lists', 1, 'prepared'), 2),
  most('cold start of the compiler, ms', (rows) => divided(coldStart(rows), 1e6), 10),
];

/** For a million: the data alone, and with what an engine keeps of them. */
function bytes(what: string, limit: number): Target[] {
  return ['alone', 'and in an engine'].map((mode) =>
    most(`bytes of ${what}, ${mode}`, (rows) => ns(rows, 'memory', 1_000_000, `${what}, ${mode}`), limit),
  );
}

/** Whether the run has met a target. */
export interface Verdict {
  readonly target: Target;
  readonly figure: number;
  readonly met: boolean;
}

/** The targets that the run has rows for. */
export function verdicts(rows: readonly Row[]): Verdict[] {
  return TARGETS.flatMap((target) => {
    const figure = target.figure(rows);
    if (figure === undefined) return [];
    return { target, figure, met: target.is === 'most' ? figure <= target.limit : figure >= target.limit };
  });
}

export function printTargets(rows: readonly Row[]): void {
  console.log('\ntargets');
  for (const { target, figure, met } of verdicts(rows)) {
    const { what, is, limit } = target;
    console.log(
      `  ${met ? 'met   ' : 'missed'}  ${what}: ${digits(figure)}, at ${is} ${limit.toLocaleString('en-US')}`,
    );
  }
}
