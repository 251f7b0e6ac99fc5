/**
 * Tokens — the tokens of a text with the comments around them.
 *
 * A comment on the line where a token ends trails it; comments on the lines after that lead the next token. Comments after the last token's line
 * belong to the text as a whole.
 */
import { Lexer } from '../parser/text/lexer.ts';
import { EOF } from '../parser/text/token.ts';

export interface Token {
  readonly kind: number;
  readonly text: string;
}

export interface Comments {
  readonly leading: readonly string[];
  /** Empty if there is none. */
  readonly trailing: string;
}

const NONE: Comments = { leading: [], trailing: '' };

/** The tokens of one text. The layout claims each token's comments once, where it writes the token. */
export class Tokens {
  readonly all: readonly Token[];
  /** Comments on the lines after the last token. */
  readonly atEnd: readonly string[];
  readonly #comments: Comments[];

  private constructor(all: readonly Token[], comments: Comments[], atEnd: readonly string[]) {
    this.all = all;
    this.atEnd = atEnd;
    this.#comments = comments;
  }

  static of(text: string): Tokens {
    const lexer = new Lexer(text);
    const all: Token[] = [];
    const comments: Comments[] = [];
    let leading = '';
    for (let end = 0; ; ) {
      const between = text.slice(end, lexer.start);
      const [trailing, rest] = all.length === 0 ? ['', between] : splitLine(between);
      if (all.length > 0) comments.push({ leading: commentsIn(leading), trailing: trimmed(trailing) });
      leading = rest;
      if (lexer.token === EOF) return new Tokens(all, comments, commentsIn(rest));
      all.push({ kind: lexer.token, text: lexer.slice() });
      end = lexer.end;
      lexer.next();
    }
  }

  /** Gives the token's comments, once. */
  claim(index: number): Comments {
    const comments = this.#comments[index] ?? NONE;
    this.#comments[index] = NONE;
    return comments;
  }

  /** Gives the comments before the token, once. */
  claimLeading(index: number): readonly string[] {
    const { leading, trailing } = this.#comments[index] ?? NONE;
    this.#comments[index] = { leading: [], trailing };
    return leading;
  }

  /** The tokens whose comments nobody has claimed. */
  unclaimed(): readonly number[] {
    return [...this.all.keys()].filter((i) => {
      const { leading, trailing } = this.#comments[i]!;
      return leading.length > 0 || trailing !== '';
    });
  }

  /** The same tokens, but the comments of `from` lead the token after it. */
  moved(from: ReadonlySet<number>): Tokens {
    const comments = this.#comments.slice();
    let atEnd = this.atEnd;
    for (const index of from) {
      const { leading, trailing } = comments[index]!;
      const moved = trailing === '' ? leading : [...leading, trailing];
      comments[index] = NONE;
      const next = comments[index + 1];
      if (next === undefined) atEnd = [...moved, ...atEnd];
      else comments[index + 1] = { ...next, leading: [...moved, ...next.leading] };
    }
    return new Tokens(this.all, comments, atEnd);
  }
}

/** What stands before and after the first line feed. */
function splitLine(text: string): [string, string] {
  const at = text.indexOf('\n');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function commentsIn(trivia: string): string[] {
  return (trivia.match(/\/\/[^\n\r]*/g) ?? []).map(trimmed);
}

/** Without white space at either end, as Unicode defines it: unlike `trim`, with U+0085 and without the byte order mark. */
export function trimmed(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}
