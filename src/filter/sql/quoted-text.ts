/**
 * Quoted text — a text as a literal of PostgreSQL, for statements that cannot have parameters.
 *
 * Docs:  PostgreSQL, "String Constants with C-Style Escapes": read alike whatever `standard_conforming_strings` is
 */
import { Inexpressible } from '../condition.ts';

/** Throws `Inexpressible` for a text that no text of the database can be. */
export function quotedText(text: string): string {
  if (text.includes('\0')) throw new Inexpressible('a text with the character U+0000');
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`;
  return text.includes('\\') ? `E${quoted}` : quoted;
}
