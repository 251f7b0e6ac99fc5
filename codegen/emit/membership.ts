/**
 * Membership — `in` and `contains` of an entity: a comparison, one bit of a mask, and a look into the ancestors only where the bit is set.
 *
 * Technique: Bloom-like mask before an exact bit set (runtime/graph/node-set.ts).
 */
import type { Expression, Statement } from 'estree';
import type { IrOf } from '../ir/ir.ts';
import type { Emitters } from './emitters.ts';
import * as b from './estree.ts';
import type { PolicyBody } from './policy-body.ts';

/** What `in` a set takes of an entity. */
const NODE_FIELDS = ['$bit', '$mask', '$ancestors'] as const;

export class MembershipEmitter {
  readonly #body: PolicyBody;
  readonly #emitters: Emitters;

  constructor(body: PolicyBody, emitters: Emitters) {
    this.#body = body;
    this.#emitters = emitters;
  }

  /** `in` one entity is spelt out, and so is `in` a set of a few literal ones. */
  emitMem(ir: IrOf<'mem'>): Expression {
    const few = ir.right.op === 'set' && ir.right.elements.length <= 4 ? ir.right.elements : [ir.right];
    if (few.length === 0 || !few.every((element) => this.#body.kindOf(element) === 'entity')) {
      return this.#body.kindOf(ir.right) === 'set'
        ? this.#inSet(ir, ...this.#emitters.values.operands(ir))
        : this.#emitters.values.emitBinary('mem', ir);
    }
    const left = this.#body.simple(this.#emitters.values.value(ir.left));
    const groups = this.#emitters.values.values(few).map((group) => this.#body.simple(group));
    if (this.#body.kindOf(ir.left) !== 'entity' && !this.#body.isWellTyped) {
      const right = ir.right.op === 'set' ? this.#body.runtime('set', b.array(groups)) : groups[0]!;
      this.#body.failIf(b.not(this.#body.runtime('isEntity', left)), this.#body.errorSite(ir), left, right);
    }
    return groups.map((group) => this.#inEntity(left, group)).reduce((any, next) => b.logical('||', any, next));
  }

  /** `in` that decides the way. What is most often an entity on both sides, but may be something else, has a way of its own where it is one. */
  jumpMem(ir: IrOf<'mem'>, jump: (holds: Expression) => Statement): void {
    if (this.#body.kindOf(ir.right) !== 'any') {
      this.#body.push(jump(this.emitMem(ir)));
      return;
    }
    const [left, right] = this.#emitters.values.operands(ir);
    const isNone = (side: Expression) => b.same(b.member(side, '$type'), b.nothing);
    const unusual =
      this.#body.kindOf(ir.left) === 'entity' ? isNone(right) : b.logical('||', isNone(left), isNone(right));
    const otherwise = this.#body.inside(() => this.#body.push(jump(this.#inSet(ir, left, right))));
    this.#body.push(b.ifElse(unusual, otherwise, [jump(this.#inEntity(left, right))]));
  }

  /** `in` a value that is not an entity, so it is a set or an error. */
  #inSet(ir: IrOf<'mem'>, left: Expression, right: Expression): Expression {
    return this.#emitters.values.checked(ir, 'mem', this.#testInSet(ir, left, right), [left, right]);
  }

  #testInSet(ir: IrOf<'mem'>, left: Expression, right: Expression): Expression {
    if (this.#body.kindOf(ir.left) !== 'entity') return this.#body.runtime('mem', left, right);
    const fields = NODE_FIELDS.map((field) => b.member(left, field));
    if (this.#body.isWellTyped) return b.call(b.member(right, 'hasOrIsAbove'), left, ...fields);
    return this.#body.runtime('inSet', right, left, ...fields);
  }

  #inEntity(entity: Expression, group: Expression): Expression {
    const bit = b.member(group, '$bit');
    const bits = b.binary('&', b.member(entity, '$mask'), b.binary('<<', b.literal(1), bit));
    const found = b.call(b.member(b.member(entity, '$ancestors'), 'has'), group, bit);
    const ancestor = b.logical('&&', b.differ(bits, b.literal(0)), found);
    return b.logical('||', b.same(entity, group), ancestor);
  }

  containsEntity(set: Expression, entity: Expression): Expression {
    const bit = b.member(entity, '$bit');
    if (this.#body.isWellTyped) return b.call(b.member(set, 'hasEntity'), entity, bit);
    return this.#body.runtime('containsEntity', set, entity, bit);
  }
}
