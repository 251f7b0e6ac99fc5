/**
 * Detailed error — a diagnostic in the shape of the official build.
 *
 * The only place where UTF-16 offsets become UTF-8 byte offsets.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { TextPositions } from '../value/text-positions.ts';

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

/**
 * `text` is the source that the labels point into, with its positions where more than one error points into it; without it labels are left out. `prefix`
 * goes before the message.
 */
export function detailedError(
  diagnostic: Diagnostic,
  text: string | TextPositions | undefined,
  prefix = '',
): DetailedError {
  return {
    ...plainError(prefix === '' ? diagnostic.message : `${prefix}: ${diagnostic.message}`, diagnostic.help ?? null),
    severity: diagnostic.severity === 'warning' ? 'warning' : null,
    sourceLocations: sourceLabels(diagnostic.labels, text),
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
  const positions = text === undefined ? undefined : new TextPositions(text);
  return { ...detailedError(first, positions, prefix), related: rest.map((next) => detailedError(next, positions)) };
}

function sourceLabels(labels: Diagnostic['labels'], text: string | TextPositions | undefined): SourceLabel[] {
  if (text === undefined || labels.length === 0) return [];
  const positions = typeof text === 'string' ? new TextPositions(text) : text;
  return labels.map(({ span, text: label }) => {
    const start = positions.byteOf(span.start);
    return { label: label ?? null, start, end: Math.max(start, positions.byteOf(span.end)) };
  });
}
