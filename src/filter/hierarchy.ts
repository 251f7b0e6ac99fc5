/**
 * Hierarchy — `in`: by parents in columns, in lists and in join tables, by closure tables, and by a recursive query where a type contains itself.
 *
 * An entity that does not exist has no parents, so it is only in itself. Which types can be above which is known from the schema, so that a chain of
 * types (document, folder, project) becomes as many steps, and only a type that contains itself needs recursion.
 */
import type { JoinTable } from '../mapping/description.ts';
import type { ManyMapping, ParentMapping, RefMapping } from '../mapping/mapping.ts';
import type { Schema } from '../schema/schema.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarSet } from '../value/set.ts';
import { unreachable } from '../value/unreachable.ts';
import {
  and,
  type Condition,
  complement,
  exists,
  FALSE,
  Inexpressible,
  isNull,
  type Literal,
  or,
  type Parameter,
  type RootRows,
  type Row,
  type Scalar,
  type ScalarType,
  type Source,
  TRUE,
  type Tree,
} from './condition.ts';
import { among, amongList, idLiteral, idParameter, sameId } from './id.ts';
import type { Places } from './place.ts';
import { typeOf } from './scalar.ts';
import { literalOf, scalarType } from './storage.ts';
import type { EntityTerm, Meaning, Term } from './term.ts';

/** What an ancestor may be: one of some constants, one that comes with the request, or an entity of the row. */
type Target =
  | { readonly kind: 'constants'; readonly ids: readonly Literal[] }
  | { readonly kind: 'parameter'; readonly id: Parameter }
  | { readonly kind: 'list'; readonly list: Parameter }
  | { readonly kind: 'entity'; readonly id: Scalar };

type Test = (id: Scalar) => Condition;

export class Hierarchy {
  readonly #schema: Schema;
  readonly #places: Places;

  constructor(schema: Schema, places: Places) {
    this.#schema = schema;
    this.#places = places;
  }

  in(left: Term, right: Term): Meaning {
    const entity = entityTerm(left);
    const { holds, defined } = this.#inTerm(entity, right);
    const both = and([isNull(entity.id, true), defined]);
    const inside = holds();
    return { yes: and([both, inside]), no: and([both, complement(inside)]), defined: both };
  }

