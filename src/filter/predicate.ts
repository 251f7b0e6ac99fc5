/**
 * Predicate — what is left of the policies as a function of an application's row.
 *
 *     Residual → (row → Value, or an error)
 *
 * Technique: closure generation. Each node becomes a closure over those of its operands, so that nothing is looked up by kind while rows run. No code
 * is generated.
 *
 * Entities besides the row are those of the store; an entity that it does not have does not exist, as in every request.
 *
 * Spec:  Cedar.Spec.Evaluator: evaluate
 * Twin:  model/evaluator.ts
 * Size:  a case for each kind of node, as the evaluator.
 */
import type { EntityMapping, Mapping } from '../mapping/mapping.ts';
import type { ResidualPolicy } from '../partial/authorize.ts';
import { chainOf, type Residual, type ResidualOf } from '../partial/residual.ts';
import { attributesOfEntry } from '../validator/type.ts';
import { append } from '../value/append.ts';
import { Datetime } from '../value/datetime.ts';
import { Duration } from '../value/duration.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { addLong, isLong, type Long, mulLong, negLong, subLong } from '../value/long.ts';
import { patternMatches } from '../value/pattern.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import { Inexpressible } from './condition.ts';
import { attributeReader, parentsReader, type RowObject, referenceTest, tagsReader, uidReader } from './row-value.ts';

/** An entity of the store. */
export interface RelatedEntity {
  readonly attrs: ReadonlyMap<string, Value>;
  readonly tags: ReadonlyMap<string, Value>;
  readonly parents: readonly EntityUid[];
}

export type Related = (uid: EntityUid) => RelatedEntity | undefined;

/** The expression errs; which error does not matter here. */
const ERROR = Symbol('error');
type Result = Value | typeof ERROR;
type Run = (row: RowObject) => Result;

/** Does the row pass? Throws `DataError` for a row that does not fit the schema, and `Inexpressible` for what the mapping leaves out. */
export function predicateOf(
  policies: readonly ResidualPolicy[],
  mapping: Mapping,
  type: string,
  related: Related,
): (row: RowObject) => boolean {
  const making = new Making(mapping, type, related);
  const runs = (effect: string) =>
    policies.filter((each) => each.effect === effect).map(({ residual }) => making.run(residual));
  const [permits, forbids] = [runs('permit'), runs('forbid')];
  if (permits.length === 1 && forbids.length === 0) return holds(permits[0]!);
  return (row) => !some(forbids, row) && some(permits, row);
}

function holds(run: Run): (row: RowObject) => boolean {
  return (row) => run(row) === true;
}

function some(runs: readonly Run[], row: RowObject): boolean {
  for (const run of runs) if (run(row) === true) return true;
  return false;
}

class Making {
  readonly #mapping: Mapping;
  readonly #row: EntityMapping;
  readonly #uidOf: (row: RowObject) => EntityUid;
  readonly #related: Related;
  readonly #made = new Map<Residual, Run>();
  #readParents: ((row: RowObject) => readonly EntityUid[]) | undefined;
  #readTags: ((row: RowObject) => ReadonlyMap<string, Value>) | undefined;

  constructor(mapping: Mapping, type: string, related: Related) {
    const row = mapping.types.get(type);
    if (row === undefined) throw new Inexpressible(`the mapping has no entity type \`${type}\``);
    this.#mapping = mapping;
    this.#row = row;
    this.#uidOf = uidReader(row);
    this.#related = related;
  }

  run(r: Residual): Run {
    const made = this.#made.get(r) ?? this.#make(r);
    this.#made.set(r, made);
    return made;
  }

