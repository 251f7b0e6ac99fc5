/**
 * String — what the text between two quotes stands for.
 *
 * Decoding goes on after a bad escape, so that all of them are reported.
 *
 * Grammar: STR, PATTERN
 * Docs:    Cedar policy language, Grammar: string escapes (those of Rust string literals)
 */
import type { Pattern } from '../../value/pattern.ts';

/** A decoded literal, or the escapes that are none (offsets into the raw text). */
export type Unescaped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly bad: readonly BadEscape[] };

export interface BadEscape {
  readonly start: number;
  readonly end: number;
}

/** A code point with where its source began, or the end of a bad escape. */
interface Sink {
  readonly char: (codePoint: number, escaped: boolean) => void;
  readonly bad: BadEscape[];
  /** Is `\*` a literal star here? */
  readonly star: boolean;
}

export function unescapeString(raw: string): Unescaped<string> {
  let value = '';
  const bad: BadEscape[] = [];
  decode(raw, { char: (codePoint) => (value += String.fromCodePoint(codePoint)), bad, star: false });
  return bad.length === 0 ? { ok: true, value } : { ok: false, bad };
}

/** Every star is a wildcard however it was written, except `\*`. */
export function unescapePattern(raw: string): Unescaped<Pattern> {
  const pattern: (string | null)[] = [];
  const bad: BadEscape[] = [];
  let run = '';
  const char = (codePoint: number, escapedStar: boolean) => {
    if (codePoint !== 0x2a || escapedStar) {
      run += String.fromCodePoint(codePoint);
      return;
    }
    if (run !== '') pattern.push(run);
    run = '';
    pattern.push(null);
  };
  decode(raw, { char, bad, star: true });
  if (run !== '') pattern.push(run);
  return bad.length === 0 ? { ok: true, value: pattern } : { ok: false, bad };
}

/** The same of a text without escapes, and without characters that need one. */
export function plainPattern(raw: string): (string | null)[] {
  const pattern: (string | null)[] = [];
  let from = 0;
  for (let star = raw.indexOf('*'); star >= 0; star = raw.indexOf('*', from)) {
    if (star > from) pattern.push(raw.slice(from, star));
    pattern.push(null);
    from = star + 1;
  }
  if (from < raw.length) pattern.push(raw.slice(from));
  return pattern;
}

function decode(raw: string, sink: Sink): void {
  let at = 0;
  while (at < raw.length) {
    const codePoint = raw.codePointAt(at)!;
    if (codePoint === 0x5c) {
      at = decodeEscape(raw, at, sink);
    } else {
      const end = at + (codePoint > 0xffff ? 2 : 1);
      // A carriage return must be written `\r`; a lone surrogate is not a character.
      if (codePoint === 0x0d || (codePoint >= 0xd800 && codePoint <= 0xdfff)) sink.bad.push({ start: at, end });
      else sink.char(codePoint, false);
      at = end;
    }
  }
}

/** Decodes the escape at `start` and gives where the next character begins. */
function decodeEscape(raw: string, start: number, sink: Sink): number {
  const at = start + 2;
  const letter = raw.charCodeAt(start + 1);
  switch (letter) {
    case 0x6e:
      return put(sink, 0x0a, at);
    case 0x72:
      return put(sink, 0x0d, at);
    case 0x74:
      return put(sink, 0x09, at);
    case 0x30:
      return put(sink, 0x00, at);
    case 0x5c:
    case 0x27:
    case 0x22:
      return put(sink, letter, at);
    case 0x78:
      return decodeHex(raw, start, sink);
    case 0x75:
      return decodeUnicode(raw, start, sink);
    case 0x2a:
      if (!sink.star) return fail(sink, start, at);
      sink.char(letter, true);
      return at;
    default:
      return fail(sink, start, Math.min(raw.length, start + 1 + (raw.codePointAt(start + 1)! > 0xffff ? 2 : 1)));
  }
}

function put(sink: Sink, codePoint: number, end: number): number {
  sink.char(codePoint, false);
  return end;
}

function fail(sink: Sink, start: number, end: number): number {
  sink.bad.push({ start, end });
  return end;
}

/** `\x` and exactly two hexadecimal digits, at most 7F. */
function decodeHex(raw: string, start: number, sink: Sink): number {
  let value = 0;
  for (let at = start + 2; at < start + 4; at++) {
    const digit = hexDigit(raw.charCodeAt(at));
    if (digit < 0) return fail(sink, start, Math.min(raw.length, at + 1));
    value = value * 16 + digit;
  }
  return value > 0x7f ? fail(sink, start, start + 4) : put(sink, value, start + 4);
}

/** `\u{` one to six hexadecimal digits, underscores after the first, `}`. */
function decodeUnicode(raw: string, start: number, sink: Sink): number {
  let at = start + 2;
  if (raw.charCodeAt(at) !== 0x7b) return fail(sink, start, Math.min(raw.length, at + 1));
  at++;
  let value = 0;
  let digits = 0;
  for (; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code === 0x7d) {
      const legal = digits >= 1 && digits <= 6 && value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
      return legal ? put(sink, value, at + 1) : fail(sink, start, at + 1);
    }
    if (code === 0x5f && digits > 0) continue;
    const digit = hexDigit(code);
    if (digit < 0) return fail(sink, start, at + 1);
    digits++;
    if (digits <= 6) value = value * 16 + digit;
  }
  return fail(sink, start, raw.length);
}

/** -1 for what is not a hexadecimal digit (and beyond the end, where the code is NaN). */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 && code >= 0x41 ? lower - 0x57 : -1;
}