  #inTerm(entity: EntityTerm, right: Term): { readonly holds: () => Condition; readonly defined: Condition } {
    if (right.kind === 'set') {
      const { list, entityType } = right;
      if (list !== undefined && entityType !== undefined)
        return { holds: () => this.#within(entity, entityType, { kind: 'list', list }), defined: right.defined };
      const inElement = (each: Term) => this.#inTerm(entity, each).holds();
      return { holds: () => right.some(inElement), defined: right.defined };
    }
    if (right.kind !== 'constant' || !(right.value instanceof CedarSet)) {
      const { type, id } = entityTerm(right);
      return { holds: () => this.#within(entity, type, targetOf(id)), defined: isNull(id, true) };
    }
    const byType = new Map<string, Literal[]>();
    for (const uid of right.value.elements as readonly EntityUid[])
      byType.set(uid.type, [...(byType.get(uid.type) ?? []), literalOf(uid)]);
    const holds = () => or([...byType].map(([type, ids]) => this.#within(entity, type, { kind: 'constants', ids })));
    return { holds, defined: and([]) };
  }

  /** Is the entity one of the target, or below one? `type` is that of the target. */
  #within(entity: EntityTerm, type: string, target: Target): Condition {
    const itself = entity.type === type ? equals(entity.id, target) : FALSE;
    return or([itself, this.#below(entity, type, target)]);
  }

  #below(entity: EntityTerm, type: string, target: Target): Condition {
    const entry = this.#schema.entityTypes.get(entity.type);
    if (entry?.kind !== 'standard' || !entry.ancestors.has(type)) return FALSE;
    const mapped = this.#places.entityMapping(entity.type);
    const closure = mapped.ancestors.get(type);
    if (closure !== undefined) return this.#byClosure(entity, closure, type, target);
    const ways = [...entry.parents].map((parent) => this.#byParents(entity, parent, type, target));
    return or(ways);
  }

  #byClosure(
    entity: EntityTerm,
    { table, descendant, ancestor }: { readonly table: string; readonly descendant: string; readonly ancestor: string },
    type: string,
    target: Target,
  ): Condition {
    const row: Row = { table };
    const own: Scalar = { kind: 'column', row, column: descendant, type: typeOf(entity.id), nullable: true };
    const above: Scalar = { kind: 'column', row, column: ancestor, type: this.#idType(type), nullable: true };
    const found = exists({ kind: 'table', row }, and([sameId(own, entity.id), equals(above, target)]));
    // A row of the table may be about an entity that is not there.
    return and([this.#places.exists(entity), found]);
  }

  #byParents(entity: EntityTerm, parent: string, type: string, target: Target): Condition {
    const entry = this.#schema.entityTypes.get(parent);
    const reaches = entry?.kind === 'standard' && entry.ancestors.has(type);
    if (parent !== type && !reaches) return FALSE;
    const mapping = this.#places.entityMapping(entity.type).parents.get(parent);
    if (mapping === undefined)
      throw new Inexpressible(`the mapping leaves out the parents \`${parent}\` of \`${entity.type}\``);
    if (mapping.kind === 'absent') return FALSE;
    return this.#someParent(entity, parent, mapping, this.#testOf(parent, type, target));
  }

  /** What is asked of a parent: to be the target, or to be below it. */
  #testOf(parent: string, type: string, target: Target): Test {
    const entry = this.#schema.entityTypes.get(parent);
    const own = this.#places.parentsOf(parent)?.get(parent)?.kind;
    const isRecursive = entry?.kind === 'standard' && entry.ancestors.has(parent) && own !== 'absent';
    const hasClosure = this.#places.hasClosure(parent, type);
    if (isRecursive && !hasClosure) {
      const tree = this.#tree(parent, type, target);
      return (value) => (tree === undefined ? FALSE : below(value, tree));
    }
    return (id) => this.#within({ kind: 'entity', type: parent, id, row: undefined, enforced: false }, type, target);
  }

  /** The ids of a type that contains itself: from those that are the target, or that have parents of other types within it, downwards. */
  #tree(parent: string, type: string, target: Target): Tree | undefined {
    if (target.kind === 'entity')
      throw new Inexpressible(
        `whether one is in another entity of the row, recursively: give \`ancestors\` of \`${type}\``,
      );
    const idType = this.#idType(parent);
    const roots = parent === type ? rootsOf(target, idType) : [];
    const listed = parent === type && target.kind === 'list' ? [listedRoots(target.list, idType)] : [];
    const rows = [...listed, ...this.#rootRows(parent, type, target)];
    return roots.length === 0 && rows.length === 0 ? undefined : { roots, rows, edges: this.#edges(parent) };
  }

  #rootRows(parent: string, type: string, target: Target): Tree['rows'] {
    const entry = this.#schema.entityTypes.get(parent);
    const others = entry?.kind === 'standard' ? [...entry.parents].filter((each) => each !== parent) : [];
    const row: Row = { table: this.#places.tableOf(parent) };
    const id = this.#places.idOf(row, parent);
    const entity: EntityTerm = { kind: 'entity', type: parent, id, row, enforced: true };
    for (const other of others) this.#requireAbove(other, parent);
    const where = or(others.map((other) => this.#byParents(entity, other, type, target)));
    return where === FALSE ? [] : [{ source: { kind: 'table', row }, id, where }];
  }

  #requireAbove(other: string, type: string): void {
    const above = this.#schema.entityTypes.get(other);
    if (above?.kind === 'standard' && above.ancestors.has(type))
      throw new Inexpressible(`\`${type}\` and \`${other}\` contain each other: give \`ancestors\` of \`${type}\``);
  }

  #edges(type: string): Tree['edges'] {
    const own = this.#places.entityMapping(type).parents.get(type);
    if (own === undefined) throw new Inexpressible(`the mapping leaves out the parents \`${type}\` of \`${type}\``);
    if (own.kind === 'absent') throw new Inexpressible(`\`${type}\` has parents of its own type by others only`);
    const row: Row = { table: this.#places.tableOf(type) };
    const child = this.#places.idOf(row, type);
    const place = this.#places.ofEntity({ kind: 'entity', type, id: child, row, enforced: true });
    const source: Source = { kind: 'table', row };
    const idType = this.#idType(type);
    if (own.kind === 'ref')
      return { sources: [source], child, parent: place.column(own, idType, false), where: TRUE, type: idType };
    if (own.through !== undefined) return this.#joinedEdges(type, own.through);
    const inner: Row = { table: '' };
    const list = place.column(own, own.storage === 'array' ? 'array' : 'list', false);
    const elements: Source = { kind: 'elements', row: inner, list, type: idType };
    const parent: Scalar = { kind: 'element', row: inner, type: idType };
    return { sources: [source, elements], child, parent, where: TRUE, type: idType };
  }

  #joinedEdges(type: string, { table, owner, element, enforced }: JoinTable): Tree['edges'] {
    const row: Row = { table };
    const idType = this.#idType(type);
    const column = (name: string): Scalar => ({ kind: 'column', row, column: name, type: idType, nullable: true });
    const child = column(owner);
    const exists = this.#places.exists({ kind: 'entity', type, id: child, row: undefined, enforced: false });
    const where = enforced ? TRUE : exists;
    return { sources: [{ kind: 'table', row }], child, parent: column(element), where, type: idType };
  }

  #idType(type: string) {
    const { storage } = this.#places.entityMapping(type).id;
    return scalarType({ kind: 'entity', name: type }, storage);
  }

  #someParent(
    entity: EntityTerm,
    parent: string,
    mapping: Exclude<ParentMapping, { readonly kind: 'absent' }>,
    test: Test,
  ): Condition {
    const place = this.#places.ofEntity(entity);
    if (mapping.kind === 'ref') {
      const type = scalarType({ kind: 'entity', name: parent }, mapping.storage);
      return test(place.column(mapping as RefMapping, type, false));
    }
    return this.#places
      .set(place, mapping as ManyMapping, { kind: 'entity', name: parent })
      .some((each) => test(entityTerm(each).id));
  }
}

function below(value: Scalar, tree: Tree): Condition {
  const { type } = tree.edges;
  if (typeOf(value) !== type) throw new Inexpressible(`ids are kept as \`${typeOf(value)}\` and as \`${type}\``);
  return { kind: 'below', negated: false, value, tree };
}

function targetOf(id: Scalar): Target {
  if (id.kind === 'literal') return { kind: 'constants', ids: [id] };
  return id.kind === 'parameter' ? { kind: 'parameter', id } : { kind: 'entity', id };
}

function rootsOf(target: Target, type: ScalarType): readonly (Literal | Parameter)[] {
  if (target.kind === 'parameter') return [idParameter(target.id, type)];
  return target.kind === 'constants' ? target.ids.flatMap((id) => idLiteral(id, type) ?? []) : [];
}

function listedRoots(list: Parameter, type: ScalarType): RootRows {
  const row: Row = { table: '' };
  const source: Source = { kind: 'elements', row, list: { ...list, element: type }, type };
  return { source, id: { kind: 'element', row, type }, where: TRUE };
}

function equals(id: Scalar, target: Target): Condition {
  switch (target.kind) {
    case 'constants':
      return among(id, target.ids);
    case 'list':
      return amongList(id, target.list);
    case 'parameter':
    case 'entity':
      return sameId(id, target.id);
    default:
      return unreachable(target);
  }
}

function entityTerm(term: Term): EntityTerm {
  if (term.kind === 'entity') return term;
  if (term.kind !== 'constant' || !(term.value instanceof EntityUid)) throw new Inexpressible('an entity was expected');
  return { kind: 'entity', type: term.value.type, id: literalOf(term.value), row: undefined, enforced: false };
}
