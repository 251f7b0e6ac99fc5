/**
 * Diagnostic text — a diagnostic as a person reads it: message, place, the source line with a caret under it, help.
 */
import type { Diagnostic, DiagnosticLabel, Source } from './diagnostic.ts';
import { positionsIn, TextPositions } from './text-positions.ts';

/** Line and column count from 1; the column counts code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /** The line; of a long one, what is around the place. */
  readonly text: string;
  /** The offset of the place in that text. */
  readonly at: number;
}

/** With the positions of a text instead of the text, a place costs no more than looking it up. */
export function positionOf(text: string | TextPositions, offset: number): Position {
  const positions = typeof text === 'string' ? new TextPositions(text) : text;
  const excerpt = positions.excerpt(offset);
  return {
    line: positions.lineOf(offset),
    column: positions.columnOf(offset),
    text: excerpt.text.replace(/\r$/, ''),
    at: excerpt.at,
  };
}

/** Wraps text in a colour of the terminal, or gives it back as it is. */
type Paint = (colour: Colour, text: string) => string;

type Colour = 'red' | 'yellow' | 'cyan' | 'dim';

/** What switches each on and off again. */
const CODES: Readonly<Record<Colour, readonly [on: number, off: number]>> = {
  red: [31, 39],
  yellow: [33, 39],
  cyan: [36, 39],
  dim: [2, 22],
};

const coloured: Paint = (colour, text) => {
  const [on, off] = CODES[colour];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

const plain: Paint = (_colour, text) => text;

/** Several lines of text, without a final line break. `source` is what the labels point into. */
export function diagnosticText(diagnostic: Diagnostic, source: Source | undefined, color = false): string {
  const paint = color ? coloured : plain;
  const word = diagnostic.severity === 'error' ? paint('red', 'error') : paint('yellow', 'warning');
  const places = source === undefined ? [] : diagnostic.labels.flatMap((label) => labelText(label, source, paint));
  const help = diagnostic.help === undefined ? [] : [`  ${paint('cyan', 'help')}: ${diagnostic.help}`];
  return [`${word}: ${diagnostic.message}`, ...places, ...help].join('\n');
}

function labelText({ span, text }: DiagnosticLabel, source: Source, paint: Paint): string[] {
  const at = positionOf(positionsIn(source), span.start);
  const gutter = String(at.line);
  const blank = ' '.repeat(gutter.length);
  const marked = [...at.text.slice(at.at, at.at + span.end - span.start)].length;
  const carets = '^'.repeat(Math.max(marked, 1));
  const indent = [...at.text.slice(0, at.at)].map((char) => (char === '\t' ? '\t' : ' '));
  return [
    `${blank}${paint('dim', '-->')} ${source.name ?? '<input>'}:${at.line}:${at.column}`,
    `${paint('dim', `${gutter} |`)} ${at.text}`,
    `${paint('dim', `${blank} |`)} ${indent.join('')}${paint('red', carets)}${text === undefined ? '' : ` ${text}`}`,
  ];
}
