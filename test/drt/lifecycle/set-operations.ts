/**
 * Set operations — policies, templates and links come and go, and listeners are told.
 */
import { PolicySet } from '../../../src/index.ts';
import { unreachable } from '../../../src/value/unreachable.ts';
import { uidInput } from './input.ts';
import type { LiveSet } from './live.ts';
import type { Machine, Op } from './machine.ts';
import type { Operation } from './operation.ts';
import { EMPTY_SET, type PlainSet, policyOf } from './plain-data.ts';
import { changedSet } from './plain-set.ts';
import { idsOf, idsOfPlain } from './state.ts';

export class SetOperations {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  make(op: Op<'makeSet'>): void {
    const real = new PolicySet();
    this.#machine.sets.set(op.set, { real, plain: EMPTY_SET, asked: false });
    for (const policy of op.policies) {
      const template = policyOf(policy);
      const isTemplate = 'entity' in template.principal && template.principal.entity.kind === 'slot';
      this.change({ kind: isTemplate ? 'addTemplate' : 'add', set: op.set, policy });
    }
  }

  /** The plain set changes first: a listener that asks is told when it has happened. */
  change(op: Op<'add' | 'addTemplate' | 'remove' | 'removeTemplate' | 'link' | 'unlink'>): void {
    const set = this.#machine.sets.get(op.set);
    if (set === undefined) return;
    const before = set.plain;
    const next = changedSet(before, op);
    if (next !== undefined) set.plain = next;
    const attempt = this.#machine.attempt(() => this.#callSet(set.real, op));
    if (attempt.ok) {
      if (next === undefined) this.#machine.differ('accepted', op, 'an error', 'it was accepted');
    } else if (next === undefined) {
      if (attempt.error instanceof RangeError && !this.#machine.isInterrupted)
        this.#machine.differ('exception', op, 'refused', attempt.error);
    } else if (this.#machine.mayStop(attempt.error)) {
      this.#settleSet(op, set, before);
    } else {
      this.#machine.differ('exception', op, 'done', attempt.error);
    }
  }

  #callSet(set: PolicySet, op: Op<'add' | 'addTemplate' | 'remove' | 'removeTemplate' | 'link' | 'unlink'>): void {
    switch (op.kind) {
      case 'add':
        set.add(policyOf(op.policy));
        return;
      case 'addTemplate':
        set.addTemplate(policyOf(op.policy));
        return;
      case 'remove':
        set.remove(op.id);
        return;
      case 'removeTemplate':
        set.removeTemplate(op.id);
        return;
      case 'unlink':
        set.unlink(op.id);
        return;
      case 'link': {
        const { principal, resource } = op.slots;
        const slotEnv = {
          ...(principal && { principal: uidInput(principal, (n) => this.#machine.stores.get(n)) }),
          ...(resource && { resource: uidInput(resource, (n) => this.#machine.stores.get(n)) }),
        };
        set.link({ id: op.id, templateId: op.templateId, slotEnv } as Parameters<PolicySet['link']>[0]);
        return;
      }
      default:
        unreachable(op);
    }
  }

  /** After an exception: the set says whether the change has happened. */
  #settleSet(op: Operation, set: LiveSet, before: PlainSet): void {
    const ids = idsOf(set.real);
    if (ids === idsOfPlain(set.plain)) return;
    if (ids !== idsOfPlain(before)) this.#machine.differ('state', op, 'all of the change or nothing', ids);
    set.plain = before;
  }

  listen(op: Op<'listen'>): void {
    const real = this.#machine.sets.get(op.set)?.real;
    const stop = real?.onChange(() => {
      stop?.();
      this.#machine.spring(op.trap);
    });
  }
}
