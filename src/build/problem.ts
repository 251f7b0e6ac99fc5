/**
 * Problem — what is wrong with the inputs of a build, with file, line, column and code frame.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Source } from '../syntax/policy.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { diagnosticText, positionOf } from '../value/diagnostic-text.ts';
import { positionsIn } from '../value/text-positions.ts';

/** A diagnostic and the file that it is about. */
export interface Problem {
  readonly diagnostic: Diagnostic;
  /** `name` is the path of the file; `undefined` for what has no place. */
  readonly source: Source | undefined;
}

/** Where a problem is, as bundlers show it: lines count from 1, columns from 0. */
export interface ProblemPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Inputs that nothing can be built from. */
export class BuildError extends CedarmillError {
  static override readonly kind = 'BuildError';
  override readonly name = 'BuildError';
  readonly problems: readonly Problem[];

  /** `code` is `validation` for policies that do not fit the schema. */
  constructor(problems: readonly Problem[], code: 'build' | 'validation' = 'build') {
    const [first] = problems;
    super(code, first === undefined ? 'nothing can be built' : messageOf(first), {
      diagnostics: problems.map(({ diagnostic }) => diagnostic),
      sources: problems.map(({ source }) => source),
    });
    this.problems = problems;
  }
}

/** A problem that has no place in a text. */
export function problemOf(code: string, message: string, help?: string): Problem {
  return { diagnostic: { severity: 'error', code, message, help, labels: [] }, source: undefined };
}

/** `undefined` if it has no place. */
export function placeOf({ diagnostic, source }: Problem): ProblemPlace | undefined {
  const [label] = diagnostic.labels;
  if (source?.name === undefined) return undefined;
  if (label === undefined) return { file: source.name, line: 1, column: 0 };
  const { line, column } = positionOf(positionsIn(source), label.span.start);
  return { file: source.name, line, column: column - 1 };
}

/** One line: file, line and column, and what is wrong. */
export function messageOf(problem: Problem): string {
  const place = placeOf(problem);
  const { message } = problem.diagnostic;
  return place === undefined ? message : `${place.file}:${place.line}:${place.column + 1}: ${message}`;
}

/** The source line with a caret under the place, and help. */
export function frameOf({ diagnostic, source }: Problem): string {
  return diagnosticText(diagnostic, source);
}
