/**
 * Request table — the forms in which applications ask, a line each, for the first table of the README: by hand, and by each kind of engine.
 */
import { digits } from './figure.ts';
import type { Row } from './row.ts';

/** What a line is called, the scenario and size of its rows, and their mode. */
type Line = readonly [what: string, scenario: string, size: number, mode: string];

const LINES: readonly Line[] = [
  ['handles', 'application', 200, 'decision, handles'],
  ['handles, full answer', 'application', 200, 'full, handles'],
  ['`{ type, id }`', 'application', 200, 'decision, { type, id }'],
  ['text', 'application', 200, 'decision, text'],
  ['handles, context prepared once', 'application', 200, 'decision, handles, prepared context'],
  ['full answer, one policy errs', 'application-errors', 200, 'full, handles'],
  ['address, times and decimal in the context', 'application-extensions', 200, 'decision, handles'],
  ['the same, prepared once', 'application-extensions', 200, 'decision, handles, prepared context'],
  ['own objects', 'application-own', 200, 'decision, own objects'],
  ['5 entities in the call', 'application-list', 5, 'decision, entities in the call'],
  ['300 entities in the call', 'application-list', 300, 'decision, entities in the call'],
  ['10,000 entities in the call', 'application-list', 10_000, 'decision, entities in the call'],
  ['10,000 policies of a hospital', 'hospital', 10_000, 'decision, handles'],
];

/** The kinds of engines, and what their modes have behind the form. */
const ENGINES = [
  ['compile', ''],
  ['with a schema', '; schema'],
  ['module', '; module'],
  ['module with a schema', '; module, schema'],
] as const;

/** No lines if the run has none of these scenarios. */
export function requestTable(rows: readonly Row[], machine: string): string[] {
  const lines = LINES.flatMap((line) => lineOf(rows, line));
  if (lines.length === 0) return [];
  const own = rows.find(({ scenario }) => scenario === LINES[0]![1]);
  const head = ['request', 'by hand', ...ENGINES.map(([name]) => name)];
  return [
    `Nanoseconds a decision with a context of two or three attributes, on ${own?.machine ?? machine}:`,
    '',
    `| ${head.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(head.length - 1)}`,
    ...lines,
    '',
  ];
}

function lineOf(rows: readonly Row[], [what, scenario, size, mode]: Line): string[] {
  const at = rows.filter((row) => row.scenario === scenario && row.size === size);
  const cells = ENGINES.map(([, how]) => {
    const modes = [`${mode}${how}`, ...(how === '; schema' ? [mode.replace(', ', ', typed, ')] : [])];
    return at.find((row) => row.engine === 'cedarmill' && modes.includes(row.mode));
  });
  const known = cells.find((row) => row?.ratioToHand !== undefined);
  if (known === undefined) return [];
  const shownCells = cells.map((row) => (row === undefined ? '' : digits(row.nsPerDecision)));
  return [`| ${[what, digits(known.nsPerDecision / known.ratioToHand!), ...shownCells].join(' | ')} |`];
}
