/**
 * Finding — two oracles that do not agree on a case.
 */
import type { Response } from '../../src/value/response.ts';

export interface Finding {
  /** What was being compared. */
  readonly target: string;
  /** Who disagrees with the model, such as `compiled {"slice":false}`. */
  readonly oracle: string;
  /** The question, such as `request 2`. */
  readonly what: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Runs a check in which an exception is a finding too. */
export function guarded(target: string, check: () => Finding | undefined): Finding | undefined {
  try {
    return check();
  } catch (error) {
    const { name, message, stack } = error as Error;
    return { target, oracle: 'exception', what: name, expected: 'an answer', actual: `${message}\n${stack}` };
  }
}

/** What two findings of one bug most often have in common: the target, the kind of oracle, and in what their answers differ. */
export function causeOf({ target, oracle, what, expected, actual }: Finding): string {
  if (oracle === 'exception') return `${target} ${what}: ${String(actual).split('\n')[0]}`;
  const kind = oracle.replace(/\{.*?\}/g, '').split(' after ')[0]!;
  return `${target} ${kind}: ${differenceOf(expected, actual)}`;
}

function differenceOf(expected: unknown, actual: unknown): string {
  if (!isResponse(expected) || !isResponse(actual)) return 'answers';
  if (expected.decision !== actual.decision) return 'decision';
  if (expected.determiningPolicies.join('\n') !== actual.determiningPolicies.join('\n')) return 'determining policies';
  const kinds = (errors: Response['errors']) => [...new Set(errors.map(({ kind }) => kind))].sort().join();
  return `errors ${kinds(expected.errors)} / ${kinds(actual.errors)}`;
}

function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'determiningPolicies' in value && 'errors' in value;
}

/** One finding in the words of a report. */
export function describe({ target, oracle, what, expected, actual }: Finding): string {
  return [`${target}: ${oracle} differs, ${what}`, `  expected ${show(expected)}`, `  actual   ${show(actual)}`].join(
    '\n',
  );
}

function show(value: unknown): string {
  if (typeof value === 'string') return value;
  return (
    JSON.stringify(value, (_, inner) =>
      typeof inner === 'bigint' ? `${inner}n` : inner instanceof Map ? [...inner] : inner,
    ) ?? String(value)
  );
}
