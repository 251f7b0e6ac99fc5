/**
 * Predicate — what is left of the policies as a function of an application's row.
 *
 * Entities besides the row are those of the store; an entity that it does not have does not exist, as in every request.
 *
 * Twin:  model/evaluator.ts
 */
import type { EntityMapping, Mapping } from '../mapping/mapping.ts';
import type { ResidualPolicy } from '../partial/authorize.ts';
import type { Residual, ResidualOf } from '../partial/residual.ts';
import type { Schema } from '../schema/schema.ts';
import { attributesOfEntry } from '../validator/type.ts';
import { append } from '../value/append.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarSet } from '../value/set.ts';
import { CompilerBug } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import { type AttributeOf, Closures, type Run, type Subject } from './closure.ts';
import { Inexpressible } from './condition.ts';
import {
  attributeReader,
  listTest,
  parentsReader,
  type RowObject,
  referenceTest,
  tagsReader,
  uidReader,
} from './row-value.ts';

/** An entity of the store. */
export interface RelatedEntity {
  readonly attrs: ReadonlyMap<string, Value>;
  readonly tags: ReadonlyMap<string, Value>;
  readonly parents: readonly EntityUid[];
}

export type Related = (uid: EntityUid) => RelatedEntity | undefined;

/** Closures for the rows of a type. Throws `Inexpressible`. */
export function rowClosures(mapping: Mapping, type: string, related: Related): Closures<RowObject> {
  return new Closures(new RowSubject(mapping, type, related));
}

/** Does the row pass? Throws `DataError` for a row that does not fit the schema, and `Inexpressible` for what the mapping leaves out. */
export function predicateOf(
  policies: readonly ResidualPolicy[],
  closures: Closures<RowObject>,
): (row: RowObject) => boolean {
  const runs = (effect: string) =>
    policies.filter((each) => each.effect === effect).map(({ residual }) => closures.run(residual));
  const [permits, forbids] = [runs('permit'), runs('forbid')];
  if (permits.length === 1 && forbids.length === 0) return holds(permits[0]!);
  return (row) => !some(forbids, row) && some(permits, row);
}

function holds(run: Run<RowObject>): (row: RowObject) => boolean {
  return (row) => run(row) === true;
}

function some(runs: readonly Run<RowObject>[], row: RowObject): boolean {
  for (const run of runs) if (run(row) === true) return true;
  return false;
}

class RowSubject implements Subject<RowObject> {
  readonly schema: Schema;
  readonly #row: EntityMapping;
  readonly #uidOf: (row: RowObject) => EntityUid;
  readonly #related: Related;
  #readParents: ((row: RowObject) => readonly EntityUid[]) | undefined;
  #readTags: ((row: RowObject) => ReadonlyMap<string, Value>) | undefined;

  constructor(mapping: Mapping, type: string, related: Related) {
    const row = mapping.types.get(type);
    if (row === undefined) throw new Inexpressible(`the mapping has no entity type \`${type}\``);
    this.schema = mapping.schema;
    this.#row = row;
    this.#uidOf = uidReader(row);
    this.#related = related;
  }

  variable({ name }: ResidualOf<'var'>): Run<RowObject> {
    if (name !== 'resource') throw new CompilerBug(`\`${name}\` is not known`);
    return this.#uidOf;
  }

  isDirect({ kind }: Residual): boolean {
    return kind === 'var';
  }

