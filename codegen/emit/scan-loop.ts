/**
 * Scan loop — the loop over the rows of a column scan, and what a policy's code finds in the columns.
 *
 *     const list = index.all;
 *     const found = list.rows, end = list.end, column = list.columns[0], …;
 *     for (let i = list.start; i < end; i++) { … column[i] … satisfied.add(found[i]) … }
 *
 * Where an attribute is compared with the strings of all rows, their hashes are compared first (runtime/index/string-hash.ts).
 *
 * Technique: loop-invariant code motion, and loop unswitching on tests that are the same for all rows:
 *
 *     before  for (…) { if (level === undefined) { … break p; } if (typeof level === 'number' ? level < column[i] : less(…)) … }
 *     after   if (typeof level === 'number') for (…) { if (level < column[i]) … } else for (…) { … }
 *
 * Sound: the first loop is the second without the tests that hold for every row, in the same order.
 */
import type { Expression, Identifier, Statement } from 'estree';
import type { Var } from '../../src/syntax/core.ts';
import type { IrOf } from '../ir/ir.ts';
import type { Fields } from '../plan/node-fields.ts';
import { comparisonOf } from '../share/leading-equality.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';
import type { OfRow } from './policy-body.ts';

export class ScanLoop implements OfRow {
  readonly row: Expression;
  readonly #names: Names;
  readonly #fields: Fields;
  readonly #runtime: Set<string>;
  readonly #met: number | undefined;
  readonly #list: string;
  readonly #rows: string;
  readonly #end: string;
  readonly #i: string;
  readonly #before: Statement[] = [];
  /** Constants before the loop, by what they are. */
  readonly #constants = new Map<string, string>();
  /** The constants that hold attributes, and those of them that are ordered with Longs. */
  readonly #attributes = new Set<string>();
  readonly #ordered = new Set<string>();
  #isUnguarded = false;

  /** `runtime` are the functions of the runtime that the code calls; `met` is the parameter of which all rows of the list have the same. */
  constructor(names: Names, fields: Fields, runtime: Set<string>, met: number | undefined) {
    this.#met = met;
    this.#names = names;
    this.#fields = fields;
    this.#runtime = runtime;
    this.#list = names.fresh('list');
    this.#rows = names.fresh('found');
    this.#end = names.fresh('end');
    this.#i = names.fresh('i');
    this.row = b.at(b.id(this.#rows), b.id(this.#i));
  }

  paramOf(index: number): Expression {
    return this.#inColumn('columns', index);
  }

  attributeOf(variable: Var, attribute: string): Identifier {
    const field = this.#fields.of(attribute);
    const value = this.#constant(`${variable} ${field}`, attribute, () => b.member(b.id(variable), field));
    this.#attributes.add(value.name);
    return value;
  }

  get hasAttributes(): boolean {
    return this.#isUnguarded;
  }

  isNumber(value: Expression): boolean {
    if (value.type !== 'Identifier' || !this.#attributes.has(value.name)) return false;
    this.#ordered.add(value.name);
    return this.#isUnguarded;
  }

  mayBeSame(ir: IrOf<'eq'>): Expression | undefined {
    const comparison = comparisonOf(ir);
    if (comparison?.kind !== 'string' || comparison.param === this.#met) return undefined;
    const { variable, attribute, param } = comparison;
    this.#runtime.add('stringHash');
    const value = this.attributeOf(variable, attribute);
    const hash = this.#constant(`hash of ${variable} ${this.#fields.of(attribute)}`, 'hash', () =>
      b.call(b.id('stringHash'), value),
    );
    return b.same(hash, this.#inColumn('hashes', param));
  }

  /** `body` for each of the rows of `list`; in one loop, or in two. */
  over(list: Expression, loops: 1 | 2, body: () => Statement): Statement {
    const loop = () => b.forRange(this.#i, b.member(b.id(this.#list), 'start'), b.id(this.#end), [body()]);
    let statement = loop();
    if (loops === 2 && this.#attributes.size > 0) {
      this.#isUnguarded = true;
      const unguarded = loop();
      statement = b.ifElse(this.#allAreThere(), [unguarded], [statement]);
    }
    return b.block([
      b.constant(this.#list, list),
      b.constant(this.#rows, b.member(b.id(this.#list), 'rows')),
      b.constant(this.#end, b.member(b.id(this.#list), 'end')),
      ...this.#before,
      statement,
    ]);
  }

  #allAreThere(): Expression {
    const tests = [...this.#attributes].map((name) =>
      this.#ordered.has(name)
        ? b.same(b.unary('typeof', b.id(name)), b.literal('number'))
        : b.differ(b.id(name), b.nothing),
    );
    return tests.reduce(b.and);
  }

  #inColumn(kind: 'columns' | 'hashes', index: number): Expression {
    const column = this.#constant(`${kind} ${index}`, kind === 'columns' ? 'column' : 'hashes', () =>
      b.at(b.member(b.id(this.#list), kind), b.literal(index)),
    );
    return b.at(column, b.id(this.#i));
  }

  #constant(what: string, word: string, value: () => Expression): Identifier {
    let name = this.#constants.get(what);
    if (name === undefined) {
      name = this.#names.fresh(word);
      this.#constants.set(what, name);
      this.#before.push(b.constant(name, value()));
    }
    return b.id(name);
  }
}
