/**
 * Store operations — stores are made of lists good and bad, and entities come and go.
 */
import { EntityStore } from '../../../src/index.ts';
import { trapEntity, uidInput } from './input.ts';
import { hasManyLevels, type Machine, type Op } from './machine.ts';
import type { EntitySpec } from './operation.ts';
import { dataOf, entitiesOfList, entityOf, isAccepted, isKept, uidOf, withEntry, withoutEntry } from './plain-data.ts';
import { SCHEMA } from './schema.ts';
import { differenceOfStore, isStoredAs } from './state.ts';

export class StoreOperations {
  readonly #machine: Machine;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  make(op: Op<'makeStore'>): void {
    const { store, how, schema, entities } = op;
    const options = schema ? { schema: SCHEMA } : {};
    const empty = { schema, entities: new Map<string, EntitySpec>() };
    if (how === 'new') {
      const live = { real: new EntityStore(options), plain: empty, asked: false };
      this.#machine.stores.set(store, live);
      for (const entity of entities) this.upsert({ kind: 'upsert', store, entity });
      return;
    }
    const attempt = this.#machine.attempt(() => {
      if (how === 'of')
        return EntityStore.of(
          entities.map((spec) => entityOf(spec, schema)),
          options,
        );
      const data = entities.map(dataOf);
      return EntityStore.from(how === 'text' ? JSON.stringify(data) : data, options);
    });
    const expected = isList(entities, schema);
    const mayRefuse = entities.some(hasManyLevels);
    if (attempt.ok !== expected && !(expected && !attempt.ok && (mayRefuse || this.#machine.mayStop(attempt.error))))
      this.#machine.differ(expected ? 'exception' : 'accepted', op, expected, attempt.ok || attempt.error);
    if (!attempt.ok) return;
    const plain = { schema, entities: new Map(entities.map((entity) => [entity.uid, entity])) };
    this.#machine.stores.set(store, { real: attempt.value, plain, asked: false });
  }

  replaceAll(op: Op<'replaceAll'>): void {
    const store = this.#machine.stores.get(op.store);
    if (store === undefined) return;
    const accepted = isList(op.entities, store.plain.schema);
    const data = op.entities.map(dataOf);
    const trapped = data[op.trap?.at ?? -1];
    if (trapped !== undefined) trapEntity(trapped, op.trap!.member, this.#machine.once(op.trap!.trap));
    const attempt = this.#machine.attempt(() => store.real.replaceAll(data));
    const after = { ...store.plain, entities: new Map(op.entities.map((entity) => [entity.uid, entity])) };
    if (attempt.ok) {
      if (accepted) store.plain = after;
      else this.#machine.differ('accepted', op, 'an error', 'it was accepted');
    } else if (accepted && (op.entities.some(hasManyLevels) || this.#machine.mayStop(attempt.error))) {
      const wrong = differenceOfStore({ ...store, plain: after });
      if (wrong === undefined) store.plain = after;
      else if (differenceOfStore(store) !== undefined)
        this.#machine.differ('state', op, 'all of the change or nothing', wrong);
    } else if (accepted || (attempt.error instanceof RangeError && !this.#machine.isInterrupted)) {
      this.#machine.differ('exception', op, accepted ? 'done' : 'refused', attempt.error);
    }
  }

  upsert(op: Op<'upsert'>): void {
    const store = this.#machine.stores.get(op.store);
    const spec = op.entity;
    if (store === undefined) return;
    const data = dataOf(spec);
    if (op.trap !== undefined) trapEntity(data, op.trap.member, this.#machine.once(op.trap.trap));
    const attempt = this.#machine.attempt(() => store.real.upsert(data));
    // What a getter changes, it changes before the entity comes.
    const { plain } = store;
    const accepted = isAccepted(spec, plain);
    const mayRefuse = hasManyLevels(spec);
    const after = isKept(plain, spec.uid) ? plain : { ...plain, entities: withEntry(plain.entities, spec.uid, spec) };
    if (attempt.ok) {
      if (accepted) store.plain = after;
      else this.#machine.differ('accepted', op, 'an error', 'it was accepted');
    } else if (accepted && (mayRefuse || this.#machine.mayStop(attempt.error))) {
      if (isStoredAs(store.real, spec, store.plain.schema)) store.plain = after;
      else if (!isStoredAs(store.real, store.plain.entities.get(spec.uid) ?? spec.uid, store.plain.schema))
        this.#machine.differ('state', op, 'all of the change or nothing', store.real.get(uidOf(spec.uid)));
    } else if (accepted || (attempt.error instanceof RangeError && !this.#machine.isInterrupted)) {
      this.#machine.differ('exception', op, accepted ? 'done' : 'refused', attempt.error);
    }
  }

  /** Actions of a schema stay, in whatever way the store says that. */
  remove(op: Op<'removeEntity'>): void {
    const store = this.#machine.stores.get(op.store);
    if (store === undefined) return;
    const { name, wrong } = op.uid;
    const { entities, schema } = store.plain;
    const attempt = this.#machine.attempt(() =>
      store.real.remove(uidInput(op.uid, (n) => this.#machine.stores.get(n))),
    );
    if (isKept(store.plain, name)) return;
    if (attempt.ok) {
      if (wrong !== undefined) this.#machine.differ('accepted', op, 'an error', attempt.value);
      else if (attempt.value !== entities.has(name))
        this.#machine.differ('answer', op, entities.has(name), attempt.value);
      store.plain = { schema, entities: withoutEntry(entities, name) };
    } else if (this.#machine.mayStop(attempt.error)) {
      if (store.real.get(uidOf(name)) === undefined) store.plain = { schema, entities: withoutEntry(entities, name) };
    } else if (wrong === undefined) this.#machine.differ('exception', op, 'removed', attempt.error);
  }

  /** Whoever is given something writes into it; that must not matter to anybody else. */
  changeGiven({ store, uid, member }: Op<'changeGiven'>): void {
    this.#machine.attempt(() => {
      const entity = this.#machine.stores.get(store)?.real.get(uidOf(uid));
      if (entity === undefined) return;
      if (member === 'parents') (entity.parents as unknown[]).push(uidOf('Group::admins'));
      else (entity[member] as Map<string, unknown>).set(member === 'tags' ? 'vip' : 'open', true);
    });
  }
}

function isList(entities: readonly EntitySpec[], schema: boolean): boolean {
  try {
    entitiesOfList(entities, schema);
    return true;
  } catch {
    return false;
  }
}
