/**
 * Place — where the database has the attributes of an entity or record: in a row at hand, in a row that is found by its id, in a JSON object.
 *
 * Size:  a case for each way in which a mapping keeps a value.
 */

import type { TagTable } from '../mapping/description.ts';
import type { AttributeMapping, EntityMapping, FieldMapping, ManyMapping, Mapping } from '../mapping/mapping.ts';
import type { Attribute, Type } from '../validator/type.ts';
import {
  and,
  type Condition,
  compare,
  complement,
  exists,
  FALSE,
  Inexpressible,
  isNull,
  type Row,
  type Scalar,
  type ScalarType,
  type Source,
  TRUE,
} from './condition.ts';
import { sameId } from './id.ts';
import { typeOf } from './scalar.ts';
import { scalarType } from './storage.ts';
import { type EntityTerm, type Meaning, meaning, type RecordTerm, type SetTerm, type Term } from './term.ts';

/** Reads one scalar of the attributes that are in one place. */
export interface Place {
  /** True where the entity or record is there; false where it is not, or where finding it errs. */
  readonly there: Condition;
  /** True where finding it does not err. */
  readonly defined: Condition;
  column(mapped: Omit<FieldMapping, 'kind'>, type: ScalarType, required: boolean): Scalar;
  /** The id of the entity that the attributes are of; `undefined` in JSON, which has no tables of its own. */
  readonly id: Scalar | undefined;
}

/** How elements are equal; the operators know it. */
export type EqualTo = (a: Term, b: Term) => Condition;

export class Places {
  readonly #mapping: Mapping;
  readonly #equal: EqualTo;

  constructor(mapping: Mapping, equal: EqualTo) {
    this.#mapping = mapping;
    this.#equal = equal;
  }

  entityMapping(type: string): EntityMapping {
    const mapped = this.#mapping.types.get(type);
    if (mapped === undefined) throw new Inexpressible(`the mapping has no entity type \`${type}\``);
    return mapped;
  }

  tableOf(type: string): string {
    const { table } = this.entityMapping(type);
    if (table === undefined) throw new Inexpressible(`the mapping gives \`${type}\` no table`);
    return table;
  }

  hasClosure(type: string, ancestor: string): boolean {
    return this.#mapping.types.get(type)?.ancestors.has(ancestor) === true;
  }

  parentsOf(type: string): EntityMapping['parents'] | undefined {
    return this.#mapping.types.get(type)?.parents;
  }

  idOf(row: Row, type: string): Scalar {
    const { column, storage, field } = this.entityMapping(type).id;
    const scalar = scalarType({ kind: 'entity', name: type }, storage);
    return { kind: 'column', row, column, type: scalar, nullable: false, field };
  }

  ofEntity(entity: EntityTerm): Place {
    const { row, id } = entity;
    if (row !== undefined)
      return { there: TRUE, defined: TRUE, id, column: (m, type, req) => columnOf(row, m, type, req) };
    return {
      there: this.exists(entity),
      defined: isNull(id, true),
      id,
      column: (mapped, type, required) => {
        const source: Source = { kind: 'table', row: { table: this.tableOf(entity.type) } };
        const value = columnOf(source.row, mapped, type, required);
        return { kind: 'lookup', source, where: this.#hasId(source.row, entity), value };
      },
    };
  }

  /** True where the database has a row for the entity. */
  exists(entity: EntityTerm): Condition {
    if (entity.row !== undefined) return TRUE;
    if (entity.enforced) return isNull(entity.id, true);
    const row: Row = { table: this.tableOf(entity.type) };
    return exists({ kind: 'table', row }, this.#hasId(row, entity));
  }

  #hasId(row: Row, { type, id }: EntityTerm): Condition {
    return sameId(this.idOf(row, type), id);
  }

  /** `e has a`, where `e` is in this place. */
  has(place: Place, mapped: AttributeMapping, { type, required }: Attribute): Meaning {
    const { defined } = place;
    const present = this.#present(place, mapped, type, required);
    return meaning(
      () => present,
      () => and([defined, complement(present)]),
      () => defined,
    );
  }

  #present(place: Place, mapped: AttributeMapping, type: Type, required: boolean): Condition {
    switch (mapped.kind) {
      case 'absent':
        return FALSE;
      case 'record':
        return required ? place.there : this.#recordPresent(place, mapped.attrs, type);
      case 'many':
        if (mapped.through === undefined) break;
        if (required) return place.there;
        throw new Inexpressible('a table of elements does not tell an absent set from an empty one');
      default:
        break;
    }
    return isNull(place.column(mapped, scalarType(type, mapped.storage), required), true);
  }

