/**
 * Links — the links of a policy set, in the order of their adding.
 *
 *     before  a map of objects, each with an object of slot values, each of these with entities of its own
 *     after   a map of places; at each place a template, and the numbers of the entities that fill its slots
 *
 * There may be millions: a link is an object only while somebody looks at it, and nothing is kept of the one that was given but its texts.
 */
import { longer } from '../value/column.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { SlotEnv, TemplateLink } from './policy.ts';
import { SharedUids } from './shared-uids.ts';

/** Stands for the value of a slot that the template does not have. */
const NO_UID = -1;

/** `T` is what is known of a template. */
export class Links<T extends { readonly id: string }> {
  readonly #rows = new Map<string, number>();
  readonly #uids = new SharedUids();
  /** By place. */
  readonly #templates: (T | undefined)[] = [];
  #principals = new Int32Array(8);
  #resources = new Int32Array(8);
  readonly #free: number[] = [];

  get size(): number {
    return this.#rows.size;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  /** The id is not taken. INVARIANT: the link is there as a whole once its id has a row, which comes last and cannot fail half of the way. */
  add(id: string, template: T, { principal, resource }: SlotEnv): void {
    const row = this.#free.at(-1) ?? this.#templates.length;
    if (row === this.#principals.length) {
      this.#principals = longer(this.#principals);
      this.#resources = longer(this.#resources);
    }
    this.#principals[row] = this.#take(principal);
    this.#resources[row] = this.#take(resource);
    this.#templates[row] = template;
    this.#rows.set(id, row);
    this.#free.pop();
  }

  /** The id is taken. */
  remove(id: string): void {
    const row = this.#rows.get(id)!;
    this.#rows.delete(id);
    this.#templates[row] = undefined;
    this.#leave(this.#principals[row]!);
    this.#leave(this.#resources[row]!);
    this.#free.push(row);
  }

  get(id: string): TemplateLink | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : this.#at(id, row);
  }

  *all(): IterableIterator<TemplateLink> {
    for (const [id, row] of this.#rows) yield this.#at(id, row);
  }

  /** As `PolicySet.eachLink`, with what is known of the template. */
  each<V>(
    valueFor: (uid: EntityUid) => V,
    each: (id: string, template: T, principal: V | undefined, resource: V | undefined) => void,
  ): void {
    const values = this.#uids.map(valueFor);
    const [principals, resources] = [this.#principals, this.#resources];
    const valueAt = (number: number) => (number === NO_UID ? undefined : values[number]);
    this.#rows.forEach((row, id) => {
      each(id, this.#templates[row]!, valueAt(principals[row]!), valueAt(resources[row]!));
    });
  }

  #at(id: string, row: number): TemplateLink {
    return { id, templateId: this.#templates[row]!.id, slotEnv: this.#slotEnv(row) };
  }

  #slotEnv(row: number): SlotEnv {
    const [principal, resource] = [this.#principals[row]!, this.#resources[row]!];
    return {
      ...(principal !== NO_UID && { principal: this.#uids.at(principal) }),
      ...(resource !== NO_UID && { resource: this.#uids.at(resource) }),
    };
  }

  #take(uid: EntityUid | undefined): number {
    return uid === undefined ? NO_UID : this.#uids.take(uid);
  }

  #leave(number: number): void {
    if (number !== NO_UID) this.#uids.leave(number);
  }
}
