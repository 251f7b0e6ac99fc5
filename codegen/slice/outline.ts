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
import { type CorePolicy, type Expr, spine } from '../../src/syntax/core.ts';
import type { Scope } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import { primKind } from '../ir/kind.ts';
import type { Place, Word } from './place.ts';

export interface Outline<T> {
  readonly place: Place<T>;
  /** Those that are left out, in the order in which a shape has them (shape.ts). */
  readonly literals: readonly Prim[];
}

/** The outline of all but the action, which has settled where to begin. */
export function outlineOf<T>(policy: CorePolicy, start: Place<T>): Outline<T> {
  const writer = new Writer(start);
  writer.word(policy.effect);
  writer.scope(policy.principal);
  writer.scope(policy.resource);
  writer.expr(policy.condition, false);
  // The list is kept, but not the room that it had to grow.
  return { place: writer.place, literals: writer.literals.slice() };
}

/**
 * INVARIANT: what is written can be read back but for the literals that are left out: the words so far say what the next one is, and lists begin
 * with their length.
 */
class Writer<T> {
  place: Place<T>;
  readonly literals: Prim[] = [];

  constructor(start: Place<T>) {
    this.place = start;
  }

  word(word: Word): void {
    this.place = this.place.after(word);
  }

  scope(scope: Scope): void {
    this.word(scope.kind);
    if (scope.kind === 'is' || scope.kind === 'isMem') this.word(scope.type);
    if (scope.kind === 'any' || scope.kind === 'is') return;
    const { entity } = scope;
    if (entity.kind === 'slot') this.word(entity.slot);
    else this.#literal(entity.uid, false);
  }

  #literal(value: Prim, whole: boolean): void {
    if (typeof value === 'boolean') {
      this.word(value ? 'true' : 'false');
      return;
    }
    this.word(primKind(value));
    if (!whole) this.literals.push(value);
    else if (value instanceof EntityUid) {
      this.word(value.type);
      this.word(value.id);
    } else this.word(value);
  }

  /** `whole` inside sets, records and calls, whose literals a shape keeps. */
  expr(x: Expr, whole: boolean): void {
    switch (x.kind) {
      case 'lit':
        this.#literal(x.value, whole);
        return;
      case 'var':
        this.word(x.name);
        return;
      case 'slot':
        this.word(x.slot);
        return;
      case 'ite':
        this.word('ite');
        this.expr(x.test, whole);
        this.expr(x.then, whole);
        this.expr(x.else, whole);
        return;
      case 'and':
      case 'or':
        this.#chain(x, whole);
        return;
      case 'unaryApp':
        this.word(x.op.kind);
        if (x.op.kind === 'is') this.word(x.op.type);
        if (x.op.kind === 'like') this.#list(x.op.pattern, (run) => this.word(run ?? 0));
        this.expr(x.arg, whole);
        return;
      case 'binaryApp':
        this.word(x.op);
        this.expr(x.left, whole);
        this.expr(x.right, whole);
        return;
      case 'getAttr':
      case 'hasAttr':
        this.word(x.kind);
        this.word(x.attr);
        this.expr(x.expr, whole);
        return;
      case 'set':
        this.word('set');
        this.#list(x.elements, (element) => this.expr(element, true));
        return;
      case 'record':
        this.word('record');
        this.#list(x.fields, ({ name, expr }) => {
          this.word(name);
          this.expr(expr, true);
        });
        return;
      case 'call':
        this.word('call');
        this.word(x.fn);
        this.#list(x.args, (arg) => this.expr(arg, true));
        return;
      default:
        unreachable(x);
    }
  }

  #list<E>(elements: readonly E[], write: (element: E) => void): void {
    this.word(elements.length);
    for (const element of elements) write(element);
  }

  /** Chains may be longer than the stack; the operands come left to right. */
  #chain(chain: Expr & { readonly kind: 'and' | 'or' }, whole: boolean): void {
    this.word(chain.kind);
    this.#list(spine(chain, chain.kind), (operand) => this.expr(operand, whole));
  }
}
