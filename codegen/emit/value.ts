/**
 * Value — an expression without effect, whose parts were evaluated and checked by the statements before it.
 *
 * One method for each operation (`emitEq`, `emitLike` …), in the order of the IR.
 *
 * Twin:  src/model/evaluator.ts
 */
import type { Expression } from 'estree';
import type { BinaryOp } from '../../src/syntax/core.ts';
import { extFunArity } from '../../src/value/ext-fun.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Ir, IrOf } from '../ir/ir.ts';
import { equalIsSame } from '../ir/kind.ts';
import type { Emitters } from './emitters.ts';
import * as b from './estree.ts';
import type { PolicyBody } from './policy-body.ts';

/** Operations that fail on operands of other types, and on nothing else. */
const ONLY_TYPES: ReadonlySet<Ir['op']> = new Set([
  'less',
  'lessEq',
  'mem',
  'contains',
  'containsAll',
  'containsAny',
  'isEmpty',
  'hasTag',
]);

export class ValueEmitter {
  readonly #body: PolicyBody;
  readonly #emitters: Emitters;

  constructor(body: PolicyBody, emitters: Emitters) {
    this.#body = body;
    this.#emitters = emitters;
  }

  /** An expression without effect, whose parts were evaluated and checked by the statements before it. */
  value(ir: Ir): Expression {
    if (!ir.shared) return this.#valueOf(ir);
    const known = this.#body.known.get(ir);
    if (known !== undefined) return known;
    const value = this.#body.simple(this.#valueOf(ir));
    this.#body.learn(ir, value);
    return value;
  }

