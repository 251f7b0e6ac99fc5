/**
 * Read — the small text cases of this folder: `# title`, input, `==>`, what is expected.
 */
import { readFileSync } from 'node:fs';

export interface Case {
  readonly title: string;
  readonly input: string;
  readonly expected: string;
}

/** The cases of `<name>.txt`, in the order of the file. Line breaks around input and expectation mean nothing. */
export function readCases(name: string): Case[] {
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
  const cases = text.split(/^# /m).slice(1).map(readCase);
  if (cases.length === 0) throw new Error(`${name}.txt holds no case`);
  return cases;
}

function readCase(text: string): Case {
  const title = text.slice(0, text.indexOf('\n'));
  const [input, expected, ...rest] = text.slice(title.length).split(/^==>$/m);
  if (expected === undefined || rest.length > 0) throw new Error(`case "${title}" needs exactly one ==>`);
  return { title: title.trim(), input: withoutBreaks(input!), expected: withoutBreaks(expected) };
}

function withoutBreaks(text: string): string {
  return text.replace(/^\n+|\n+$/g, '');
}
