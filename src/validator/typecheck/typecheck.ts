/**
 * Typecheck — the type of every part of a policy, in one request environment.
 *
 *     CorePolicy × RequestEnvironment × Schema → TypedExpr, or problems
 *
 * Soundness: a policy that passes gives a Bool, or fails only for a missing entity, in an extension function or by overflow, for every request of
 * the environment over entities that fit the schema. Names of types and actions are validate.ts' part.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOf;  Cedar.Validation.Validator: typecheckPolicy
 */
import type { Schema } from '../../schema/schema.ts';
import type { Expr } from '../../syntax/core.ts';
import type { CorePolicy } from '../../syntax/core-policy.ts';
import { policyToExpr } from '../../syntax/desugar.ts';
import { EntityUid, isActionType } from '../../value/entity-uid.ts';
import { unreachable } from '../../value/unreachable.ts';
import type { Prim } from '../../value/value.ts';
import type { RequestEnvironment } from '../environment.ts';
import { ExprKeys } from '../expr-key.ts';
import { ANY_ENTITY, BOOL, boolType, LONG, STRING, type Type, type ValidationMode } from '../type.ts';
import type { Problem } from '../wording/validation-error.ts';
import { typeOfArithmetic, typeOfLike, typeOfNeg } from './arithmetic.ts';
import { typeOfGetAttr, typeOfGetTag, typeOfHasAttr, typeOfHasTag } from './attribute.ts';
import { typeOfAnd, typeOfIf, typeOfNot, typeOfOr } from './boolean.ts';
import { typeOfCall } from './call.ts';
import { Known } from './capability.ts';
import { type Answer, Checker, failure, success } from './checker.ts';
import { typeOfRecord, typeOfSet } from './collection.ts';
import { typeOfContains, typeOfContainsMany, typeOfEq, typeOfIsEmpty, typeOfLess } from './comparison.ts';
import { typeOfIn, typeOfIs } from './hierarchy.ts';
import { Answers, type Memo } from './memo.ts';
import type { ExprOf, TypedExpr } from './typed-expression.ts';
import { typedLit, typedVar } from './typed-node.ts';

/** `irrelevant`: false for every request of the environment, possibly with problems all the same. */
export type Typechecked =
  | { readonly kind: 'typed'; readonly expr: TypedExpr }
  | { readonly kind: 'irrelevant'; readonly expr: TypedExpr; readonly problems: readonly Problem[] }
  | { readonly kind: 'failed'; readonly problems: readonly Problem[] };

/** Types the whole policy, scope and clauses. A policy may fail without a problem: where a name is not declared. */
export function typecheckPolicy(
  policy: CorePolicy,
  environment: RequestEnvironment,
  schema: Schema,
  mode: ValidationMode = 'strict',
): Typechecked {
  return typecheckExpr(policyToExpr(policy), environment, schema, mode);
}

/** The same for any expression that should be a Bool. With a memo, problems that it has seen before are left out. */
export function typecheckExpr(
  expr: Expr,
  environment: RequestEnvironment,
  schema: Schema,
  mode: ValidationMode = 'strict',
  memo?: Memo,
): Typechecked {
  const rules = new Rules(schema, environment, mode, memo);
  const { typed, ok } = rules.expect(expr, new Known(), [BOOL]);
  const { problems } = rules;
  if (typed.type?.kind === 'false') return { kind: 'irrelevant', expr: typed, problems };
  return ok ? { kind: 'typed', expr: typed } : { kind: 'failed', problems };
}

/** Types an expression of any type: the rules by themselves, as the tables of types in test/cases hold them. Spec: Cedar.Validation.typeOf */
export function typecheckValue(
  expr: Expr,
  environment: RequestEnvironment,
  schema: Schema,
  mode: ValidationMode = 'strict',
): { readonly typed: TypedExpr; readonly ok: boolean; readonly problems: readonly Problem[] } {
  const rules = new Rules(schema, environment, mode, undefined);
  const { typed, ok } = rules.typeOf(expr, new Known());
  return { typed, ok, problems: rules.problems };
}

/**
 * How often a shared node that fails is typed where other things are known. More is known of it in one place than in another only after a failure; so
 * the whole fails whatever comes of it, and what is lost are problems that follow from others.
 */
const MAX_ANSWERS = 4;

class Rules extends Checker {
  readonly #memo: Memo | undefined;
  /** The answers for nodes that several nodes share as operand. */
  readonly #shared = new Map<Expr, Answers>();

  constructor(schema: Schema, environment: RequestEnvironment, mode: ValidationMode, memo: Memo | undefined) {
    super(schema, environment, mode, memo?.keys ?? new ExprKeys());
    this.#memo = memo;
  }

