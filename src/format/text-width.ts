/**
 * Text width — how many columns a text takes on a screen.
 *
 * ASCII text counts its characters. In other text, wide characters and emoji take two columns, marks that combine and what is not shown take none.
 * The ligatures of a few scripts (Arabic, Khmer, Lisu) are not looked at; a layout may differ by a column there.
 *
 * Docs:  Unicode Standard Annex 11, East Asian Width
 */
import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[\0-\x7f]*$/;

/** An emoji made of several characters, or one that asks to be shown as a picture. */
const EMOJI =
  /\p{RI}\p{RI}|\p{Emoji}(?:\p{EMod}|\uFE0F\u20E3?)?(?:\u200D\p{Emoji}(?:\p{EMod}|\uFE0F)?)+|\p{EBase}\p{EMod}|\p{Emoji}\uFE0F/gu;

/** Takes no column by itself. The second class is of jamo that end a Hangul syllable, the third of marks that stand before others. */
const INVISIBLE =
  /[\p{Default_Ignorable_Code_Point}\p{Grapheme_Extend}\u1160-\u11ff\ud7b0-\ud7c6\ud7cb-\ud7fb\u0605\u070f\u0890\u0891\u08e2\ua8fa]/u;

/** Characters whose width does not follow from a property. */
const EXCEPTIONS: ReadonlyMap<string, number> = new Map([
  ['\u115f', 2],
  ['\u17a4', 2],
  ['\u17d8', 3],
  ['\u2d7f', 1],
]);

export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  const rest = text.replace(EMOJI, () => {
    width += 2;
    return '';
  });
  for (const character of rest.replaceAll('\r\n', '\n')) width += characterWidth(character);
  return width;
}

function characterWidth(character: string): number {
  const exception = EXCEPTIONS.get(character);
  if (exception !== undefined) return exception;
  return INVISIBLE.test(character) ? 0 : eastAsianWidth(character.codePointAt(0)!);
}