  /** An optional record is there where one of its required attributes is. */
  #recordPresent(place: Place, attrs: ReadonlyMap<string, AttributeMapping>, type: Type): Condition {
    for (const [name, mapped] of attrs) {
      const attribute = type.kind === 'record' ? type.attributes.get(name) : undefined;
      const isColumn = mapped.kind === 'field' || mapped.kind === 'ref' || mapped.kind === 'json';
      if (!isColumn || attribute?.required !== true) continue;
      return isNull(
        place.column({ ...mapped, notNull: false }, scalarType(attribute.type, mapped.storage), false),
        true,
      );
    }
    throw new Inexpressible('an optional record in columns needs a required attribute that tells whether it is there');
  }

  /** `e.a`, where `e` is in this place. */
  get(place: Place, mapped: AttributeMapping, { type, required }: Attribute): Term {
    switch (mapped.kind) {
      case 'field':
        return { kind: 'scalar', scalar: place.column(mapped, scalarType(type, mapped.storage), required), type };
      case 'ref': {
        const id = place.column(mapped, scalarType(type, mapped.storage), required);
        return { kind: 'entity', type: mapped.type, id, row: undefined, enforced: mapped.enforced };
      }
      case 'many':
        return this.#set(place, mapped, mapped.element, required);
      case 'json':
        return this.inJson(place.column(mapped, 'json', required), type);
      case 'record':
        return this.#record(place, mapped.attrs, type, required);
      case 'absent':
        throw new Inexpressible('an attribute that the mapping says is absent is read');
      default:
        return mapped satisfies never;
    }
  }

  /** The value of a tag, NULL if there is none. */
  tag(entity: EntityTerm, place: Place, key: Scalar, type: Type): Scalar {
    const mapped = this.entityMapping(entity.type).tags;
    if (mapped === undefined) throw new Inexpressible(`the mapping leaves out the tags of \`${entity.type}\``);
    if (mapped.kind === 'absent') throw new Inexpressible(`the mapping says that \`${entity.type}\` has no tags`);
    if (mapped.kind === 'tags') return this.#tagInTable(entity, place, mapped.through, key, type);
    if (key.kind !== 'literal' || typeof key.value !== 'string')
      throw new Inexpressible('a tag in JSON whose name depends on the row');
    const object = place.column(mapped, 'json', false);
    return { kind: 'member', object, name: key.value, type: scalarType(type, undefined) };
  }

  #tagInTable(entity: EntityTerm, place: Place, table: TagTable, key: Scalar, type: Type): Scalar {
    if (type.kind === 'set' || type.kind === 'record')
      throw new Inexpressible(`tags that are a \`${type.kind}\`, in a table`);
    const row: Row = { table: table.table };
    const column = (name: string, of: ScalarType): Scalar => ({
      kind: 'column',
      row,
      column: name,
      type: of,
      nullable: true,
    });
    const where = and([
      compare('=', column(table.owner, typeOf(entity.id)), entity.id),
      compare('=', column(table.key, 'text'), key),
      place.there,
    ]);
    return {
      kind: 'lookup',
      source: { kind: 'table', row },
      where,
      value: column(table.value, scalarType(type, undefined)),
    };
  }

  #record(place: Place, attrs: ReadonlyMap<string, AttributeMapping>, type: Type, required: boolean): RecordTerm {
    const defined = required ? place.there : this.#recordPresent(place, attrs, type);
    const of = (name: string) => [mappedIn(attrs, name), attributeIn(type, name)] as const;
    const inner: Place = { ...place, there: defined, defined };
    return {
      kind: 'record',
      type,
      defined,
      has: (name) => (declares(type, name) ? this.has(inner, ...of(name)) : lacking(defined)),
      get: (name) => this.get(inner, ...of(name)),
    };
  }

  /** A value in JSON: scalars, ids and lists as such, records as objects. */
  inJson(scalar: Scalar, type: Type): Term {
    if (type.kind === 'entity') return { kind: 'entity', type: type.name, id: scalar, row: undefined, enforced: false };
    if (type.kind === 'set') return this.#list(scalar, elementOf(type), undefined);
    if (type.kind !== 'record') return { kind: 'scalar', scalar, type };
    const defined = isNull(scalar, true);
    const member = (name: string): Scalar => ({
      kind: 'member',
      object: scalar,
      name,
      type: scalarType(attributeIn(type, name).type, undefined),
    });
    return {
      kind: 'record',
      type,
      defined,
      has: (name) => (declares(type, name) ? this.#hasMember(member(name), defined) : lacking(defined)),
      get: (name) => this.inJson(member(name), attributeIn(type, name).type),
    };
  }

  #hasMember(member: Scalar, defined: Condition): Meaning {
    return meaning(
      () => isNull(member, true),
      () => and([defined, isNull(member, false)]),
      () => defined,
    );
  }

  /** Parents, of which there is a list always. */
  set(place: Place, mapped: ManyMapping, element: Type): SetTerm {
    return this.#set(place, mapped, element, false);
  }

  #set(place: Place, mapped: ManyMapping, element: Type, required: boolean): SetTerm {
    if (mapped.through !== undefined) return this.#joined(place, mapped, element);
    const type = mapped.storage === 'array' ? 'array' : 'list';
    return this.#list(place.column(mapped, type, required), element, mapped);
  }

  #list(list: Scalar, element: Type, mapped: ManyMapping | undefined): SetTerm {
    const type = scalarType(element, mapped?.storage === 'array' ? undefined : mapped?.storage);
    const some: SetTerm['some'] = (test) => {
      const row: Row = { table: '' };
      const value: Scalar = { kind: 'element', row, type };
      return exists({ kind: 'elements', row, list, type }, test(this.inJson(value, element)));
    };
    return this.#withHas({ kind: 'set', defined: isNull(list, true), some });
  }

  #joined(place: Place, { through, storage }: ManyMapping, element: Type): SetTerm {
    const { table, owner, element: column, enforced } = through!;
    const { id, there } = place;
    if (id === undefined) throw new Inexpressible('a set in JSON has no table of its own');
    const some: SetTerm['some'] = (test) => {
      const row: Row = { table };
      const owned = sameId({ kind: 'column', row, column: owner, type: typeOf(id), nullable: true }, id);
      const scalar: Scalar = { kind: 'column', row, column, type: scalarType(element, storage), nullable: true };
      return exists({ kind: 'table', row }, and([owned, test(this.inJson(scalar, element))]));
    };
    // A row of the join table may be about an entity that is not there, unless foreign keys see to it.
    const guarded: SetTerm['some'] = enforced ? some : (test) => and([there, some(test)]);
    return this.#withHas({ kind: 'set', defined: there, some: guarded });
  }

  #withHas(set: Omit<SetTerm, 'has'>): SetTerm {
    return { ...set, has: (term) => set.some((element) => this.#equal(element, term)) };
  }
}