  /** What the mapping leaves out is told before the first row. */
  prepare({ op, left }: ResidualOf<'binaryApp'>): void {
    if (left.type.kind !== 'entity' || left.type.name !== this.#row.type) return;
    if (op === 'mem') this.#readParents ??= this.#parentsReader();
    if (op === 'hasTag' || op === 'getTag') this.#readTags ??= this.#tagsReader();
  }

  /** `resource.a == User::"x"`: ids are compared, and no uid is made. */
  equalityTest({ left, right }: ResidualOf<'binaryApp'>): ((row: RowObject) => boolean | undefined) | undefined {
    const uid = right.kind === 'val' ? right.value : undefined;
    if (left.kind !== 'getAttr' || left.expr.kind !== 'var' || !(uid instanceof EntityUid)) return undefined;
    const mappedAttr = this.#row.attrs.get(left.attr);
    if (mappedAttr?.kind !== 'ref' || mappedAttr.type !== uid.type) return undefined;
    const attribute = attributesOfEntry(this.schema.entityTypes.get(this.#row.type)).get(left.attr);
    return referenceTest(mappedAttr, attribute?.required === true, uid.id);
  }

  /** `resource.a.contains(x)` of a list of texts or ids: no set is made. */
  containsTest({ left, right }: ResidualOf<'binaryApp'>): ((row: RowObject) => boolean | undefined) | undefined {
    const mappedAttr = left.kind === 'getAttr' && left.expr.kind === 'var' ? this.#row.attrs.get(left.attr) : undefined;
    const element = left.type.kind === 'set' ? left.type.element : undefined;
    if (mappedAttr?.kind !== 'many' || element === undefined || right.kind !== 'val') return undefined;
    const { value } = right;
    if (element.kind === 'string' && typeof value === 'string') return listTest(mappedAttr, value);
    const isId = element.kind === 'entity' && value instanceof EntityUid && value.type === element.name;
    return isId ? listTest(mappedAttr, value.id) : undefined;
  }

  attribute(expr: Residual, attr: string): AttributeOf<RowObject> {
    const type = expr.type.kind === 'entity' ? expr.type.name : '';
    const ofRow = type === this.#row.type ? this.#rowAttribute(attr) : undefined;
    if (ofRow === undefined) return (_, of) => this.#related(of)?.attrs.get(attr);
    if (this.isDirect(expr)) return (row) => ofRow(row);
    return (row, of) => (this.#uidOf(row).equals(of) ? ofRow(row) : this.#related(of)?.attrs.get(attr));
  }

  #rowAttribute(attr: string): (row: RowObject) => Value | undefined {
    const attribute = attributesOfEntry(this.schema.entityTypes.get(this.#row.type)).get(attr);
    if (attribute === undefined) return () => undefined;
    const mappedAttr = this.#row.attrs.get(attr);
    if (mappedAttr === undefined) throw new Inexpressible(`the mapping leaves out the attribute \`${attr}\``);
    return attributeReader(mappedAttr, attribute.type, attribute.required);
  }

  isIn(uid: EntityUid, target: EntityUid | CedarSet, row: RowObject): boolean {
    const targets = target instanceof CedarSet ? target : CedarSet.from([target]);
    if (targets.has(uid)) return true;
    const seen = new Set<string>([uid.key]);
    const open = [...this.#parentsOf(uid, row)];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (seen.has(next.key)) continue;
      if (targets.has(next)) return true;
      seen.add(next.key);
      append(open, this.#parentsOf(next, row));
    }
    return false;
  }

  #parentsOf(uid: EntityUid, row: RowObject): readonly EntityUid[] {
    return this.#isRow(uid, row) ? this.#parents(row) : (this.#related(uid)?.parents ?? []);
  }

  tagsOf(uid: EntityUid, row: RowObject): ReadonlyMap<string, Value> | undefined {
    return this.#isRow(uid, row) ? this.#tags(row) : this.#related(uid)?.tags;
  }

  #isRow(uid: EntityUid, row: RowObject): boolean {
    return uid.type === this.#row.type && uid.equals(this.#uidOf(row));
  }

  #parents(row: RowObject): readonly EntityUid[] {
    this.#readParents ??= this.#parentsReader();
    return this.#readParents(row);
  }

  #parentsReader(): (row: RowObject) => readonly EntityUid[] {
    const left = this.#row.unmapped.find((path) => path.startsWith('parents.'));
    if (left !== undefined) throw new Inexpressible(`the mapping leaves out \`${left}\` of \`${this.#row.type}\``);
    return parentsReader(this.#row.parents);
  }

  #tags(row: RowObject): ReadonlyMap<string, Value> {
    this.#readTags ??= this.#tagsReader();
    return this.#readTags(row);
  }

  #tagsReader(): (row: RowObject) => ReadonlyMap<string, Value> {
    const entry = this.schema.entityTypes.get(this.#row.type);
    const type = entry?.kind === 'standard' ? entry.tags : undefined;
    return type === undefined ? () => new Map() : tagsReader(this.#row.tags, type);
  }
}
