/**
 * Output — what a command writes: answers to standard output, problems to standard error.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { renderDiagnostic } from './report.ts';

export interface Output {
  line(text: string): void;
  problem(text: string): void;
}

export const TERMINAL: Output = {
  line: (text) => console.log(text),
  problem: (text) => console.error(text),
};

export function reportAll(output: Output, diagnostics: readonly Diagnostic[], source: Source | undefined): void {
  for (const diagnostic of diagnostics) output.problem(renderDiagnostic(diagnostic, source));
}
