/**
 * Own object reader — from the application's own objects in a request to nodes of a store's graph, for emitted code (emit/own-object-functions.ts).
 *
 *     before  the call's program looks for the uids of objects, references and parents among the entities of the call
 *     after   the store's own program decides: references are nodes of its graph, and the objects themselves two nodes that only the request knows
 *
 * It takes objects whose uids the store has not seen, for nothing that the store knows refers to them; all others are left to the call's program, which is the
 * exact twin (call-reader.ts, request-graph.ts).
 *
 * Technique: two passes. The first looks at the fields (own-object.ts), and so may run code of the asker; it changes nothing. The second, `link`, runs none: it
 * makes nodes of what was read, by the state that the store has then.
 *
 * INVARIANT: nodes are written after the last code of the asker. Errors are the only ones who look at them later: then `renew` takes them out of use.
 */
import { EntitySource, type SourceField, type SourceType } from '../../../src/value/entity-source.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Value } from '../../../src/value/value.ts';
import type { RuntimeValue } from '../evaluate/runtime-value.ts';
import { CALL_SLOTS_AT_MOST, KNOWN_ANCESTORS_AT_MOST } from '../limits.ts';
import type { Graph } from './graph.ts';
import type { Node } from './node.ts';
import { NodeSet } from './node-set.ts';
import { type Column, type KnownType, type OwnObject, type Reading, readOwnObject } from './own-object.ts';
import type { AccessDepth } from './request-graph.ts';

/** The type of the last object, and how such are read. */
interface InlineCache {
  readonly type: SourceType | undefined;
  /** `undefined` if they are left to the twin. */
  readonly reading: Reading | undefined;
}

/** The ancestors of everything whose one parent is some node, while that has these ancestors. */
interface Above {
  readonly ofParent: NodeSet<Node>;
  readonly mask: number;
  readonly ancestors: NodeSet<Node>;
}

export class OwnObjectReader {
  readonly #graph: Graph;
  readonly #accessDepth: () => AccessDepth;
  readonly #readsBy: (schema: object) => boolean;
  readonly #types: KnownType[] = [];
  #typesVersion = -1;
  readonly #readings = new WeakMap<SourceType, InlineCache>();
  #principals: InlineCache = { type: undefined, reading: undefined };
  #resources: InlineCache = { type: undefined, reading: undefined };
  #above = new Map<Node, Above>();
  /** The objects of the present request. */
  #principal: OwnObject | undefined;
  #resource: OwnObject | undefined;
  /** Their nodes, and those of entities that the store does not know; the first `#count` stand for entities of the present request. */
  #nodes: Node[] = [];
  #unknown: Node[] = [];
  #count = 0;

  /** `accessDepth` tells that of the policies as they are at each request; `readsBy`, whether objects may be read by a schema. */
  constructor(graph: Graph, accessDepth: () => AccessDepth, readsBy: (schema: object) => boolean = () => false) {
    this.#graph = graph;
    this.#accessDepth = accessDepth;
    this.#readsBy = readsBy;
  }

