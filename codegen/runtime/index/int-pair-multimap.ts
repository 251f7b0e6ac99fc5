/**
 * Int pair multimap — row ids by two integers; rows with the same two integers form a doubly linked list.
 *
 *     before  a map of objects, and an object for each row that leads to the next
 *     after   columns of integers: there may be millions of rows
 *
 * Technique: open addressing with linear probing and backward-shift deletion. INVARIANT: some buckets are empty, and none between the bucket that a pair
 * hashes to and the one that holds it.
 */
import { longer } from '../../../src/value/column.ts';

/** Ends a list of rows; row ids count from 1 on. */
export const NO_ROW = 0;

/** A bucket has three words: both numbers, and the first row of their list, or `NO_ROW` if the bucket is empty. */
const STRIDE = 3;
const FIRST = 2;

/** Indexes extend it: a request that looks into hundreds of indexes follows one pointer less in each. */
export class IntPairMultimap {
  #buckets = new Int32Array(8 * STRIDE);
  /** The last bucket; the number of buckets is a power of two. */
  #last = 7;
  #taken = 0;
  /** For each row the next and the previous row of its list: a list may be long, and a row leaves it without a search. */
  #next = new Int32Array(8);
  #before = new Int32Array(8);
  #length = NO_ROW + 1;
  /** The first row id that is free again; `#next` leads to the others. */
  #free = NO_ROW;

  /** The first row of these numbers. */
  protected firstOf(a: number, b: number): number {
    return this.#buckets[this.#bucketOf(a, b) + FIRST]!;
  }

  protected after(rowId: number): number {
    return this.#next[rowId]!;
  }

  /** Adds a free row id to the list of these numbers. */
  protected take(a: number, b: number): number {
    if (4 * this.#taken >= 3 * (this.#last + 1)) this.#widen();
    const rowId = this.#freeRowId();
    const bucket = this.#bucketOf(a, b);
    const buckets = this.#buckets;
    if (buckets[bucket + FIRST] === NO_ROW) this.#taken++;
    buckets[bucket] = a;
    buckets[bucket + 1] = b;
    const next = buckets[bucket + FIRST]!;
    this.#next[rowId] = next;
    this.#before[rowId] = NO_ROW;
    if (next !== NO_ROW) this.#before[next] = rowId;
    buckets[bucket + FIRST] = rowId;
    return rowId;
  }

  /** Takes `rowId` out of the list of these numbers. */
  protected leave(a: number, b: number, rowId: number): void {
    const [next, before] = [this.#next[rowId]!, this.#before[rowId]!];
    if (next !== NO_ROW) this.#before[next] = before;
    if (before !== NO_ROW) this.#next[before] = next;
    else if (next !== NO_ROW) this.#buckets[this.#bucketOf(a, b) + FIRST] = next;
    else this.#empty(this.#bucketOf(a, b));
    this.#next[rowId] = this.#free;
    this.#free = rowId;
  }

  #freeRowId(): number {
    const rowId = this.#free;
    if (rowId !== NO_ROW) {
      this.#free = this.#next[rowId]!;
      return rowId;
    }
    if (this.#length === this.#next.length) {
      this.#next = longer(this.#next);
      this.#before = longer(this.#before);
    }
    return this.#length++;
  }

  /** The bucket of these numbers, or the empty one that they would take. */
  #bucketOf(a: number, b: number): number {
    const buckets = this.#buckets;
    const last = this.#last;
    let bucket = hash(a, b) & last;
    for (;;) {
      const at = bucket * STRIDE;
      if (buckets[at + FIRST] === NO_ROW || (buckets[at] === a && buckets[at + 1] === b)) return at;
      bucket = (bucket + 1) & last;
    }
  }

  #widen(): void {
    const before = this.#buckets;
    this.#buckets = new Int32Array(2 * before.length);
    this.#last = 2 * this.#last + 1;
    for (let at = 0; at < before.length; at += STRIDE) if (before[at + FIRST] !== NO_ROW) this.#put(before, at);
  }

  #put(from: Int32Array, at: number): void {
    const bucket = this.#bucketOf(from[at]!, from[at + 1]!);
    copyBucket(from, at, this.#buckets, bucket);
  }

  /** Backward-shift deletion: buckets behind it move up if that brings them closer to where they hash to. */
  #empty(start: number): void {
    const buckets = this.#buckets;
    const last = this.#last;
    let free = start / STRIDE;
    for (let bucket = (free + 1) & last; buckets[bucket * STRIDE + FIRST] !== NO_ROW; bucket = (bucket + 1) & last) {
      const at = bucket * STRIDE;
      const way = (bucket - hash(buckets[at]!, buckets[at + 1]!)) & last;
      if (way < ((bucket - free) & last)) continue;
      copyBucket(buckets, at, buckets, free * STRIDE);
      free = bucket;
    }
    buckets[free * STRIDE + FIRST] = NO_ROW;
    this.#taken--;
  }
}

function copyBucket(from: Int32Array, at: number, to: Int32Array, bucket: number): void {
  for (let i = 0; i < STRIDE; i++) to[bucket + i] = from[at + i]!;
}

/** Both factors are odd, with bits all over, so successive numbers hash to distant buckets. */
function hash(a: number, b: number): number {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
