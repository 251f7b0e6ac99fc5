/**
 * Table — rows of one function, found by the principal and resource that they demand.
 *
 *     before  a map of principals, each with a map of resources, each with a list of rows
 *     after   one list of places, found by the numbers of principal and resource; rows that demand the same are a chain
 *
 * A row that is not among the candidates of a request has a scope that is not met (see slice/bound.ts). Candidates are looked for one after another, so
 * that who needs one only waits for no others.
 *
 * Places are tried one after another from where the hash of the two numbers leads, until one is empty. INVARIANT: some are empty, and none between
 * the place where a chain should be and the one where it is.
 */
import type { Node } from './node.ts';
import type { Row } from './row.ts';

/** How the rows of a table bind principal or resource. */
export type TableBound = 'any' | 'eq' | 'in';

/** INVARIANT: a row is in one table at a time. */
export interface TableRow extends Row {
  /** What the row demands of the principal and of the resource, where the table binds them. */
  readonly principal: Node | undefined;
  readonly resource: Node | undefined;
  /** Another row of the same demands. */
  next: TableRow | undefined;
}

/** Of an entity that no row demands; stands for no demand, too. */
const NO_KEY = 0;

/** Gives numbers to the entities that rows demand, by which all tables of a graph find them. */
export class TableKeys {
  #given = NO_KEY;

  give(node: Node | undefined): void {
    if (node !== undefined && node.$key === NO_KEY) node.$key = ++this.#given;
  }
}

export class Table {
  readonly #principal: TableBound;
  readonly #resource: TableBound;
  readonly #keys: TableKeys;
  /** The first rows of chains, and their hashes. The number of places is a power of two; an empty one has no hash. */
  #places: (TableRow | undefined)[] = emptyPlaces(8);
  #hashes = new Int32Array(8);
  #taken = 0;
  /** What principal and resource of the present request meet, and which pair of it is to be looked for next. */
  readonly #principals = new Keys();
  readonly #resources = new Keys();
  #p = 0;
  #r = 0;

  constructor(principal: TableBound, resource: TableBound, keys: TableKeys, rows: Iterable<TableRow>) {
    this.#principal = principal;
    this.#resource = resource;
    this.#keys = keys;
    for (const row of rows) this.add(row);
  }