  /** What a request has for principal; `undefined` if it is no object, or is left to the twin. */
  readPrincipal(given: unknown): OwnObject | undefined {
    if (!(given instanceof EntitySource)) return undefined;
    if (given.sourceType !== this.#principals.type) this.#principals = this.#lookUp(given.sourceType);
    return readOwnObject(given, this.#principals.reading, this.#accessDepth().principal);
  }

  /** The same for resource. */
  readResource(given: unknown): OwnObject | undefined {
    if (!(given instanceof EntitySource)) return undefined;
    if (given.sourceType !== this.#resources.type) this.#resources = this.#lookUp(given.sourceType);
    return readOwnObject(given, this.#resources.reading, this.#accessDepth().resource);
  }

  #lookUp(type: SourceType): InlineCache {
    const known = this.#readings.get(type) ?? { type, reading: this.#newReading(type) };
    this.#readings.set(type, known);
    return known;
  }

  /** Makes nodes of what the request has for principal and resource. Whether it could. */
  link(principal: OwnObject | undefined, resource: OwnObject | undefined): boolean {
    this.#followStore();
    this.#principal = principal;
    this.#resource = resource;
    this.#count = 0;
    if (principal !== undefined && resource !== undefined && principal.source.equals(resource.source)) return false;
    if (principal !== undefined && !this.#begin(principal, 0)) return false;
    if (resource !== undefined && !this.#begin(resource, 1)) return false;
    return (principal === undefined || this.#link(principal)) && (resource === undefined || this.#link(resource));
  }

  /** Takes the nodes of the present request out of use. */
  renew(): void {
    for (const node of this.#unknown) this.#graph.bitIndexes.free(node);
    this.#nodes = [];
    this.#unknown = [];
    this.#above.clear();
  }

  /** An object that the store has a handle for may be what its entities refer to. */
  #begin(own: OwnObject, number: number): boolean {
    if (own.reading.type.handles?.has(own.source.id) === true) return false;
    this.#nodes[number] ??= this.#graph.transient(own.source);
    own.node = this.#nodes[number];
    return true;
  }

  #link(own: OwnObject): boolean {
    const { values } = own;
    const { attributes } = own.reading;
    for (let i = 0; i < attributes.length; i++) {
      const { at, kind, target } = attributes[i]!;
      const value = values[at];
      if (value === undefined || (target === undefined && kind !== 'exact')) continue;
      const linked = target === undefined ? this.#valueOf(value as Value) : this.#nodeOf(target, value as string);
      if (linked === undefined) return false;
      values[at] = linked;
    }
    return !own.climbs || this.#climb(own);
  }

  #valueOf(value: Value): RuntimeValue | undefined {
    let hasRoom = true;
    const linked = this.#graph.value(value, ({ type, id }) => {
      const node = this.#nodeOf(this.#typeOf(type), id);
      hasRoom &&= node !== undefined;
      return node ?? this.#graph.emptyContext;
    });
    return hasRoom ? linked : undefined;
  }

  /** `undefined` for what is no id, and if there are too many that the store does not know. */
  #nodeOf(type: KnownType, id: string): Node | undefined {
    const principal = this.#principal;
    if (principal?.reading.type === type && principal.source.id === id) return principal.node;
    const resource = this.#resource;
    if (resource?.reading.type === type && resource.source.id === id) return resource.node;
    const handle = type.handles?.get(id);
    return handle === undefined ? this.#unknownNode(type.name, id) : this.#graph.nodeOf(handle);
  }

  #unknownNode(type: string, id: string): Node | undefined {
    const nodes = this.#unknown;
    for (let i = 0; i < this.#count; i++) {
      const { $uid } = nodes[i]!;
      if ($uid!.id === id && $uid!.type === type) return nodes[i];
    }
    if (this.#count >= CALL_SLOTS_AT_MOST || !id.isWellFormed()) return undefined;
    const uid = new EntityUid(type, id);
    const node = nodes[this.#count] as { $is: EntityUid; $type: string } | undefined;
    if (node === undefined) nodes.push(this.#graph.transient(uid));
    else {
      node.$is = uid;
      node.$type = type;
    }
    return nodes[this.#count++];
  }

  #climb(own: OwnObject): boolean {
    const parents = own.reading.parents!;
    let first: Node | undefined;
    let nodes: Node[] | undefined;
    for (let i = 0; i < parents.length; i++) {
      const { at, kind, target } = parents[i]!;
      const given = own.values[at];
      if (given === undefined) continue;
      const ids = kind === 'list' ? (given as readonly string[]) : undefined;
      const count = ids === undefined ? 1 : ids.length;
      for (let k = 0; k < count; k++) {
        const node = this.#parentOf(target!, ids === undefined ? (given as string) : ids[k]!);
        if (node === undefined) return false;
        if (first === undefined) first = node;
        else if (nodes === undefined) nodes = [first, node];
        else nodes.push(node);
      }
    }
    if (first === undefined) return true;
    const { mask, ancestors } = nodes === undefined ? this.#aboveOne(first) : this.#aboveAll(nodes);
    own.mask = mask;
    own.ancestors = ancestors;
    return true;
  }

  /** A parent that is an object of the request has parents of its own: these are left to the twin. */
  #parentOf(type: KnownType, id: string): Node | undefined {
    const node = this.#nodeOf(type, id);
    return node === this.#principal?.node || node === this.#resource?.node ? undefined : node;
  }

  /** Technique: memoization. What was found is right while the parent has the same ancestors, for sets never change. */
  #aboveOne(parent: Node): Above {
    const known = this.#above.get(parent);
    if (known !== undefined && known.ofParent === parent.$ancestors) return known;
    const above = this.#aboveAll([parent]);
    if (this.#above.size >= KNOWN_ANCESTORS_AT_MOST) this.#above.clear();
    this.#above.set(parent, above);
    return above;
  }

  #aboveAll(parents: readonly Node[]): Above {
    const { bitIndexes } = this.#graph;
    let mask = 0;
    for (const parent of parents) mask |= bitIndexes.ofGroup(parent) | parent.$mask;
    return { ofParent: parents[0]!.$ancestors, mask, ancestors: NodeSet.above(parents, bitIndexes) };
  }

  #followStore(): void {
    const { store } = this.#graph;
    if (this.#typesVersion === store.typesVersion) return;
    for (const type of this.#types) type.handles = store.ofType(type.name);
    this.#typesVersion = store.typesVersion;
  }

  /** Tags are read while policies run: objects that may have some are left to the twin. */
  #newReading({ type, schema, fields, parentFields, isEnumerated, hasTags }: SourceType): Reading | undefined {
    if (hasTags || isEnumerated || !this.#readsBy(schema)) return undefined;
    const columns = this.#graph.fields.map(([attribute], at) => this.#column(attribute, at, fields.get(attribute)));
    const attributes = columns.filter(({ attribute }) => fields.has(attribute));
    const parents = parentFields?.map(({ type: target, field, isList }, i): Column => {
      const kind = isList ? 'list' : 'entity';
      return { at: columns.length + i, attribute: '', kind, field, required: isList, target: this.#typeOf(target) };
    });
    const absent = [...columns, ...(parents ?? [])].map(() => undefined);
    const hasExact = attributes.some(({ kind }) => kind === 'exact');
    return { type: this.#typeOf(type), attributes, parents, hasExact, absent };
  }

  #column(attribute: string, at: number, plain: SourceField | undefined): Column {
    if (plain === undefined) return { at, attribute, kind: 'exact', field: '', required: false, target: undefined };
    const { kind, field, target, required } = plain;
    return { at, attribute, kind, field, required, target: kind === 'entity' ? this.#typeOf(target) : undefined };
  }

  #typeOf(name: string): KnownType {
    const known = this.#types.find((type) => type.name === name);
    if (known !== undefined) return known;
    const type = { name, handles: this.#graph.store.ofType(name) };
    this.#types.push(type);
    return type;
  }
}
