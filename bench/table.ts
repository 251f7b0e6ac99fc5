/**
 * Table — the figures of the last full run in the README, between its marks.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Row } from './row.ts';

export interface Result {
  readonly machine: string;
  readonly rows: readonly Row[];
}

const README = new URL('../README.md', import.meta.url).pathname;
const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];
const SHOWN = ['tinytodo', 'gdrive', 'github'];
const SIZE = 50;

export function writeTable(result: Result): void {
  const text = readFileSync(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${BEGIN} and ${END}`);
  writeFileSync(README, `${text.slice(0, begin + BEGIN.length)}\n${table(result)}\n${text.slice(end)}`);
}

function table({ machine, rows }: Result): string {
  const at = rows.filter(({ scenario, size }) => SHOWN.includes(scenario) && size === SIZE);
  const ways = [...new Set(at.map(({ engine, mode }) => `${engine} | ${mode}`))];
  const cell = (way: string, scenario: string) => {
    const row = at.find((each) => each.scenario === scenario && `${each.engine} | ${each.mode}` === way);
    return row === undefined ? '' : row.nsPerDecision.toLocaleString('en-US', { maximumSignificantDigits: 3 });
  };
  return [
    `Nanoseconds a decision, ${SIZE} entities of a type, on ${machine}:`,
    '',
    `| engine | question | ${SHOWN.join(' | ')} |`,
    `| --- | --- |${' ---: |'.repeat(SHOWN.length)}`,
    ...ways.map((way) => `| ${way} | ${SHOWN.map((scenario) => cell(way, scenario)).join(' | ')} |`),
  ].join('\n');
}
