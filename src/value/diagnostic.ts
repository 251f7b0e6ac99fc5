/**
 * Diagnostic — a user's mistake, as a value.
 */
import type { Span } from './span.ts';

/** One place a diagnostic points at. */
export interface DiagnosticLabel {
  readonly span: Span;
  readonly text?: string | undefined;
}

/** A problem found in a user's input. Parsers, schema and validator gather these and go on. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** A stable identifier from the closed list of the room that made it, such as `duplicateAnnotation`. */
  readonly code: string;
  /** One line, starts in lower case, no final stop, user's text in backticks. */
  readonly message: string;
  readonly help?: string | undefined;
  readonly labels: readonly DiagnosticLabel[];
}

/** A text that labels point into. */
export interface Source {
  readonly text: string;
  /** A file name for messages. */
  readonly name?: string | undefined;
}
