/**
 * Report — docs/drt-report.md: what a long run compared, what it met, what it found.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { ROOT } from './bundle.ts';
import { outcomeChart } from './chart.ts';
import { OUTCOMES } from './coverage.ts';
import { sectionOf, withSection } from './lifecycle/pairs-table.ts';
import type { Run } from './run.ts';
import { OPTIONS } from './target/authorize.ts';

const REPORT = `${ROOT}docs/drt-report.md`;

/** A run of sequences alone writes its section, any other run all the rest. */
export function writeReport(run: Run): void {
  mkdirSync(`${ROOT}docs`, { recursive: true });
  const before = existsSync(REPORT) ? readFileSync(REPORT, 'utf8') : '';
  const operations = run.comparisons.get('lifecycle') ?? 0;
  if (run.comparisons.size === 1 && operations > 0) {
    writeFileSync(REPORT, withSection(before, { ...run, operations, found: run.found.length }));
    return;
  }
  writeFileSync(`${ROOT}docs/drt-outcomes.svg`, outcomeChart(run.coverage));
  writeFileSync(REPORT, markdown(run) + sectionOf(before));
}

const number = new Intl.NumberFormat('en-US');

function markdown(run: Run): string {
  const { coverage, seconds, workers, total } = run;
  return `# Differential random testing: the long run

Made by \`npm run drt -- --report\` on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${workers} threads, Node ${process.version}.
A comparison is one question to all oracles of its target: for \`authorize\`, one request to the model and to compiled programs in ${OPTIONS.length}
combinations of options, each with the full answer and with the decision alone. Hundreds of requests share one set of policies and entities.

| | |
| --- | --- |
| comparisons | ${number.format(total)} |
| time | ${number.format(Math.round(seconds))} s |
| rate | ${number.format(Math.round(total / seconds))} a second, ${number.format(Math.round(total / seconds / workers))} for each thread |
| seed | ${run.seed} |
| requests in \`authorize\` | ${number.format(coverage.requests)}: ${number.format(coverage.allow)} allowed, ${number.format(coverage.deny)} denied |
| shapes of intermediate code met by one thread | ${number.format(run.shapes)} |
| deaths of the official build's process | ${run.restarts} |
| differences | ${run.found.length} |

## Comparisons by target

| target | comparisons |
| --- | ---: |
${[...run.comparisons].map(([name, n]) => `| ${name} | ${number.format(n)} |`).join('\n')}

## What was found

${run.found.length === 0 ? 'No difference.' : run.found.map(({ replay, text }) => `- \`${replay}\`\n\n  \`\`\`\n  ${text.slice(0, 600).replace(/\n/g, '\n  ')}\n  \`\`\``).join('\n')}

## Constructs and outcomes

What became of a policy that has the construct, counted for each request. ![outcomes by construct](drt-outcomes.svg)

| construct | ${OUTCOMES.join(' | ')} |
| --- |${' ---: |'.repeat(OUTCOMES.length)}
${[...coverage.table]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([construct, row]) =>
      `| \`${construct.replaceAll('|', '\\|')}\` | ${row.map((n) => number.format(n)).join(' | ')} |`,
  )
  .join('\n')}

${run.missing.length === 0 ? 'Every construct and every outcome occurred.' : `Did not occur: ${run.missing.join(', ')}.`}
`;
}
