/**
 * Shared uids — one object and one number for each entity that something uses.
 */
import { EntityUid } from '../value/entity-uid.ts';

interface OfType {
  /** One text for the type of all of them. */
  readonly type: string;
  readonly numbers: Map<string, number>;
}

export class SharedUids {
  readonly #types = new Map<string, OfType>();
  /** By number, as is how often each is used. */
  readonly #uids: (EntityUid | undefined)[] = [];
  readonly #uses: number[] = [];
  readonly #free: number[] = [];

  /** The number of an entity, which is used once more. Of the object that names it nothing is kept but its texts. */
  take({ type, id }: EntityUid): number {
    const ofType = this.#ofType(type);
    let number = ofType.numbers.get(id);
    if (number === undefined) {
      number = this.#free.pop() ?? this.#uids.length;
      this.#uids[number] = new EntityUid(ofType.type, id);
      this.#uses[number] = 0;
      ofType.numbers.set(id, number);
    }
    this.#uses[number]!++;
    return number;
  }

  /** The entity is used once less. */
  leave(number: number): void {
    this.#uses[number]!--;
    if (this.#uses[number] !== 0) return;
    const { type, id } = this.at(number);
    const { numbers } = this.#types.get(type)!;
    numbers.delete(id);
    if (numbers.size === 0) this.#types.delete(type);
    this.#uids[number] = undefined;
    this.#free.push(number);
  }

  at(number: number): EntityUid {
    return this.#uids[number]!;
  }

  /** What stands for each of them, by number. */
  map<T>(valueFor: (uid: EntityUid) => T): (T | undefined)[] {
    return this.#uids.map((uid) => uid && valueFor(uid));
  }

  #ofType(type: string): OfType {
    let ofType = this.#types.get(type);
    if (ofType === undefined) {
      ofType = { type, numbers: new Map() };
      this.#types.set(type, ofType);
    }
    return ofType;
  }
}
