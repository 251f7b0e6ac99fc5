/**
 * Policy body — the statements of one policy while they are written, and what is known at the point that they have reached.
 *
 * Emitters of conditions, values, attributes and membership write through it: it makes temporaries, jumps and notes of errors.
 */
import type { Expression, Statement } from 'estree';
import type { Var } from '../../src/syntax/core.ts';
import type { Span } from '../../src/syntax/span.ts';
import { numberErrorSites } from '../ir/error-sites.ts';
import type { Ir, IrOf, IrPolicy } from '../ir/ir.ts';
import { type AttributeKinds, type Kind, kindOf } from '../ir/kind.ts';
import type { Constants } from './constants.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';
import { marked } from './source-mark.ts';

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
  /** Statements say where they come from. */
  readonly sourceMarks: boolean;
  /**
   * The policy was validated, and requests and entities fit the schema, of whose attributes this tells: then no operand has another type than its
   * operation wants. What may still fail is an entity that is not there, arithmetic, and extension functions.
   */
  readonly wellTyped: AttributeKinds | undefined;
}

/** What names the attribute that a node reads or asks for; `undefined` unless it is a chain of attributes from a variable. */
export function attributePath({ arg, attr }: IrOf<'getAttr' | 'hasAttr'>): string | undefined {
  const path = arg.op === 'var' ? arg.name : arg.op === 'getAttr' ? attributePath(arg) : undefined;
  return path === undefined ? undefined : `${path}.${JSON.stringify(attr)}`;
}

export class PolicyBody {
  readonly context: PolicyContext;
  readonly label: string;
  /** What has a value on every way here and needs no second look: attribute loads that succeeded, by their path, and shared nodes. */
  readonly known = new Map<string | Ir, Expression>();
  /** Where in the policy the statements that come next are from. */
  span: Span | undefined;
  isMarked = true;
  /** The operation whose error its user takes for `false`. */
  undefinedIsFalse: Ir | undefined;
  readonly #numbers: ReadonlyMap<Ir, number>;
  #statements: Statement[] = [];
  /** The keys of `known` in the order in which they were learnt. */
  readonly #learnt: (string | Ir)[] = [];

  constructor(context: PolicyContext, label: string, policy: IrPolicy) {
    this.context = context;
    this.label = label;
    this.#numbers = numberErrorSites(policy);
  }

  get statements(): Statement[] {
    return this.#statements;
  }

  push(...statements: Statement[]): void {
    const offset = this.context.sourceMarks && this.isMarked ? this.span?.start : undefined;
    for (const each of statements) this.#statements.push(offset === undefined ? each : marked(offset, each));
  }

  /** What was learnt inside a block is forgotten behind it: it may have been left before. */
  labelled(label: string, emit: () => void): void {
    const before = this.#learnt.length;
    this.push(b.labelled(label, this.inside(emit)));
    while (this.#learnt.length > before) this.known.delete(this.#learnt.pop()!);
  }

  /** The statements that `emit` makes, for a block of their own. */
  inside(emit: () => void): Statement[] {
    const outer = this.#statements;
    this.#statements = [];
    emit();
    const inner = this.#statements;
    this.#statements = outer;
    return inner;
  }

  learn(key: string | Ir, value: Expression): void {
    if (!this.known.has(key)) this.#learnt.push(key);
    this.known.set(key, value);
  }

  kindOf(ir: Ir): Kind {
    return kindOf(ir, this.context.wellTyped);
  }

  get isWellTyped(): boolean {
    return this.context.wellTyped !== undefined;
  }

  errorSite(ir: Ir): number {
    return this.#numbers.get(ir)!;
  }

  failIf(test: Expression, errorSite: number, ...operands: Expression[]): void {
    const leave = b.leave(this.label);
    if (!this.context.noteErrors) {
      this.push(b.ifThen(test, leave));
      return;
    }
    this.push(b.ifThen(test, this.note(errorSite, ...operands), leave));
  }

  note(errorSite: number, ...operands: Expression[]): Statement {
    return b.expression(
      b.call(b.member(b.id('errorLog'), 'fail'), this.context.own.row, b.literal(errorSite), b.array(operands)),
    );
  }

  runtime(name: string, ...args: Expression[]): Expression {
    this.context.runtime.add(name);
    return b.call(b.id(name), ...args);
  }

  /** An identifier or literal, which may be written more than once. */
  simple(value: Expression): Expression {
    return value.type === 'Identifier' || value.type === 'Literal' ? value : this.temporary('value', value);
  }

  temporary(word: string, value: Expression): Expression {
    const name = this.context.names.fresh(word);
    this.push(b.constant(name, value));
    return b.id(name);
  }
}
