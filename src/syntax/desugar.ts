/**
 * Desugar — the only place that knows how surface forms are made of core ones.
 *
 *     a != b      !(a == b)              e has a.b.c      e has a && e.a has b && e.a.b has c
 *     a > b       !(a <= b)              e is T in f      e is T && e in f
 *     a >= b      !(a < b)               unless { e }     !e
 *     true && false                      false
 *
 * Both trees share the nodes that are equal in them: most accesses, and leaves.
 * An operand that is needed more than once is one node (`share`), so the core tree does not outgrow the text.
 * Chains of `&&` and `||` are walked in a loop; other recursion is bounded by the parsers.
 *
 * Spec:  Cedar.Spec.Policy: Scope.toExpr, ActionScope.toExpr, Conditions.toExpr, Policy.toExpr;  Cedar.Spec.Template: link
 */

import type { EntityUid } from '../value/entity-uid.ts';
import { has } from '../value/own-member.ts';
import { unreachable } from '../value/unreachable.ts';
import type { BinaryOp, Expr, Var } from './core.ts';
import { CorePolicy } from './core-policy.ts';
import type { BinaryOperator, Expression } from './expression.ts';
import type {
  ActionScope,
  Condition,
  EntityUidOrSlot,
  Policy,
  Scope,
  SlotEnv,
  SlotId,
  TemplateLink,
} from './policy.ts';
import type { Span } from './span.ts';

export function desugarPolicy(policy: Policy): CorePolicy {
  return CorePolicy.written(policy, conditionsToExpr);
}

/** c1 && c2 && c3 …; `true` if there are none. Nested to the left, so that walks take any number of clauses in a loop. */
function conditionsToExpr(conditions: readonly Condition[], span: Span | undefined): Expr {
  let expr: Expr | undefined;
  for (const condition of conditions) {
    const right = conditionToExpr(condition);
    expr = expr === undefined ? right : connected('and', expr, right, span);
  }
  return expr ?? { kind: 'lit', value: true, span };
}

/** One clause; an `unless` is the opposite of its body. */
export function conditionToExpr({ kind, body, span }: Condition): Expr {
  return kind === 'when' ? desugar(body) : not(desugar(body), span);
}

export function desugar(e: Expression): Expr {
  switch (e.kind) {
    case 'lit':
    case 'var':
    case 'slot':
      return e;
    case 'ite':
      return { kind: 'ite', test: desugar(e.test), then: desugar(e.then), else: desugar(e.else), span: e.span };
    case 'and':
    case 'or':
      return desugarChain(e);
    case 'unary':
      return { kind: 'unaryApp', op: UNARY[e.op], arg: desugar(e.arg), span: e.span };
    case 'binary':
      return desugarBinary(e.op, desugar(e.left), desugar(e.right), e.span);
    case 'getAttr': {
      const expr = desugar(e.expr);
      return expr === e.expr ? (e as Expr) : { kind: 'getAttr', expr, attr: e.attr, span: e.span };
    }
    case 'hasAttr':
      return desugarHas(desugar(e.expr), e.attrs, e.span);
    case 'like':
      return { kind: 'unaryApp', op: { kind: 'like', pattern: e.pattern }, arg: desugar(e.expr), span: e.span };
    case 'is':
      return desugarIs(e);
    case 'set':
      return { kind: 'set', elements: e.elements.map(desugar), span: e.span };
    case 'record': {
      const fields = e.fields.map(({ name, expr }) => ({ name, expr: desugar(expr) }));
      return { kind: 'record', fields, span: e.span };
    }
    case 'call':
      return { kind: 'call', fn: e.fn, args: e.args.map(desugar), span: e.span };
    case 'value':
      return desugar(e.expr);
    default:
      return unreachable(e);
  }
}

const UNARY = { '!': { kind: 'not' }, neg: { kind: 'neg' }, isEmpty: { kind: 'isEmpty' } } as const;

