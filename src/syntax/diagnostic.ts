/**
 * Diagnostic — a user's mistake, as a value. Every error carries diagnostics, so the type stands with the errors of values.
 */
export type { Diagnostic, DiagnosticLabel } from '../value/diagnostic.ts';
