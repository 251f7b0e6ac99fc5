/**
 * Translate — from what is left of a policy to three conditions: where it is true, where it is false, where it does not err.
 *
 *     Residual → { yes, no, defined }
 *
 *     e               yes                           no                             defined
 *     !a              no(a)                         yes(a)                         defined(a)
 *     a && b          yes(a) ∧ yes(b)               no(a) ∨ (defined(a) ∧ no(b))   defined(a) ∧ (no(a) ∨ defined(b))
 *     a || b          yes(a) ∨ (defined(a) ∧ yes(b))  no(a) ∧ no(b)                defined(a) ∧ (yes(a) ∨ defined(b))
 *     if c then x else y   (yes(c) ∧ yes(x)) ∨ (no(c) ∧ yes(y)), and so on
 *     atom over u, v  p(u, v)                       p̄(u, v)                        u IS NOT NULL ∧ v IS NOT NULL
 *
 * Where `defined(a)` folds to true, as of an attribute under its `has`, the plain connectives are left. Errors are in neither `yes` nor `no`, so that a
 * policy that errs is skipped, as Cedar does; `complement(yes)` is where a forbid does not hold, its errors included.
 *
 * Spec:  Cedar.Spec.Evaluator: evaluate
 * Size:  a case for each kind of node, as the evaluator.
 */

import type { Mapping } from '../mapping/mapping.ts';
import { chainOf, operands, type Residual, type ResidualOf } from '../partial/residual.ts';
import type { Schema } from '../schema/schema.ts';
import { type Attribute, attributesOfEntry, type Type } from '../validator/type.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import { unreachable } from '../value/unreachable.ts';
import { and, type Condition, FALSE, Inexpressible, isNull, type Row, type Scalar, TRUE } from './condition.ts';
import { boolean, choice, conjunction, constant, isTrue, negation, same } from './connective.ts';
import { Hierarchy } from './hierarchy.ts';
import { KNOWN_REQUEST, type OpenRequest } from './open-request.ts';
import { Operators } from './operators.ts';
import { attributeIn, mappedIn, type Place, Places } from './place.ts';
import { type EntityTerm, type Meaning, type RecordTerm, scalarOf, type Term } from './term.ts';

export class Translation {
  readonly #schema: Schema;
  readonly #resource: Row;
  readonly #request: OpenRequest;
  readonly #places: Places;
  readonly #operators: Operators;
  readonly #hierarchy: Hierarchy;
  readonly #meanings = new Map<Residual, Meaning>();
  readonly #terms = new Map<Residual, Term>();
  readonly #aboutRow = new Map<Residual, boolean>();

  /** `resource` is the row that the condition is about; `request` says what depends on the request alone. */
  constructor(mapping: Mapping, resource: Row, request: OpenRequest) {
    this.#request = request;
    this.#schema = mapping.schema;
    this.#resource = resource;
    this.#places = new Places(mapping, (a, b) => this.#operators.equal(a, b));
    this.#operators = new Operators();
    this.#hierarchy = new Hierarchy(mapping.schema, this.#places);
  }

  /** Nobody need know where the request is known. */
  #dependsOnRow(r: Residual): boolean {
    if (this.#request === KNOWN_REQUEST) return true;
    const known = this.#aboutRow.get(r);
    if (known !== undefined) return known;
    const found = r.kind === 'var' ? r.name === 'resource' : operands(r).some((each) => this.#dependsOnRow(each));
    this.#aboutRow.set(r, found);
    return found;
  }

  /** What cannot be said is `unknown`. */
  meaningOf(r: Residual): Meaning {
    try {
      return this.#memo(this.#meanings, r, () => this.#meaning(r));
    } catch (error) {
      if (!(error instanceof Inexpressible)) throw error;
      const unknown = { kind: 'unknown', message: error.message, span: error.span } as const;
      const meaning = { yes: unknown, no: unknown, defined: unknown };
      this.#meanings.set(r, meaning);
      return meaning;
    }
  }

  /** The place of a node is that of the innermost one that cannot be said. */
  #memo<T>(known: Map<Residual, T>, r: Residual, make: () => T): T {
    const found = known.get(r);
    if (found !== undefined) return found;
    try {
      const made = make();
      known.set(r, made);
      return made;
    } catch (error) {
      if (error instanceof Inexpressible && error.span === undefined) throw new Inexpressible(error.message, r.span);
      throw error;
    }
  }

