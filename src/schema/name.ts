/**
 * Name — what a name in a schema may be, and which names mean something already.
 *
 * Docs: Schema grammar: Reserved names
 */
import { Lexer } from '../parser/text/lexer.ts';
import { COLON_COLON, EOF, INVALID, isIdentifier } from '../parser/text/token.ts';
import { compareCodePoints } from '../value/code-point.ts';
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

/** The order in which the official build lists names: by the last part, then by what is before it. */
export function compareNames(a: string, b: string): number {
  return compareCodePoints(basename(a), basename(b)) || comparePaths(a.split('::'), b.split('::'));
}

function comparePaths(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 || b[at] === undefined ? a.length - b.length : compareCodePoints(a[at]!, b[at]);
}

/** Does a declaration of this name hide a builtin type? */
export function isBuiltinName(name: string): boolean {
  return BUILTIN_TYPES.has(name);
}

/** How deep types may be nested, as written and after their common types are expanded. */
export const TYPE_NESTING_LIMIT = 400;

/** What a name is for. The first three are one identifier (`AnyId` may be a reserved word), the others a path; messages use these words. */
export type NameSyntax = 'AnyId' | 'Id' | 'Unreserved Id' | 'Name' | 'internal name';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Why the text is not such a name in normal form, in the words of the official parser; `undefined` if it is one. */
export function nameProblem(text: string, syntax: NameSyntax): string | undefined {
  const parts = isPath(syntax) ? text.split('::') : [text];
  if (!parts.every((part) => IDENTIFIER.test(part))) return syntaxProblem(text, syntax);
  const word = syntax === 'AnyId' ? undefined : parts.find((part) => RESERVED_WORDS.has(part));
  if (word === undefined) return undefined;
  if (isPath(syntax) && EXPRESSION_WORDS.has(text)) return 'unexpected end of input';
  return `this identifier is reserved and cannot be used: ${word}`;
}

/** Alone, these begin an expression, and so the official parser looks for its rest. */
const EXPRESSION_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'if']);

function isPath(syntax: NameSyntax): boolean {
  return syntax === 'Name' || syntax === 'internal name';
}

/** What the parser of policies stumbles over in a text that is not in normal form. */
function syntaxProblem(text: string, syntax: NameSyntax): string | undefined {
  const lexer = new Lexer(text);
  const parts: string[] = [];
  for (let separated = true; lexer.token !== EOF; separated = !separated, lexer.next()) {
    if (lexer.token === INVALID) return 'invalid token';
    const possible = separated ? isIdentifier(lexer.token) : isPath(syntax) && lexer.token === COLON_COLON;
    if (!possible) return `unexpected token \`${lexer.slice()}\``;
    parts.push(lexer.slice());
  }
  if (parts.length % 2 === 0) return 'unexpected end of input';
  return (
    nameProblem(parts.join(''), syntax) ?? `\`${syntax}\` needs to be normalized (e.g., whitespace removed): ${text}`
  );
}
