/**
 * Report — a diagnostic as a person reads it: message, place, the source line with a caret under it, help.
 */
import pc from 'picocolors';
import type { Diagnostic, DiagnosticLabel } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { positionsIn } from '../syntax/text-positions.ts';

/** Several lines of text, without a final line break. */
export function renderDiagnostic(diagnostic: Diagnostic, source: Source | undefined): string {
  const word = diagnostic.severity === 'error' ? pc.red('error') : pc.yellow('warning');
  const places = source === undefined ? [] : diagnostic.labels.flatMap((label) => renderLabel(label, source));
  const help = diagnostic.help === undefined ? [] : [`  ${pc.cyan('help')}: ${diagnostic.help}`];
  return [`${word}: ${diagnostic.message}`, ...places, ...help].join('\n');
}

function renderLabel({ span, text }: DiagnosticLabel, source: Source): string[] {
  const positions = positionsIn(source);
  const [line, column] = [positions.lineOf(span.start), positions.columnOf(span.start)];
  const excerpt = positions.excerpt(span.start);
  const shown = excerpt.text.replace(/\r$/, '');
  const gutter = String(line);
  const blank = ' '.repeat(gutter.length);
  const indent = [...shown.slice(0, excerpt.at)].map((char) => (char === '\t' ? '\t' : ' '));
  return [
    `${blank}${pc.dim('-->')} ${source.name ?? '<input>'}:${line}:${column}`,
    `${pc.dim(`${gutter} |`)} ${shown}`,
    `${pc.dim(`${blank} |`)} ${indent.join('')}${pc.red(carets(span, shown, excerpt.at))}${text === undefined ? '' : ` ${text}`}`,
  ];
}

/** One below each character of the span that is shown, and one at least. */
function carets({ start, end }: DiagnosticLabel['span'], shown: string, at: number): string {
  return '^'.repeat(Math.max([...shown.slice(at, at + end - start)].length, 1));
}
