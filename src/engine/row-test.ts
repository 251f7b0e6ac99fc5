/**
 * Row test — what is left of the policies as a test of rows for the emitter: fields that hold what the schema says are compared in place.
 *
 *     Residual → where it is true, or where it is false (an error is neither)
 *
 * Technique: the table of filter/translate.ts for code that stops at the first operand that decides. What is not written out is the closure of the node.
 *
 * Twin:  filter/closure.ts, which is called for the rest and for rows of any other form
 */
import { type FieldTest, type FieldType, isSimplePattern, type RowTest } from '../../codegen/index.ts';
import type { Closures } from '../filter/closure.ts';
import type { EntityMapping, Mapping } from '../mapping/mapping.ts';
import type { ResidualPolicy } from '../partial/authorize.ts';
import { chainOf, operands, type Residual, type ResidualOf } from '../partial/residual.ts';
import { type Attribute, attributesOfEntry } from '../validator/type.ts';
import { EntityUid } from '../value/entity-uid.ts';

/** Tests that are larger than this stay closures: code for them would take longer than it saves. */
const MOST_TESTS = 500;

type Closure = Closures<object>;

/** The rows that pass; `undefined` for what is too large to be worth code. */
export function rowTest(
  policies: readonly ResidualPolicy[],
  mapping: Mapping,
  type: string,
  closures: Closure,
): RowTest | undefined {
  const tests = new RowTests(mapping, mapping.types.get(type)!, closures);
  const of = (effect: string) =>
    policies.filter((each) => each.effect === effect).map(({ residual }) => tests.of(residual, true));
  const forbids = of('forbid').map((test): RowTest => ({ op: 'not', test }));
  const whole = all([...forbids, some(of('permit'))]);
  return tests.made > MOST_TESTS ? undefined : whole;
}

function all(tests: readonly RowTest[]): RowTest {
  return tests.length === 1 ? tests[0]! : { op: 'and', tests };
}

function some(tests: readonly RowTest[]): RowTest {
  return tests.length === 1 ? tests[0]! : { op: 'or', tests };
}

interface Field {
  readonly field: string;
  readonly type: FieldType;
  /** The type of the entities that it refers to. */
  readonly entityType: string | undefined;
}

class RowTests {
  made = 0;
  readonly #row: EntityMapping;
  readonly #attributes: ReadonlyMap<string, Attribute>;
  readonly #closures: Closure;

  constructor({ schema }: Mapping, row: EntityMapping, closures: Closure) {
    this.#row = row;
    this.#attributes = attributesOfEntry(schema.entityTypes.get(row.type));
    this.#closures = closures;
  }

  /** Is the node this Bool? */
  of(r: Residual, value: boolean): RowTest {
    if (++this.made > MOST_TESTS) return this.#call(r, value);
    switch (r.kind) {
      case 'val':
        return { op: 'constant', value: r.value === value };
      case 'and':
      case 'or':
        return this.#chain(r, value);
      case 'ite':
        return some([
          all([this.of(r.test, true), this.of(r.then, value)]),
          all([this.of(r.test, false), this.of(r.else, value)]),
        ]);
      case 'unaryApp':
        return this.#unary(r, value);
      case 'binaryApp':
        return this.#binary(r, value);
      case 'getAttr':
        return this.#onField(r, r, value, { op: 'equals', value, negated: false });
      case 'hasAttr':
        return this.#has(r, value);
      default:
        return this.#call(r, value);
    }
  }

  #call(r: Residual, value: boolean): RowTest {
    return { op: 'call', run: this.#closures.run(r), value };
  }

  /** The value that ends a chain is that of an operand before which all have the other one; an operand that errs ends it too. */
  #chain(r: ResidualOf<'and' | 'or'>, value: boolean): RowTest {
    const chain = chainOf(r);
    const ending = r.kind === 'or';
    if (value !== ending) return all(chain.map((each) => this.of(each, value)));
    return chain.reduceRight<RowTest | undefined>((rest, each) => {
      const ends = this.of(each, ending);
      if (rest === undefined) return ends;
      return some([ends, this.#mayErr(each) ? all([this.of(each, !ending), rest]) : rest]);
    }, undefined)!;
  }

  #unary(r: ResidualOf<'unaryApp'>, value: boolean): RowTest {
    const { op, arg } = r;
    if (op.kind === 'not') return this.of(arg, !value);
    if (op.kind !== 'like' || !isSimplePattern(op.pattern)) return this.#call(r, value);
    return this.#onField(r, arg, value, { op: 'like', pattern: op.pattern, negated: !value });
  }

