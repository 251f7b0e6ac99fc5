/**
 * Machine — runs the automaton over a text that the parser refused, and says what was wrong, where, and what was expected.
 *
 * At an error it skips as little as it can so that `ERROR` fits, and goes on; so it finds further errors. It gives up where the lexer does, and
 * after MAX_ERRORS.
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Span } from '../../syntax/span.ts';
import { integerParseError } from '../error.ts';
import { Lexer } from '../text/lexer.ts';
import * as t from '../text/token.ts';
import { invalidToken, unexpectedEnd, unexpectedToken } from '../token-error.ts';
import { describeExpected } from './expected.ts';
import { SLOT_TERMINALS, TERMINALS } from './grammar.ts';
import { type Action, actionOf, END, type Table } from './table.ts';

/** More errors than this help nobody. */
const MAX_ERRORS = 100;

/** A stack of this height is a text nested beyond reason; recovery there could take for ever. */
const MAX_STACK = 5000;

const ERROR = 'ERROR';

export function explain(table: Table, text: string): Diagnostic[] {
  return new Machine(table, text).run();
}

class Machine {
  readonly #table: Table;
  readonly #lexer: Lexer;
  readonly #stack: number[] = [0];
  #shifted: Span = { start: 0, end: 0 };
  readonly #errors: Diagnostic[] = [];
  /** The errors of the recoveries that are not reduced yet, by the height of the stack they stand at. */
  readonly #pending = new Map<number, Diagnostic>();

  constructor(table: Table, text: string) {
    this.#table = table;
    this.#lexer = new Lexer(text);
  }

  run(): Diagnostic[] {
    while (this.#errors.length < MAX_ERRORS && this.#stack.length < MAX_STACK) {
      const fatal = this.#fatalToken();
      if (fatal !== undefined) return [fatal, ...this.#errors];
      const action = this.#action(this.#terminal());
      if (action === undefined) {
        const lost = this.#recover();
        if (lost !== undefined) return [lost, ...this.#errors];
      } else if ('shift' in action) {
        this.#stack.push(action.shift);
        this.#shifted = this.#lexer.tokenSpan();
        this.#lexer.next();
      } else if (action.reduce === 0) {
        return this.#errors;
      } else {
        const fatalNumber = this.#fatalNumber(action.reduce);
        if (fatalNumber !== undefined) return [fatalNumber, ...this.#errors];
        this.#reduce(action.reduce);
      }
    }
    return [...this.#errors, ...this.#pending.values()];
  }

  #action(terminal: string): Action {
    return actionOf(this.#table, this.#stack.at(-1)!, terminal);
  }

  #terminal(): string {
    const lexer = this.#lexer;
    if (lexer.token === t.EOF) return END;
    const slot = lexer.token === t.SLOT ? SLOT_TERMINALS.get(lexer.slice()) : undefined;
    return slot ?? TERMINALS.get(lexer.token)!;
  }

  /** A token after which parsing cannot continue. */
  #fatalToken(): Diagnostic | undefined {
    const { token, text, start } = this.#lexer;
    return token === t.INVALID ? invalidToken(text.charAt(start), { start, end: start }) : undefined;
  }

  /** The number just shifted, if it is beyond 64 bits: parsing cannot continue there either. */
  #fatalNumber(production: number): Diagnostic | undefined {
    if (this.#table.productions[production]!.right[0] !== 'NUMBER') return undefined;
    const { start, end } = this.#shifted;
    const tooLarge = end - start > 19 && BigInt(this.#lexer.text.slice(start, end)) >= 2n ** 64n;
    return tooLarge ? integerParseError(this.#shifted) : undefined;
  }

  #reduce(production: number): void {
    const { left, right } = this.#table.productions[production]!;
    this.#stack.length -= right.length;
    if (right[0] === ERROR) this.#settle(this.#stack.length);
    this.#stack.push(this.#table.states[this.#stack.at(-1)!]!.goto.get(left)!);
  }

  /** A recovery counts once its `ERROR` has become part of the tree. */
  #settle(height: number): void {
    const error = this.#pending.get(height);
    if (error !== undefined) this.#errors.push(error);
    this.#pending.delete(height);
  }

  /** Finds the nearest place where `ERROR` lets the parse go on, skipping tokens if it must; else gives the error that ends it all. */
  #recover(): Diagnostic | undefined {
    const error = this.#describe();
    for (let action = this.#action(ERROR); action !== undefined && 'reduce' in action; action = this.#action(ERROR)) {
      this.#reduce(action.reduce);
    }
    for (;;) {
      const height = this.#resumableHeight();
      if (height !== undefined) {
        this.#resume(height, error);
        return undefined;
      }
      if (this.#lexer.token === t.EOF) return error;
      this.#lexer.next();
      const fatal = this.#fatalToken();
      if (fatal !== undefined) return fatal;
    }
  }

  #resumableHeight(): number | undefined {
    const terminal = this.#terminal();
    for (let height = this.#stack.length; height > 0; height--) {
      const target = this.#table.states[this.#stack[height - 1]!]!.goto.get(ERROR);
      if (target !== undefined && this.#accepts(height, [target], terminal)) return height;
    }
    return undefined;
  }

  #resume(height: number, error: Diagnostic): void {
    this.#stack.length = height;
    for (const at of this.#pending.keys()) if (at >= height) this.#pending.delete(at);
    this.#pending.set(height, error);
    this.#stack.push(this.#table.states[this.#stack.at(-1)!]!.goto.get(ERROR)!);
  }

  /** Would the terminal be shifted, after reductions, by the lowest `height` states and `top`? */
  #accepts(height: number, top: number[], terminal: string): boolean {
    let base = height;
    for (;;) {
      const state = top.at(-1) ?? this.#stack[base - 1]!;
      const action = actionOf(this.#table, state, terminal);
      if (action === undefined) return false;
      if ('shift' in action || action.reduce === 0) return true;
      const { left, right } = this.#table.productions[action.reduce]!;
      const fromTop = Math.min(top.length, right.length);
      top.length -= fromTop;
      base -= right.length - fromTop;
      top.push(this.#table.states[top.at(-1) ?? this.#stack[base - 1]!]!.goto.get(left)!);
    }
  }

  /** The error at the current token. */
  #describe(): Diagnostic {
    const [lexer, table] = [this.#lexer, this.#table];
    const names = table.terminals.filter(
      (terminal) => terminal !== END && terminal !== ERROR && this.#accepts(this.#stack.length, [], terminal),
    );
    const expected = describeExpected(names);
    if (lexer.token !== t.EOF) return unexpectedToken(lexer.slice(), lexer.tokenSpan(), expected);
    return unexpectedEnd({ start: lexer.previousEnd, end: lexer.previousEnd }, expected);
  }
}
