/**
 * Check parse — do policies, an expression, a schema and entities parse? Every problem of every input is reported.
 */

import { InputFailure } from '../../build/input.ts';
import { parseExpression } from '../../parser/text/text.ts';
import { Attempts } from '../attempts.ts';
import { ExitCode } from '../exit-code.ts';
import { loadEntities, loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';

export interface CheckParseOptions extends PolicyOptions, SchemaOptions {
  readonly expression?: string | undefined;
  readonly entities?: string | undefined;
}

/** Without any input, policies are read from standard input. */
export function checkParse(options: CheckParseOptions, output: Output): ExitCode {
  const { policies, expression, schema, entities } = options;
  const nothing = [policies, expression, schema, entities].every((input) => input === undefined);
  const attempts = new Attempts(output);
  if (policies !== undefined || nothing) attempts.of(() => loadPolicies(options));
  if (expression !== undefined) attempts.of(() => requireExpression(expression));
  const parsed = attempts.of(() => loadSchema(options, output));
  if (entities !== undefined) attempts.of(() => loadEntities(entities, parsed));
  return attempts.failed ? ExitCode.failure : ExitCode.success;
}

function requireExpression(text: string): void {
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, { text, name: 'expression' });
}
