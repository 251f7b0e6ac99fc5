/**
 * Typecheck boolean — `&&`, `||`, `!` and conditionals: where capabilities come together, and where dead code is left alone.
 *
 * Chains of `&&` and `||` are walked in a loop.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfAnd, typeOfOr, typeOfNot, typeOfIf
 */

import type { Expr } from '../../syntax/core.ts';
import { testBefore } from '../../syntax/extended-has.ts';
import { has } from '../../value/own-member.ts';
import { BOOL, boolType, FALSE, TRUE } from '../type.ts';
import { incompatibleTypes } from '../wording/validation-error.ts';
import { attributeCapability, intersection, Known, NO_CAPABILITIES, union } from './capability.ts';
import { type Answer, answerFrom, at, type Checker, failure, success } from './checker.ts';
import { leastUpperBound } from './least-upper-bound.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedAnd, typedOr, typedUnaryApp } from './typed-node.ts';

const BOOLEAN = [BOOL];

type Chain<K> = ExprOf<'and' | 'or'> & { readonly kind: K };

/** The nodes of a chain, innermost first. */
function chain<K extends 'and' | 'or'>(expr: Chain<K>): Chain<K>[] {
  const nodes: Chain<K>[] = [];
  for (let node: Expr = expr; node.kind === expr.kind; node = (node as Chain<K>).left) nodes.push(node as Chain<K>);
  return nodes.reverse();
}

export function typeOfAnd(checker: Checker, expr: ExprOf<'and'>, known: Known): Answer {
  const nodes = chain(expr);
  let left = checker.expectOperand(nodes[0]!.left, known, BOOLEAN);
  const knownOnRight = known.with(left.capabilities);
  const knownInHas = new Known(known);
  const gathered = [...left.capabilities];
  for (const node of nodes) {
    // What follows is never evaluated, and so it is not typed either.
    if (left.typed.type?.kind === 'false') {
      left = answerFrom([left], at(left.typed, node.span));
      continue;
    }
    const before = testBefore(node);
    if (before !== undefined) {
      knownInHas.add([attributeCapability(checker.keys, before.expr, before.attr)]);
      checker.tested.add((node.right as ExprOf<'hasAttr'>).expr);
    }
    // What failed has shown nothing, and neither has what it was part of; but `has a.b.c` goes on as if it had.
    const knownAfterFailure = before === undefined ? known : knownInHas;
    const right = checker.expectOperand(node.right, left.ok ? knownOnRight : knownAfterFailure, BOOLEAN);
    knownOnRight.add(right.capabilities);
    for (const capability of right.capabilities) gathered.push(capability);
    left = andThen(node, left, right);
  }
  return left.ok && left.typed.type?.kind !== 'false' ? success(left.typed, gathered) : left;
}

/** Without capabilities: those of a chain are gathered. */
function andThen(node: ExprOf<'and'>, left: Answer, right: Answer): Answer {
  const [a, b] = [left.typed.type, right.typed.type];
  if (a === undefined || b === undefined) return failure(typedAnd(node, left, right, BOOL));
  const type = b.kind === 'false' ? FALSE : b.kind === 'true' ? a : a.kind === 'true' ? b : BOOL;
  return answerFrom([left, right], typedAnd(node, left, right, type));
}

export function typeOfOr(checker: Checker, expr: ExprOf<'or'>, known: Known): Answer {
  const nodes = chain(expr);
  let left = checker.expectOperand(nodes[0]!.left, known, BOOLEAN);
  for (const node of nodes) {
    if (left.typed.type?.kind === 'true') {
      left = answerFrom([left], at(left.typed, node.span), left.capabilities);
      continue;
    }
    // The right side is evaluated where the left is false, so nothing is known from there.
    left = orElse(node, left, checker.expectOperand(node.right, known, BOOLEAN));
  }
  return left;
}

function orElse(node: ExprOf<'or'>, left: Answer, right: Answer): Answer {
  const [a, b] = [left.typed.type, right.typed.type];
  if (a === undefined || b === undefined) return failure(typedOr(node, left, right, BOOL));
  const both = [left, right];
  if (b.kind === 'true') return answerFrom(both, typedOr(node, left, right, TRUE), right.capabilities);
  if (b.kind === 'false') return answerFrom(both, typedOr(node, left, right, a), left.capabilities);
  if (a.kind === 'false') return answerFrom(both, typedOr(node, left, right, b), right.capabilities);
  const common = intersection(left.capabilities, right.capabilities);
  return answerFrom(both, typedOr(node, left, right, BOOL), common);
}

export function typeOfNot(checker: Checker, expr: ExprOf<'unaryApp'>, known: Known): Answer {
  const arg = checker.expect(expr.arg, known, BOOLEAN);
  const { type } = arg.typed;
  const negated = type?.kind === 'true' || type?.kind === 'false' ? boolType(type.kind === 'false') : BOOL;
  return answerFrom([arg], typedUnaryApp(expr, arg, negated));
}

export function typeOfIf(checker: Checker, expr: ExprOf<'ite'>, known: Known): Answer {
  const test = checker.expect(expr.test, known, BOOLEAN);
  switch (test.typed.type?.kind) {
    case 'true':
      return liveBranch(expr, test, checker.typeOf(expr.then, known.with(test.capabilities)));
    case 'false':
      return liveBranch(expr, { ...test, capabilities: NO_CAPABILITIES }, checker.typeOf(expr.else, known));
    default:
      return bothBranches(checker, expr, test, known);
  }
}

/** The other branch is never evaluated, so this one stands in its place. */
function liveBranch({ span }: ExprOf<'ite'>, test: Answer, live: Answer): Answer {
  const { typed } = live;
  const capabilities = union(live.capabilities, test.capabilities);
  return answerFrom(
    [test, live],
    { kind: 'ite', test: test.typed, then: typed, else: typed, type: typed.type, span },
    capabilities,
  );
}

function bothBranches(checker: Checker, expr: ExprOf<'ite'>, test: Answer, known: Known): Answer {
  const yes = checker.typeOf(expr.then, known.with(test.capabilities));
  const no = checker.typeOf(expr.else, known);
  const typed = { kind: 'ite', test: test.typed, then: yes.typed, else: no.typed, span: expr.span } as const;
  const [a, b] = [yes.typed.type, no.typed.type];
  if (a === undefined || b === undefined) return failure({ ...typed, type: undefined });
  const bound = leastUpperBound(a, b, checker.mode);
  if (has(bound, 'problem')) {
    checker.report(incompatibleTypes([a, b], bound.problem, 'ite', expr.span));
    return failure({ ...typed, type: undefined });
  }
  if (!yes.ok || !no.ok) return failure({ ...typed, type: bound.type });
  const capabilities = intersection(union(yes.capabilities, test.capabilities), no.capabilities);
  return test.ok ? success({ ...typed, type: bound.type }, capabilities) : failure({ ...typed, type: bound.type });
}
