/**
 * Output — what a command writes. Answers go to standard output; reports of failures go where the official command writes them.
 */
import type { Source } from '../syntax/policy.ts';
import { type ErrorFormat, type ErrorReport, type Finding, renderReport } from './error-report.ts';

/** Where text ends up; a test has its own. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
}

export const TERMINAL: Terminal = {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
};

/** The official command writes failures of most commands to standard output. */
export type FailureStream = 'out' | 'err';

export class Output {
  readonly #terminal: Terminal;
  readonly #format: ErrorFormat;
  readonly #failures: FailureStream;

  constructor(terminal: Terminal, format: ErrorFormat, failures: FailureStream) {
    this.#terminal = terminal;
    this.#format = format;
    this.#failures = failures;
  }

  /** To standard output, as it is. */
  write(text: string): void {
    this.#terminal.out(text);
  }

  line(text = ''): void {
    this.#terminal.out(`${text}\n`);
  }

  /** What made the command fail, or what it found. */
  report(report: ErrorReport): void {
    this.#terminal[this.#failures](`${this.rendered(report)}\n`);
  }

  rendered(report: ErrorReport): string {
    return renderReport(report, this.#format);
  }

  /** What is worth knowing beside the answer: to standard error. */
  warn(diagnostics: readonly Finding[], source?: Source): void {
    if (diagnostics.length > 0) this.#terminal.err(`${this.rendered({ diagnostics, source })}\n`);
  }
}
