/**
 * Identifier — which words can be written bare.
 *
 * Grammar: IDENT
 */

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

const RESERVED: ReadonlySet<string> = new Set([
  'true',
  'false',
  'if',
  'then',
  'else',
  'in',
  'is',
  'like',
  'has',
  '__cedar',
]);

/** Has the text the form of an identifier, reserved or not? */
export function isAnyIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/** Can the text stand after `.` or as a bare record key? */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text) && !RESERVED.has(text);
}
