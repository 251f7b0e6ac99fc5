/**
 * Evaluation error — why a policy has no value for a request.
 *
 * Spec:  Cedar.Spec.Value: Error
 */

/** The six kinds of the Lean specification. */
export type EvaluationErrorKind =
  | 'entityDoesNotExist'
  | 'attrDoesNotExist'
  | 'tagDoesNotExist'
  | 'typeError'
  | 'arithBoundsError'
  | 'extensionError';

/** Thrown by the model's evaluator only; the authorizer turns it into an erring policy. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  readonly kind: EvaluationErrorKind;
  readonly help: string | undefined;
  readonly span: { readonly start: number; readonly end: number } | undefined;

  constructor(kind: EvaluationErrorKind, message: string, help?: string, span?: { start: number; end: number }) {
    super(message);
    this.kind = kind;
    this.help = help;
    this.span = span;
  }
}
