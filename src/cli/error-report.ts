/**
 * Error report — what went wrong, in the three forms of `--error-format`.
 *
 * `human` shows the source line with a caret, `plain` the same in words without graphics, `json` has the members of the official command.
 */

import type { Diagnostic, DiagnosticLabel } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { append } from '../value/append.ts';
import { positionsIn } from '../value/text-positions.ts';
import { unreachable } from '../value/unreachable.ts';
import { colors as pc } from './colors.ts';
import { positionOf, renderDiagnostic } from './report.ts';

export const ERROR_FORMATS = ['human', 'plain', 'json'] as const;
export type ErrorFormat = (typeof ERROR_FORMATS)[number];

/** `advice` is what is neither wrong nor doubtful: that nothing was found. */
export interface Finding extends Omit<Diagnostic, 'severity'> {
  readonly severity: Diagnostic['severity'] | 'advice';
}

export interface ErrorReport {
  /** What was being done, such as `failed to parse policy set`; `undefined` if the first diagnostic says it all. */
  readonly doing?: string | undefined;
  /** At least one. */
  readonly diagnostics: readonly Finding[];
  readonly source?: Source | undefined;
}

export function renderReport(report: ErrorReport, format: ErrorFormat): string {
  switch (format) {
    case 'human':
      return human(report);
    case 'plain':
      return report.diagnostics.map((diagnostic, index) => plain(diagnostic, index === 0, report)).join('\n');
    case 'json':
      return JSON.stringify(json(report));
    default:
      return unreachable(format);
  }
}

function human({ doing, diagnostics, source }: ErrorReport): string {
  const found = diagnostics.flatMap((finding) => (isDiagnostic(finding) ? [renderDiagnostic(finding, source)] : []));
  const worst = ['error', 'warning'].find((word) => diagnostics.some(({ severity }) => severity === word));
  const first = doing === undefined ? [] : [worst === 'error' ? `${pc.red('error')}: ${doing}` : doing];
  return [...first, ...found].join('\n');
}

function isDiagnostic(finding: Finding): finding is Diagnostic {
  return finding.severity !== 'advice';
}

function plain({ severity, message, labels, help }: Finding, isFirst: boolean, { doing, source }: ErrorReport) {
  const told = isFirst && doing !== undefined ? [doing] : [isFirst ? message : `Error: ${message}`];
  told.push(`    Diagnostic severity: ${severity}`);
  if (isFirst && doing !== undefined) told.push(`    Caused by: ${message}`);
  if (source !== undefined)
    append(
      told,
      labels.flatMap((label) => plainLabel(label, source)),
    );
  if (help !== undefined) told.push(`diagnostic help: ${help}`);
  return `${told.join('\n')}\n`;
}

function plainLabel({ span, text }: DiagnosticLabel, source: Source): string[] {
  const positions = positionsIn(source);
  const start = positionOf(positions, span.start);
  const last = positionOf(positions, Math.max(span.end - 1, span.start));
  const columns =
    start.line === last.line && start.column < last.column
      ? `columns ${start.column} to ${last.column}`
      : `column ${start.column}`;
  const label = text === undefined ? '' : `: ${text}`;
  return [`snippet line ${start.line}: ${start.text}`, `    label at line ${start.line}, ${columns}${label}`];
}

interface JsonReport {
  readonly message: string;
  readonly severity: string;
  readonly causes: readonly string[];
  readonly help?: string | undefined;
  readonly filename?: string | undefined;
  readonly labels: readonly { readonly label?: string | undefined; readonly span: JsonSpan }[];
  readonly related: readonly JsonReport[];
}

/** In bytes of the UTF-8 text, as the official command counts. */
interface JsonSpan {
  readonly offset: number;
  readonly length: number;
}

function json({ doing, diagnostics, source }: ErrorReport): JsonReport {
  const [first, ...others] = diagnostics;
  const report = jsonOf(first!, source);
  return {
    ...report,
    ...(doing === undefined ? {} : { message: doing, causes: [report.message] }),
    related: others.map((diagnostic) => jsonOf(diagnostic, source)),
  };
}

function jsonOf({ message, severity, help, labels }: Finding, source: Source | undefined): JsonReport {
  return {
    message,
    severity,
    causes: [],
    help,
    ...(source === undefined || labels.length === 0 ? {} : { filename: source.name ?? '' }),
    labels: source === undefined ? [] : labels.map(({ text, span }) => ({ label: text, span: bytes(span, source) })),
    related: [],
  };
}

function bytes({ start, end }: { readonly start: number; readonly end: number }, source: Source): JsonSpan {
  const positions = positionsIn(source);
  const offset = positions.byteOf(start);
  return { offset, length: positions.byteOf(end) - offset };
}
