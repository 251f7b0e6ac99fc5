/**
 * Own object functions — the entry functions of requests that name principal, resource or both by objects of the application.
 *
 *     isAllowedByOwn(askedPrincipal, askedResource, …keys, given)     → boolean, or undefined
 *     isAuthorizedByOwn(askedPrincipal, askedResource, …keys, given)  → Response, or undefined
 *
 * The objects are read and linked by runtime/graph/own-object-reader.ts; what was read becomes fields of nodes here, where all nodes are of one class. Like
 * all entry functions (entry-functions.ts) they give `undefined` for what is left to the slow path.
 *
 * INVARIANT: objects and context are read, which may run code of the asker, before anything is linked or written.
 */
import type { Expression, Statement } from 'estree';
import type { Fields } from '../plan/node-fields.ts';
import { UNDECIDED } from './context-reader.ts';
import {
  contextOfKeys,
  type EntryOptions,
  isNone,
  isStale,
  isUnknown,
  KEYS,
  type Name,
  nodeOfKey,
} from './entry-functions.ts';
import * as b from './estree.ts';
import { PARAMETERS } from './reserved.ts';

const OWN = b.id('own');
const NODE = b.id('node');
const READER = b.id('ownObjects');
const ACTION = b.id('givenAction');
const PRINCIPAL = { own: b.id('ownPrincipal'), read: b.member(READER, 'readPrincipal') };
const RESOURCE = { own: b.id('ownResource'), read: b.member(READER, 'readResource') };
/** Where a request may have an object, and the variables of what it has there, of the object that was read, and of the key if it is none. */
const OWN_PARTS = KEYS.filter(({ part }) => part !== 'action').map((key) => ({
  ...key,
  ...(key.part === 'principal' ? PRINCIPAL : RESOURCE),
}));

/** The call of one, for a request of which each member was read; `asked` are what it has for principal and resource. */
export function callByOwn(name: Name): Expression {
  const asked = OWN_PARTS.map((each) => each.asked);
  return b.call(b.id(`${name}ByOwn`), ...asked, ...KEYS.map(({ given }) => given), b.id('given'));
}

export function emitOwnObjectFunctions(fields: Fields, options: EntryOptions): Statement[] {
  return [nodeFunction(fields), ...(['isAllowed', 'isAuthorized'] as const).map((name) => byOwn(name, options))];
}

/** Writes every field of the node, which stood for another object in the request before. */
function nodeFunction(fields: Fields): Statement {
  const take = (field: string, member: string) => b.assignTo(b.member(NODE, field), b.member(OWN, member));
  return b.func(
    'nodeOfOwn',
    ['own'],
    [
      b.constant('node', b.member(OWN, 'node')),
      b.constant('values', b.member(OWN, 'values')),
      take('$is', 'source'),
      take('$type', 'type'),
      take('$mask', 'mask'),
      take('$ancestors', 'ancestors'),
      ...fields.entries().map(([, field], i) => b.assignTo(b.member(NODE, field), b.at(b.id('values'), b.literal(i)))),
      b.returns(NODE),
    ],
  );
}

function byOwn(name: Name, options: EntryOptions): Statement {
  const isLeft = [isNone(ACTION), ...OWN_PARTS.map(({ own, given }) => b.and(b.same(own, b.nothing), isNone(given)))];
  const isOwn = (part: Expression) => b.differ(part, b.nothing);
  const link = b.call(b.member(READER, 'link'), ...OWN_PARTS.map(({ own }) => own));
  const parts = OWN_PARTS.map(({ part, given, own }) =>
    b.constant(part, b.conditional(isOwn(own), b.call(b.id('nodeOfOwn'), own), nodeOfKey(given))),
  );
  return b.func(
    `${name}ByOwn`,
    [...OWN_PARTS.map(({ asked }) => asked.name), ...KEYS.map(({ given }) => given.name), 'given'],
    [
      ...OWN_PARTS.map(({ asked, own, read }) => b.constant(own.name, b.call(read, asked))),
      b.ifThen(isLeft.reduce(b.or), UNDECIDED),
      ...contextOfKeys(options),
      b.ifThen(b.or(isStale(name), b.not(link)), UNDECIDED),
      ...parts,
      b.constant('action', nodeOfKey(ACTION)),
      b.ifThen(isUnknown(), UNDECIDED),
      ...answer(name, options),
    ],
  );
}

/** What errors say is worked out while the nodes are out of use: it may run code of the asker, who may ask the same engine. */
function answer(name: Name, { checked }: EntryOptions): Statement[] {
  const scope = PARAMETERS.map(b.id);
  if (name === 'isAllowed') return [b.returns(b.call(b.id('decide'), ...scope))];
  const satisfied = b.id('satisfied');
  const errorLog = b.id('errorLog');
  return [
    b.expression(b.call(b.member(errorLog, 'begin'))),
    b.constant('satisfied', b.call(b.id('full'), ...scope, errorLog, b.id('start'))),
    ...(checked ? [b.ifThen(b.same(satisfied, b.nothing), UNDECIDED)] : []),
    b.ifThen(b.same(b.member(errorLog, 'erring'), b.nothing), b.returns(b.member(satisfied, 'response'))),
    b.expression(b.call(b.member(READER, 'renew'))),
    b.returns(b.call(b.member(errorLog, 'finish'), satisfied, b.id('contexts'), b.id('given'))),
  ];
}
