/**
 * Operators — atoms over terms: equality, order, `like`, sets, arithmetic, and what extension functions databases can say.
 *
 * Size:  every operator of the language.
 */
import type { BinaryOp } from '../syntax/core.ts';
import type { Type } from '../validator/type.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import { longFromBigInt } from '../value/long.ts';
import type { Pattern } from '../value/pattern.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import {
  and,
  type Comparison,
  type Condition,
  compare,
  complement,
  FALSE,
  Inexpressible,
  isNull,
  or,
  type Scalar,
  type ScalarType,
  TRUE,
} from './condition.ts';
import { among, idLiteral, idParameter, sameId } from './id.ts';
import { attributeIn } from './place.ts';
import { typeOf } from './scalar.ts';
import { literalOf } from './storage.ts';
import { every, type Meaning, meaning, type RecordTerm, type SetTerm, scalarOf, type Term } from './term.ts';

export class Operators {
  /** Every other row that defines the operands makes the condition false. */
  total(yes: Condition, defined: Condition): Meaning {
    return meaning(
      () => yes,
      () => and([defined, complement(yes)]),
      () => defined,
    );
  }

  definedness(term: Term): { readonly defined: Condition } {
    switch (term.kind) {
      case 'constant':
        return { defined: TRUE };
      case 'scalar':
        return { defined: isNull(term.scalar, true) };
      case 'entity':
        return { defined: isNull(term.id, true) };
      default:
        return term;
    }
  }

