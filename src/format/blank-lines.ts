/**
 * Blank lines — takes empty lines out of a laid out policy, but for those within strings.
 */
import { trimmed } from './tokens.ts';

/** A comment or a string, whichever begins first. */
const OPAQUE = /\/\/[^\n\r]*|"(?:\\.|[^"\\])*"/g;

export function withoutBlankLines(text: string): string {
  let result = '';
  let end = 0;
  for (const match of text.matchAll(OPAQUE)) {
    result += withoutInnerBlankLines(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return trimmed(result + withoutInnerBlankLines(text.slice(end)));
}

/** A line feed at the start ends a line that is not ours; what stands after the last one begins a line that is not ours. */
function withoutInnerBlankLines(text: string): string {
  const lines = text.split(/(?<=\n)/);
  const filled = lines.filter((line) => !line.endsWith('\n') || trimmed(line) !== '');
  return (text.startsWith('\n') ? '\n' : '') + filled.join('');
}
