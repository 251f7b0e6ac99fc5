/**
 * Scope index — rows of one function, found by the principal and resource that their scopes demand.
 *
 *     before  a map of principals, each with a map of resources, each with a list of rows
 *     after   lists of row ids, found by the index keys of both entities (int-pair-multimap.ts)
 *
 * If rows can demand something above either entity, there are many pairs to probe. If one entity has many ancestors, the index scans the few rows of the
 * other instead (single-entity-index.ts): a query planner's choice of access path.
 *
 * Sound: a row that is not found has a scope that the request does not meet (plan/scope-bound.ts). Candidates are found lazily.
 */

import type { Node } from '../graph/node.ts';
import { COUNTED_KEYS_FROM } from '../limits.ts';
import { type IndexBound, type IndexKeys, indexKeyOf, NO_INDEX_KEY } from './index-keys.ts';
import { IntPairMultimap, NO_ROW } from './int-pair-multimap.ts';
import { SingleEntityIndex } from './single-entity-index.ts';

/** What a row demands of the principal and of the resource, where the index binds them. */
export interface Demands {
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
}

/**
 * Rows are found by what they demand of the leading entity and of the trailing one: principal and resource, or the other way round.
 *
 * INVARIANT: it gives all rows whose demands are met, and no others; what of a scope the demands say needs no second look.
 */
export abstract class ScopeIndex extends IntPairMultimap {
  readonly #keys: IndexKeys;
  /** Whether the resource is the leading entity: so it is if rows bind it by `==`, and the principal by `in`. */
  readonly #resourceLeads: boolean;
  readonly #leadingBound: IndexBound;
  readonly #trailingBound: IndexBound;
  /** Whether no row binds by `in`, so a request meets one list of rows at most. */
  readonly #isPlain: boolean;
  /** The rows by the leading entity alone, if a request might have to probe many pairs. */
  readonly #singleEntityIndex: SingleEntityIndex | undefined;
  /** Its bit among those of `IndexKeys`. */
  readonly bit: number;
  /** The keys that the leading and the trailing entity of the present request meet, how many of them, and the position of the next pair. */
  readonly #leadingKeys: number[] = [NO_INDEX_KEY];
  readonly #trailingKeys: number[] = [NO_INDEX_KEY];
  #leadingLength = 0;
  #trailingLength = 0;
  #leadingPosition = 0;
  #trailingPosition = 0;
  #trailing: Node | undefined = undefined;
  /** Whether the rows of the leading entity are scanned, and the first row of each key that it meets. */
  #isScanning = false;
  readonly #firsts: number[] = [];

  constructor(principal: IndexBound, resource: IndexBound, keys: IndexKeys) {
    super();
    this.#resourceLeads = principal === 'in' && resource === 'eq';
    this.#leadingBound = this.#resourceLeads ? resource : principal;
    this.#trailingBound = this.#resourceLeads ? principal : resource;
    this.#isPlain = principal !== 'in' && resource !== 'in';
    this.#singleEntityIndex =
      this.#leadingBound !== 'any' && this.#trailingBound === 'in' ? new SingleEntityIndex(keys) : undefined;
    this.#keys = keys;
    this.bit = keys.nextIndexBit();
  }