  add(row: TableRow): void {
    this.#keys.give(row.principal);
    this.#keys.give(row.resource);
    if (4 * this.#taken >= 3 * this.#places.length) this.#grow();
    const [principal, resource] = [keyOf(row.principal), keyOf(row.resource)];
    const place = this.#placeOf(principal, resource);
    if (this.#hashes[place] === 0) this.#taken++;
    row.next = this.#places[place];
    this.#places[place] = row;
    this.#hashes[place] = hash(principal, resource);
  }

  remove(row: TableRow): void {
    const place = this.#placeOf(keyOf(row.principal), keyOf(row.resource));
    let before: TableRow | undefined;
    for (let each = this.#places[place]; each !== row; each = each.next) {
      if (each === undefined) return;
      before = each;
    }
    if (before !== undefined) before.next = row.next;
    else if (row.next !== undefined) this.#places[place] = row.next;
    else this.#free(place);
    row.next = undefined;
  }

  /** The row of that id among those that demand this. */
  find(principal: Node | undefined, resource: Node | undefined, id: string): TableRow | undefined {
    let row = this.#places[this.#placeOf(keyOf(principal), keyOf(resource))];
    while (row !== undefined && row.id !== id) row = row.next;
    return row;
  }

  /** One of the rows whose demands the request meets. The table looks for those of one request at a time. */
  first(principal: Node, resource: Node): TableRow | undefined {
    if (this.#principal === 'in' || this.#resource === 'in') return this.#firstBelow(principal, resource);
    const p = this.#principal === 'any' ? NO_KEY : principal.$key;
    const r = this.#resource === 'any' ? NO_KEY : resource.$key;
    if (p === NO_KEY && this.#principal !== 'any') return undefined;
    if (r === NO_KEY && this.#resource !== 'any') return undefined;
    this.#p = this.#principals.length;
    return this.#places[this.#placeOf(p, r)];
  }

  /** Another one, after `row`. */
  next(row: TableRow): TableRow | undefined {
    return row.next ?? this.#nextPair();
  }

  #firstBelow(principal: Node, resource: Node): TableRow | undefined {
    this.#principals.take(this.#principal, principal);
    this.#resources.take(this.#resource, resource);
    this.#p = 0;
    this.#r = 0;
    return this.#nextPair();
  }

  #nextPair(): TableRow | undefined {
    const { keys: principals, length } = this.#principals;
    const { keys: resources, length: width } = this.#resources;
    for (; this.#p < length; this.#p++) {
      while (this.#r < width) {
        const found = this.#places[this.#placeOf(principals[this.#p]!, resources[this.#r++]!)];
        if (found !== undefined) return found;
      }
      this.#r = 0;
    }
    return undefined;
  }

  /** Where the chain of these demands is, or would be. */
  #placeOf(principal: number, resource: number): number {
    const hashes = this.#hashes;
    const last = hashes.length - 1;
    const wanted = hash(principal, resource);
    let place = wanted & last;
    for (let found = hashes[place]; found !== 0; found = hashes[place]) {
      if (found === wanted) {
        const row = this.#places[place]!;
        if (keyOf(row.principal) === principal && keyOf(row.resource) === resource) break;
      }
      place = (place + 1) & last;
    }
    return place;
  }

  #grow(): void {
    const [places, hashes] = [this.#places, this.#hashes];
    const last = 2 * places.length - 1;
    this.#places = emptyPlaces(last + 1);
    this.#hashes = new Int32Array(last + 1);
    for (let i = 0; i < places.length; i++) {
      if (hashes[i] === 0) continue;
      let place = hashes[i]! & last;
      while (this.#hashes[place] !== 0) place = (place + 1) & last;
      this.#places[place] = places[i];
      this.#hashes[place] = hashes[i]!;
    }
  }

  /** Empties a place; chains behind it that should stand at it, or before it, move up. */
  #free(start: number): void {
    const [places, hashes] = [this.#places, this.#hashes];
    const last = places.length - 1;
    let free = start;
    for (let place = (free + 1) & last; hashes[place] !== 0; place = (place + 1) & last) {
      const way = (place - hashes[place]!) & last;
      if (way < ((place - free) & last)) continue;
      places[free] = places[place];
      hashes[free] = hashes[place]!;
      free = place;
    }
    places[free] = undefined;
    hashes[free] = 0;
    this.#taken--;
  }
}

/** The numbers of what a principal or resource meets. */
class Keys {
  /** Longer than it is needed for, so that it is not made anew for each request. */
  readonly keys: number[] = [NO_KEY];
  length = 0;

  take(bound: TableBound, entity: Node): void {
    this.length = 0;
    if (bound === 'any') this.#push(NO_KEY);
    else if (entity.$key !== NO_KEY) this.#push(entity.$key);
    if (bound !== 'in') return;
    const ancestors = entity.$ancestors.list;
    for (let i = 0; i < ancestors.length; i++) {
      const { $key } = ancestors[i]!;
      if ($key !== NO_KEY) this.#push($key);
    }
  }

  #push(key: number): void {
    this.keys[this.length++] = key;
  }
}

function emptyPlaces(length: number): (TableRow | undefined)[] {
  return new Array<TableRow | undefined>(length).fill(undefined);
}

function keyOf(demand: Node | undefined): number {
  return demand === undefined ? NO_KEY : demand.$key;
}

/** Both factors are odd, with ones all over: numbers that follow one another lead to places far apart. Zero is what an empty place has. */
function hash(principal: number, resource: number): number {
  const mixed = Math.imul(principal, 0x9e3779b1) ^ Math.imul(resource, 0x85ebca6b);
  return mixed ^ (mixed >>> 15) || 1;
}
