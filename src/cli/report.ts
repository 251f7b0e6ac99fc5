/**
 * Report — a diagnostic as a person reads it: message, place, the source line with a caret under it, help.
 */
import pc from 'picocolors';
import type { Diagnostic, DiagnosticLabel } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';

/** Line and column count from 1; the column counts code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

export function positionOf(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  return {
    line: text.slice(0, lineStart).split('\n').length,
    column: [...text.slice(lineStart, offset)].length + 1,
    text: text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd).replace(/\r$/, ''),
  };
}

/** Several lines of text, without a final line break. */
export function renderDiagnostic(diagnostic: Diagnostic, source: Source | undefined): string {
  const word = diagnostic.severity === 'error' ? pc.red('error') : pc.yellow('warning');
  const places = source === undefined ? [] : diagnostic.labels.flatMap((label) => renderLabel(label, source));
  const help = diagnostic.help === undefined ? [] : [`  ${pc.cyan('help')}: ${diagnostic.help}`];
  return [`${word}: ${diagnostic.message}`, ...places, ...help].join('\n');
}

function renderLabel({ span, text }: DiagnosticLabel, source: Source): string[] {
  const at = positionOf(source.text, span.start);
  const gutter = String(at.line);
  const blank = ' '.repeat(gutter.length);
  const room = Math.max([...at.text].length - at.column + 1, 1);
  const carets = '^'.repeat(Math.min(Math.max([...source.text.slice(span.start, span.end)].length, 1), room));
  const indent = [...at.text].slice(0, at.column - 1).map((char) => (char === '\t' ? '\t' : ' '));
  return [
    `${blank}${pc.dim('-->')} ${source.name ?? '<input>'}:${at.line}:${at.column}`,
    `${pc.dim(`${gutter} |`)} ${at.text}`,
    `${pc.dim(`${blank} |`)} ${indent.join('')}${pc.red(carets)}${text === undefined ? '' : ` ${text}`}`,
  ];
}