  #valueOf(ir: Ir): Expression {
    const constant = this.#body.context.constants.compound(ir);
    if (constant !== undefined) return constant;
    switch (ir.op) {
      case 'lit':
        return this.#body.context.constants.prim(ir.value);
      case 'param':
        return this.#body.context.own.paramOf(ir.index);
      case 'var':
        return b.id(ir.name);
      case 'and':
      case 'or':
      case 'not':
        return this.#emitBool(ir);
      case 'ite':
        return this.#emitIte(ir);
      case 'neg':
      case 'isEmpty':
        return this.#emitUnary(ir);
      case 'like':
        return this.#emitLike(ir);
      case 'is':
        return this.#emitIs(ir);
      case 'eq':
        return this.#emitEq(ir);
      case 'mem':
        return this.#emitters.membership.emitMem(ir);
      case 'less':
      case 'lessEq':
        return this.#emitOrder(ir);
      case 'add':
      case 'sub':
      case 'mul':
      case 'contains':
      case 'containsAll':
      case 'containsAny':
      case 'hasTag':
      case 'getTag':
        return this.emitBinary(ir.op, ir);
      case 'getAttr':
        return this.#emitters.attributes.emitGetAttr(ir);
      case 'hasAttr':
        return this.#emitters.attributes.emitHasAttr(ir);
      case 'set':
        return this.#body.runtime('set', b.array(this.values(ir.elements)));
      case 'record': {
        const values = this.values(ir.values);
        return this.#body.runtime('record', b.array(ir.names.map((name) => b.literal(name))), b.array(values));
      }
      case 'call':
        return this.#emitCall(ir);
      default:
        return unreachable(ir);
    }
  }

  /** All in order. What may change between one and the next is nothing: expressions have no effect. */
  values(irs: readonly Ir[]): Expression[] {
    return irs.map((ir) => this.value(ir));
  }

  #emitBool(ir: IrOf<'and' | 'or' | 'not'>): Expression {
    const { names } = this.#body.context;
    const result = names.fresh('holds');
    const label = names.fresh('test');
    this.#body.push(b.variable(result, b.literal(false)));
    this.#body.labelled(label, () => {
      this.#emitters.conditions.unless(ir, label);
      this.#body.push(b.assign(result, b.literal(true)));
    });
    return b.id(result);
  }

  #emitIte(ir: IrOf<'ite'>): Expression {
    const result = this.#body.context.names.fresh('chosen');
    this.#body.push(b.variable(result));
    this.#emitters.conditions.ite(ir, (branch) => {
      const value = this.value(branch);
      this.#body.push(b.assign(result, value));
    });
    return b.id(result);
  }

  #emitUnary(ir: IrOf<'neg' | 'isEmpty'>): Expression {
    const arg = this.#body.simple(this.value(ir.arg));
    return this.checked(ir, ir.op, this.#body.runtime(ir.op, arg), [arg]);
  }

  /** Longs are numbers or, far from zero, big integers; JavaScript orders the ones and the others. */
  #emitOrder(ir: IrOf<'less' | 'lessEq'>): Expression {
    const [leftIsLong, rightIsLong] = [this.#body.kindOf(ir.left) === 'long', this.#body.kindOf(ir.right) === 'long'];
    if (!leftIsLong && !rightIsLong) return this.emitBinary(ir.op, ir);
    const [left, right] = this.operands(ir);
    const ordered = b.binary(ir.op === 'less' ? '<' : '<=', left, right);
    if ((leftIsLong && rightIsLong) || this.#body.isWellTyped) return ordered;
    const open = leftIsLong ? right : left;
    if (this.#body.context.own.isNumber?.(open) === true) return ordered;
    const isNumber = b.same(b.unary('typeof', open), b.literal('number'));
    const result = b.conditional(isNumber, ordered, this.#body.runtime(ir.op, left, right));
    return this.checked(ir, ir.op, result, [left, right]);
  }

  emitBinary(op: string, ir: IrOf<BinaryOp>): Expression {
    const [left, right] = this.operands(ir);
    const result =
      op === 'contains' && this.#body.kindOf(ir.right) === 'entity'
        ? this.#emitters.membership.containsEntity(left, right)
        : this.#body.runtime(op, left, right);
    return this.checked(ir, op, result, [left, right]);
  }

  #emitLike(ir: IrOf<'like'>): Expression {
    const text = this.#body.simple(this.value(ir.arg));
    if (this.#body.kindOf(ir.arg) !== 'string' && !this.#body.isWellTyped) {
      this.#body.failIf(b.differ(b.unary('typeof', text), b.literal('string')), this.#body.errorSite(ir), text);
    }
    return this.#matches(text, ir.pattern);
  }

  #matches(text: Expression, written: Pattern): Expression {
    // Wildcards side by side match what one does.
    const pattern = written.filter((part, i) => part !== null || i === 0 || written[i - 1] !== null);
    const test = (method: string, part: string) => b.call(b.member(text, method), b.literal(part));
    const [first, second, third] = pattern;
    if (pattern.length === 0) return b.same(text, b.literal(''));
    if (pattern.length === 1) return typeof first === 'string' ? b.same(text, b.literal(first)) : b.literal(true);
    if (pattern.length === 2) {
      return typeof first === 'string' ? test('startsWith', first) : test('endsWith', second as string);
    }
    if (pattern.length === 3 && typeof second === 'string' && third === null) return test('includes', second);
    return this.#body.runtime('patternMatches', this.#body.context.constants.pattern(pattern), text);
  }

  #emitIs(ir: IrOf<'is'>): Expression {
    const value = this.#body.simple(this.value(ir.arg));
    if (this.#body.kindOf(ir.arg) !== 'entity' && !this.#body.isWellTyped) {
      this.#body.failIf(b.not(this.#body.runtime('isEntity', value)), this.#body.errorSite(ir), value);
    }
    return b.same(b.member(value, '$type'), b.literal(ir.type));
  }

  #emitEq(ir: IrOf<'eq'>): Expression {
    const [left, right] = this.values([ir.left, ir.right]) as [Expression, Expression];
    if (equalIsSame(this.#body.kindOf(ir.left)) || equalIsSame(this.#body.kindOf(ir.right))) {
      const quick = this.#body.context.own.mayBeSame?.(ir);
      return quick === undefined ? b.same(left, right) : b.and(quick, b.same(left, right));
    }
    return this.#body.runtime('equal', left, right);
  }

  #emitCall(ir: IrOf<'call'>): Expression {
    const args = this.values(ir.args).map((arg) => this.#body.simple(arg));
    return this.checked(ir, ir.fn, this.#called(ir.fn, args), args);
  }

  /** A call with too few or too many arguments always errs. */
  #called(fn: string, args: Expression[]): Expression {
    return extFunArity(fn) === args.length
      ? b.call(this.#body.context.constants.extFun(fn), ...args)
      : this.#body.runtime('call', b.literal(fn), b.array(args));
  }

  /** The result of a runtime function that gives `undefined` where it errs. */
  checked(ir: Ir, word: string, result: Expression, operands: Expression[]): Expression {
    if (ir === this.#body.undefinedIsFalse || (this.#body.isWellTyped && ONLY_TYPES.has(ir.op))) return result;
    const value = this.#body.temporary(word, result);
    this.#body.failIf(b.same(value, b.nothing), this.#body.errorSite(ir), ...operands);
    return value;
  }

  /** Both operands, each of which may be written more than once. */
  operands({ left, right }: IrOf<BinaryOp>): [Expression, Expression] {
    return this.values([left, right]).map((value) => this.#body.simple(value)) as [Expression, Expression];
  }
}
