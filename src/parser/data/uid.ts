/**
 * Data uid — the one reader of entity uids, whatever form they are given in and wherever they come in.
 *
 *     text | { type, id } | { __entity: { type, id } } | EntityUid → EntityUid, or throws DataError
 *
 * All forms are held to the same rules: the type is a name in normal form without reserved words, the id has no half characters. JSON as the official
 * build takes it (`asJson`) has no uids as text.
 *
 * Docs:  Cedar policy language, JSON entity format
 */
import { EntityUid } from '../../value/entity-uid.ts';
import { ownMember } from '../../value/own-member.ts';
import { readEntityUid, readName } from '../text/name-text.ts';
import { DataError, type DataPath } from './data-path.ts';
import type { DataOptions } from './value.ts';

const UID_HELP = 'literal entity references can be made with `{ "type": "SomeType", "id": "SomeId" }`';
const ENTITY_HELP = 'an __entity escape should have a value like `{ "type": "SomeType", "id": "SomeId" }`';
export const EXPR_HELP =
  'to create an entity reference, use `__entity`; to create an extension value, use `__extn`; and for all other values, use JSON directly';

/** Throws `DataError` with the path and what would be right. */
export function uidFromData(data: unknown, place: DataPath, { asJson }: DataOptions = {}): EntityUid {
  if (typeof data === 'string' && !asJson) return uidFromText(data, place);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return refuse(data, place);
  if (hasOnlyTypeAndId(data)) return uidFromMembers(data, place) ?? refuse(data, place);
  if (typeof ownMember(data, '__expr') === 'string')
    throw new DataError(place, 'the `__expr` escape is no longer supported', EXPR_HELP);
  const inner = ownMember(data, '__entity');
  const escaped = typeof inner === 'object' && inner !== null ? uidFromMembers(inner, place) : undefined;
  return escaped ?? uidFromMembers(data, place) ?? refuse(data, place);
}

/** `undefined` if there are no two texts `type` and `id`. Each member is read once. */
export function uidFromMembers(data: object, place: DataPath): EntityUid | undefined {
  const { type, id } = hasOnlyTypeAndId(data) ? data : { type: ownMember(data, 'type'), id: ownMember(data, 'id') };
  if (typeof type !== 'string' || typeof id !== 'string') return undefined;
  if (!isKnownName(type)) requireName(type, id, place);
  if (!id.isWellFormed()) throw new DataError(place.at('id'), 'lone surrogate in a string');
  return new EntityUid(type, id);
}

/**
 * Whether it is an object literal, or of JSON, with these members and no others. A loop lists them by V8's enum cache, which costs less than asking
 * `ownMember` for one. It lists inherited ones too, so none may be inherited.
 */
function hasOnlyTypeAndId(data: object): data is { readonly type: unknown; readonly id: unknown } {
  if (Object.getPrototypeOf(data) !== OBJECT_PROTOTYPE || 'type' in OBJECT_PROTOTYPE || 'id' in OBJECT_PROTOTYPE)
    return false;
  let members = 0;
  for (const name in data) {
    if (name !== 'type' && name !== 'id') return false;
    members++;
  }
  return members === 2;
}

const OBJECT_PROTOTYPE: object = Object.prototype;

/** Types that were found well written: data name few of them, often. */
const KNOWN_NAMES = new Set<string>();
const KNOWN_AT_MOST = 4096;
/** No reserved word begins with a capital; so types that are named as is the custom need no parser. */
const CAPITALIZED = /^[A-Z]\w*(?:::[A-Z]\w*)*$/;

/** Whether the text is an entity type. */
export function isEntityType(type: string): boolean {
  return isKnownName(type) || readName(type, 'Name').ok;
}

function isKnownName(type: string): boolean {
  if (KNOWN_NAMES.has(type)) return true;
  if (!CAPITALIZED.test(type)) return false;
  remember(type);
  return true;
}

function remember(type: string): void {
  if (KNOWN_NAMES.size < KNOWN_AT_MOST) KNOWN_NAMES.add(type);
}

function requireName(type: string, id: string, place: DataPath): void {
  const read = readName(type, 'Name');
  if (!read.ok) {
    const shown = `{\n  "type": ${JSON.stringify(type)},\n  "id": ${JSON.stringify(id)}\n}`;
    const message = `failed to parse escape \`__entity\`: ${shown}, errors: ${read.problem}`;
    const detail = `\`${type}\` is not an entity type: ${read.problem}; a type is a name such as \`User\` or \`Shop::Customer\``;
    throw new DataError(place, message, ENTITY_HELP, 'bare', detail, { text: type, labels: 'name' });
  }
  remember(type);
}

/** The parts of `User::"alice"` where nothing is escaped; whatever else there is, the parser looks at. */
const PLAIN = /^([A-Za-z_]\w*(?:::[A-Za-z_]\w*)*)::"([^"\\\r]*)"$/;

function uidFromText(text: string, place: DataPath): EntityUid {
  if (!text.isWellFormed()) throw new DataError(place, 'lone surrogate in a string');
  const [, type, id] = PLAIN.exec(text) ?? [];
  if (type !== undefined && id !== undefined && isKnownName(type)) return new EntityUid(type, id);
  const read = readEntityUid(text);
  if (read.ok) return read.value;
  throw new DataError(place, `\`${text}\` is not an entity uid: ${read.problem}; ${textAdvice(text)}`);
}

/** A uid has quotes around its id, which is what is mostly missing. */
function textAdvice(text: string): string {
  const [, type, id] = /^((?:[A-Za-z_]\w*::)*[A-Za-z_]\w*)::['"]?([^'"\\]+?)['"]?$/.exec(text) ?? [];
  if (type !== undefined) return `write \`${type}::${JSON.stringify(id)}\``;
  return /^[\w.@-]+$/.test(text)
    ? `write its type and its id in quotes, such as \`User::${JSON.stringify(text)}\``
    : 'write a type and an id in quotes, such as `User::"alice"`';
}

function refuse(data: unknown, place: DataPath): never {
  const message = `expected a literal entity reference, but got \`${shownJson(data)}\``;
  throw new DataError(place, message, UID_HELP, 'placed', `${message}: ${advice(data)}`);
}

const FORMS = 'give text such as `User::"alice"`, or `{ type: "User", id: "alice" }`';

function advice(data: unknown): string {
  if (data === undefined) return `it is missing; ${FORMS}`;
  const given = membersOfUid(data);
  if (given === undefined) return FORMS;
  for (const name of ['type', 'id'] as const) {
    const member = ownMember(given, name);
    if (member === undefined) return `\`${name}\` is missing; ${FORMS}`;
    if (typeof member === 'number' || typeof member === 'bigint')
      return `\`${name}\` is a ${typeof member}, and must be a string: \`"${member}"\``;
    if (typeof member !== 'string') return `\`${name}\` must be a string`;
  }
  return FORMS;
}

/** The object that should have a type and an id. */
function membersOfUid(data: unknown): object | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  const inner = ownMember(data, '__entity');
  return typeof inner === 'object' && inner !== null ? inner : data;
}

/** As JSON, with bigints as they are written in JavaScript; what has no JSON is named by its type. */
function shownJson(data: unknown): string {
  try {
    const text = JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
    return text === undefined ? typeof data : text.replace(/"(-?\d+n)"/g, '$1');
  } catch {
    return typeof data;
  }
}