  #binary(r: ResidualOf<'binaryApp'>, value: boolean): RowTest {
    const isLeft = r.right.kind === 'val';
    const [about, constant] = isLeft ? [r.left, r.right] : [r.right, r.left];
    if (constant.kind !== 'val') return this.#call(r, value);
    switch (r.op) {
      case 'eq':
        return this.#equals(r, about, constant, value);
      case 'less':
      case 'lessEq':
        if (typeof constant.value !== 'number' || about.type.kind !== 'long') break;
        return this.#onField(r, about, value, { op: r.op, value: constant.value, isLeft, negated: !value });
      default:
        break;
    }
    return this.#call(r, value);
  }

  #equals(r: Residual, about: Residual, { value: constant }: ResidualOf<'val'>, value: boolean): RowTest {
    if (constant instanceof EntityUid) {
      const field = this.#fieldOf(about);
      if (field?.entityType !== constant.type) return this.#call(r, value);
      return this.#onField(r, about, value, { op: 'equals', value: constant.id, negated: !value });
    }
    if (typeof constant === 'bigint' || typeof constant === 'object') return this.#call(r, value);
    return this.#onField(r, about, value, { op: 'equals', value: constant, negated: !value });
  }

  #has(r: ResidualOf<'hasAttr'>, value: boolean): RowTest {
    const [attr] = r.attrs;
    const field = r.attrs.length === 1 && r.expr.kind === 'var' ? this.#fieldOfAttribute(attr!) : undefined;
    if (field === undefined) return this.#call(r, value);
    return { op: 'present', ...field, negated: !value, otherwise: this.#call(r, value) };
  }

  /** A test of the field that `about` is; the closure of `r` for all else. */
  #onField(r: Residual, about: Residual, value: boolean, test: FieldTest): RowTest {
    const field = this.#fieldOf(about);
    if (field === undefined || !fits(field, test)) return this.#call(r, value);
    return { op: 'field', ...field, test, otherwise: this.#call(r, value) };
  }

  #fieldOf(r: Residual): Field | undefined {
    if (r.kind === 'getAttr' && r.expr.kind === 'var') return this.#fieldOfAttribute(r.attr);
    return r.kind === 'var' ? { field: this.#row.id.field, type: 'text', entityType: this.#row.type } : undefined;
  }

  #fieldOfAttribute(attr: string): Field | undefined {
    const mapped = this.#row.attrs.get(attr);
    if (mapped?.kind !== 'field' && mapped?.kind !== 'ref') return undefined;
    const { field } = mapped;
    if (mapped.kind === 'ref') return { field, type: 'text', entityType: mapped.type };
    const type = TYPES[this.#attributes.get(attr)?.type.kind ?? 'never'];
    return type && { field, type, entityType: undefined };
  }

  /** By what is known of the row: it is there, and what it must have it has, or the row is refused. */
  #mayErr(r: Residual): boolean {
    switch (r.kind) {
      case 'error':
      case 'call':
        return true;
      case 'getAttr':
        return r.expr.kind !== 'var' || this.#attributes.get(r.attr)?.required !== true;
      case 'unaryApp':
        return r.op.kind === 'neg' || this.#mayErr(r.arg);
      case 'binaryApp':
        return FALLIBLE.has(r.op) || this.#mayErr(r.left) || this.#mayErr(r.right);
      default:
        return operands(r).some((each) => this.#mayErr(each));
    }
  }
}

const FALLIBLE: ReadonlySet<string> = new Set(['add', 'sub', 'mul', 'getTag']);

const TYPES: Readonly<Record<string, FieldType | undefined>> = { bool: 'boolean', long: 'integer', string: 'text' };

/** Policies compare like with like; this is for what is written out. */
function fits({ type }: Field, test: FieldTest): boolean {
  if (test.op === 'like') return type === 'text';
  const kind = typeof test.value;
  return type === (kind === 'string' ? 'text' : kind === 'number' ? 'integer' : 'boolean');
}
