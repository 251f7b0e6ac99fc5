/**
 * Policy — one policy's statements: they fall through iff it is satisfied, and leave its label if it is not or errs.
 *
 *     owner: {
 *       if (resource._owner === undefined) break owner;
 *       if (resource._owner !== principal) break owner;
 *       satisfied = satisfied.next[0] ?? satisfied.grow(0, owner_row);
 *     }
 *
 * Conditions become jumps, so that no Bool is made of what only decides the way; values become expressions over constants and temporaries.
 * Long because it holds one method for each operation (`emitAnd`, `emitEq` …), in the order of the IR.
 *
 * Twin:  src/model/evaluator.ts
 */
import type { Expression, Statement } from 'estree';
import type { BinaryOp, Var } from '../../src/syntax/core.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import { numberErrorSites } from '../ir/error-sites.ts';
import type { Ir, IrOf, IrPolicy } from '../ir/ir.ts';
import { type AttributeKinds, equalIsSame, type Kind, kindOf } from '../ir/kind.ts';
import type { Constants } from './constants.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';

/** What a policy finds in its row. */
export interface OfRow {
  /** The row of the policy, for errors. */
  readonly row: Expression;
  /** What fills a parameter. */
  paramOf(index: number): Expression;
  /** The value of an attribute that is the same for all rows, or `undefined`, loaded once for all. */
  attributeOf?(variable: Var, attribute: string): Expression;
  /** Whether all that `attributeOf` gives are known to be there. */
  readonly hasAttributes?: boolean;
  /** Whether the value, which is ordered with a Long, is known to be a number. */
  isNumber?(value: Expression): boolean;
  /** A cheap test that is true of whatever is equal. */
  mayBeSame?(ir: IrOf<'eq'>): Expression | undefined;
}

/** What the program around the policy provides. */
export interface PolicyContext {
  readonly names: Names;
  readonly constants: Constants;
  /** Functions of the runtime that the policy calls. */
  readonly runtime: Set<string>;
  /** The field of an attribute. */
  field(attribute: string): string;
  readonly own: OfRow;
  /** Notes errors, or passes over them where only the decision counts. */
  readonly noteErrors: boolean;
  /**
   * The policy was validated, and requests and entities fit the schema, of whose attributes this tells: then no operand has another type than its
   * operation wants. What may still fail is an entity that is not there, arithmetic, and extension functions.
   */
  readonly wellTyped: AttributeKinds | undefined;
}

export class PolicyEmitter {
  readonly #context: PolicyContext;
  readonly #label: string;
  readonly #numbers: ReadonlyMap<Ir, number>;
  #body: Statement[] = [];
  /** What has a value on every way here and needs no second look: attribute loads that succeeded, by their path, and shared nodes. */
  readonly #known = new Map<string | Ir, Expression>();
  /** The keys of the same, in the order in which they were learnt. */
  readonly #learnt: (string | Ir)[] = [];
  /** The operation whose error its user takes for `false`. */
  #undefinedIsFalse: Ir | undefined;

  constructor(context: PolicyContext, label: string, policy: IrPolicy) {
    this.#context = context;
    this.#label = label;
    this.#numbers = numberErrorSites(policy);
  }

  /** The statements before the one that says that the policy is satisfied; `parts` are those that the dispatch has not settled. */
  emit(parts: readonly (Ir | undefined)[]): Statement[] {
    for (const part of parts) {
      if (part !== undefined) this.#unless(part, this.#label);
    }
    return this.#body;
  }

