/**
 * Evaluate — the value of one expression for one request.
 */

import { InputFailure } from '../../build/input.ts';
import { evaluate as evaluateExpression } from '../../model/evaluator.ts';
import { parseExpression } from '../../parser/text/text.ts';
import { desugar } from '../../syntax/desugar.ts';
import { EvaluationError } from '../../value/evaluation-error.ts';
import { ExitCode } from '../exit-code.ts';
import { loadEntities, loadRequest, loadSchema, type RequestOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { valueText } from '../value-text.ts';

export interface EvaluateOptions extends SchemaOptions, RequestOptions {
  readonly entities?: string | undefined;
}

export function evaluate(text: string, options: EvaluateOptions, output: Output): ExitCode {
  output.line();
  const source = { text, name: 'expression' };
  const schema = loadSchema(options, output);
  const request = loadRequest(options, schema);
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, source, 'failed to parse the expression');
  try {
    output.line(valueText(evaluateExpression(desugar(parsed.value), request, loadEntities(options.entities, schema))));
    return ExitCode.success;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { message, help, span } = error;
    const labels = span === undefined ? [] : [{ span }];
    const diagnostic = { severity: 'error', code: error.kind, message, help, labels } as const;
    throw new InputFailure([diagnostic], source, 'failed to evaluate the expression');
  }
}
