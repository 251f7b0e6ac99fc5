/**
 * Cursor — the lexer with what the parsers share: expectations, problems, limits.
 *
 * Two kinds of mistake. Text that the grammar does not generate throws `SyntaxFailure`, which only the recovery catches; everything else is a
 * problem in the list, and parsing goes on, so that one run reports them all.
 *
 * INVARIANT: after parsing an expression `height` is the height of its tree, a chain of `&&` or `||` counting once. Neither nesting nor height
 * exceeds NESTING_LIMIT, so that every later phase may recur on trees.
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import type { Span } from '../../syntax/span.ts';
import { nestingTooDeep } from '../error.ts';
import { Lexer } from './lexer.ts';

/**
 * How deep expressions may nest, and how long a chain of anything but `&&` and `||` may be (`a + b + …`, `x.a.b…`). The official build has no
 * fixed limit; it ends with a memory fault at 120 to 140 nested parentheses.
 */
export const NESTING_LIMIT = 250;

/** Thrown where the text leaves the grammar; the recovery finds out what to say about it. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
}

/** Thrown at NESTING_LIMIT; nothing after it is looked at. */
export class NestingFailure extends Error {
  override readonly name = 'NestingFailure';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

export interface CursorOptions {
  /** Is `unknown("name")` legal, as where partial evaluation is enabled? */
  readonly unknown?: boolean | undefined;
}

/** The rules that others come back to from below, so that no file imports itself through others. */
export interface Rules {
  readonly expression: (c: Cursor) => Expression;
  readonly sum: (c: Cursor) => Expression;
}

export class Cursor extends Lexer {
  readonly rules: Rules;
  readonly problems: Diagnostic[] = [];
  readonly unknown: boolean;
  /** The slots read since the list was last emptied. */
  readonly slots: { readonly slot: string; readonly span: Span }[] = [];
  height = 0;
  #depth = 0;

  constructor(text: string, rules: Rules, options: CursorOptions = {}) {
    super(text);
    this.rules = rules;
    this.unknown = options.unknown === true;
  }

  /** Consumes a token that must be there. */
  expect(token: number): void {
    if (this.token !== token) throw this.syntaxFailure();
    this.next();
  }

  /** Consumes a token if it is there. */
  accept(token: number): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  syntaxFailure(): SyntaxFailure {
    return new SyntaxFailure(`syntax error at offset ${this.start}`);
  }

  /** From `start` to the end of the last consumed token. */
  spanFrom(start: number): Span {
    return { start, end: this.previousEnd };
  }

  report(problem: Diagnostic): void {
    this.problems.push(problem);
  }

  /** One level of nesting more; `leave` ends it. */
  enter(): void {
    if (++this.#depth > NESTING_LIMIT) throw this.#tooDeep();
  }

  leave(): void {
    this.#depth--;
  }

  /** A node over children of which the highest is `below`. */
  grow(below: number): void {
    this.height = below + 1;
    if (below >= NESTING_LIMIT) throw this.#tooDeep();
  }

  #tooDeep(): NestingFailure {
    return new NestingFailure(nestingTooDeep(NESTING_LIMIT, this.tokenSpan()));
  }
}