  /**
   * Leaves `label` if the condition is false; falls through if it is true. `blamed` is what is no Bool if the condition is none: a conditional
   * stands for its branches.
   */
  #unless(ir: Ir, label: string, blamed: Ir = ir): void {
    switch (ir.op) {
      case 'and':
        for (const operand of ir.operands) this.#unless(operand, label);
        return;
      case 'or':
        this.#branchOut(
          ir.operands,
          (operand, out) => this.#when(operand, out),
          (last) => this.#unless(last, label),
        );
        return;
      case 'not':
        this.#when(ir.arg, label);
        return;
      case 'ite':
        this.#ite(ir, (branch) => this.#unless(branch, label, blamed));
        return;
      case 'hasAttr':
        this.#unlessHas(ir, label);
        return;
      case 'mem':
        this.#jumpMem(ir, (holds) => b.ifThen(b.not(holds), b.leave(label)));
        return;
      default:
        if (label === this.#label) this.#body.push(...this.#leaveUnlessTrue(ir, blamed));
        else this.#body.push(b.ifThen(b.not(this.#bool(ir, blamed)), b.leave(label)));
    }
  }

  /** Where to be false and to err both leave the policy, one test is enough for what is true. */
  #leaveUnlessTrue(ir: Ir, blamed: Ir): Statement[] {
    if (this.#kindOf(ir) === 'bool' || this.#isWellTyped) {
      const value = this.#context.noteErrors ? this.#value(ir) : this.#boolOrNothing(ir);
      return [b.ifThen(b.not(value), b.leave(this.#label))];
    }
    const value = this.#simple(this.#value(ir));
    const isNoBool = b.differ(b.unary('typeof', value), b.literal('boolean'));
    const note = this.#context.noteErrors ? [b.ifThen(isNoBool, this.#note(this.#errorSite(blamed) + 1, value))] : [];
    return [b.ifThen(b.differ(value, b.literal(true)), ...note, b.leave(this.#label))];
  }

  /** A Bool, or `undefined` where the operation itself errs. */
  #boolOrNothing(ir: Ir): Expression {
    this.#undefinedIsFalse = ir;
    return this.#value(ir);
  }

  /** What is there after `has` is loaded once for both. */
  #unlessHas(ir: IrOf<'hasAttr'>, label: string): void {
    const path = attrPath(ir);
    if (path === undefined) {
      this.#body.push(b.ifThen(b.not(this.#value(ir)), b.leave(label)));
      return;
    }
    if (this.#known.has(path)) return;
    const object = this.#simple(this.#value(ir.arg));
    this.#requireNode(ir, object);
    const value = this.#loadOnce(ir, object);
    if (!this.#isThere(ir)) this.#body.push(b.ifThen(b.same(value, b.nothing), b.leave(label)));
    this.#learn(path, value);
  }

  /** Leaves `label` if the condition is true; falls through if it is false. */
  #when(ir: Ir, label: string, blamed: Ir = ir): void {
    switch (ir.op) {
      case 'or':
        for (const operand of ir.operands) this.#when(operand, label);
        return;
      case 'and':
        this.#branchOut(
          ir.operands,
          (operand, out) => this.#unless(operand, out),
          (last) => this.#when(last, label),
        );
        return;
      case 'not':
        this.#unless(ir.arg, label);
        return;
      case 'ite':
        this.#ite(ir, (branch) => this.#when(branch, label, blamed));
        return;
      case 'mem':
        this.#jumpMem(ir, (holds) => b.ifThen(holds, b.leave(label)));
        return;
      default:
        this.#body.push(b.ifThen(this.#bool(ir, blamed), b.leave(label)));
    }
  }

  /** A chain of which each operand but the last may decide that the whole block is left. */
  #branchOut(operands: readonly Ir[], each: (operand: Ir, out: string) => void, last: (operand: Ir) => void): void {
    const out = this.#context.names.fresh('decided');
    this.#labelled(out, () => {
      for (const operand of operands.slice(0, -1)) each(operand, out);
      last(operands[operands.length - 1]!);
    });
  }

  #ite(ir: IrOf<'ite'>, branch: (ir: Ir) => void): void {
    const done = this.#context.names.fresh('done');
    const otherwise = this.#context.names.fresh('otherwise');
    this.#labelled(done, () => {
      this.#labelled(otherwise, () => {
        this.#unless(ir.test, otherwise);
        branch(ir.then);
        this.#body.push(b.leave(done));
      });
      branch(ir.else);
    });
  }

  /** What was learnt inside a block is forgotten behind it: it may have been left before. */
  #labelled(label: string, emit: () => void): void {
    const before = this.#learnt.length;
    this.#body.push(b.labelled(label, this.#inside(emit)));
    while (this.#learnt.length > before) this.#known.delete(this.#learnt.pop()!);
  }

  #learn(key: string | Ir, value: Expression): void {
    if (!this.#known.has(key)) this.#learnt.push(key);
    this.#known.set(key, value);
  }

  /** The statements that `emit` makes, for a block of their own. */
  #inside(emit: () => void): Statement[] {
    const outer = this.#body;
    this.#body = [];
    emit();
    const inner = this.#body;
    this.#body = outer;
    return inner;
  }

  /** A Bool; any other value is an error. */
  #bool(ir: Ir, blamed: Ir): Expression {
    const value = this.#value(ir);
    if (this.#kindOf(ir) === 'bool' || this.#isWellTyped) return value;
    const bool = this.#temporary('bool', value);
    this.#failIf(b.differ(b.unary('typeof', bool), b.literal('boolean')), this.#errorSite(blamed) + 1, bool);
    return bool;
  }

  /** An expression without effect, whose parts were evaluated and checked by the statements before it. */
  #value(ir: Ir): Expression {
    if (!ir.shared) return this.#valueOf(ir);
    const known = this.#known.get(ir);
    if (known !== undefined) return known;
    const value = this.#simple(this.#valueOf(ir));
    this.#learn(ir, value);
    return value;
  }

  #valueOf(ir: Ir): Expression {
    const constant = this.#context.constants.compound(ir);
    if (constant !== undefined) return constant;
    switch (ir.op) {
      case 'lit':
        return this.#context.constants.prim(ir.value);
      case 'param':
        return this.#context.own.paramOf(ir.index);
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
        return this.#emitMem(ir);
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
        return this.#emitBinary(ir.op, ir);
      case 'getAttr':
        return this.#emitGetAttr(ir);
      case 'hasAttr':
        return this.#emitHasAttr(ir);
      case 'set':
        return this.#runtime('set', b.array(this.#values(ir.elements)));
      case 'record': {
        const values = this.#values(ir.values);
        return this.#runtime('record', b.array(ir.names.map((name) => b.literal(name))), b.array(values));
      }
      case 'call':
        return this.#emitCall(ir);
      default:
        return unreachable(ir);
    }
  }

  /** All in order. What may change between one and the next is nothing: expressions have no effect. */
  #values(irs: readonly Ir[]): Expression[] {
    return irs.map((ir) => this.#value(ir));
  }

  #emitBool(ir: IrOf<'and' | 'or' | 'not'>): Expression {
    const { names } = this.#context;
    const result = names.fresh('holds');
    const label = names.fresh('test');
    this.#body.push(b.variable(result, b.literal(false)));
    this.#labelled(label, () => {
      this.#unless(ir, label);
      this.#body.push(b.assign(result, b.literal(true)));
    });
    return b.id(result);
  }

  #emitIte(ir: IrOf<'ite'>): Expression {
    const result = this.#context.names.fresh('chosen');
    this.#body.push(b.variable(result));
    this.#ite(ir, (branch) => {
      const value = this.#value(branch);
      this.#body.push(b.assign(result, value));
    });
    return b.id(result);
  }

  #emitUnary(ir: IrOf<'neg' | 'isEmpty'>): Expression {
    const arg = this.#simple(this.#value(ir.arg));
    return this.#checked(ir, ir.op, this.#runtime(ir.op, arg), [arg]);
  }

  /** Longs are numbers or, far from zero, big integers; JavaScript orders the ones and the others. */
  #emitOrder(ir: IrOf<'less' | 'lessEq'>): Expression {
    const [leftIsLong, rightIsLong] = [this.#kindOf(ir.left) === 'long', this.#kindOf(ir.right) === 'long'];
    if (!leftIsLong && !rightIsLong) return this.#emitBinary(ir.op, ir);
    const [left, right] = this.#operands(ir);
    const ordered = b.binary(ir.op === 'less' ? '<' : '<=', left, right);
    if ((leftIsLong && rightIsLong) || this.#isWellTyped) return ordered;
    const open = leftIsLong ? right : left;
    if (this.#context.own.isNumber?.(open) === true) return ordered;
    const isNumber = b.same(b.unary('typeof', open), b.literal('number'));
    const result = b.conditional(isNumber, ordered, this.#runtime(ir.op, left, right));
    return this.#checked(ir, ir.op, result, [left, right]);
  }

  #emitBinary(op: string, ir: IrOf<BinaryOp>): Expression {
    const [left, right] = this.#operands(ir);
    const result =
      op === 'contains' && this.#kindOf(ir.right) === 'entity'
        ? this.#containsEntity(left, right)
        : this.#runtime(op, left, right);
    return this.#checked(ir, op, result, [left, right]);
  }

  #containsEntity(set: Expression, entity: Expression): Expression {
    const bit = b.member(entity, '$bit');
    if (this.#isWellTyped) return b.call(b.member(set, 'hasEntity'), entity, bit);
    return this.#runtime('containsEntity', set, entity, bit);
  }

  #emitLike(ir: IrOf<'like'>): Expression {
    const text = this.#simple(this.#value(ir.arg));
    if (this.#kindOf(ir.arg) !== 'string' && !this.#isWellTyped) {
      this.#failIf(b.differ(b.unary('typeof', text), b.literal('string')), this.#errorSite(ir), text);
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
    return this.#runtime('patternMatches', this.#context.constants.pattern(pattern), text);
  }

  #emitIs(ir: IrOf<'is'>): Expression {
    const value = this.#simple(this.#value(ir.arg));
    if (this.#kindOf(ir.arg) !== 'entity' && !this.#isWellTyped) {
      this.#failIf(b.not(this.#runtime('isEntity', value)), this.#errorSite(ir), value);
    }
    return b.same(b.member(value, '$type'), b.literal(ir.type));
  }

  #emitEq(ir: IrOf<'eq'>): Expression {
    const [left, right] = this.#values([ir.left, ir.right]) as [Expression, Expression];
    if (equalIsSame(this.#kindOf(ir.left)) || equalIsSame(this.#kindOf(ir.right))) {
      const quick = this.#context.own.mayBeSame?.(ir);
      return quick === undefined ? b.same(left, right) : b.and(quick, b.same(left, right));
    }
    return this.#runtime('equal', left, right);
  }

  /** `in` one entity is spelt out, and so is `in` a set of a few literal ones. */
  #emitMem(ir: IrOf<'mem'>): Expression {
    const few = ir.right.op === 'set' && ir.right.elements.length <= 4 ? ir.right.elements : [ir.right];
    if (few.length === 0 || !few.every((element) => this.#kindOf(element) === 'entity')) {
      return this.#kindOf(ir.right) === 'set' ? this.#inSet(ir, ...this.#operands(ir)) : this.#emitBinary('mem', ir);
    }
    const left = this.#simple(this.#value(ir.left));
    const groups = this.#values(few).map((group) => this.#simple(group));
    if (this.#kindOf(ir.left) !== 'entity' && !this.#isWellTyped) {
      const right = ir.right.op === 'set' ? this.#runtime('set', b.array(groups)) : groups[0]!;
      this.#failIf(b.not(this.#runtime('isEntity', left)), this.#errorSite(ir), left, right);
    }
    return groups.map((group) => this.#inEntity(left, group)).reduce((any, next) => b.logical('||', any, next));
  }

  /** `in` that decides the way. What is most often an entity on both sides, but may be something else, has a way of its own where it is one. */
  #jumpMem(ir: IrOf<'mem'>, jump: (holds: Expression) => Statement): void {
    if (this.#kindOf(ir.right) !== 'any') {
      this.#body.push(jump(this.#emitMem(ir)));
      return;
    }
    const [left, right] = this.#operands(ir);
    const isNone = (side: Expression) => b.same(b.member(side, '$type'), b.nothing);
    const unusual = this.#kindOf(ir.left) === 'entity' ? isNone(right) : b.logical('||', isNone(left), isNone(right));
    const otherwise = this.#inside(() => this.#body.push(jump(this.#inSet(ir, left, right))));
    this.#body.push(b.ifElse(unusual, otherwise, [jump(this.#inEntity(left, right))]));
  }

  /** `in` what is no entity, and so a set if it is right. */
  #inSet(ir: IrOf<'mem'>, left: Expression, right: Expression): Expression {
    return this.#checked(ir, 'mem', this.#testInSet(ir, left, right), [left, right]);
  }

  #testInSet(ir: IrOf<'mem'>, left: Expression, right: Expression): Expression {
    if (this.#kindOf(ir.left) !== 'entity') return this.#runtime('mem', left, right);
    const fields = NODE_FIELDS.map((field) => b.member(left, field));
    if (this.#isWellTyped) return b.call(b.member(right, 'hasOrIsAbove'), left, ...fields);
    return this.#runtime('inSet', right, left, ...fields);
  }

  #inEntity(entity: Expression, group: Expression): Expression {
    const bit = b.member(group, '$bit');
    const bits = b.binary('&', b.member(entity, '$mask'), b.binary('<<', b.literal(1), bit));
    const found = b.call(b.member(b.member(entity, '$ancestors'), 'has'), group, bit);
    const ancestor = b.logical('&&', b.differ(bits, b.literal(0)), found);
    return b.logical('||', b.same(entity, group), ancestor);
  }

  #emitGetAttr(ir: IrOf<'getAttr'>): Expression {
    const path = attrPath(ir);
    const known = path === undefined ? undefined : this.#known.get(path);
    if (known !== undefined) return known;
    const object = this.#simple(this.#value(ir.arg));
    this.#requireNode(ir, object);
    const value = this.#loadOnce(ir, object);
    if (!this.#isThere(ir)) this.#failIf(b.same(value, b.nothing), this.#errorSite(ir), object);
    if (path !== undefined) this.#learn(path, value);
    return value;
  }

  #emitHasAttr(ir: IrOf<'hasAttr'>): Expression {
    const object = this.#simple(this.#value(ir.arg));
    this.#requireNode(ir, object);
    return b.differ(this.#ofAllRows(ir) ?? b.member(object, this.#context.field(ir.attr)), b.nothing);
  }

  /** The attribute of `object`, or `undefined`, in a temporary or before the loop over all rows. */
  #loadOnce(ir: IrOf<'getAttr' | 'hasAttr'>, object: Expression): Expression {
    return this.#ofAllRows(ir) ?? this.#temporary(ir.attr, b.member(object, this.#context.field(ir.attr)));
  }

  #ofAllRows({ arg, attr }: IrOf<'getAttr' | 'hasAttr'>): Expression | undefined {
    return arg.op === 'var' ? this.#context.own.attributeOf?.(arg.name, attr) : undefined;
  }

  #isThere({ arg }: IrOf<'getAttr' | 'hasAttr'>): boolean {
    return arg.op === 'var' && this.#context.own.hasAttributes === true;
  }

  #emitCall(ir: IrOf<'call'>): Expression {
    const args = this.#values(ir.args).map((arg) => this.#simple(arg));
    return this.#checked(ir, ir.fn, this.#runtime('call', b.literal(ir.fn), b.array(args)), args);
  }

  #kindOf(ir: Ir): Kind {
    return kindOf(ir, this.#context.wellTyped);
  }

  get #isWellTyped(): boolean {
    return this.#context.wellTyped !== undefined;
  }

  #requireNode(ir: IrOf<'getAttr' | 'hasAttr'>, value: Expression): void {
    const kind = this.#kindOf(ir.arg);
    if (kind === 'entity' || kind === 'record' || this.#isWellTyped) return;
    this.#context.runtime.add('Node');
    this.#failIf(b.not(b.binary('instanceof', value, b.id('Node'))), this.#errorSite(ir), value);
  }

  /** The result of a runtime function that gives `undefined` where it errs. */
  #checked(ir: Ir, word: string, result: Expression, operands: Expression[]): Expression {
    if (ir === this.#undefinedIsFalse || (this.#isWellTyped && ONLY_TYPES.has(ir.op))) return result;
    const value = this.#temporary(word, result);
    this.#failIf(b.same(value, b.nothing), this.#errorSite(ir), ...operands);
    return value;
  }

  #errorSite(ir: Ir): number {
    return this.#numbers.get(ir)!;
  }

  #failIf(test: Expression, errorSite: number, ...operands: Expression[]): void {
    const leave = b.leave(this.#label);
    if (!this.#context.noteErrors) {
      this.#body.push(b.ifThen(test, leave));
      return;
    }
    this.#body.push(b.ifThen(test, this.#note(errorSite, ...operands), leave));
  }

  #note(errorSite: number, ...operands: Expression[]): Statement {
    return b.expression(
      b.call(b.member(b.id('errorLog'), 'fail'), this.#context.own.row, b.literal(errorSite), b.array(operands)),
    );
  }

  #runtime(name: string, ...args: Expression[]): Expression {
    this.#context.runtime.add(name);
    return b.call(b.id(name), ...args);
  }

  /** Both operands, each of which may be written more than once. */
  #operands({ left, right }: IrOf<BinaryOp>): [Expression, Expression] {
    return this.#values([left, right]).map((value) => this.#simple(value)) as [Expression, Expression];
  }

  /** An identifier or literal, which may be written more than once. */
  #simple(value: Expression): Expression {
    return value.type === 'Identifier' || value.type === 'Literal' ? value : this.#temporary('value', value);
  }

  #temporary(word: string, value: Expression): Expression {
    const name = this.#context.names.fresh(word);
    this.#body.push(b.constant(name, value));
    return b.id(name);
  }
}

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

/** What `in` a set takes of an entity. */
const NODE_FIELDS = ['$bit', '$mask', '$ancestors'] as const;

/** What names a chain of attributes from a variable, such as `principal.a.b`; `undefined` for all else. */
function pathOf(ir: Ir): string | undefined {
  if (ir.op === 'var') return ir.name;
  return ir.op === 'getAttr' ? attrPath(ir) : undefined;
}

/** What names the attribute that a node reads or asks for. */
function attrPath({ arg, attr }: IrOf<'getAttr' | 'hasAttr'>): string | undefined {
  const path = pathOf(arg);
  return path === undefined ? undefined : `${path}.${JSON.stringify(attr)}`;
}
