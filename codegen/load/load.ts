/**
 * Load — emitted text to functions. The only place that makes code from text.
 */

import { CedarmillError } from '../../src/value/cedarmill-error.ts';

/** The environment forbids making code from text, as a Content Security Policy without `unsafe-eval` does. */
export class CodeGenerationForbidden extends CedarmillError {
  static override readonly kind = 'CodeGenerationForbidden';
  override readonly name = 'CodeGenerationForbidden';

  constructor(cause: unknown) {
    super(
      'codeGenerationForbidden',
      'this environment forbids generating code; compile ahead of time to a module, or ask for the model as engine with `{ mode: "interpret" }`',
      { cause },
    );
  }
}

/** V8 lets functions of one text share what it learns about them, to the harm of both where they meet different objects; so no text is twice the same. */
const texts = { loaded: 0 };

/** A function of these parameters with this body. Throws `CodeGenerationForbidden`. */
export function load<F>(parameters: readonly string[], body: string): F {
  try {
    return new Function(...parameters, `"use strict"; // ${texts.loaded++}\n${body}`) as F;
  } catch (error) {
    // Hardened JavaScript throws a TypeError.
    if (error instanceof EvalError || error instanceof TypeError) throw new CodeGenerationForbidden(error);
    throw error;
  }
}
