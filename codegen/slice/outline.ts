/**
 * Outline — a policy without its literals, before it is lowered: policies with the same outline have the same shape, so that only the first of
 * them need be lowered and optimized.
 *
 *     before  every policy is lowered, optimized and lifted to find its shape
 *     after   one of a known outline takes the shape over, with its own literals
 *
 * Sound: lowering looks at no literal, and optimization at none but Bools, which are part of the outline, and at those that it folds away; where
 * the first policy of an outline lost a literal, its shape is not taken over (`CompiledPolicies`).
 */
import type { CorePolicy, Expr } from '../../src/syntax/core.ts';
import type { EntityUidOrSlot, Scope } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import { primKind } from '../ir/kind.ts';
import { actionBound, keyOfBound } from './bound.ts';

export interface Outline {
  readonly key: string;
  /** Those that are left out, in the order in which a shape has them (shape.ts). */
  readonly literals: readonly Prim[];
}

export function outlineOf(policy: CorePolicy): Outline {
  const writer = new Writer();
  writer.text(policy.effect);
  writer.scope(policy.principal);
  writer.text(keyOfBound(actionBound(policy.action)));
  writer.scope(policy.resource);
  writer.expr(policy.condition, false);
  return { key: writer.key, literals: writer.literals };
}

/**
 * INVARIANT: what is written can be read back but for the literals that are left out: each word is closed by a character that stands in no name,
 * and what may hold any character is quoted.
 */
class Writer {
  key = '';
  readonly literals: Prim[] = [];

  text(word: string): void {
    this.key += `${word}\n`;
  }

  scope(scope: Scope): void {
    this.text(scope.kind);
    if ('type' in scope) this.text(scope.type);
    if ('entity' in scope) this.#entity(scope.entity);
  }

  #entity(entity: EntityUidOrSlot): void {
    if (entity.kind === 'slot') this.text(entity.slot);
    else this.#literal(entity.uid, false);
  }

  #literal(value: Prim, whole: boolean): void {
    if (typeof value === 'boolean') this.key += value ? 't ' : 'f ';
    else if (whole)
      this.key += value instanceof EntityUid ? `${value} ` : typeof value === 'string' ? quoted(value) : `${value} `;
    else {
      this.literals.push(value);
      this.key += primKind(value)[0];
    }
  }

  /** `whole` inside sets, records and calls, whose literals a shape keeps. */
  expr(x: Expr, whole: boolean): void {
    switch (x.kind) {
      case 'lit':
        this.#literal(x.value, whole);
        return;
      case 'var':
        this.key += `$${x.name} `;
        return;
      case 'slot':
        this.key += `${x.slot} `;
        return;
      case 'ite':
        this.key += '?';
        this.expr(x.test, whole);
        this.expr(x.then, whole);
        this.expr(x.else, whole);
        return;
      case 'and':
      case 'or':
        this.#chain(x, whole);
        return;
      case 'unaryApp':
        this.key += `(${x.op.kind} `;
        if (x.op.kind === 'is') this.key += `${x.op.type} `;
        if (x.op.kind === 'like') this.key += `${JSON.stringify(x.op.pattern)} `;
        this.expr(x.arg, whole);
        return;
      case 'binaryApp':
        this.key += `(${x.op} `;
        this.expr(x.left, whole);
        this.expr(x.right, whole);
        return;
      case 'getAttr':
      case 'hasAttr':
        this.key += x.kind === 'getAttr' ? `.${quoted(x.attr)}` : `:${quoted(x.attr)}`;
        this.expr(x.expr, whole);
        return;
      case 'set':
        this.key += `[${x.elements.length} `;
        for (const element of x.elements) this.expr(element, true);
        return;
      case 'record':
        this.key += `{${x.fields.length} `;
        for (const { name, expr } of x.fields) {
          this.key += quoted(name);
          this.expr(expr, true);
        }
        return;
      case 'call':
        this.key += `!${quoted(x.fn)}${x.args.length} `;
        for (const arg of x.args) this.expr(arg, true);
        return;
      default:
        unreachable(x);
    }
  }

  /** Chains may be longer than the stack; the operands come left to right, the number of them last. */
  #chain(chain: Expr & { readonly kind: 'and' | 'or' }, whole: boolean): void {
    const operands: Expr[] = [];
    let node: Expr = chain;
    for (; node.kind === chain.kind; node = node.left) operands.push(node.right);
    this.key += `${chain.kind === 'and' ? '&' : '|'}${operands.length} `;
    this.expr(node, whole);
    for (let i = operands.length - 1; i >= 0; i--) this.expr(operands[i]!, whole);
  }
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
