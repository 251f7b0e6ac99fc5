/**
 * Lexer — where tokens begin and end, and what is none.
 */
import { expect, test } from 'vitest';
import { Lexer } from '../../../../src/parser/text/lexer.ts';
import * as t from '../../../../src/parser/text/token.ts';

/** The texts of all tokens; what is not a token ends the list with its kind. */
function tokens(text: string): string[] {
  const found: string[] = [];
  for (const lexer = new Lexer(text); lexer.token !== t.EOF; lexer.next()) {
    if (lexer.token === t.INVALID) return [...found, 'INVALID'];
    found.push(lexer.slice());
  }
  return found;
}

const SPACES = '\t\n\v\f\r \u0085\u00a0\u1680\u2000\u200a\u2028\u2029\u202f\u205f\u3000';

test('white space is what Unicode calls so', () => {
  for (const space of SPACES) expect(tokens(`a${space}b`), JSON.stringify(space)).toEqual(['a', 'b']);
});

test.each(['\ufeff', '\u180e', '\u200b'])('%j is not white space', (character) => {
  expect(tokens(`a${character}b`)).toEqual(['a', 'INVALID']);
});

test.each(['\n', '\r', '\r\n'])('a comment ends at %j', (end) => {
  expect(tokens(`a // b "c${end}d`)).toEqual(['a', 'd']);
});

test('a comment does not end at a line separator', () => {
  expect(tokens('a // b\u2028c')).toEqual(['a']);
});

test('longer operators win', () => {
  expect(tokens('a::b<=c==d!=!e=f&&g||h')).toEqual('a :: b <= c == d != ! e = f && g || h'.split(' '));
});

test('digits end where letters begin', () => {
  expect(tokens('12ab')).toEqual(['12', 'ab']);
});

test('a string ends at the first quote without a backslash', () => {
  expect(tokens(String.raw`"a\"b\\" c`)).toEqual([String.raw`"a\"b\\"`, 'c']);
});

test.each(['"abc', '"abc\\"', '"a\\\nb"', "'a'", '&', '|', '#', '?', '? principal', 'é', '\ud83d'])(
  '%j is not a token',
  (text) => {
    expect(tokens(text)).toEqual(['INVALID']);
  },
);

test('keywords are told from words that begin like them', () => {
  const kind = (text: string) => new Lexer(text).token;
  expect(['in', 'is', 'if', 'has', 'like', 'then', 'else', 'true', 'false'].map(kind).every(t.isReserved)).toBe(true);
  expect(['im', 'it', 'ha', 'hat', 'lime', 'them', 'elsa', 'trua', 'falsy', 'actios', 'principals'].map(kind)).toEqual(
    Array(11).fill(t.IDENT),
  );
});