  #make(r: Residual): Run {
    switch (r.kind) {
      case 'val': {
        const { value } = r;
        return () => value;
      }
      case 'error':
        return () => ERROR;
      case 'var':
        if (r.name !== 'resource') throw new CompilerBug(`\`${r.name}\` is not known`);
        return this.#uidOf;
      case 'and':
      case 'or':
        return chain(
          r.kind === 'or',
          chainOf(r).map((each) => this.run(each)),
        );
      case 'ite':
        return choice(this.run(r.test), this.run(r.then), this.run(r.else));
      case 'unaryApp':
        return unary(r, this.run(r.arg));
      case 'binaryApp':
        return this.#binary(r);
      case 'getAttr':
        return this.#getAttr(r);
      case 'hasAttr':
        return this.#hasAttr(r);
      case 'set': {
        const all = together(r.elements.map((each) => this.run(each)));
        return mapped(all, CedarSet.from);
      }
      case 'record': {
        const all = together(r.fields.map(({ expr }) => this.run(expr)));
        const names = r.fields.map(({ name }) => name);
        return mapped(all, (values) => new CedarRecord(new Map(names.map((name, i) => [name, values[i]!]))));
      }
      case 'call': {
        const all = together(r.args.map((each) => this.run(each)));
        return mapped(all, (values) => valueOrError(applyExtFun(r.fn, values)));
      }
      default:
        return unreachable(r);
    }
  }

  #binary(r: ResidualOf<'binaryApp'>): Run {
    // What the mapping leaves out is told before the first row.
    const isAboutRow = r.left.type.kind === 'entity' && r.left.type.name === this.#row.type;
    if (isAboutRow && r.op === 'mem') this.#readParents ??= this.#parentsReader();
    if (isAboutRow && (r.op === 'hasTag' || r.op === 'getTag')) this.#readTags ??= this.#tagsReader();
    const [left, right] = [this.run(r.left), this.run(r.right)];
    const of =
      (apply: (a: Value, b: Value, row: RowObject) => Result): Run =>
      (row) => {
        const a = left(row);
        if (a === ERROR) return ERROR;
        const b = right(row);
        return b === ERROR ? ERROR : apply(a, b, row);
      };
    switch (r.op) {
      case 'eq': {
        const test = this.#referenceTest(r);
        if (test !== undefined) return (row) => test(row) ?? ERROR;
        return r.right.kind === 'val' && typeof r.right.value !== 'object'
          ? equals(left, r.right.value)
          : of(valueEquals);
      }
      case 'mem':
        return of((a, b, row) => this.#isIn(a as EntityUid, b as EntityUid | CedarSet, row));
      case 'hasTag':
        return of((a, b, row) => this.#tagsOf(a as EntityUid, row)?.has(b as string) ?? false);
      case 'getTag':
        return of((a, b, row) => this.#tagsOf(a as EntityUid, row)?.get(b as string) ?? ERROR);
      case 'less':
        return of((a, b) => numberOf(a) < numberOf(b));
      case 'lessEq':
        return of((a, b) => numberOf(a) <= numberOf(b));
      case 'add':
        return of((a, b) => addLong(a as Long, b as Long) ?? ERROR);
      case 'sub':
        return of((a, b) => subLong(a as Long, b as Long) ?? ERROR);
      case 'mul':
        return of((a, b) => mulLong(a as Long, b as Long) ?? ERROR);
      case 'contains':
        return of((a, b) => (a as CedarSet).has(b));
      case 'containsAll':
        return of((a, b) => (a as CedarSet).hasAll(b as CedarSet));
      case 'containsAny':
        return of((a, b) => (a as CedarSet).hasAny(b as CedarSet));
      default:
        return unreachable(r.op);
    }
  }

  /** `resource.a == User::"x"`: ids are compared, and no uid is made. */
  #referenceTest({ left, right }: ResidualOf<'binaryApp'>): ((row: RowObject) => boolean | undefined) | undefined {
    const uid = right.kind === 'val' ? right.value : undefined;
    if (left.kind !== 'getAttr' || left.expr.kind !== 'var' || !(uid instanceof EntityUid)) return undefined;
    const mappedAttr = this.#row.attrs.get(left.attr);
    if (mappedAttr?.kind !== 'ref' || mappedAttr.type !== uid.type) return undefined;
    const attribute = attributesOfEntry(this.#mapping.schema.entityTypes.get(this.#row.type)).get(left.attr);
    return referenceTest(mappedAttr, attribute?.required === true, uid.id);
  }

  /** `undefined` where the entity, or the attribute, is not there. */
  #attribute(expr: Residual, attr: string): (row: RowObject, of: Value) => Value | undefined {
    if (expr.type.kind === 'record') return (_, of) => (of as CedarRecord).get(attr);
    const type = expr.type.kind === 'entity' ? expr.type.name : '';
    const ofRow = type === this.#row.type ? this.#rowAttribute(attr) : undefined;
    if (ofRow === undefined) return (_, of) => this.#related(of as EntityUid)?.attrs.get(attr);
    if (expr.kind === 'var') return (row) => ofRow(row);
    return (row, of) =>
      this.#uidOf(row).equals(of as EntityUid) ? ofRow(row) : this.#related(of as EntityUid)?.attrs.get(attr);
  }

  #rowAttribute(attr: string): (row: RowObject) => Value | undefined {
    const attribute = attributesOfEntry(this.#mapping.schema.entityTypes.get(this.#row.type)).get(attr);
    if (attribute === undefined) return () => undefined;
    const mappedAttr = this.#row.attrs.get(attr);
    if (mappedAttr === undefined) throw new Inexpressible(`the mapping leaves out the attribute \`${attr}\``);
    return attributeReader(mappedAttr, attribute.type, attribute.required);
  }

  #getAttr({ expr, attr }: ResidualOf<'getAttr'>): Run {
    const read = this.#attribute(expr, attr);
    if (expr.kind === 'var') return (row) => read(row, true) ?? ERROR;
    const receiver = this.run(expr);
    return (row) => {
      const of = receiver(row);
      return of === ERROR ? ERROR : (read(row, of) ?? ERROR);
    };
  }

  #hasAttr({ expr, attrs }: ResidualOf<'hasAttr'>): Run {
    const receiver = this.run(expr);
    const steps: ((row: RowObject, of: Value) => Value | undefined)[] = [];
    let at: Residual = expr;
    for (const attr of attrs) {
      steps.push(this.#attribute(at, attr));
      at = { kind: 'getAttr', expr: at, attr, type: this.#typeOf(at, attr), span: undefined, canErr: true };
    }
    const [only] = steps;
    if (expr.kind === 'var' && steps.length === 1) return (row) => only!(row, true) !== undefined;
    return (row) => {
      let of: Result | undefined = receiver(row);
      if (of === ERROR) return ERROR;
      for (const step of steps) {
        of = step(row, of);
        if (of === undefined) return false;
      }
      return true;
    };
  }

  #typeOf({ type }: Residual, attr: string): Residual['type'] {
    const attributes =
      type.kind === 'record'
        ? type.attributes
        : attributesOfEntry(this.#mapping.schema.entityTypes.get(type.kind === 'entity' ? type.name : ''));
    return attributes.get(attr)?.type ?? { kind: 'never' };
  }

  #isIn(uid: EntityUid, target: EntityUid | CedarSet, row: RowObject): boolean {
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

  #tagsOf(uid: EntityUid, row: RowObject): ReadonlyMap<string, Value> | undefined {
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
    const entry = this.#mapping.schema.entityTypes.get(this.#row.type);
    const type = entry?.kind === 'standard' ? entry.tags : undefined;
    return type === undefined ? () => new Map() : tagsReader(this.#row.tags, type);
  }
}