function desugarChain(chain: Extract<Expression, { kind: 'and' | 'or' }>): Expr {
  const links: (typeof chain)[] = [];
  let node: Expression = chain;
  while (node.kind === chain.kind) {
    links.push(node);
    node = node.left;
  }
  let expr = desugar(node);
  for (let i = links.length - 1; i >= 0; i--) {
    const { kind, right, span } = links[i]!;
    expr = connected(kind, expr, desugar(right), span);
  }
  return expr;
}

/** Two literals make one, as in the official parser: it is the literal that the validator sees in `(true && true) == 0`. */
export function connected(kind: 'and' | 'or', left: Expr, right: Expr, span: Span | undefined): Expr {
  if (
    left.kind === 'lit' &&
    typeof left.value === 'boolean' &&
    right.kind === 'lit' &&
    typeof right.value === 'boolean'
  )
    return { kind: 'lit', value: kind === 'and' ? left.value && right.value : left.value || right.value, span };
  return { kind, left, right, span };
}

function desugarBinary(op: BinaryOperator, left: Expr, right: Expr, span: Span | undefined): Expr {
  switch (op) {
    case '!=':
      return not(binary('eq', left, right, span), span);
    case '>':
      return not(binary('lessEq', left, right, span), span);
    case '>=':
      return not(binary('less', left, right, span), span);
    default:
      return binary(BINARY[op], left, right, span);
  }
}

const BINARY: Readonly<Record<Exclude<BinaryOperator, '!=' | '>' | '>='>, BinaryOp>> = {
  '==': 'eq',
  '<': 'less',
  '<=': 'lessEq',
  in: 'mem',
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  contains: 'contains',
  containsAll: 'containsAll',
  containsAny: 'containsAny',
  getTag: 'getTag',
  hasTag: 'hasTag',
};

/** `receiver has a.b.c` */
export function desugarHas(receiver: Expr, attrs: readonly string[], span: Span | undefined): Expr {
  const shares = isShared(receiver, attrs.length);
  const share = (operand: Expr): Expr => (shares ? shared(operand) : operand);
  let expr = share(receiver);
  let condition: Expr | undefined;
  for (const attr of attrs) {
    const has: Expr = { kind: 'hasAttr', expr, attr, span };
    condition = condition === undefined ? has : { kind: 'and', left: condition, right: has, span };
    expr = share({ kind: 'getAttr', expr, attr, span });
  }
  return condition ?? { kind: 'lit', value: true, span };
}

function desugarIs(e: Extract<Expression, { kind: 'is' }>): Expr {
  const receiver = desugar(e.expr);
  if (e.in === undefined) return isType(receiver, e.type, e.typeSpan, e.span);
  const operand = isShared(receiver, 2) ? shared(receiver) : receiver;
  const is = isType(operand, e.type, e.typeSpan, e.span);
  return { kind: 'and', left: is, right: binary('mem', operand, desugar(e.in), e.span), span: e.span };
}

function shared(operand: Expr): Expr {
  return operand.shared ? operand : { ...operand, shared: true };
}

/**
 * Is a receiver that is needed `times` times one node? A path that is needed a few times is not: it holds no further sugar, so that whoever walks it once
 * more walks little. The answer is the same for both trees.
 */
export function isShared(receiver: Expr | Expression, times: number): boolean {
  return times > FEW || (times > 1 && !isPath(receiver));
}

const FEW = 4;

/** Is it a leaf, or reached from one through attributes alone? */
function isPath(e: Expr | Expression): boolean {
  for (let node = e; ; ) {
    if (node.kind === 'lit' || node.kind === 'var' || node.kind === 'slot') return true;
    if (node.kind !== 'getAttr' && node.kind !== 'value') return false;
    node = node.expr;
  }
}

function isType(arg: Expr, type: string, typeSpan: Span | undefined, span: Span | undefined): Expr {
  return { kind: 'unaryApp', op: { kind: 'is', type, typeSpan }, arg, span };
}

function not(arg: Expr, span: Span | undefined): Expr {
  return { kind: 'unaryApp', op: UNARY['!'], arg, span };
}