  #meaning(r: Residual): Meaning {
    const known = this.#dependsOnRow(r) ? undefined : this.#request.meaning(r);
    if (known !== undefined) return known;
    switch (r.kind) {
      case 'val':
        return constant(r.value === true);
      case 'error':
        return { yes: FALSE, no: FALSE, defined: FALSE };
      case 'and':
        return conjunction(chainOf(r).map((each) => this.meaningOf(each)));
      case 'or':
        return negation(conjunction(chainOf(r).map((each) => negation(this.meaningOf(each)))));
      case 'ite':
        return choice(this.meaningOf(r.test), this.meaningOf(r.then), this.meaningOf(r.else));
      case 'unaryApp':
        return this.#unary(r);
      case 'binaryApp':
        return this.#binary(r);
      case 'hasAttr':
        return this.#has(r);
      case 'call':
        return this.#operators.call(
          r.fn,
          r.args.map((arg) => this.#term(arg)),
        );
      case 'getAttr':
        return isTrue(scalarOf(this.#term(r)));
      default:
        throw new Inexpressible(`\`${r.kind}\` is not a condition`);
    }
  }

  #in({ left, right }: ResidualOf<'binaryApp'>): Meaning {
    // The ancestors of an entity that comes with the request are known when it comes.
    const ancestors = this.#dependsOnRow(left) ? undefined : this.#request.ancestors(left, groupTypeOf(right.type));
    if (ancestors === undefined) return this.#hierarchy.in(this.#term(left), this.#term(right));
    const group = this.#term(right);
    return right.type.kind === 'set'
      ? this.#operators.containsAny(group, ancestors)
      : this.#operators.contains(ancestors, group);
  }

