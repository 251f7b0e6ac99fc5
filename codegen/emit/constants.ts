/**
 * Constants — the one gate through which entities and compound values of policies reach emitted code.
 *
 * Each is declared once, before the functions, by a call of the runtime: the text is the same for closures and modules.
 */
import type { Expression, Statement } from 'estree';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { applyExtFun, isExtFunFailure } from '../../src/value/ext-fun.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { CompilerBug } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import type { Ir } from '../ir/ir.ts';
import { printIr } from '../ir/print.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';

export class Constants {
  readonly #names: Names;
  readonly #known = new Map<string, string>();
  readonly declarations: Statement[] = [];
  /** Functions of the runtime that the declarations call. */
  readonly runtime: Set<string>;

  constructor(names: Names, runtime: Set<string>) {
    this.#names = names;
    this.runtime = runtime;
  }

  /** A literal where JavaScript has one, else the name of a constant. */
  prim(value: Prim): Expression {
    return value instanceof EntityUid ? this.#declare(`${value}`, value.id, () => this.#uid(value)) : b.literal(value);
  }

  pattern(pattern: Pattern): Expression {
    const parts = pattern.map((part) => b.literal(part));
    return this.#declare(`like ${JSON.stringify(pattern)}`, 'pattern', () => b.array(parts));
  }

  /** The position in the list of rows that the program is loaded with. */
  row(index: number, policyId: string): Expression {
    return this.#declare(`row ${index}`, `${policyId}_row`, () => b.at(b.id('rows'), b.literal(index)));
  }

  /** The position in the list of indexes that the program is loaded with. */
  index(index: number): Expression {
    return this.#declare(`index ${index}`, 'index', () => b.at(b.id('indexes'), b.literal(index)));
  }

  /** What fills a parameter of the rows of that index, by row id. */
  column(index: number, param: number): Expression {
    const columns = b.member(this.index(index), 'columns');
    return this.#declare(`column ${index} ${param}`, 'column', () => b.at(columns, b.literal(param)));
  }

  /** The function behind the name of an extension function. */
  extFun(fn: string): Expression {
    return this.#declare(`function ${fn}`, fn, () => this.#runtimeCall('extFun', b.literal(fn)));
  }

  /** The name of a constant for a set, record or extension value that no request can change; `undefined` for all other nodes. */
  compound(ir: Ir): Expression | undefined {
    if (ir.op !== 'set' && ir.op !== 'record' && ir.op !== 'call') return undefined;
    if (!isConstant(ir)) return undefined;
    return this.#declare(printIr(ir), ir.op === 'call' ? ir.fn : ir.op, () => this.#source(ir));
  }

  #source(ir: Ir): Expression {
    switch (ir.op) {
      case 'lit':
        return ir.value instanceof EntityUid ? this.#uid(ir.value) : b.literal(ir.value);
      case 'set':
        return this.#runtimeCall('set', b.array(ir.elements.map((element) => this.#source(element))));
      case 'record': {
        const names = b.array(ir.names.map((name) => b.literal(name)));
        return this.#runtimeCall('record', names, b.array(ir.values.map((value) => this.#source(value))));
      }
      case 'call':
        return this.#runtimeCall('call', b.literal(ir.fn), b.array(ir.args.map((arg) => this.#source(arg))));
      default:
        throw new CompilerBug(`\`${ir.op}\` is not a constant`);
    }
  }

  #uid({ type, id }: EntityUid): Expression {
    return this.#runtimeCall('uid', b.literal(type), b.literal(id));
  }

  #runtimeCall(name: string, ...args: Expression[]): Expression {
    this.runtime.add(name);
    return b.call(b.id(name), ...args);
  }

  #declare(key: string, word: string, init: () => Expression): Expression {
    let name = this.#known.get(key);
    if (name === undefined) {
      name = this.#names.fresh(word);
      this.#known.set(key, name);
      this.declarations.push(b.constant(name, init()));
    }
    return b.id(name);
  }
}

/** Has the node one value for all requests, without an error? Calls count only if the official function accepts the arguments. */
export function isConstant(ir: Ir): boolean {
  switch (ir.op) {
    case 'lit':
      return true;
    case 'set':
      return ir.elements.every(isConstant);
    case 'record':
      return ir.values.every(isConstant);
    case 'call': {
      const args = ir.args.map((arg) => (arg.op === 'lit' ? arg.value : undefined));
      return args.every((arg) => arg !== undefined) && !isExtFunFailure(applyExtFun(ir.fn, args as Prim[]));
    }
    default:
      return false;
  }
}