/** Identity is equality with a literal that is not an object. */
function equals(left: Run, value: Value): Run {
  return (row) => {
    const a = left(row);
    return a === ERROR ? ERROR : a === value;
  };
}

function chain(ending: boolean, runs: readonly Run[]): Run {
  if (runs.length === 2) {
    const [left, right] = [runs[0]!, runs[1]!];
    return (row) => {
      const a = left(row);
      return a === !ending ? right(row) : a;
    };
  }
  return (row) => {
    for (const run of runs) {
      const result = run(row);
      if (result !== !ending) return result;
    }
    return !ending;
  };
}

function choice(test: Run, then: Run, other: Run): Run {
  return (row) => {
    const result = test(row);
    return result === ERROR ? ERROR : result === true ? then(row) : other(row);
  };
}

function unary({ op, arg }: ResidualOf<'unaryApp'>, run: Run): Run {
  const of =
    (apply: (value: Value) => Result): Run =>
    (row) => {
      const value = run(row);
      return value === ERROR ? ERROR : apply(value);
    };
  switch (op.kind) {
    case 'not':
      return of((value) => value !== true);
    case 'neg':
      return of((value) => negLong(value as Long) ?? ERROR);
    case 'isEmpty':
      return of((value) => (value as CedarSet).size === 0);
    case 'like':
      return of((value) => patternMatches(op.pattern, value as string));
    case 'is': {
      const holdsAlways = arg.type.kind === 'entity' && arg.type.name === op.type;
      return of(() => holdsAlways);
    }
    default:
      return unreachable(op);
  }
}

function together(runs: readonly Run[]): (row: RowObject) => Value[] | typeof ERROR {
  return (row) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(row);
      if (value === ERROR) return ERROR;
      values.push(value);
    }
    return values;
  };
}

function mapped(all: (row: RowObject) => Value[] | typeof ERROR, make: (values: Value[]) => Result): Run {
  return (row) => {
    const values = all(row);
    return values === ERROR ? ERROR : make(values);
  };
}

function valueOrError(result: ReturnType<typeof applyExtFun>): Result {
  return isExtFunFailure(result) ? ERROR : result;
}

/** Longs, instants and lengths of time compare by their numbers; validated policies compare like with like. */
function numberOf(value: Value): Long {
  if (value instanceof Datetime || value instanceof Duration) return value.ms;
  if (isLong(value)) return value;
  throw new CompilerBug('values of different kinds are compared');
}
