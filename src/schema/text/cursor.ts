/**
 * Cursor — a place between two tokens of a schema text, and what could stand there.
 *
 * Every question about the next token is remembered until a token is taken, so that a syntax error can tell everything that was possible.
 * A problem with the token just taken (a reserved word, a bad escape) waits until the next token turns out to be a possible one: the official
 * parser finds it only then, and a syntax error goes first.
 */
import { Lexer } from '../../parser/text/lexer.ts';
import { EOF, isIdentifier, NUMBER, STRING } from '../../parser/text/token.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Span } from '../../syntax/span.ts';
import { syntaxError } from '../error.ts';
import {
  expectedText,
  IDENTIFIER_TERMINALS,
  KEYWORDS,
  type Keyword,
  PUNCTUATION,
  type Punctuation,
  type Terminal,
} from './expected.ts';

/** Ends the parse; never leaves this room. */
export class SchemaSyntaxError {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    this.diagnostic = diagnostic;
  }
}

export interface Token {
  readonly kind: 'identifier' | 'string' | 'number' | 'punctuation' | 'invalid' | 'end';
  readonly text: string;
  readonly span: Span;
}

export class Cursor {
  readonly #lexer: Lexer;
  readonly #expected = new Set<Terminal>();
  #token: Token;
  #previousEnd = 0;
  #pending: { readonly problem: Diagnostic; readonly followers: ReadonlySet<string> } | undefined;

  constructor(source: string) {
    this.#lexer = new Lexer(source);
    this.#token = tokenOf(this.#lexer);
  }

  /** Where the next token begins. */
  get start(): number {
    return this.#token.span.start;
  }

  /** From `start` to the end of the token taken last. */
  spanFrom(start: number): Span {
    return { start, end: this.#previousEnd };
  }

  at(mark: Punctuation): boolean {
    this.#expected.add(`"${mark}"`);
    return this.#token.kind === 'punctuation' && this.#token.text === mark;
  }

  atWord(word: Keyword): boolean {
    this.#expected.add(KEYWORDS[word]);
    return this.#token.kind === 'identifier' && this.#token.text === word;
  }

  atIdentifier(): boolean {
    for (const each of IDENTIFIER_TERMINALS) this.#expected.add(each);
    return this.#token.kind === 'identifier';
  }

  atString(): boolean {
    this.#expected.add('STRINGLIT');
    return this.#token.kind === 'string';
  }

  atEnd(): boolean {
    return this.#token.kind === 'end';
  }

  /** The next token, for which one of the `at` questions was true. */
  take(): Token {
    const token = this.#token;
    this.settle();
    this.#previousEnd = token.span.end;
    this.#lexer.rewind(token.span.end);
    this.#token = tokenOf(this.#lexer);
    this.#expected.clear();
    return token;
  }

  /** Takes the next token if it is this one. */
  accept(mark: Punctuation): boolean {
    if (!this.at(mark)) return false;
    this.take();
    return true;
  }

  acceptWord(word: Keyword): boolean {
    if (!this.atWord(word)) return false;
    this.take();
    return true;
  }

  expect(mark: Punctuation): Token {
    if (!this.at(mark)) this.fail();
    return this.take();
  }

  /**
   * A problem with what was taken, to be told when the next token is a possible one, here or (of `followers`) elsewhere. The first one counts.
   */
  postpone(problem: Diagnostic, followers: ReadonlySet<string> = NONE): void {
    this.#pending ??= { problem, followers };
  }

  /** The next token is possible here: now is the time for a postponed problem. */
  settle(): void {
    if (this.#pending !== undefined) throw new SchemaSyntaxError(this.#pending.problem);
  }

  /** The next token in a set of followers: punctuation and keywords stand for themselves, a string for `"`, other identifiers for `identifier`. */
  #followerKey(): string {
    const { kind, text } = this.#token;
    if (kind === 'string') return '"';
    return kind === 'identifier' && !Object.hasOwn(KEYWORDS, text) ? 'identifier' : text;
  }

  /**
   * Something that could go on here is complete if the next token may follow it anywhere, even if not here: then what would have gone on with it
   * was not expected. (The official parser shares its states between all places where the same thing may stand.)
   */
  complete(followers: ReadonlySet<string>, ...continuations: readonly Punctuation[]): void {
    if (followers.has(this.#followerKey())) for (const each of continuations) this.#expected.delete(`"${each}"`);
  }

  /** Ends the parse: the next token is none of those asked for. */
  fail(): never {
    const { kind, text, span } = this.#token;
    if (kind !== 'invalid' && this.#pending?.followers.has(this.#followerKey())) this.settle();
    if (kind === 'invalid') throw new SchemaSyntaxError(syntaxError('invalid token', pointAt(span.start)));
    const expected = expectedText(this.#expected);
    if (kind === 'end')
      throw new SchemaSyntaxError(syntaxError('unexpected end of input', pointAt(this.#previousEnd), expected));
    throw new SchemaSyntaxError(syntaxError(`unexpected token \`${text}\``, span, expected, this.#help()));
  }

  #help(): string | undefined {
    const { text, span } = this.#token;
    if (text === '{' && this.#expected.has('APPLIESTO'))
      return 'action declarations require `appliesTo` before the `{ ... }` block';
    const before = this.#lexer.text.slice(0, span.start);
    if (text === ';' && this.#expected.has('NAMESPACE') && before.trimEnd().endsWith('}'))
      return 'namespace declarations are not followed by `;`; try removing this semicolon';
    return undefined;
  }
}

/**
 * The lexer's current token, in the vocabulary of schemas: `?` is a token of its own, `==`, `<=` and `>=` are two, and the other operators of
 * policies are none.
 */
function tokenOf(lexer: Lexer): Token {
  const { token, start, text } = lexer;
  if (token === EOF) return { kind: 'end', text: '', span: pointAt(start) };
  if (isIdentifier(token)) return { kind: 'identifier', text: lexer.slice(), span: { start, end: lexer.end } };
  if (token === STRING) return { kind: 'string', text: lexer.slice(), span: { start, end: lexer.end } };
  if (token === NUMBER) return { kind: 'number', text: lexer.slice(), span: { start, end: lexer.end } };
  const end = text.startsWith('::', start) ? start + 2 : start + 1;
  const mark = text.slice(start, end);
  return { kind: PUNCTUATION.has(mark) ? 'punctuation' : 'invalid', text: mark, span: { start, end } };
}

const NONE: ReadonlySet<string> = new Set();

function pointAt(offset: number): Span {
  return { start: offset, end: offset };
}
