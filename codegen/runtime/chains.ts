/**
 * Chains — slots found by two numbers; slots of the same two numbers are a chain.
 *
 *     before  an object for each slot, which leads to the next, and a map of objects
 *     after   columns of numbers: there may be millions
 *
 * Places are tried one after another from where the hash of the two numbers leads, until one is empty. INVARIANT: some are empty, and none between
 * the place where a chain should be and the one where it is.
 */
import { longer } from '../../src/value/column.ts';

/** Where a chain ends; slots count from 1 on. */
export const NO_SLOT = 0;

/** Of each place: both numbers, and the first slot of their chain; none where the place is empty. */
const PLACE = 3;
const FIRST = 2;

/** What has chains extends them: one object less between a request and its rows, of which there may be hundreds. */
export class Chains {
  #places = new Int32Array(8 * PLACE);
  /** The number of places, a power of two, less one. */
  #last = 7;
  #taken = 0;
  /** Of each slot that follows it in its chain, and that it follows: a chain may be long, and a slot leaves it without a search. */
  #next = new Int32Array(8);
  #before = new Int32Array(8);
  #length = NO_SLOT + 1;
  /** Slots that are free again: the first, which leads to the others. */
  #free = NO_SLOT;

  /** The first slot of these numbers. */
  protected firstOf(a: number, b: number): number {
    return this.#places[this.#placeOf(a, b) + FIRST]!;
  }

  protected after(slot: number): number {
    return this.#next[slot]!;
  }

  /** Takes a slot that was free into the chain of these numbers. */
  protected take(a: number, b: number): number {
    if (4 * this.#taken >= 3 * (this.#last + 1)) this.#widen();
    const slot = this.#freeSlot();
    const place = this.#placeOf(a, b);
    const places = this.#places;
    if (places[place + FIRST] === NO_SLOT) this.#taken++;
    places[place] = a;
    places[place + 1] = b;
    const next = places[place + FIRST]!;
    this.#next[slot] = next;
    this.#before[slot] = NO_SLOT;
    if (next !== NO_SLOT) this.#before[next] = slot;
    places[place + FIRST] = slot;
    return slot;
  }

  /** Takes `slot` out of the chain of these numbers. */
  protected leave(a: number, b: number, slot: number): void {
    const [next, before] = [this.#next[slot]!, this.#before[slot]!];
    if (next !== NO_SLOT) this.#before[next] = before;
    if (before !== NO_SLOT) this.#next[before] = next;
    else if (next !== NO_SLOT) this.#places[this.#placeOf(a, b) + FIRST] = next;
    else this.#empty(this.#placeOf(a, b));
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  #freeSlot(): number {
    const slot = this.#free;
    if (slot !== NO_SLOT) {
      this.#free = this.#next[slot]!;
      return slot;
    }
    if (this.#length === this.#next.length) {
      this.#next = longer(this.#next);
      this.#before = longer(this.#before);
    }
    return this.#length++;
  }

  /** Where the chain of these numbers is, or would be. */
  #placeOf(a: number, b: number): number {
    const places = this.#places;
    const last = this.#last;
    let place = hash(a, b) & last;
    for (;;) {
      const at = place * PLACE;
      if (places[at + FIRST] === NO_SLOT || (places[at] === a && places[at + 1] === b)) return at;
      place = (place + 1) & last;
    }
  }

  #widen(): void {
    const before = this.#places;
    this.#places = new Int32Array(2 * before.length);
    this.#last = 2 * this.#last + 1;
    for (let at = 0; at < before.length; at += PLACE) if (before[at + FIRST] !== NO_SLOT) this.#put(before, at);
  }

  #put(from: Int32Array, at: number): void {
    const place = this.#placeOf(from[at]!, from[at + 1]!);
    copyPlace(from, at, this.#places, place);
  }

  /** Chains behind the place that should stand at it, or before it, move up. */
  #empty(start: number): void {
    const places = this.#places;
    const last = this.#last;
    let free = start / PLACE;
    for (let place = (free + 1) & last; places[place * PLACE + FIRST] !== NO_SLOT; place = (place + 1) & last) {
      const at = place * PLACE;
      const way = (place - hash(places[at]!, places[at + 1]!)) & last;
      if (way < ((place - free) & last)) continue;
      copyPlace(places, at, places, free * PLACE);
      free = place;
    }
    places[free * PLACE + FIRST] = NO_SLOT;
    this.#taken--;
  }
}

function copyPlace(from: Int32Array, at: number, to: Int32Array, place: number): void {
  for (let i = 0; i < PLACE; i++) to[place + i] = from[at + i]!;
}

/** Both factors are odd, with ones all over: numbers that follow one another lead to places far apart. */
function hash(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
