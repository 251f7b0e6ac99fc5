/**
 * Emitters — what the emitters of one policy offer each other: conditions hold values, and values hold conditions.
 */
import type { Expression, Statement } from 'estree';
import type { BinaryOp } from '../../src/syntax/core.ts';
import type { Ir, IrOf } from '../ir/ir.ts';

type Access = IrOf<'getAttr' | 'hasAttr'>;

export interface Emitters {
  /** condition.ts */
  readonly conditions: {
    unless(ir: Ir, label: string): void;
    ite(ir: IrOf<'ite'>, branch: (ir: Ir) => void): void;
  };
  /** value.ts */
  readonly values: {
    value(ir: Ir): Expression;
    values(irs: readonly Ir[]): Expression[];
    operands(ir: IrOf<BinaryOp>): [Expression, Expression];
    checked(ir: Ir, word: string, result: Expression, operands: Expression[]): Expression;
    emitBinary(op: string, ir: IrOf<BinaryOp>): Expression;
  };
  /** attribute.ts */
  readonly attributes: {
    emitGetAttr(ir: IrOf<'getAttr'>): Expression;
    emitHasAttr(ir: IrOf<'hasAttr'>): Expression;
    requireNode(ir: Access, value: Expression): void;
    loadOnce(ir: Access, object: Expression): Expression;
    isThere(ir: Access): boolean;
  };
  /** membership.ts */
  readonly membership: {
    emitMem(ir: IrOf<'mem'>): Expression;
    jumpMem(ir: IrOf<'mem'>, jump: (holds: Expression) => Statement): void;
    containsEntity(set: Expression, entity: Expression): Expression;
  };
}
