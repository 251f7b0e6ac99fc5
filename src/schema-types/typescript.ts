/**
 * TypeScript — the pieces of declarations: names, text, comments.
 *
 * Words of schemas and policies stand in string literals and comments only, escaped so that nothing in them ends either.
 */

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A text as a type or a value. */
export function literal(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/\\"/g, '"')
    .replace(/'/g, "\\'")
    .replace(/[\u2028\u2029\u007f-\u009f]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `'${escaped}'`;
}

/** The name of a member, in quotes where it must be. */
export function memberName(name: string): string {
  return IDENTIFIER.test(name) ? name : literal(name);
}

/** `never` for none. */
export function union(members: Iterable<string>): string {
  return [...members].join(' | ') || 'never';
}

/** The text of a comment before a declaration; nothing for no text. */
export function docComment(text: string | undefined, indent: string): string {
  if (text === undefined || text.trim() === '') return '';
  const lines = text
    .trim()
    .replaceAll('*/', '*\\/')
    .split(/\r\n|[\r\n\u2028\u2029]/)
    .map((line) => line.trim());
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}\n`).join('')}${indent} */\n`;
}
