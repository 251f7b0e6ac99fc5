/**
 * JSON — text to values that keep what `JSON.parse` loses: integers beyond 2^53 are bigints, and a duplicate key is an error.
 *
 * Objects have no prototype, so that `__proto__` is a key like any other. A number with a fraction or an exponent is a `JsonFloat`: Cedar has no
 * such values, and `1.0` is not `1`.
 *
 * Docs:  RFC 8259
 */
import { CedarmillError } from './cedarmill-error.ts';

/** Levels of arrays and objects. */
export const JSON_DEPTH_LIMIT = 127;

/** A number that is not an integer literal, as it was written. */
export class JsonFloat {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Text that is not JSON. Line and column count from 1, the column in code points. */
export class JsonSyntaxError extends CedarmillError {
  static override readonly kind = 'JsonSyntaxError';
  override readonly name = 'JsonSyntaxError';
  readonly offset: number;
  readonly line: number;
  readonly column: number;

  constructor(reason: string, text: string, offset: number) {
    const before = text.slice(0, offset);
    const line = before.split('\n').length;
    const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1;
    const message = `${reason} at line ${line} column ${column}`;
    const labels = [{ span: { start: offset, end: offset + 1 } }];
    super('invalidJson', message, {
      diagnostics: [{ severity: 'error', code: 'invalidJson', message, labels }],
      source: { text },
    });
    this.offset = offset;
    this.line = line;
    this.column = column;
  }
}

/** Parses one JSON document. Throws `JsonSyntaxError`. */
export function parseJson(text: string): unknown {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

const SPACE = /[ \t\n\r]*/y;
/** What ends a stretch of a string: its quote, an escape, or a character that must not stand there. */
const STRING_PART_END = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const WORD = /true|false|null/y;
const WORDS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): unknown {
    this.#take(SPACE);
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth + 1);
      case '[':
        return this.#array(depth + 1);
      case '"':
        return this.#string();
      case undefined:
        throw this.#error('unexpected end of JSON');
      default:
        return this.#scalar();
    }
  }

  end(): void {
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw this.#error('trailing characters after JSON');
  }

  #object(depth: number): unknown {
    this.#open(depth);
    const object: Record<string, unknown> = Object.create(null);
    if (this.#closes('}')) return object;
    do {
      this.#take(SPACE);
      const start = this.#at;
      if (this.#text[start] !== '"') throw this.#error('expected a string as object key');
      const key = this.#string();
      if (key in object) throw this.#error(`duplicate key ${JSON.stringify(key)}`, start);
      this.#expect(':', 'expected `:`');
      object[key] = this.value(depth);
    } while (!this.#closes('}') && this.#expect(',', 'expected `,` or `}`'));
    return object;
  }

  #array(depth: number): unknown {
    this.#open(depth);
    const array: unknown[] = [];
    if (this.#closes(']')) return array;
    do array.push(this.value(depth));
    while (!this.#closes(']') && this.#expect(',', 'expected `,` or `]`'));
    return array;
  }

  #open(depth: number): void {
    if (depth > JSON_DEPTH_LIMIT) throw this.#error(`recursion limit exceeded: more than ${JSON_DEPTH_LIMIT} levels`);
    this.#at++;
  }

  #closes(bracket: '}' | ']'): boolean {
    this.#take(SPACE);
    if (this.#text[this.#at] !== bracket) return false;
    this.#at++;
    return true;
  }

  #expect(character: string, reason: string): true {
    this.#take(SPACE);
    if (this.#text[this.#at] !== character) {
      throw this.#error(this.#at < this.#text.length ? reason : 'unexpected end of JSON');
    }
    this.#at++;
    return true;
  }

  #string(): string {
    const start = this.#at;
    const quoted = this.#quoted();
    if (quoted === undefined) throw this.#error('invalid string', start);
    const string = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
    if (!string.isWellFormed()) throw this.#error('lone surrogate in a string', start);
    return string;
  }

  /** A string with its quotes. Goes from special character to special character: one pattern for all of it would need a stack as long as the string. */
  #quoted(): string | undefined {
    for (let at = this.#at + 1; ; ) {
      STRING_PART_END.lastIndex = at;
      const end = STRING_PART_END.exec(this.#text)?.index;
      if (end === undefined) return undefined;
      if (this.#text[end] === '"') {
        const quoted = this.#text.slice(this.#at, end + 1);
        this.#at = end + 1;
        return quoted;
      }
      ESCAPE.lastIndex = end;
      if (!ESCAPE.test(this.#text)) return undefined;
      at = ESCAPE.lastIndex;
    }
  }

  #scalar(): boolean | null | number | bigint | JsonFloat {
    const word = this.#take(WORD);
    if (word !== undefined) return WORDS.get(word)!;
    const text = this.#take(NUMBER);
    if (text === undefined) throw this.#error('expected a JSON value');
    if (/[.eE]/.test(text)) return new JsonFloat(text);
    const number = Number(text);
    if (Number.isSafeInteger(number)) return number + 0;
    // No integer of Cedar has more digits; a longer one stays what it is, out of range.
    return text.length <= 20 ? BigInt(text) : new JsonFloat(text);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match?.[0];
  }

  #error(reason: string, at = this.#at): JsonSyntaxError {
    return new JsonSyntaxError(reason, this.#text, at);
  }
}
