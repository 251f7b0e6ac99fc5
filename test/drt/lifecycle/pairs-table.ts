/**
 * Pairs table — the pairs of operations of a run as the section of its report.
 */
import { LABELS, type Pairs } from './pairs.ts';

const BEGIN = '<!-- lifecycle -->';
const END = '<!-- /lifecycle -->';

/** What the section is made of. */
export interface LifecycleRun {
  readonly pairs: Pairs;
  readonly operations: number;
  readonly seconds: number;
  readonly workers: number;
  readonly seed: number;
  readonly found: number;
}

/** The report with the section of this run in the place of an earlier one, or at its end. */
export function withSection(report: string, run: LifecycleRun): string {
  const [before = '', rest] = report.split(BEGIN);
  const after = rest?.split(END)[1] ?? '';
  return `${before.trimEnd()}\n\n${BEGIN}\n${section(run)}\n${END}\n${after.trimStart() && `\n${after.trimStart()}`}`;
}

/** The section of an earlier run, for a report that is written again. */
export function sectionOf(report: string): string {
  const section = report.split(BEGIN)[1]?.split(END)[0];
  return section === undefined ? '' : `\n${BEGIN}${section}${END}\n`;
}

function section({ pairs, operations, seconds, workers, seed, found }: LifecycleRun): string {
  const missing = pairs.missing();
  const number = (n: number) => Math.round(n).toLocaleString('en-US');
  return `## Sequences of operations

The target \`lifecycle\`: policy sets, stores, lists and engines live through changes, failures, callbacks and the end of the stack, and each answer is
held against the model on the data of that moment. Made by \`npm run drt -- --targets lifecycle --report\`.

| | |
| --- | --- |
| operations | ${number(operations)} |
| time | ${number(seconds)} s on ${workers === 1 ? '1 thread' : `${workers} threads`} |
| rate | ${number(operations / seconds)} a second |
| seed | ${seed} |
| differences | ${found} |

A row says what came first, a column what came next; the two numbers are how often what the second one is about had been asked about before, and how
often it had not.

| | ${LABELS.join(' | ')} |
| --- |${' --- |'.repeat(LABELS.length)}
${LABELS.map((first) => `| ${first} | ${LABELS.map((second) => pairs.of(first, second).join(' / ')).join(' | ')} |`).join('\n')}

${missing.length === 0 ? 'Every pair occurred in each state that it can have.' : `Did not occur: ${missing.join('; ')}.`}`;
}