function binary(op: BinaryOp, left: Expr, right: Expr, span: Span | undefined): Expr {
  return { kind: 'binaryApp', op, left, right, span };
}

/** The whole policy as one expression: principal && (action && (resource && condition)). */
export function policyToExpr(
  policy: Pick<CorePolicy, 'principal' | 'action' | 'resource' | 'condition' | 'span'>,
): Expr {
  const { principal, action, resource, condition, span } = policy;
  const parts = [scopeToExpr('principal', principal), actionScopeToExpr(action), scopeToExpr('resource', resource)];
  return parts.reduceRight<Expr>((right, left) => ({ kind: 'and', left, right, span }), condition);
}

export function scopeToExpr(name: 'principal' | 'resource', scope: Scope): Expr {
  const { span } = scope;
  const subject = variable(name, span);
  switch (scope.kind) {
    case 'any':
      return { kind: 'lit', value: true, span };
    case 'eq':
      return binary('eq', subject, entityToExpr(scope.entity), span);
    case 'mem':
      return binary('mem', subject, entityToExpr(scope.entity), span);
    case 'is':
      return isType(subject, scope.type, scope.typeSpan, span);
    case 'isMem': {
      const left = isType(subject, scope.type, scope.typeSpan, span);
      return { kind: 'and', left, right: binary('mem', subject, entityToExpr(scope.entity), span), span };
    }
    default:
      return unreachable(scope);
  }
}

export function actionScopeToExpr(scope: ActionScope): Expr {
  const { span } = scope;
  const subject = variable('action', span);
  switch (scope.kind) {
    case 'any':
      return { kind: 'lit', value: true, span };
    case 'eq':
      return binary('eq', subject, { kind: 'lit', value: scope.uid, span: scope.uidSpan }, span);
    case 'mem':
      return binary('mem', subject, { kind: 'lit', value: scope.uid, span: scope.uidSpan }, span);
    case 'memAny': {
      const elements = scope.uids.map((value, i): Expr => ({ kind: 'lit', value, span: scope.uidSpans[i] }));
      return binary('mem', subject, { kind: 'set', elements, span }, span);
    }
    default:
      return unreachable(scope);
  }
}

function variable(name: Var, span: Span | undefined): Expr {
  return { kind: 'var', name, span };
}

function entityToExpr(entity: EntityUidOrSlot): Expr {
  return entity.kind === 'slot' ? entity : { kind: 'lit', value: entity.uid, span: entity.span };
}

/** Does a scope hold a slot? */
export function isTemplate({ principal, resource }: Pick<CorePolicy, 'principal' | 'resource'>): boolean {
  return hasSlot(principal) || hasSlot(resource);
}

function hasSlot(scope: Scope): boolean {
  return scope.kind !== 'any' && scope.kind !== 'is' && scope.entity.kind === 'slot';
}

/** The slots that a policy's scope holds; empty iff it is a static policy. */
export function slotsOf({ principal, resource }: Pick<CorePolicy, 'principal' | 'resource'>): SlotId[] {
  return [principal, resource].flatMap((scope) =>
    has(scope, 'entity') && scope.entity.kind === 'slot' ? [scope.entity.slot] : [],
  );
}

/** The policy that a link stands for: the template with its slots filled. A slot without a value stays. */
export function linkPolicy(template: CorePolicy, link: TemplateLink): CorePolicy {
  const { principal, resource } = template;
  return template.with(link.id, linkScope(principal, link.slotEnv), linkScope(resource, link.slotEnv));
}

function linkScope(scope: Scope, env: SlotEnv): Scope {
  if (!has(scope, 'entity') || scope.entity.kind !== 'slot') return scope;
  const uid = slotValue(env, scope.entity.slot);
  return uid === undefined ? scope : { ...scope, entity: { kind: 'entityUid', uid, span: scope.entity.span } };
}

export function slotValue(env: SlotEnv, slot: SlotId): EntityUid | undefined {
  return slot === '?principal' ? env.principal : env.resource;
}
