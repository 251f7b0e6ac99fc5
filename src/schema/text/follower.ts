/**
 * Follower — what may come after a thing, in one place of a schema text or another.
 *
 * The official parser shares its states between all places where the same thing may stand. Before a token that may follow it anywhere, the thing
 * is complete; only then comes the question whether that token may follow it here. Its messages depend on this.
 *
 * Words and punctuation stand for themselves, `"` for a string, `identifier` for an identifier that is not a keyword, the empty string for the end.
 */
import { KEYWORDS } from './expected.ts';

type Followers = ReadonlySet<string>;

/** After the name of a type. */
export const AFTER_PATH: Followers = new Set([',', ';', ']', '}', '>', '=', '{', 'tags']);

/** After the name of a parent action. */
export const AFTER_ACTION: Followers = new Set([',', ';', ']', 'appliesTo', 'attributes']);

/** After the names of entity types, and of actions, that a declaration is about. */
export const AFTER_ENTITY_NAMES: Followers = new Set([';', 'in', '=', '{', 'tags', 'enum']);
export const AFTER_ACTION_NAMES: Followers = new Set([';', 'in', 'appliesTo', 'attributes']);

export const AFTER_IDENTIFIER: Followers = new Set([...AFTER_PATH, ...AFTER_ACTION, '::', ':', '?', 'in', 'enum']);

export const AFTER_STRING: Followers = new Set([...AFTER_ACTION, ')', ':', '?', 'in']);

/** After a type, which a lone `Set` can be. */
export const AFTER_TYPE: Followers = new Set([',', ';', '}', '>']);

export const AFTER_DECLARATION: Followers = new Set([
  '@',
  '}',
  'action',
  'entity',
  'external',
  'type',
  'namespace',
  '',
]);

/** After an annotation without a value. */
export const AFTER_ANNOTATION: Followers = new Set(['"', 'identifier', ...Object.keys(KEYWORDS)]);
