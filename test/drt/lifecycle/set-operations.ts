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
import { changedSet, setOfPolicies } from './plain-set.ts';
import { contentOf, contentOfPlain } from './state.ts';

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

  /** The policies are read, with all that a getter among them does, before anything changes. */
  replace(op: Op<'replace'>): void {
    const machine = this.#machine;
    const set = machine.sets.get(op.set);
    if (set === undefined) return;
    const engine = machine.engines.get(op.engine ?? -1);
    const next = setOfPolicies(op.policies);
    let before = set.plain;
    const apply = () => {
      before = set.plain;
      if (next !== undefined) set.plain = next;
    };
    const policies = op.policies.map(policyOf);
    if (op.trap === undefined) apply();
    const given = op.trap === undefined ? policies : iterated(policies, op.trap.at, machine.once(op.trap.trap), apply);
    const attempt = machine.attempt(() => {
      if (engine?.set === set && engine.mode !== 'module') engine.real.replace!(given as never);
      else set.real.replace(given);
    });
    if (attempt.ok) {
      if (next === undefined) machine.differ('accepted', op, 'an error', 'it was accepted');
    } else if (machine.mayStop(attempt.error)) this.#settleSet(op, set, before);
    else if (next !== undefined || attempt.error instanceof RangeError)
      machine.differ('exception', op, next === undefined ? 'refused' : 'done', attempt.error);
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
    const content = contentOf(set.real);
    if (content === contentOfPlain(set.plain)) return;
    if (content !== contentOfPlain(before)) this.#machine.differ('state', op, 'all of the change or nothing', content);
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

function* iterated<T>(list: readonly T[], at: number, spring: () => void, end: () => void): IterableIterator<T> {
  for (const [i, each] of list.entries()) {
    if (i === at) spring();
    yield each;
  }
  end();
}
