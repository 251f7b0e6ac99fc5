/**
 * Span — a stretch of source text.
 */

/** Offsets in UTF-16 code units of the source text, end exclusive. Byte offsets are made at the outermost border only. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
