/**
 * Name — what a name in a schema may be, and which names mean something already.
 *
 * Docs: Schema grammar: Reserved names
 */
import { Lexer } from '../parser/lexer.ts';
import { COLON_COLON, EOF, INVALID, isIdentifier } from '../parser/token.ts';
import type { ExtensionTypeName, SchemaType } from './type.ts';

/** Words of the policy language; never an identifier. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set([
  'true',
  'false',
  'if',
  'then',
  'else',
  'in',
  'is',
  'like',
  'has',
]);

/** The namespace of the builtin types. */
export const CEDAR_NAMESPACE = '__cedar';

/** The entity type of actions, in every namespace that declares one. */
export const ACTION = 'Action';

/** The last part of a name. */
export function basename(name: string): string {
  return name.slice(name.lastIndexOf(':') + 1);
}

/** Does the name have `__cedar` for a part? Then nobody may declare it. */
export function isReservedName(name: string): boolean {
  return name.split('::').includes(CEDAR_NAMESPACE);
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'Bool',
  'Boolean',
  'Entity',
  'Extension',
  'Long',
  'Record',
  'Set',
  'String',
]);

/** Is this a word of the JSON format's types, and so no name for a common type? */
export function isReservedKeyword(name: string): boolean {
  return KEYWORDS.has(name);
}

export const EXTENSION_TYPES: readonly ExtensionTypeName[] = ['ipaddr', 'decimal', 'datetime', 'duration'];

/** The types of `__cedar`, by the names they have there. */
export const BUILTIN_TYPES: ReadonlyMap<string, SchemaType> = new Map<string, SchemaType>([
  ['Bool', { kind: 'bool' }],
  ['Long', { kind: 'long' }],
  ['String', { kind: 'string' }],
  ...EXTENSION_TYPES.map((name): [string, SchemaType] => [name, { kind: 'ext', name }]),
]);

/** Does a declaration of this name hide a builtin type? */
export function isBuiltinName(name: string): boolean {
  return BUILTIN_TYPES.has(name);
}

/** How deep types may be nested, as written and after their common types are expanded. */
export const TYPE_NESTING_LIMIT = 400;

/** `AnyId` may be a reserved word, `Id` may not, `Name` is one or more of these between `::`. */
export type NameSyntax = 'AnyId' | 'Id' | 'Name';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why the text is not such a name in normal form, in the words of the official parser; `undefined` if it is one. */
export function nameProblem(text: string, syntax: NameSyntax): string | undefined {
  const parts = syntax === 'Name' ? text.split('::') : [text];
  if (!parts.every((part) => IDENTIFIER.test(part))) return syntaxProblem(text, syntax);
  const word = syntax === 'AnyId' ? undefined : parts.find((part) => RESERVED_WORDS.has(part));
  return word === undefined ? undefined : `this identifier is reserved and cannot be used: ${word}`;
}

/** What the parser of policies stumbles over in a text that is not in normal form. */
function syntaxProblem(text: string, syntax: NameSyntax): string {
  const cursor = new Lexer(text);
  let expected: 'identifier' | 'separator' = 'identifier';
  while (cursor.token !== EOF) {
    const possible: boolean =
      expected === 'identifier' ? isIdentifier(cursor.token) : syntax === 'Name' && cursor.token === COLON_COLON;
    if (cursor.token === INVALID) return 'invalid token';
    if (!possible) return `unexpected token \`${cursor.slice()}\``;
    expected = expected === 'identifier' ? 'separator' : 'identifier';
    cursor.next();
  }
  if (expected === 'identifier') return 'unexpected end of input';
  const kind = syntax === 'AnyId' ? 'Id' : syntax;
  return `\`${kind}\` needs to be normalized (e.g., whitespace removed): ${text}`;
}