function columnOf(
  row: Row,
  mapped: Omit<FieldMapping, 'kind'> & { readonly relation?: string | undefined },
  type: ScalarType,
  required: boolean,
): Scalar {
  const { column, notNull, field, relation } = mapped;
  return { kind: 'column', row, column, type, nullable: !(required && notNull), field, relation };
}

function elementOf(type: Type): Type {
  if (type.kind === 'set' && type.element !== undefined) return type.element;
  throw new Inexpressible('a set of unknown elements');
}

export function attributeIn(type: Type, name: string): Attribute {
  const attribute = type.kind === 'record' ? type.attributes.get(name) : undefined;
  if (attribute === undefined) throw new Inexpressible(`no attribute \`${name}\` is declared`);
  return attribute;
}

function declares(type: Type, name: string): boolean {
  return type.kind === 'record' && type.attributes.has(name);
}

/** `has` of an attribute that no record of the type has. */
function lacking(defined: Condition): Meaning {
  return { yes: FALSE, no: defined, defined };
}

export function mappedIn(attrs: ReadonlyMap<string, AttributeMapping>, name: string): AttributeMapping {
  const mapped = attrs.get(name);
  if (mapped === undefined) throw new Inexpressible(`the mapping leaves out the attribute \`${name}\``);
  return mapped;
}
