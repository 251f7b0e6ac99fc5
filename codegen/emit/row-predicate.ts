/**
 * Row predicate — a test of an application's rows as one function: what is simple is written out, the rest is called.
 *
 *     owner == alice || !(label has …)   →   (typeof row["owner_id"] === "string" ? row["owner_id"] === c0 : f0(row) === true) || …
 *
 * A field whose value is not of the expected type, or is missing, is left to the function that reads any row: it knows what other forms there are, and
 * which rows are in error. What `Object.prototype` has is not data, so a name that somebody gave to it sends every row there.
 *
 * Values are parameters, so that requests that differ in these alone share one text.
 */
import type { Expression, Program } from 'estree';
import type { Pattern } from '../../src/value/pattern.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { FieldTest, FieldType, RowFunction, RowTest } from '../plan/row-test.ts';
import * as b from './estree.ts';

export interface EmittedRowPredicate {
  readonly program: Program;
  readonly parameters: readonly string[];
  readonly values: readonly unknown[];
}

/** `fallback` is the whole test for a row that must not be looked at by its names. */
export function emitRowPredicate(test: RowTest, fallback: RowFunction): EmittedRowPredicate {
  const emitter = new RowEmitter();
  const whole = emitter.test(test);
  const isPolluted = [...emitter.fields]
    .map((field) => b.differ(b.at(emitter.value(Object.prototype), b.literal(field)), b.nothing))
    .reduce<Expression | undefined>((all, each) => (all === undefined ? each : b.or(all, each)), undefined);
  const body = [b.returns(whole)];
  if (isPolluted !== undefined) body.unshift(b.ifThen(isPolluted, b.returns(b.call(emitter.value(fallback), ROW))));
  const program: Program = {
    type: 'Program',
    sourceType: 'script',
    body: [b.func('passes', ['row'], body), b.returns(b.id('passes'))],
  };
  return { program, parameters: emitter.parameters, values: emitter.values };
}

const ROW = b.id('row');

class RowEmitter {
  readonly fields = new Set<string>();
  readonly values: unknown[] = [];

  get parameters(): readonly string[] {
    return this.values.map((_, i) => `v${i}`);
  }

  /** A parameter, one for each value. */
  value(value: unknown): Expression {
    const known = this.values.indexOf(value);
    if (known < 0) this.values.push(value);
    return b.id(`v${known < 0 ? this.values.length - 1 : known}`);
  }

  test(test: RowTest): Expression {
    switch (test.op) {
      case 'constant':
        return b.literal(test.value);
      case 'and':
      case 'or':
        return this.#joined(test.op, test.tests);
      case 'not':
        return b.not(this.test(test.test));
      case 'call':
        return b.same(b.call(this.value(test.run), ROW), b.literal(test.value));
      case 'field': {
        const field = this.#field(test.field);
        return b.conditional(
          this.#isOf(test.type, field),
          this.#fieldTest(field, test.test),
          this.test(test.otherwise),
        );
      }
      case 'present': {
        const field = this.#field(test.field);
        const isMissing = b.or(b.same(field, b.nothing), b.same(field, b.literal(null)));
        const isOther = b.conditional(
          this.#isOf(test.type, field),
          b.literal(!test.negated),
          this.test(test.otherwise),
        );
        return b.conditional(isMissing, b.literal(test.negated), isOther);
      }
      default:
        return unreachable(test);
    }
  }

  #joined(op: 'and' | 'or', tests: readonly RowTest[]): Expression {
    const [first, ...others] = tests.map((each) => this.test(each));
    if (first === undefined) return b.literal(op === 'and');
    return others.reduce((all, each) => b.logical(op === 'and' ? '&&' : '||', all, each), first);
  }

  #field(name: string): Expression {
    this.fields.add(name);
    return b.at(ROW, b.literal(name));
  }

  #isOf(type: FieldType, field: Expression): Expression {
    if (type === 'integer') return b.call(this.value(Number.isSafeInteger), field);
    return b.same(b.unary('typeof', field), b.literal(type === 'text' ? 'string' : type));
  }

  #fieldTest(field: Expression, test: FieldTest): Expression {
    const found = this.#positive(field, test);
    return test.negated ? b.not(found) : found;
  }

  #positive(field: Expression, test: FieldTest): Expression {
    switch (test.op) {
      case 'equals':
        return typeof test.value === 'boolean'
          ? b.same(field, b.literal(test.value))
          : b.same(field, this.value(test.value));
      case 'less':
      case 'lessEq': {
        const [left, right] = test.isLeft ? [field, this.value(test.value)] : [this.value(test.value), field];
        return b.binary(test.op === 'less' ? '<' : '<=', left, right);
      }
      case 'like':
        return matches(field, test.pattern);
      default:
        return unreachable(test);
    }
  }
}

function matches(text: Expression, pattern: Pattern): Expression {
  const test = (method: string, part: string) => b.call(b.member(text, method), b.literal(part));
  const [first, second] = pattern;
  if (pattern.length === 0) return b.same(text, b.literal(''));
  if (pattern.length === 1) return typeof first === 'string' ? b.same(text, b.literal(first)) : b.literal(true);
  if (pattern.length === 3) return test('includes', second as string);
  return typeof first === 'string' ? test('startsWith', first) : test('endsWith', second as string);
}