  override typeOfOperand(expr: Expr, known: Known): Answer {
    if (this.#memo === undefined) return this.typeOf(expr, known);
    return this.#memo.answer(expr, this.environment, known, (asked) => this.typeOf(expr, asked));
  }

  override typeOf(expr: Expr, known: Known): Answer {
    if (!expr.shared) return this.#typeOfNode(expr, known);
    let answers = this.#shared.get(expr);
    if (answers === undefined) {
      answers = new Answers(MAX_ANSWERS);
      this.#shared.set(expr, answers);
    }
    return answers.answer(known, (asked) => this.#typeOfNode(expr, asked));
  }

  #typeOfNode(expr: Expr, known: Known): Answer {
    switch (expr.kind) {
      case 'lit':
        return typeOfLit(this, expr);
      case 'var':
        return success(typedVar(expr, this.#typeOfVar(expr)));
      case 'slot':
        return success({ ...expr, type: this.#typeOfSlot(expr) });
      case 'ite':
        return typeOfIf(this, expr, known);
      case 'and':
        return typeOfAnd(this, expr, known);
      case 'or':
        return typeOfOr(this, expr, known);
      case 'unaryApp':
        return this.#typeOfUnaryApp(expr, known);
      case 'binaryApp':
        return this.#typeOfBinaryApp(expr, known);
      case 'getAttr':
        return typeOfGetAttr(this, expr, known);
      case 'hasAttr':
        return typeOfHasAttr(this, expr, known);
      case 'set':
        return typeOfSet(this, expr, known);
      case 'record':
        return typeOfRecord(this, expr, known);
      case 'call':
        return typeOfCall(this, expr, known);
      default:
        return unreachable(expr);
    }
  }

  #typeOfVar({ name }: ExprOf<'var'>): Type {
    const { principal, action, resource } = this.environment;
    switch (name) {
      case 'principal':
        return { kind: 'entity', name: principal };
      case 'action':
        return { kind: 'entity', name: action.uid.type };
      case 'resource':
        return { kind: 'entity', name: resource };
      case 'context':
        return action.context;
      default:
        return unreachable(name);
    }
  }

  #typeOfSlot({ slot }: ExprOf<'slot'>): Type {
    const { principalSlot, resourceSlot } = this.environment;
    const name = slot === '?principal' ? principalSlot : resourceSlot;
    return name === undefined ? ANY_ENTITY : { kind: 'entity', name };
  }

  #typeOfUnaryApp(expr: ExprOf<'unaryApp'>, known: Known): Answer {
    switch (expr.op.kind) {
      case 'not':
        return typeOfNot(this, expr, known);
      case 'neg':
        return typeOfNeg(this, expr, known);
      case 'isEmpty':
        return typeOfIsEmpty(this, expr, known);
      case 'like':
        return typeOfLike(this, expr, known);
      case 'is':
        return typeOfIs(this, expr, expr.op.type, known);
      default:
        return unreachable(expr.op);
    }
  }

  #typeOfBinaryApp(expr: ExprOf<'binaryApp'>, known: Known): Answer {
    switch (expr.op) {
      case 'eq':
        return typeOfEq(this, expr, known);
      case 'mem':
        return typeOfIn(this, expr, known);
      case 'hasTag':
        return typeOfHasTag(this, expr, known);
      case 'getTag':
        return typeOfGetTag(this, expr, known);
      case 'less':
      case 'lessEq':
        return typeOfLess(this, expr, known);
      case 'add':
      case 'sub':
      case 'mul':
        return typeOfArithmetic(this, expr, known);
      case 'contains':
        return typeOfContains(this, expr, known);
      case 'containsAll':
      case 'containsAny':
        return typeOfContainsMany(this, expr, known);
      default:
        return unreachable(expr.op);
    }
  }
}

/** The uid of something that is not declared has no type; validate.ts reports it. */
function typeOfLit({ schema }: Checker, expr: ExprOf<'lit'>): Answer {
  const type = typeOfValue(expr.value, schema);
  return type === undefined ? failure(typedLit(expr, type)) : success(typedLit(expr, type));
}

function typeOfValue(value: Prim, schema: Schema): Type | undefined {
  if (typeof value === 'boolean') return boolType(value);
  if (typeof value === 'string') return STRING;
  if (!(value instanceof EntityUid)) return LONG;
  const { type, key } = value;
  const declared = isActionType(type) ? schema.actions.has(key) : schema.entityTypes.has(type);
  return declared ? { kind: 'entity', name: type } : undefined;
}
