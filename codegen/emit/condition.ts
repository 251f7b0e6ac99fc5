/**
 * Condition — an expression that decides the way: jumps out of a label instead of a Bool that is tested afterwards.
 *
 *     before  const holds = a && b;  if (!holds) break owner;
 *     after   if (!a) break owner;  if (!b) break owner;
 *
 * Technique: jumping code, with true and false exits, as compilers emit Boolean expressions.
 */
import type { Expression, Statement } from 'estree';
import type { Ir, IrOf } from '../ir/ir.ts';
import type { Emitters } from './emitters.ts';
import * as b from './estree.ts';
import { attributePath, type PolicyBody } from './policy-body.ts';

export class ConditionEmitter {
  readonly #body: PolicyBody;
  readonly #emitters: Emitters;

  constructor(body: PolicyBody, emitters: Emitters) {
    this.#body = body;
    this.#emitters = emitters;
  }

  /**
   * Leaves `label` if the condition is false; falls through if it is true. `blamed` is what is not a Bool if the condition is none: a conditional
   * stands for its branches.
   */
  unless(ir: Ir, label: string, blamed: Ir = ir): void {
    this.#body.span = ir.span ?? this.#body.span;
    switch (ir.op) {
      case 'and':
        for (const operand of ir.operands) this.unless(operand, label);
        return;
      case 'or':
        this.#branchOut(
          ir.operands,
          (operand, out) => this.when(operand, out),
          (last) => this.unless(last, label),
        );
        return;
      case 'not':
        this.when(ir.arg, label);
        return;
      case 'ite':
        this.ite(ir, (branch) => this.unless(branch, label, blamed));
        return;
      case 'hasAttr':
        this.#unlessHas(ir, label);
        return;
      case 'mem':
        this.#emitters.membership.jumpMem(ir, (holds) => b.ifThen(b.not(holds), b.leave(label)));
        return;
      default:
        if (label === this.#body.label) this.#body.push(...this.#leaveUnlessTrue(ir, blamed));
        else this.#body.push(b.ifThen(b.not(this.#bool(ir, blamed)), b.leave(label)));
    }
  }

  /** Where to be false and to err both leave the policy, one test is enough for what is true. */
  #leaveUnlessTrue(ir: Ir, blamed: Ir): Statement[] {
    if (this.#body.kindOf(ir) === 'bool' || this.#body.isWellTyped) {
      const value = this.#body.context.noteErrors ? this.#emitters.values.value(ir) : this.#boolOrNothing(ir);
      return [b.ifThen(b.not(value), b.leave(this.#body.label))];
    }
    const value = this.#body.simple(this.#emitters.values.value(ir));
    const isNoBool = b.differ(b.unary('typeof', value), b.literal('boolean'));
    const note = this.#body.context.noteErrors
      ? [b.ifThen(isNoBool, this.#body.note(this.#body.errorSite(blamed) + 1, value))]
      : [];
    return [b.ifThen(b.differ(value, b.literal(true)), ...note, b.leave(this.#body.label))];
  }

  /** A Bool, or `undefined` where the operation itself errs. */
  #boolOrNothing(ir: Ir): Expression {
    this.#body.undefinedIsFalse = ir;
    return this.#emitters.values.value(ir);
  }

  /** What is there after `has` is loaded once for both. */
  #unlessHas(ir: IrOf<'hasAttr'>, label: string): void {
    const path = attributePath(ir);
    if (path === undefined) {
      this.#body.push(b.ifThen(b.not(this.#emitters.values.value(ir)), b.leave(label)));
      return;
    }
    if (this.#body.known.has(path)) return;
    const object = this.#body.simple(this.#emitters.values.value(ir.arg));
    this.#emitters.attributes.requireNode(ir, object);
    const value = this.#emitters.attributes.loadOnce(ir, object);
    if (!this.#emitters.attributes.isThere(ir)) this.#body.push(b.ifThen(b.same(value, b.nothing), b.leave(label)));
    this.#body.learn(path, value);
  }

  /** Leaves `label` if the condition is true; falls through if it is false. */
  when(ir: Ir, label: string, blamed: Ir = ir): void {
    this.#body.span = ir.span ?? this.#body.span;
    switch (ir.op) {
      case 'or':
        for (const operand of ir.operands) this.when(operand, label);
        return;
      case 'and':
        this.#branchOut(
          ir.operands,
          (operand, out) => this.unless(operand, out),
          (last) => this.when(last, label),
        );
        return;
      case 'not':
        this.unless(ir.arg, label);
        return;
      case 'ite':
        this.ite(ir, (branch) => this.when(branch, label, blamed));
        return;
      case 'mem':
        this.#emitters.membership.jumpMem(ir, (holds) => b.ifThen(holds, b.leave(label)));
        return;
      default:
        this.#body.push(b.ifThen(this.#bool(ir, blamed), b.leave(label)));
    }
  }

  /** A chain in which each operand but the last may leave the whole block. */
  #branchOut(operands: readonly Ir[], each: (operand: Ir, out: string) => void, last: (operand: Ir) => void): void {
    const out = this.#body.context.names.fresh('decided');
    this.#body.labelled(out, () => {
      for (const operand of operands.slice(0, -1)) each(operand, out);
      last(operands[operands.length - 1]!);
    });
  }

  ite(ir: IrOf<'ite'>, branch: (ir: Ir) => void): void {
    const done = this.#body.context.names.fresh('done');
    const otherwise = this.#body.context.names.fresh('otherwise');
    this.#body.labelled(done, () => {
      this.#body.labelled(otherwise, () => {
        this.unless(ir.test, otherwise);
        branch(ir.then);
        this.#body.push(b.leave(done));
      });
      branch(ir.else);
    });
  }

  /** A Bool; any other value is an error. */
  #bool(ir: Ir, blamed: Ir): Expression {
    const value = this.#emitters.values.value(ir);
    if (this.#body.kindOf(ir) === 'bool' || this.#body.isWellTyped) return value;
    const bool = this.#body.temporary('bool', value);
    this.#body.failIf(b.differ(b.unary('typeof', bool), b.literal('boolean')), this.#body.errorSite(blamed) + 1, bool);
    return bool;
  }
}
