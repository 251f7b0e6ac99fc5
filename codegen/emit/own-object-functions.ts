/**
 * Own object functions — the entry functions of requests that name principal, resource or both by objects of the application.
 *
 *     isAllowedByOwn(request)     → boolean, or undefined
 *     isAuthorizedByOwn(request)  → Response, or undefined
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
  READ_CONTEXT,
  REQUEST,
} from './entry-functions.ts';
import * as b from './estree.ts';
import { PARAMETERS } from './reserved.ts';

const OWN = b.id('own');
const NODE = b.id('node');
const READER = b.id('ownObjects');
/** Where a request may have an object. */
const OWN_PARTS = KEYS.filter(({ part }) => part !== 'action').map(({ part, given }) => ({
  ...{ part, given, own: b.id(part === 'principal' ? 'ownPrincipal' : 'ownResource') },
}));

export function emitOwnObjectFunctions(options: EntryOptions): Statement[] {
  const { fields } = options;
  if (fields === undefined) return [];
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
  const isOwn = (part: Expression) => b.differ(part, b.nothing);
  const link = b.call(b.member(READER, 'link'), ...OWN_PARTS.map(({ own }) => own));
  const keys = OWN_PARTS.map(({ given, own }) =>
    b.ifThen(b.same(own, b.nothing), b.assign(given.name, b.call(b.id('keyOf'), given))),
  );
  const parts = OWN_PARTS.map(({ part, given, own }) =>
    b.constant(part, b.conditional(isOwn(own), b.call(b.id('nodeOfOwn'), own), nodeOfKey(given))),
  );
  const [, action] = KEYS;
  return b.func(
    `${name}ByOwn`,
    ['request'],
    [
      ...OWN_PARTS.map(({ part, given }) => b.variable(given.name, b.member(REQUEST, part))),
      ...OWN_PARTS.map(({ given, own }) => b.constant(own.name, b.call(b.member(READER, 'read'), given))),
      b.ifThen(OWN_PARTS.map(({ own }) => b.same(own, b.nothing)).reduce(b.and), UNDECIDED),
      ...keys,
      b.constant(action!.given.name, b.call(b.id('keyOf'), b.member(REQUEST, 'action'))),
      READ_CONTEXT,
      b.ifThen(KEYS.map(({ given }) => isNone(given)).reduce(b.or), UNDECIDED),
      ...contextOfKeys(options),
      b.ifThen(b.or(isStale(name), b.not(link)), UNDECIDED),
      ...parts,
      b.constant('action', nodeOfKey(action!.given)),
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
