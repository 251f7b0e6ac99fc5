/**
 * Quote — Cedar text of strings, escaped as Rust's `escape_debug` does it.
 */
import { unicodePattern } from './once.ts';

/** Not printable: control, format, surrogate, private, unassigned; what is ignored by default; separators except the space. */
const unprintable = unicodePattern('[\\p{C}\\p{Z}\\p{Default_Ignorable_Code_Point}]');
const graphemeExtend = unicodePattern('\\p{Grapheme_Extend}');
/** Nothing of this needs a look at each character. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

const SHORT: ReadonlyMap<string, string> = new Map([
  ['\0', '\\0'],
  ['\t', '\\t'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

/** A string literal. */
export function quote(text: string): string {
  return `"${escapeDebug(text)}"`;
}

/** The inside of a string literal. A combining mark is escaped only at the very start. */
export function escapeDebug(text: string): string {
  if (PLAIN.test(text)) return text;
  let escaped = '';
  for (const character of text) escaped += escapeCharacter(character, escaped === '');
  return escaped;
}

/** One character; `extended` says whether a combining mark is escaped. */
export function escapeCharacter(character: string, extended: boolean): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const special =
    (extended && graphemeExtend().test(character)) || (character !== ' ' && unprintable().test(character));
  return special ? `\\u{${character.codePointAt(0)!.toString(16)}}` : character;
}
