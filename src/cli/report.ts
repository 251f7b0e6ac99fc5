/**
 * Report — a diagnostic as the command line prints it, in colour where the terminal shows colours.
 */

import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { diagnosticText } from '../value/diagnostic-text.ts';
import { colors as pc } from './colors.ts';

export { type Position, positionOf } from '../value/diagnostic-text.ts';

/** Several lines of text, without a final line break. */
export function renderDiagnostic(diagnostic: Diagnostic, source: Source | undefined): string {
  return diagnosticText(diagnostic, source, pc.isColorSupported);
}
