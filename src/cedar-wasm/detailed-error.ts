/**
 * Detailed error — a diagnostic in the shape of the official build.
 *
 * The only place where UTF-16 offsets become UTF-8 byte offsets.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';

export interface SourceLabel {
  readonly label: string | null;
  readonly start: number;
  readonly end: number;
}

export interface DetailedError {
  readonly message: string;
  readonly help: string | null;
  readonly code: string | null;
  readonly url: string | null;
  readonly severity: 'advice' | 'warning' | 'error' | null;
  readonly sourceLocations: readonly SourceLabel[];
  readonly related: readonly DetailedError[];
}

/** An error that points at no source. */
export function plainError(message: string, help: string | null = null): DetailedError {
  return { message, help, code: null, url: null, severity: null, sourceLocations: [], related: [] };
}

/** `text` is the source that the labels point into; without it they are left out. `prefix` goes before the message. */
export function detailedError(diagnostic: Diagnostic, text: string | undefined, prefix = ''): DetailedError {
  return {
    ...plainError(prefix === '' ? diagnostic.message : `${prefix}: ${diagnostic.message}`, diagnostic.help ?? null),
    severity: diagnostic.severity === 'warning' ? 'warning' : null,
    sourceLocations: text === undefined ? [] : diagnostic.labels.map((label) => sourceLabel(label, text)),
  };
}

/** Several problems as one error: the first leads, the others are related to it. */
export function leadingError(
  diagnostics: readonly Diagnostic[],
  text: string | undefined,
  prefix: string,
): DetailedError {
  const [first, ...rest] = diagnostics;
  if (first === undefined) return plainError(prefix);
  return { ...detailedError(first, text, prefix), related: rest.map((next) => detailedError(next, text)) };
}

function sourceLabel({ span, text: label }: Diagnostic['labels'][number], text: string): SourceLabel {
  const start = utf8Offset(text, span.start);
  return { label: label ?? null, start, end: start + utf8Offset(text, span.end, span.start) };
}

/** The number of UTF-8 bytes of `text` between two UTF-16 offsets. */
export function utf8Offset(text: string, to: number, from = 0): number {
  let bytes = 0;
  for (let i = from; i < to && i < text.length; i++) bytes += utf8Length(text.charCodeAt(i));
  return bytes;
}

/** Bytes of one code unit; each half of a surrogate pair counts two of its four. */
function utf8Length(unit: number): number {
  if (unit < 0x80) return 1;
  if (unit < 0x800) return 2;
  return unit >= 0xd800 && unit <= 0xdfff ? 2 : 3;
}