  #defined(...terms: readonly Term[]): Condition {
    return and(terms.map((term) => this.definedness(term).defined));
  }

  eq(a: Term, b: Term): Meaning {
    if (isScalar(a) && isScalar(b)) return comparison('=', scalarOf(a), scalarOf(b));
    return this.total(this.equal(a, b), this.#defined(a, b));
  }

  /** True where both are defined and equal. */
  equal(a: Term, b: Term): Condition {
    if (a.kind === 'constant' && b.kind === 'constant') return valueEquals(a.value, b.value) ? TRUE : FALSE;
    if (isEntity(a) && isEntity(b)) return equalEntities(a, b);
    if (isRecord(a) && isRecord(b)) return this.#equalRecords(a, b);
    if (isSet(a) && isSet(b)) return this.#equalSets(this.setOf(a), this.setOf(b));
    if (isScalar(a) && isScalar(b)) return comparison('=', scalarOf(a), scalarOf(b)).yes;
    // Values of different kinds are never equal.
    return FALSE;
  }

  /** Two sets that are not there have the same elements, and are not equal. */
  #equalSets(a: SetTerm, b: SetTerm): Condition {
    return and([a.defined, b.defined, this.#containsAll(a, b), this.#containsAll(b, a)]);
  }

  #equalRecords(a: Term, b: Term): Condition {
    const [left, right] = [this.#recordOf(a), this.#recordOf(b)];
    const [one, two] = [attributesOf(left.type), attributesOf(right.type)];
    const equal = [...new Set([...one, ...two])].map((name) => {
      const [inLeft, inRight] = [
        one.includes(name) ? left.has(name) : undefined,
        two.includes(name) ? right.has(name) : undefined,
      ];
      const both =
        inLeft && inRight ? and([inLeft.yes, inRight.yes, this.equal(left.get(name), right.get(name))]) : FALSE;
      return or([both, and([inLeft?.no ?? TRUE, inRight?.no ?? TRUE])]);
    });
    return and([left.defined, right.defined, ...equal]);
  }

  #recordOf(term: Term): RecordTerm {
    if (term.kind === 'record') return term;
    const { value, type } = term as Term & { kind: 'constant' };
    const record = value as CedarRecord;
    return {
      kind: 'record',
      type,
      defined: TRUE,
      has: (name) => ({ yes: record.has(name) ? TRUE : FALSE, no: record.has(name) ? FALSE : TRUE, defined: TRUE }),
      get: (name) =>
        record.has(name)
          ? { kind: 'constant', value: record.get(name)!, type: attributeIn(type, name).type }
          : // Behind `has`, which is false.
            { kind: 'constant', value: false, type },
    };
  }

  setOf(term: Term): SetTerm {
    if (term.kind === 'set') return term;
    if (term.kind !== 'constant' || !(term.value instanceof CedarSet)) throw new Inexpressible('a set was expected');
    const { value, type } = term;
    const element = type.kind === 'set' && type.element !== undefined ? type.element : type;
    return {
      kind: 'set',
      defined: TRUE,
      some: (test) => or(value.elements.map((each) => test({ kind: 'constant', value: each, type: element }))),
      has: (each) => this.#hasConstant(value, element, each),
    };
  }

  /** `x IN (…)`, where the elements are scalars. */
  #hasConstant(set: CedarSet, element: Type, term: Term): Condition {
    if (term.kind === 'constant') return set.has(term.value) ? TRUE : FALSE;
    if (term.kind === 'entity')
      return among(
        term.id,
        set.elements.flatMap((each) => (each instanceof EntityUid && each.type === term.type ? [literalOf(each)] : [])),
      );
    if (term.kind === 'scalar' && isScalarType(term.type)) return among(term.scalar, set.elements.map(literalOf));
    return or(set.elements.map((value) => this.equal({ kind: 'constant', value, type: element }, term)));
  }

  /** A set that a policy writes; it errs where one of its elements does. */
  list(elements: readonly Term[]): SetTerm {
    return {
      kind: 'set',
      defined: this.#defined(...elements),
      some: (test) => or(elements.map(test)),
      has: (term) => or(elements.map((each) => this.equal(each, term))),
    };
  }

  contains(set: Term, element: Term): Meaning {
    const found = this.setOf(set);
    const defined = and([found.defined, this.#defined(element)]);
    return this.total(and([defined, found.has(element)]), defined);
  }

  containsAll(a: Term, b: Term): Meaning {
    const [all, some] = [this.setOf(a), this.setOf(b)];
    const defined = and([all.defined, some.defined]);
    return this.total(and([defined, this.#containsAll(all, some)]), defined);
  }

  #containsAll(all: SetTerm, some: SetTerm): Condition {
    return every(some, (element) => all.has(element));
  }

  containsAny(a: Term, b: Term): Meaning {
    const [left, right] = [this.setOf(a), this.setOf(b)];
    const defined = and([left.defined, right.defined]);
    // The elements of a constant are looked for, not the other way round.
    const found = a.kind === 'constant' ? right.some((each) => left.has(each)) : left.some((each) => right.has(each));
    return this.total(and([defined, found]), defined);
  }

  isEmpty(term: Term): Meaning {
    const { defined, some } = this.setOf(term);
    return this.total(and([defined, complement(some(() => TRUE))]), defined);
  }

  like(term: Term, pattern: Pattern): Meaning {
    const value = scalarOf(term);
    return {
      yes: { kind: 'like', negated: false, value, pattern },
      no: { kind: 'like', negated: true, value, pattern },
      defined: isNull(value, true),
    };
  }

  order(op: Comparison, a: Term, b: Term): Meaning {
    return comparison(op, scalarOf(a), scalarOf(b));
  }

  arithmetic(op: BinaryOp, a: Term, b: Term): Scalar {
    const sign = ARITHMETIC[op];
    if (sign === undefined) throw new Inexpressible(`\`${op}\` has no value in a database`);
    return arithmetic(sign, scalarOf(a), scalarOf(b));
  }

  /** `-x` is `0 - x`, which overflows where it does. */
  negative(term: Term): Scalar {
    return arithmetic('-', { kind: 'literal', type: 'integer', value: 0 }, scalarOf(term));
  }

  /** Extension functions that are conditions. */
  call(fn: string, args: readonly Term[]): Meaning {
    const op = DECIMALS[fn];
    if (op === undefined) throw new Inexpressible(`\`${fn}\` of what is in the database`);
    return comparison(op, scalarOf(args[0]!), scalarOf(args[1]!));
  }

  /** Extension functions that are numbers to a database: datetime and duration are milliseconds. */
  callValue(fn: string, args: readonly Term[]): Scalar {
    switch (fn) {
      case 'offset':
        return arithmetic('+', scalarOf(args[0]!), scalarOf(args[1]!));
      case 'durationSince':
        return arithmetic('-', scalarOf(args[0]!), scalarOf(args[1]!));
      case 'toMilliseconds':
        return scalarOf(args[0]!);
      default:
        throw new Inexpressible(`\`${fn}\` of what is in the database`);
    }
  }

  /** Two ids, kept alike. */
  alike(a: Scalar, b: Scalar): readonly [Scalar, Scalar] {
    const [left, right] = [typeOf(a), typeOf(b)];
    if (left === right) return [a, b];
    const [one, two] = [idAs(a, right), idAs(b, left)];
    if (one === undefined || two === undefined || typeOf(one) !== typeOf(two))
      throw new Inexpressible(`ids are kept as \`${left}\` and as \`${right}\``);
    return [one, two];
  }
}

/** A literal or a parameter as a column of that type has it; others as they are. */
function idAs(id: Scalar, type: ScalarType): Scalar | undefined {
  if (id.kind === 'literal') return idLiteral(id, type);
  return id.kind === 'parameter' ? idParameter(id, type) : id;
}

const ARITHMETIC: Readonly<Partial<Record<BinaryOp, '+' | '-' | '*'>>> = { add: '+', sub: '-', mul: '*' };

const DECIMALS: Readonly<Record<string, Comparison | undefined>> = {
  lessThan: '<',
  lessThanOrEqual: '<=',
  greaterThan: '>',
  greaterThanOrEqual: '>=',
};

/** The result for literals is known, if there is one. */
function arithmetic(op: '+' | '-' | '*', left: Scalar, right: Scalar): Scalar {
  if (left.kind === 'literal' && right.kind === 'literal') {
    const [a, b] = [BigInt(left.value), BigInt(right.value)];
    const value = longFromBigInt(op === '+' ? a + b : op === '-' ? a - b : a * b);
    if (value !== undefined) return { kind: 'literal', type: 'integer', value };
  }
  return { kind: 'arithmetic', op, left, right };
}

const OPPOSITES = { '=': '<>', '<>': '=', '<': '>=', '>=': '<', '<=': '>', '>': '<=' } as const;

function comparison(op: Comparison, left: Scalar, right: Scalar): Meaning {
  return {
    yes: compare(op, left, right),
    no: compare(OPPOSITES[op], left, right),
    defined: and([isNull(left, true), isNull(right, true)]),
  };
}

function equalEntities(a: Term, b: Term): Condition {
  const [one, two] = [typeAndId(a), typeAndId(b)];
  return one.type === two.type ? sameId(one.id, two.id) : FALSE;
}

function typeAndId(term: Term): { readonly type: string; readonly id: Scalar } {
  if (term.kind === 'entity') return term;
  const uid = (term as Term & { kind: 'constant' }).value as EntityUid;
  return { type: uid.type, id: literalOf(uid) };
}

function isEntity(term: Term): boolean {
  return term.kind === 'entity' || (term.kind === 'constant' && term.value instanceof EntityUid);
}

function isSet(term: Term): boolean {
  return term.kind === 'set' || (term.kind === 'constant' && term.value instanceof CedarSet);
}

function isRecord(term: Term): boolean {
  return term.kind === 'record' || (term.kind === 'constant' && term.value instanceof CedarRecord);
}

function isScalar(term: Term): boolean {
  return !isEntity(term) && !isSet(term) && !isRecord(term);
}

function isScalarType({ kind }: Type): boolean {
  return kind !== 'set' && kind !== 'record' && kind !== 'entity';
}

function attributesOf(type: Type): string[] {
  return type.kind === 'record' ? [...type.attributes.keys()] : [];
}
