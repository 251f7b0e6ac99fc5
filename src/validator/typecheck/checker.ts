/**
 * Checker — what the typing rules share: the environment they type in, where they report, and how they come to the types of operands.
 *
 * Spec:  Cedar.Validation.Typechecker: ResultType, TypeEnv
 */
import type { Schema } from '../../schema/schema.ts';
import type { Expr } from '../../syntax/core.ts';
import type { Span } from '../../syntax/span.ts';
import type { RequestEnvironment } from '../environment.ts';
import type { ExprKeys } from '../expr-key.ts';
import type { Type, ValidationMode } from '../type.ts';
import { type Advice, type Problem, unexpectedType } from '../wording/validation-error.ts';
import { type Capabilities, type Known, NO_CAPABILITIES } from './capability.ts';
import { isSubtype } from './subtype.ts';
import type { TypedExpr } from './typed-expression.ts';

/** An expression's type, and what is known where the expression was true. */
export interface Answer {
  readonly typed: TypedExpr;
  /** Whether it passed. If not, the type is that which it would have, as far as this is clear, so that more problems can be found. */
  readonly ok: boolean;
  readonly capabilities: Capabilities;
}

export abstract class Checker {
  readonly schema: Schema;
  readonly environment: RequestEnvironment;
  readonly mode: ValidationMode;
  readonly keys: ExprKeys;
  readonly problems: Problem[] = [];
  /** The `e.a` of `e has a.b` that have been met: what is wrong with their receivers is told as of the test. */
  readonly tested = new Set<Expr>();

  constructor(schema: Schema, environment: RequestEnvironment, mode: ValidationMode, keys: ExprKeys) {
    this.schema = schema;
    this.environment = environment;
    this.mode = mode;
    this.keys = keys;
  }

  abstract typeOf(expr: Expr, known: Known): Answer;

  /** The same for an operand of `&&` or `||`; may know the answer from another environment. */
  abstract typeOfOperand(expr: Expr, known: Known): Answer;

  get isStrict(): boolean {
    return this.mode === 'strict';
  }

  report(problem: Problem): void {
    this.problems.push(problem);
  }

  /** Types an operand and reports it unless its type is one of the expected ones; then it has no type. */
  expect(expr: Expr, known: Known, expected: readonly Type[], help?: (actual: Type) => Advice | undefined): Answer {
    return this.#expected(expr, this.typeOf(expr, known), expected, help);
  }

  /** The same for an operand of `&&` or `||`. */
  expectOperand(expr: Expr, known: Known, expected: readonly Type[]): Answer {
    return this.#expected(expr, this.typeOfOperand(expr, known), expected);
  }

  #expected(
    expr: Expr,
    answer: Answer,
    expected: readonly Type[],
    help?: (actual: Type) => Advice | undefined,
  ): Answer {
    const { type } = answer.typed;
    if (type === undefined) return failure(answer.typed);
    // Permissive also in strict mode: any record is expected as an open one, any entity as `anyEntity`.
    for (const each of expected) if (isSubtype(type, each, 'permissive')) return answer;
    this.report(unexpectedType(expected, type, help?.(type), expr.span));
    return failure({ ...answer.typed, type: undefined });
  }
}

export function success(typed: TypedExpr, capabilities: Capabilities = NO_CAPABILITIES): Answer {
  return { typed, ok: true, capabilities };
}

export function failure(typed: TypedExpr): Answer {
  return { typed, ok: false, capabilities: NO_CAPABILITIES };
}

/** The answer for an expression whose operands were answered so: it passes only if all of them did. */
export function answerFrom(
  operands: readonly Answer[],
  typed: TypedExpr,
  capabilities: Capabilities = NO_CAPABILITIES,
): Answer {
  for (const { ok } of operands) if (!ok) return failure(typed);
  return success(typed, capabilities);
}

export function typeOfAnswer({ typed }: Answer): Type | undefined {
  return typed.type;
}

/** The same with another span, for what an expression was shortened to. */
export function at(typed: TypedExpr, span: Span | undefined): TypedExpr {
  return { ...typed, span };
}