  /** The first row whose demands the request meets. The index serves one request at a time. */
  first(principal: Node, resource: Node): number {
    if (!this.#isPlain)
      return this.#resourceLeads ? this.#firstBelow(resource, principal) : this.#firstBelow(principal, resource);
    const p = this.#leadingBound === 'any' ? NO_INDEX_KEY : principal.$indexKey;
    const r = this.#trailingBound === 'any' ? NO_INDEX_KEY : resource.$indexKey;
    if (p === NO_INDEX_KEY && this.#leadingBound !== 'any') return NO_ROW;
    if (r === NO_INDEX_KEY && this.#trailingBound !== 'any') return NO_ROW;
    return this.firstOf(p, r);
  }

  /** The next such row after `rowId`. */
  next(rowId: number): number {
    if (this.#isScanning) {
      const next = this.#singleEntityIndex!.nextMetBy(this.#trailing!, rowId);
      return next === NO_ROW ? this.#nextScanned() : next;
    }
    const next = this.after(rowId);
    return next === NO_ROW && !this.#isPlain ? this.#nextPair() : next;
  }

  /** The id of a new row that demands this. */
  protected put(principal: Node | undefined, resource: Node | undefined): number {
    const [leading, trailing] = this.#inOrder(
      this.#keys.give(principal, this.#principalBound, this.bit),
      this.#keys.give(resource, this.#resourceBound, this.bit),
    );
    this.#singleEntityIndex?.put(leading, trailing);
    return this.take(leading, trailing);
  }

  protected drop(principal: Node | undefined, resource: Node | undefined, rowId: number): void {
    const [leading, trailing] = this.#inOrder(indexKeyOf(principal), indexKeyOf(resource));
    this.leave(leading, trailing, rowId);
    this.#singleEntityIndex?.drop(leading, rowId);
  }

  /** The first of the rows that demand exactly this. */
  protected firstThatDemands(principal: Node | undefined, resource: Node | undefined): number {
    return this.firstOf(...this.#inOrder(indexKeyOf(principal), indexKeyOf(resource)));
  }

  #inOrder<T>(ofPrincipal: T, ofResource: T): [leading: T, trailing: T] {
    return this.#resourceLeads ? [ofResource, ofPrincipal] : [ofPrincipal, ofResource];
  }

  get #principalBound(): IndexBound {
    return this.#resourceLeads ? this.#trailingBound : this.#leadingBound;
  }

  get #resourceBound(): IndexBound {
    return this.#resourceLeads ? this.#leadingBound : this.#trailingBound;
  }

  #firstBelow(leading: Node, trailing: Node): number {
    this.#leadingLength = this.#collect(leading, this.#leadingBound, this.#leadingKeys);
    if (this.#leadingLength === 0) return NO_ROW;
    const width = this.#collect(trailing, this.#trailingBound, this.#trailingKeys);
    if (width === 0) return NO_ROW;
    this.#trailingLength = width;
    this.#leadingPosition = 0;
    this.#isScanning = width >= COUNTED_KEYS_FROM && this.#hasFewRows(width);
    if (this.#isScanning) {
      this.#trailing = trailing;
      return this.#nextScanned();
    }
    this.#trailingPosition = 0;
    return this.#nextPair();
  }

  /** Collects the keys of the entity and its ancestors that rows may demand, and says how many. Where rows bind nothing it is one: that of no demand. */
  #collect(entity: Node, bound: IndexBound, into: number[]): number {
    if (bound === 'any') return 1;
    const { bit } = this;
    let length = 0;
    if ((this.#keys.ownBitsOf(entity) & bit) !== 0) into[length++] = entity.$indexKey;
    if (bound === 'eq') return length;
    const above = this.#keys.gathered(entity.$ancestors).indexKeys;
    for (let i = 0; i < above.length; i += 2) if ((above[i + 1]! & bit) !== 0) into[length++] = above[i]!;
    return length;
  }

  /** Whether scanning the rows of the leading entity costs less than probing all pairs; there are `width` keys of the trailing one. */
  #hasFewRows(width: number): boolean {
    const singleEntityIndex = this.#singleEntityIndex;
    if (singleEntityIndex === undefined) return false;
    const keys = this.#leadingKeys;
    const length = this.#leadingLength;
    let left = length * width;
    for (let i = 0; i < length && left >= 0; i++) {
      const first = singleEntityIndex.first(keys[i]!);
      this.#firsts[i] = first;
      left = singleEntityIndex.countDown(left, first);
    }
    return left >= 0;
  }

  #nextScanned(): number {
    const length = this.#leadingLength;
    while (this.#leadingPosition < length) {
      const rowId = this.#singleEntityIndex!.metBy(this.#trailing!, this.#firsts[this.#leadingPosition++]!);
      if (rowId !== NO_ROW) return rowId;
    }
    return NO_ROW;
  }

  #nextPair(): number {
    const length = this.#leadingLength;
    const width = this.#trailingLength;
    for (; this.#leadingPosition < length; this.#leadingPosition++) {
      const leading = this.#leadingKeys[this.#leadingPosition]!;
      while (this.#trailingPosition < width) {
        const rowId = this.firstOf(leading, this.#trailingKeys[this.#trailingPosition++]!);
        if (rowId !== NO_ROW) return rowId;
      }
      this.#trailingPosition = 0;
    }
    return NO_ROW;
  }
}
