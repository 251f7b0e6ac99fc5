/**
 * Expected — the list of what could have come, in words.
 */
import { conjunction } from '../error.ts';

/** Tokens that are only there to be refused later. */
const IMPOSSIBLE: ReadonlySet<string> = new Set(['"="', '"%"', '"/"', 'OTHER_SLOT']);

/** Words that need no mention where any identifier will do. */
const SPECIAL_IDENTIFIERS: ReadonlySet<string> = new Set([
  ...['PERMIT', 'FORBID', 'WHEN', 'UNLESS', 'IN', 'HAS', 'LIKE', 'IS', 'THEN', 'ELSE'],
  ...['PRINCIPAL', 'ACTION', 'RESOURCE', 'CONTEXT'],
]);

/** Words that are more than identifiers where an expression begins, and nowhere else. */
const EXPRESSION_WORDS: ReadonlySet<string> = new Set(['TRUE', 'FALSE', 'IF']);

const FRIENDLY: ReadonlyMap<string, string> = new Map([
  ['PRINCIPAL_SLOT', '`?principal`'],
  ['RESOURCE_SLOT', '`?resource`'],
  ['IDENTIFIER', 'identifier'],
  ['NUMBER', 'number'],
  ['STRINGLIT', 'string literal'],
]);

/** ``expected `(` or identifier``; `undefined` if nothing that is worth a mention could have come. */
export function describeExpected(terminals: readonly string[]): string | undefined {
  const anyIdentifier = terminals.includes('IDENTIFIER');
  const expression = terminals.includes('"!"');
  const names = terminals.filter((name) => {
    if (IMPOSSIBLE.has(name)) return false;
    if (!anyIdentifier) return true;
    return !SPECIAL_IDENTIFIERS.has(name) && (expression || !EXPRESSION_WORDS.has(name));
  });
  if (names.length === 0) return undefined;
  const sorted = names.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return `expected ${conjunction(sorted.map(friendly), 'or')}`;
}

function friendly(name: string): string {
  if (name.startsWith('"')) return `\`${name.slice(1, -1)}\``;
  return FRIENDLY.get(name) ?? `\`${name.toLowerCase()}\``;
}
