/**
 * Table — the figures of the last full run in the README, between its marks: the forms of requests, the applications by rival, then what is large.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { digits, shown } from './figure.ts';
import { requestTable } from './request-table.ts';
import type { Row } from './row.ts';

export interface Result {
  readonly machine: string;
  readonly rows: readonly Row[];
}

const README = new URL('../README.md', import.meta.url).pathname;
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];
const APPLICATIONS = ['tinytodo', 'gdrive', 'github'];
const SIZE = 50;

/** Rows of other scenarios that tell most, and what they are called. */
const LARGE: readonly (readonly [what: string, scenario: string, size: number, mode: string])[] = [
  ['full answer among 1,000,000 links of a template', 'links', 1_000_000, 'full, handles'],
  ['full answer of 10,000 policies that all must be looked at', 'wide', 10_000, 'full, handles'],
  ['a decision by 100,000 policies of a hospital', 'hospital', 100_000, 'decision, handles'],
  ['add a policy to 100,000, and answer', 'update', 100_000, 'add a policy'],
  ['replace one of 100,000 policies, and answer', 'update', 100_000, 'replace a policy'],
  ['change the attributes of one of 1,000,000 entities, and answer', 'update', 1_000_000, 'attributes of one entity'],
  [
    'change the parents of a group with 1,000 entities below, and answer',
    'update',
    1_000_000,
    'parents of a group with 1,000 below',
  ],
  ['parse a policy, one of 20,000', 'compile', 20_000, 'parse a policy, 200 shapes'],
  ['parse, compile and first answer, a policy of 20,000', 'compile', 20_000, 'parse, compile, answer, 200 shapes'],
  ['link, compile and first answer, a link of 1,000,000', 'compile', 1_000_000, 'link, compile, answer'],
  ['from import to the first decision, 10 policies', 'cold-start', 10, 'import, compile, decide'],
  ['the same with a module compiled ahead of time', 'cold-start', 10, 'module compiled ahead of time, bundled'],
  [
    'an entity with 10 ancestors, in store and engine',
    'memory',
    1_000_000,
    'an entity with 10 ancestors, and in an engine',
  ],
  ['a link, in set and engine', 'memory', 1_000_000, 'a link, and in an engine'],
  ['a policy, in set and engine', 'memory', 20_000, 'a policy, and in an engine'],
];

/** The rows of `last` where `run` has none of the scenario. Each row says where it was timed, if not where the others were. */
export function updated(last: Result, run: Result): Result {
  const scenarios = new Set(run.rows.map(({ scenario }) => scenario));
  const kept = last.rows.filter(({ scenario }) => !scenarios.has(scenario));
  const rows = run.machine === last.machine ? run.rows : run.rows.map((row) => ({ ...row, machine: run.machine }));
  return { machine: last.machine, rows: [...kept, ...rows] };
}

export function writeTable(result: Result): void {
  const text = readFileSync(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${BEGIN} and ${END}`);
  writeFileSync(README, `${text.slice(0, begin + BEGIN.length)}\n${tables(result)}\n${text.slice(end)}`);
}

export function tables({ machine, rows }: Result): string {
  return [...requestTable(rows, machine), ...applications(rows, machine), '', ...large(rows)].join('\n');
}

function applications(rows: readonly Row[], machine: string): string[] {
  const at = rows.filter(({ scenario, size }) => APPLICATIONS.includes(scenario) && size === SIZE);
  const ways = [...new Set(at.map(({ engine, mode }) => `${engine} | ${mode}`))];
  const cell = (way: string, scenario: string) => {
    const row = at.find((each) => each.scenario === scenario && `${each.engine} | ${each.mode}` === way);
    return row === undefined ? '' : digits(row.nsPerDecision);
  };
  return [
    `Nanoseconds a decision, ${SIZE} entities of a type, on ${machine}:`,
    '',
    `| engine | question | ${APPLICATIONS.join(' | ')} |`,
    `| --- | --- |${' ---: |'.repeat(APPLICATIONS.length)}`,
    ...ways.map((way) => `| ${way} | ${APPLICATIONS.map((scenario) => cell(way, scenario)).join(' | ')} |`),
  ];
}

function large(rows: readonly Row[]): string[] {
  const found = LARGE.flatMap(([what, scenario, size, mode]) => {
    const row = rows.find(
      (each) => each.engine === 'cedarmill' && each.scenario === scenario && each.size === size && each.mode === mode,
    );
    return row === undefined ? [] : `| ${what} | ${shown(row.nsPerDecision, row.unit)} |`;
  });
  return ['At large sizes, and besides decisions:', '', '| what | each |', '| --- | ---: |', ...found];
}
