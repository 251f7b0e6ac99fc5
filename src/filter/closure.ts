/**
 * Closure — what is left of a policy as a function of what it is about: a row of the application, or the values of a request.
 *
 *     Residual → (subject → Value, or an error)
 *
 * Technique: closure generation. Each node becomes a closure over those of its operands, so that nothing is looked up by kind while rows run. No code
 * is generated.
 *
 * Spec:  Cedar.Spec.Evaluator: evaluate
 * Twin:  model/evaluator.ts
 * Size:  a case for each kind of node, as the evaluator.
 */
import { chainOf, type Residual, type ResidualOf } from '../partial/residual.ts';
import type { Schema } from '../schema/schema.ts';
import { attributesOfEntry } from '../validator/type.ts';
import { Datetime } from '../value/datetime.ts';
import { Duration } from '../value/duration.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import { applyExtFun, isExtFunFailure } from '../value/ext-fun.ts';
import { addLong, isLong, type Long, mulLong, negLong, subLong } from '../value/long.ts';
import { patternMatches } from '../value/pattern.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { CompilerBug, unreachable } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';

/** The expression errs; which error does not matter here. */
export const ERROR = Symbol('error');
export type Result = Value | typeof ERROR;
export type Run<S> = (subject: S) => Result;

/** An attribute of an entity that the expression denotes; `undefined` where the entity, or the attribute, is not there. */
export type AttributeOf<S> = (subject: S, entity: EntityUid) => Value | undefined;

/** Where closures find what they are about. */
export interface Subject<S> {
  readonly schema: Schema;
  variable(r: ResidualOf<'var'>): Run<S>;
  /** `expr` denotes an entity. What it denotes is not asked for where `isDirect` holds of `expr`. */
  attribute(expr: Residual, attr: string): AttributeOf<S>;
  /** Whether attributes of what `expr` denotes are read from the subject itself. */
  isDirect(expr: Residual): boolean;
  isIn(entity: EntityUid, target: EntityUid | CedarSet, subject: S): boolean;
  tagsOf(entity: EntityUid, subject: S): ReadonlyMap<string, Value> | undefined;
  /** A quicker way to test an equality, if there is one; `undefined` from the test is an error. */
  equalityTest(r: ResidualOf<'binaryApp'>): ((subject: S) => boolean | undefined) | undefined;
  /** A quicker way to test `contains`, if there is one; `undefined` from the test is no answer. */
  containsTest(r: ResidualOf<'binaryApp'>): ((subject: S) => boolean | undefined) | undefined;
  /** Told of each operation on two operands before the first subject comes. */
  prepare(r: ResidualOf<'binaryApp'>): void;
}

type Read<S> = (subject: S, of: Value) => Value | undefined;

export class Closures<S> {
  readonly #subject: Subject<S>;
  readonly #made = new Map<Residual, Run<S>>();

  constructor(subject: Subject<S>) {
    this.#subject = subject;
  }

  run(r: Residual): Run<S> {
    const made = this.#made.get(r) ?? this.#make(r);
    this.#made.set(r, made);
    return made;
  }

  #make(r: Residual): Run<S> {
    switch (r.kind) {
      case 'val': {
        const { value } = r;
        return () => value;
      }
      case 'error':
        return () => ERROR;
      case 'var':
        return this.#subject.variable(r);
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

  #binary(given: ResidualOf<'binaryApp'>): Run<S> {
    const r = constantLast(given);
    const subject = this.#subject;
    subject.prepare(r);
    const [left, right] = [this.run(r.left), this.run(r.right)];
    const of =
      (apply: (a: Value, b: Value, subject: S) => Result): Run<S> =>
      (each) => {
        const a = left(each);
        if (a === ERROR) return ERROR;
        const b = right(each);
        return b === ERROR ? ERROR : apply(a, b, each);
      };
    switch (r.op) {
      case 'eq': {
        const test = subject.equalityTest(r);
        if (test !== undefined) return (each) => test(each) ?? ERROR;
        return r.right.kind === 'val' && typeof r.right.value !== 'object'
          ? equals(left, r.right.value)
          : of(valueEquals);
      }
      case 'mem':
        return of((a, b, each) => subject.isIn(a as EntityUid, b as EntityUid | CedarSet, each));
      case 'hasTag':
        return of((a, b, each) => subject.tagsOf(a as EntityUid, each)?.has(b as string) ?? false);
      case 'getTag':
        return of((a, b, each) => subject.tagsOf(a as EntityUid, each)?.get(b as string) ?? ERROR);
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
      case 'contains': {
        const test = subject.containsTest(r);
        const whole = of((a, b) => (a as CedarSet).has(b));
        return test === undefined ? whole : (each) => test(each) ?? whole(each);
      }
      case 'containsAll':
        return of((a, b) => (a as CedarSet).hasAll(b as CedarSet));
      case 'containsAny':
        return of((a, b) => (a as CedarSet).hasAny(b as CedarSet));
      default:
        return unreachable(r.op);
    }
  }

