/**
 * Cursor — the lexer with what the parsers share: expectations, problems, limits.
 *
 * Two kinds of mistake. Text that the grammar does not generate throws `SyntaxFailure`, which only the recovery catches; everything else is a
 * problem in the list, and parsing goes on, so that one run reports them all.
 *
 * INVARIANT: after parsing an expression `height` is the height of its tree in levels (`grow`), a chain of `&&` or `||` counting once. It does not
 * exceed NESTING_LIMIT, so that every later phase may recur on trees; nor does the nesting of the text exceed BRACKET_LIMIT, so that the parser may.
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import type { Span } from '../../syntax/span.ts';
import { nestingTooDeep } from '../token-error.ts';
import { Lexer } from './lexer.ts';

/**
 * How deep expressions may nest, and how long a chain of anything but `&&` and `||` may be (`a + b + …`, `x.a.b…`). An `else` counts half a level,
 * what stands for several nodes counts as those. The official build has no fixed limit: its authorization ends with a memory fault at 340 to 365
 * terms of `+` or `*`, method calls or tests of `if`, and at 740 branches of `else if`.
 */
export const NESTING_LIMIT = 400;

/** How deep brackets may nest; the parts of an `if` count a quarter. The official parser ends with a memory fault at 120 to 140, and 765 of `if`. */
export const BRACKET_LIMIT = 250;

/** What an `else` costs, in levels of nesting. */
export const ELSE_LEVELS = 0.5;

/** What a part of an `if` costs, in brackets: the parser returns to the start rule through fewer rules than for a bracket. */
export const IF_BRACKETS = 0.25;

/** Thrown where the text leaves the grammar; the recovery finds out what to say about it. */
export class SyntaxFailure extends Error {
  override readonly name = 'SyntaxFailure';
}

/** Thrown at one of the limits; nothing after it is looked at. */
export class NestingFailure extends Error {
  override readonly name = 'NestingFailure';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}

/** Runs a parse and gives what it threw, if that is the text's fault. */
export function attempt(parse: () => void): SyntaxFailure | NestingFailure | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxFailure || error instanceof NestingFailure) return error;
    throw error;
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
  /** Is what is being read refused already, so that nobody will ask what is wrong inside it? */
  refusing = false;
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

  /** Counts brackets as open; `leave` counts them as closed. */
  enter(brackets: number): void {
    this.#depth += brackets;
    if (this.#depth > BRACKET_LIMIT) throw this.#tooDeep(BRACKET_LIMIT);
  }

  leave(brackets: number): void {
    this.#depth -= brackets;
  }

  /** A node over children of which the highest is `below`. */
  grow(below: number, levels = 1): void {
    this.height = below + levels;
    if (this.height > NESTING_LIMIT) throw this.#tooDeep(NESTING_LIMIT);
  }

  #tooDeep(limit: number): NestingFailure {
    return new NestingFailure(nestingTooDeep(limit, this.tokenSpan()));
  }
}
