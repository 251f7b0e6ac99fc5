/**
 * Expected — what a schema could have said at the place of a syntax error, in the words of the official parser.
 *
 * Terminals bear the names of its grammar, because their order in a message is that of these names.
 */

/** Words that mean something somewhere in a schema; all of them are identifiers too. */
export const KEYWORDS = {
  action: 'ACTION',
  appliesTo: 'APPLIESTO',
  attributes: 'ATTRIBUTES',
  Bool: 'BOOL',
  context: 'CONTEXT',
  entity: 'ENTITY',
  enum: 'ENUM',
  external: 'EXTERNAL',
  in: 'IN',
  Long: 'LONG',
  namespace: 'NAMESPACE',
  principal: 'PRINCIPAL',
  resource: 'RESOURCE',
  Set: 'SET',
  String: 'STRING',
  tags: 'TAGS',
  type: 'TYPE',
} as const;

export type Keyword = keyof typeof KEYWORDS;

const MARKS = [',', ';', ':', '::', '{', '}', '[', ']', '<', '>', '=', '?', '@', '(', ')'] as const;

export type Punctuation = (typeof MARKS)[number];

export const PUNCTUATION: ReadonlySet<string> = new Set(MARKS);

/** A terminal by the name it has in the official grammar. */
export type Terminal = (typeof KEYWORDS)[Keyword] | 'IDENTIFIER' | 'STRINGLIT' | `"${Punctuation}"`;

/** Where any identifier can stand, so can each of these. */
export const IDENTIFIER_TERMINALS: readonly Terminal[] = ['IDENTIFIER', ...Object.values(KEYWORDS)];

/** The official grammar has no friendly word for these, and shows their names. */
const UNFRIENDLY: ReadonlySet<string> = new Set(['APPLIESTO', 'ATTRIBUTES']);

const FRIENDLY: ReadonlyMap<string, string> = new Map([
  ['IDENTIFIER', 'identifier'],
  ['STRINGLIT', 'string literal'],
  ...Object.entries(KEYWORDS)
    .filter(([, terminal]) => !UNFRIENDLY.has(terminal))
    .map(([word, terminal]): [string, string] => [terminal, `\`${word}\``]),
]);

/** `expected A, B, or C`; where any identifier would do, the words that happen to be one are left out. */
export function expectedText(terminals: ReadonlySet<Terminal>): string | undefined {
  const any = terminals.has('IDENTIFIER');
  const shown = [...terminals].filter((each) => !any || !isWord(each) || (each === 'SET' && terminals.has('"{"')));
  if (shown.length === 0) return undefined;
  return `expected ${joinWith('or', shown.sort().map(friendly))}`;
}

function isWord(terminal: Terminal): boolean {
  return terminal !== 'IDENTIFIER' && terminal !== 'STRINGLIT' && !terminal.startsWith('"');
}

function friendly(terminal: Terminal): string {
  return FRIENDLY.get(terminal) ?? terminal.replaceAll('"', '`');
}

/** `a`, `a or b`, `a, b, or c`. */
export function joinWith(conjunction: string, items: readonly string[]): string {
  if (items.length < 3) return items.join(` ${conjunction} `);
  return `${items.slice(0, -1).join(', ')}, ${conjunction} ${items.at(-1)}`;
}