  #unary(r: ResidualOf<'unaryApp'>): Meaning {
    switch (r.op.kind) {
      case 'not':
        return negation(this.meaningOf(r.arg));
      case 'isEmpty':
        return this.#operators.isEmpty(this.#term(r.arg));
      case 'like':
        return this.#operators.like(this.#term(r.arg), r.op.pattern);
      case 'is': {
        const { defined } = this.#operators.definedness(this.#term(r.arg));
        const holds = r.arg.type.kind === 'entity' && r.arg.type.name === r.op.type;
        return { yes: holds ? defined : FALSE, no: holds ? FALSE : defined, defined };
      }
      case 'neg':
        throw new Inexpressible('a number is not a condition');
      default:
        return unreachable(r.op);
    }
  }

  #binary(r: ResidualOf<'binaryApp'>): Meaning {
    const { op } = r;
    switch (op) {
      case 'eq':
        if (isBool(r.left.type) && isBool(r.right.type)) return same(this.meaningOf(r.left), this.meaningOf(r.right));
        return this.#operators.eq(this.#term(r.left), this.#term(r.right));
      case 'less':
      case 'lessEq':
        return this.#operators.order(op === 'less' ? '<' : '<=', this.#term(r.left), this.#term(r.right));
      case 'contains':
      case 'containsAll':
      case 'containsAny':
        return this.#operators[op](this.#term(r.left), this.#term(r.right));
      case 'mem':
        return this.#in(r);
      case 'hasTag':
        return this.#hasTag(r);
      case 'getTag':
        return isTrue(scalarOf(this.#term(r)));
      default:
        throw new Inexpressible(`the result of \`${op}\` is not a condition`);
    }
  }

  /** `e has a.b` is `e has a && e.a has b`. */
  #has({ expr, attrs }: ResidualOf<'hasAttr'>): Meaning {
    const steps: Meaning[] = [];
    let receiver = this.#term(expr);
    for (const [i, attr] of attrs.entries()) {
      steps.push(this.#hasOne(receiver, attr));
      if (i < attrs.length - 1) receiver = this.#get(receiver, attr);
    }
    return conjunction(steps);
  }

  #hasOne(receiver: Term, attr: string): Meaning {
    const record = this.#recordOf(receiver);
    if (record !== undefined) return record.has(attr);
    const entity = entityOf(receiver);
    const attribute = this.#attribute(entity.type, attr);
    const place = this.#places.ofEntity(entity);
    if (attribute === undefined) return { yes: FALSE, no: place.defined, defined: place.defined };
    return this.#places.has(place, mappedIn(this.#places.entityMapping(entity.type).attrs, attr), attribute);
  }

  #recordOf(term: Term): RecordTerm | undefined {
    if (term.kind === 'record') return term;
    if (term.kind !== 'constant' || !(term.value instanceof CedarRecord)) return undefined;
    return constantRecord(term.value, term.type);
  }

  #attribute(type: string, attr: string): Attribute | undefined {
    return attributesOfEntry(this.#schema.entityTypes.get(type)).get(attr);
  }

  #get(receiver: Term, attr: string): Term {
    const record = this.#recordOf(receiver);
    if (record !== undefined) return record.get(attr);
    const entity = entityOf(receiver);
    const attribute = this.#attribute(entity.type, attr);
    if (attribute === undefined) throw new Inexpressible(`\`${entity.type}\` has no attribute \`${attr}\``);
    const mapped = mappedIn(this.#places.entityMapping(entity.type).attrs, attr);
    return this.#places.get(this.#places.ofEntity(entity), mapped, attribute);
  }

  #term(r: Residual): Term {
    return this.#memo(this.#terms, r, () => this.#makeTerm(r));
  }

  #makeTerm(r: Residual): Term {
    const known = r.kind === 'val' || this.#dependsOnRow(r) ? undefined : this.#request.term(r);
    if (known !== undefined) return known;
    if (r.kind === 'val') return { kind: 'constant', value: r.value, type: r.type };
    if (isBool(r.type) && r.kind !== 'getAttr' && !(r.kind === 'binaryApp' && r.op === 'getTag'))
      return { kind: 'scalar', scalar: boolean(this.meaningOf(r)), type: r.type };
    switch (r.kind) {
      case 'var':
        if (r.name === 'resource' && r.type.kind === 'entity') return this.#resourceTerm(r.type.name);
        return this.#request.variable(r, this.#places);
      case 'getAttr':
        return this.#get(this.#term(r.expr), r.attr);
      case 'ite':
        return this.#choice(r);
      case 'set':
        return this.#operators.list(r.elements.map((each) => this.#term(each)));
      case 'record':
        return this.#record(r);
      case 'unaryApp':
        return { kind: 'scalar', type: r.type, scalar: this.#operators.negative(this.#term(r.arg)) };
      case 'binaryApp':
        if (r.op === 'getTag') return this.#getTag(r);
        return {
          kind: 'scalar',
          type: r.type,
          scalar: this.#operators.arithmetic(r.op, this.#term(r.left), this.#term(r.right)),
        };
      case 'call':
        return {
          kind: 'scalar',
          type: r.type,
          scalar: this.#operators.callValue(
            r.fn,
            r.args.map((arg) => this.#term(arg)),
          ),
        };
      case 'error':
        throw new Inexpressible('a value that errs for every row');
      default:
        throw new Inexpressible(`\`${r.kind}\` has no value in a database`);
    }
  }

  #resourceTerm(type: string): EntityTerm {
    const row = this.#resource;
    return { kind: 'entity', type, row, id: this.#places.idOf(row, type), enforced: true };
  }

  #choice({ test, then, else: other, type }: ResidualOf<'ite'>): Term {
    const { yes, no } = this.meaningOf(test);
    const [a, b] = [this.#term(then), this.#term(other)];
    if (type.kind === 'set' || type.kind === 'record')
      throw new Inexpressible(`a ${type.kind} that depends on a condition`);
    if (type.kind !== 'entity')
      return { kind: 'scalar', type, scalar: { kind: 'case', yes, then: scalarOf(a), no, otherwise: scalarOf(b) } };
    const [one, two] = [entityOf(a), entityOf(b)];
    const [id1, id2] = this.#operators.alike(one.id, two.id);
    const id: Scalar = { kind: 'case', yes, then: id1, no, otherwise: id2 };
    return { kind: 'entity', type: one.type, id, row: undefined, enforced: one.enforced && two.enforced };
  }

  /** A record that a policy writes; it errs where one of its fields does. */
  #record({ fields, type }: ResidualOf<'record'>): RecordTerm {
    const terms = new Map(fields.map(({ name, expr }) => [name, this.#term(expr)]));
    const defined = and([...terms.values()].map((term) => this.#operators.definedness(term).defined));
    return {
      kind: 'record',
      type,
      defined,
      has: (name) => ({ yes: terms.has(name) ? defined : FALSE, no: terms.has(name) ? FALSE : defined, defined }),
      get: (name) => {
        if (defined !== TRUE) throw new Inexpressible('a field of a record that may err');
        return terms.get(name)!;
      },
    };
  }

  #hasTag(r: ResidualOf<'binaryApp'>): Meaning {
    const { place, scalar, defined } = this.#tag(r);
    const present = isNull(scalar, true);
    return this.#operators.total(present, and([place.defined, defined]));
  }

  #getTag(r: ResidualOf<'binaryApp'>): Term {
    return this.#places.inJson(this.#tag(r).scalar, this.#tag(r).type);
  }

  /** The value of a tag, NULL if there is none. */
  #tag({ left, right }: ResidualOf<'binaryApp'>): { place: Place; scalar: Scalar; defined: Condition; type: Type } {
    const entity = entityOf(this.#term(left));
    const entry = this.#schema.entityTypes.get(entity.type);
    const type = entry?.kind === 'standard' ? entry.tags : undefined;
    if (type === undefined) throw new Inexpressible(`\`${entity.type}\` has no tags`);
    const place = this.#places.ofEntity(entity);
    const key = this.#term(right);
    const { defined } = this.#operators.definedness(key);
    return { place, defined, type, scalar: this.#places.tag(entity, place, scalarOf(key), type) };
  }
}

/** The type of the entities on the right of `in`. */
function groupTypeOf(type: Type): string {
  const entity = type.kind === 'set' ? type.element : type;
  if (entity?.kind !== 'entity') throw new Inexpressible('entities of several types');
  return entity.name;
}

function isBool({ kind }: Type): boolean {
  return kind === 'bool' || kind === 'true' || kind === 'false';
}

export function entityOf(term: Term): EntityTerm {
  if (term.kind === 'entity') return term;
  if (term.kind === 'constant' && term.value instanceof EntityUid) return constantEntity(term.value);
  throw new Inexpressible('an entity was expected');
}

function constantEntity({ type, id }: EntityUid): EntityTerm {
  return { kind: 'entity', type, id: { kind: 'literal', type: 'text', value: id }, row: undefined, enforced: false };
}

function constantRecord(value: CedarRecord, type: Type): RecordTerm {
  return {
    kind: 'record',
    type,
    defined: TRUE,
    has: (name) => constant(value.has(name)),
    get: (name) => ({ kind: 'constant', value: value.get(name)!, type: attributeIn(type, name).type }),
  };
}