  #attribute(expr: Residual, attr: string): Read<S> {
    if (expr.type.kind === 'record') return (_, of) => (of as CedarRecord).get(attr);
    return this.#subject.attribute(expr, attr) as Read<S>;
  }

  #getAttr({ expr, attr }: ResidualOf<'getAttr'>): Run<S> {
    const read = this.#attribute(expr, attr);
    if (this.#subject.isDirect(expr)) return (each) => read(each, true) ?? ERROR;
    const receiver = this.run(expr);
    return (each) => {
      const of = receiver(each);
      return of === ERROR ? ERROR : (read(each, of) ?? ERROR);
    };
  }

  #hasAttr({ expr, attrs }: ResidualOf<'hasAttr'>): Run<S> {
    const steps: Read<S>[] = [];
    let at: Residual = expr;
    for (const attr of attrs) {
      steps.push(this.#attribute(at, attr));
      at = { kind: 'getAttr', expr: at, attr, type: this.#typeOf(at, attr), span: undefined, canErr: true };
    }
    const [only] = steps;
    if (this.#subject.isDirect(expr) && steps.length === 1) return (each) => only!(each, true) !== undefined;
    const receiver = this.run(expr);
    return (each) => {
      let of: Result | undefined = receiver(each);
      if (of === ERROR) return ERROR;
      for (const step of steps) {
        of = step(each, of);
        if (of === undefined) return false;
      }
      return true;
    };
  }

  #typeOf({ type }: Residual, attr: string): Residual['type'] {
    const attributes =
      type.kind === 'record'
        ? type.attributes
        : attributesOfEntry(this.#subject.schema.entityTypes.get(type.kind === 'entity' ? type.name : ''));
    return attributes.get(attr)?.type ?? { kind: 'never' };
  }
}

/** `c == e` is `e == c`: a constant does not err. */
function constantLast(r: ResidualOf<'binaryApp'>): ResidualOf<'binaryApp'> {
  return r.op === 'eq' && r.left.kind === 'val' ? { ...r, left: r.right, right: r.left } : r;
}

/** Identity is equality with a literal that is not an object. */
function equals<S>(left: Run<S>, value: Value): Run<S> {
  return (subject) => {
    const a = left(subject);
    return a === ERROR ? ERROR : a === value;
  };
}

function chain<S>(ending: boolean, runs: readonly Run<S>[]): Run<S> {
  if (runs.length === 2) {
    const [left, right] = [runs[0]!, runs[1]!];
    return (subject) => {
      const a = left(subject);
      return a === !ending ? right(subject) : a;
    };
  }
  return (subject) => {
    for (const run of runs) {
      const result = run(subject);
      if (result !== !ending) return result;
    }
    return !ending;
  };
}

function choice<S>(test: Run<S>, then: Run<S>, other: Run<S>): Run<S> {
  return (subject) => {
    const result = test(subject);
    return result === ERROR ? ERROR : result === true ? then(subject) : other(subject);
  };
}

function unary<S>({ op, arg }: ResidualOf<'unaryApp'>, run: Run<S>): Run<S> {
  const of =
    (apply: (value: Value) => Result): Run<S> =>
    (subject) => {
      const value = run(subject);
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

function together<S>(runs: readonly Run<S>[]): (subject: S) => Value[] | typeof ERROR {
  return (subject) => {
    const values: Value[] = [];
    for (const run of runs) {
      const value = run(subject);
      if (value === ERROR) return ERROR;
      values.push(value);
    }
    return values;
  };
}

function mapped<S>(all: (subject: S) => Value[] | typeof ERROR, make: (values: Value[]) => Result): Run<S> {
  return (subject) => {
    const values = all(subject);
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
