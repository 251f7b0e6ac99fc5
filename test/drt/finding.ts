/**
 * Finding — two judges that do not agree on a case.
 */

export interface Finding {
  /** What was being compared. */
  readonly target: string;
  /** Who disagrees with the model, such as `compiled {"slice":false}`. */
  readonly judge: string;
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
    return { target, judge: 'exception', what: name, expected: 'an answer', actual: `${message}\n${stack}` };
  }
}

/** One finding in the words of a report. */
export function describe({ target, judge, what, expected, actual }: Finding): string {
  return [`${target}: ${judge} differs, ${what}`, `  expected ${show(expected)}`, `  actual   ${show(actual)}`].join(
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
