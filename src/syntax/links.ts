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

/** Of a slot that the template does not have. */
const NO_UID = -1;

/** `T` is what is known of a template. */
export class Links<T extends { readonly id: string }> {
  readonly #places = new Map<string, number>();
  readonly #uids = new SharedUids();
  /** By place. */
  readonly #templates: (T | undefined)[] = [];
  #principals = new Int32Array(8);
  #resources = new Int32Array(8);
  readonly #free: number[] = [];

  get size(): number {
    return this.#places.size;
  }

  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** The id is not taken. */
  add(id: string, template: T, { principal, resource }: SlotEnv): void {
    const place = this.#free.pop() ?? this.#templates.length;
    if (place === this.#principals.length) {
      this.#principals = longer(this.#principals);
      this.#resources = longer(this.#resources);
    }
    this.#places.set(id, place);
    this.#templates[place] = template;
    this.#principals[place] = this.#take(principal);
    this.#resources[place] = this.#take(resource);
  }

  /** The id is taken. */
  remove(id: string): void {
    const place = this.#places.get(id)!;
    this.#places.delete(id);
    this.#templates[place] = undefined;
    this.#leave(this.#principals[place]!);
    this.#leave(this.#resources[place]!);
    this.#free.push(place);
  }

  get(id: string): TemplateLink | undefined {
    const place = this.#places.get(id);
    return place === undefined ? undefined : this.#at(id, place);
  }

  *all(): IterableIterator<TemplateLink> {
    for (const [id, place] of this.#places) yield this.#at(id, place);
  }

  /** As `PolicySet.visitLinks`, with what is known of the template. */
  visit<V>(
    valueFor: (uid: EntityUid) => V,
    visit: (id: string, template: T, principal: V | undefined, resource: V | undefined) => void,
  ): void {
    const values = this.#uids.map(valueFor);
    const [principals, resources] = [this.#principals, this.#resources];
    const valueAt = (number: number) => (number === NO_UID ? undefined : values[number]);
    this.#places.forEach((place, id) => {
      visit(id, this.#templates[place]!, valueAt(principals[place]!), valueAt(resources[place]!));
    });
  }

  #at(id: string, place: number): TemplateLink {
    return { id, templateId: this.#templates[place]!.id, slotEnv: this.#slotEnv(place) };
  }

  #slotEnv(place: number): SlotEnv {
    const [principal, resource] = [this.#principals[place]!, this.#resources[place]!];
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
