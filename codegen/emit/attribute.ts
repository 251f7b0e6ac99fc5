/**
 * Attribute — `e.a` and `e has a`: loads of node fields, each attribute of a path at most once on any way.
 */
import type { Expression } from 'estree';
import type { IrOf } from '../ir/ir.ts';
import type { Emitters } from './emitters.ts';
import * as b from './estree.ts';
import { attributePath, type PolicyBody } from './policy-body.ts';

export class AttributeEmitter {
  readonly #body: PolicyBody;
  readonly #emitters: Emitters;

  constructor(body: PolicyBody, emitters: Emitters) {
    this.#body = body;
    this.#emitters = emitters;
  }

  emitGetAttr(ir: IrOf<'getAttr'>): Expression {
    const path = attributePath(ir);
    const known = path === undefined ? undefined : this.#body.known.get(path);
    if (known !== undefined) return known;
    const object = this.#body.simple(this.#emitters.values.value(ir.arg));
    this.requireNode(ir, object);
    const value = this.loadOnce(ir, object);
    if (!this.isThere(ir)) this.#body.failIf(b.same(value, b.nothing), this.#body.errorSite(ir), object);
    if (path !== undefined) this.#body.learn(path, value);
    return value;
  }

  emitHasAttr(ir: IrOf<'hasAttr'>): Expression {
    const object = this.#body.simple(this.#emitters.values.value(ir.arg));
    this.requireNode(ir, object);
    return b.differ(this.#ofAllRows(ir) ?? b.member(object, this.#body.context.field(ir.attr)), b.nothing);
  }

  /** The attribute of `object`, or `undefined`, in a temporary or before the loop over all rows. */
  loadOnce(ir: IrOf<'getAttr' | 'hasAttr'>, object: Expression): Expression {
    return this.#ofAllRows(ir) ?? this.#body.temporary(ir.attr, b.member(object, this.#body.context.field(ir.attr)));
  }

  #ofAllRows({ arg, attr }: IrOf<'getAttr' | 'hasAttr'>): Expression | undefined {
    return arg.op === 'var' ? this.#body.context.own.attributeOf?.(arg.name, attr) : undefined;
  }

  isThere({ arg }: IrOf<'getAttr' | 'hasAttr'>): boolean {
    return arg.op === 'var' && this.#body.context.own.hasAttributes === true;
  }

  requireNode(ir: IrOf<'getAttr' | 'hasAttr'>, value: Expression): void {
    const kind = this.#body.kindOf(ir.arg);
    if (kind === 'entity' || kind === 'record' || this.#body.isWellTyped) return;
    this.#body.context.runtime.add('Node');
    this.#body.failIf(b.not(b.binary('instanceof', value, b.id('Node'))), this.#body.errorSite(ir), value);
  }
}
