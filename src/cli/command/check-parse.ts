/**
 * Check parse — do policies, an expression, a schema and entities parse? Every problem of every input is reported.
 */
import { parseExpression } from '../../parser/text/text.ts';
import { ExitCode } from '../exit-code.ts';
import { InputFailure } from '../input.ts';
import { loadEntities, loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import { type Output, reportAll } from '../output.ts';

export interface CheckParseOptions extends PolicyOptions, SchemaOptions {
  readonly expression?: string | undefined;
  readonly entities?: string | undefined;
}

/** Without any input, policies are read from standard input. */
export function checkParse(options: CheckParseOptions, output: Output): ExitCode {
  const { policies, expression, schema, entities } = options;
  const nothing = [policies, expression, schema, entities].every((input) => input === undefined);
  const checks: (() => unknown)[] = [
    () => (policies !== undefined || nothing ? loadPolicies(options) : undefined),
    () => (expression === undefined ? undefined : requireExpression(expression)),
    () => {
      const parsed = loadSchema(options, (warnings, source) => reportAll(output, warnings, source));
      if (entities !== undefined) loadEntities(entities, parsed);
    },
  ];
  const failures = checks.filter((check) => !passes(check, output));
  return failures.length === 0 ? ExitCode.success : ExitCode.failure;
}

function requireExpression(text: string): void {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, { text, name: 'expression' });
}

function passes(check: () => unknown, output: Output): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (!(error instanceof InputFailure)) throw error;
    reportAll(output, error.diagnostics, error.source);
    return false;
  }
}
