/**
 * Evaluate — the value of one expression for one request.
 */
import { evaluate as evaluateExpression } from '../../model/evaluator.ts';
import { parseExpression } from '../../parser/text/text.ts';
import { desugar } from '../../syntax/desugar.ts';
import { showValue } from '../../validator/wording/value-text.ts';
import { EvaluationError } from '../../value/evaluation-error.ts';
import { ExitCode } from '../exit-code.ts';
import { InputFailure } from '../input.ts';
import { loadEntities, loadRequest, loadSchema, type RequestOptions, type SchemaOptions } from '../load.ts';
import { type Output, reportAll } from '../output.ts';

export interface EvaluateOptions extends SchemaOptions, RequestOptions {
  readonly entities?: string | undefined;
}

export function evaluate(text: string, options: EvaluateOptions, output: Output): ExitCode {
  const source = { text, name: 'expression' };
  const schema = loadSchema(options, (warnings, from) => reportAll(output, warnings, from));
  const parsed = parseExpression(text);
  if (!parsed.ok) throw new InputFailure(parsed.diagnostics, source);
  try {
    const value = evaluateExpression(
      desugar(parsed.value),
      loadRequest(options, schema),
      loadEntities(options.entities, schema),
    );
    output.line(showValue(value));
    return ExitCode.success;
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error;
    const { message, help, span } = error;
    const labels = span === undefined ? [] : [{ span }];
    throw new InputFailure([{ severity: 'error', code: error.kind, message, help, labels }], source);
  }
}
