/**
 * Span — a stretch of source text. Errors of values have spans too, so the type stands with them.
 */
export type { Span } from '../value/span.ts';
