/**
 * Entry functions — the functions of a dispatcher that begin with a request as its asker has it.
 *
 *     isAllowed(request)     → boolean, or undefined
 *     isAuthorized(request)  → Response, or undefined
 *
 * Handles of the graph stand for their nodes. Where not all three are handles, the functions behind (`…ByUids`) look texts up in `named`, and read objects such as
 * `{ type, id }`. They are apart so that V8 keeps what it learns about each form apart; for the same reason contexts are read in functions of their own. They
 * give `undefined` for whatever is left.
 *
 * INVARIANT: a member of the request is read once in each function, since it may be a getter. A getter may also change policies or stores. So after the last
 * one each function asks whether the cache still names it, and whether the nodes that it found before are still the graph's (`epoch`); else the request is
 * left to the slow path.
 */
import type { Expression, Statement } from 'estree';
import { UNDECIDED } from './context-reader.ts';
import * as b from './estree.ts';

const SCOPE = ['principal', 'action', 'resource'] as const;
/** What a request has for each, before its node is known. */
const KEYS = SCOPE.map((part) => ({ part, given: b.id(`given${part[0]!.toUpperCase()}${part.slice(1)}`) }));
const REQUEST = b.id('request');
const GIVEN = b.id('given');
const CONTEXT = b.id('context');
const HAS_CONTEXT = b.differ(GIVEN, b.nothing);
const READ_CONTEXT = b.constant('given', b.member(REQUEST, 'context'));
const EMPTY = b.id('emptyContext');
const ACTIONS = b.member(b.id('graph'), 'actions');
const EPOCH = b.constant('epoch', b.member(b.id('graph'), 'epoch'));
const READER = b.id('reader');

/** The functions that take a request as its asker has it. */
export const ENTRY_FUNCTIONS = ['isAllowed', 'isAuthorized'];
/** Those that take the entities with it. */
export const CALL_FUNCTIONS = ['isAllowedInCall', 'isAuthorizedInCall'];

export interface EntryOptions {
  /** The functions of the dispatcher may give `undefined` for requests that may not fit a schema. */
  readonly checked: boolean;
  /** The context node of `given` in a request for this action; `undefined` if contexts are left to others. */
  readonly contextOf: ((action: Expression) => Expression) | undefined;
  /** Decides requests that have something else than uids that the graph knows: own objects (own-object-functions.ts), if emitted code reads these. */
  readonly others: (name: Name) => Expression;
}

export type Name = 'isAllowed' | 'isAuthorized';

export function emitEntryFunctions(options: EntryOptions): Statement[] {
  const functions = (['isAllowed', 'isAuthorized'] as const).flatMap((name) => [
    byUids(name, options),
    ...withContext(name, options),
    byHandles(name, options),
  ]);
  return [
    uidFunction('nodeOfUid', ['given', 'lookup'], b.member(b.id('lookup'), 'find')),
    uidFunction('actionOfUid', ['given'], b.member(ACTIONS, 'ofUid')),
    ...functions,
  ];
}

function byHandles(name: Name, options: EntryOptions): Statement {
  const foreign = KEYS.map(({ given }) => b.or(isNone(given), b.not(isHandle(given)))).reduce(b.or);
  const inContext = b.call(b.id(`${name}InContext`), ...KEYS.map(({ given }) => given), GIVEN);
  return b.func(
    name,
    ['request'],
    [
      ...KEYS.map(({ part, given }) => b.constant(given.name, b.member(REQUEST, part))),
      READ_CONTEXT,
      b.ifThen(foreign, b.returns(b.call(b.id(`${name}ByUids`), REQUEST))),
      b.ifThen(HAS_CONTEXT, b.returns(options.contextOf === undefined ? b.nothing : inContext)),
      ...nodesOfHandles(),
      b.ifThen(b.or(isUnknown(), isStale(name)), UNDECIDED),
      ...answer(name, [...SCOPE.map(b.id), EMPTY], false, options),
    ],
  );
}

/**
 * The functions of requests that bring their entities, which `reader` turns into nodes (runtime/graph/call-reader.ts). The engine tells them from others, and
 * whether the program was changed meanwhile.
 */
export function emitCallFunctions(options: EntryOptions): Statement[] {
  return (['isAllowed', 'isAuthorized'] as const).map((name) => inCall(name, options));
}

function inCall(name: Name, { checked, contextOf }: EntryOptions): Statement {
  const [principal, , resource] = KEYS.map(({ given }) => given);
  const read = (part: 'principal' | 'resource', given: Expression) =>
    b.constant(part, b.call(b.member(READER, part), given));
  const begun = b.call(b.member(READER, 'begin'), b.id('list'), b.id('readAttributes'), principal!, resource!);
  const unread = SCOPE.map((part) => b.same(b.id(part), b.nothing)).reduce(b.or);
  const context =
    contextOf === undefined
      ? [b.ifThen(HAS_CONTEXT, UNDECIDED), b.constant('context', EMPTY)]
      : [b.constant('context', b.conditional(HAS_CONTEXT, contextOf(b.id('action')), EMPTY))];
  return b.func(
    `${name}InCall`,
    ['request', 'reader', 'list'],
    [
      b.constant(principal!.name, b.member(REQUEST, 'principal')),
      b.constant(resource!.name, b.member(REQUEST, 'resource')),
      b.ifThen(b.not(begun), UNDECIDED),
      b.constant('action', b.call(b.member(READER, 'action'), b.member(REQUEST, 'action'))),
      read('principal', principal!),
      read('resource', resource!),
      READ_CONTEXT,
      b.ifThen(unread, UNDECIDED),
      ...context,
      b.ifThen(b.same(CONTEXT, b.nothing), UNDECIDED),
      ...answerInCall(name, checked),
    ],
  );
}

/** What tags lead to may turn out unreadable while policies run. */
function answerInCall(name: Name, checked: boolean): Statement[] {
  const isUnread = b.member(READER, 'isUnread');
  const scope = [...SCOPE.map(b.id), CONTEXT];
  if (name === 'isAllowed')
    return [
      b.constant('allowed', b.call(b.id('decide'), ...scope)),
      b.returns(b.conditional(isUnread, b.nothing, b.id('allowed'))),
    ];
  const satisfied = b.id('satisfied');
  const errorLog = b.id('errorLog');
  const undecided = checked ? b.or(isUnread, b.same(satisfied, b.nothing)) : isUnread;
  const isFine = b.same(b.member(errorLog, 'erring'), b.nothing);
  const finished = b.call(b.member(errorLog, 'finish'), satisfied, b.id('contexts'), GIVEN);
  return [
    b.expression(b.call(b.member(errorLog, 'begin'))),
    b.constant('satisfied', b.call(b.id('full'), ...scope, errorLog, b.id('start'))),
    b.ifThen(undecided, UNDECIDED),
    b.returns(b.conditional(isFine, b.member(satisfied, 'response'), finished)),
  ];
}

/** Three handles and a context. */
function withContext(name: Name, options: EntryOptions): Statement[] {
  const { contextOf } = options;
  if (contextOf === undefined) return [];
  const body = [
    EPOCH,
    ...nodesOfHandles(),
    b.ifThen(isUnknown(), UNDECIDED),
    b.constant('context', contextOf(b.id('action'))),
    b.ifThen(b.or(b.same(CONTEXT, b.nothing), isOutdated(name)), UNDECIDED),
    ...answer(name, [...SCOPE.map(b.id), CONTEXT], true, options),
  ];
  return [b.func(`${name}InContext`, [...KEYS.map(({ given }) => given.name), 'given'], body)];
}

/** Uids in any form. */
function byUids(name: Name, options: EntryOptions): Statement {
  return b.func(
    `${name}ByUids`,
    ['request'],
    [
      ...KEYS.map(({ part, given }) => b.constant(given.name, b.member(REQUEST, part))),
      READ_CONTEXT,
      EPOCH,
      ...KEYS.map(({ part, given }) => b.constant(part, nodeOfGiven(part, given))),
      b.ifThen(isUnknown(), b.returns(options.others(name))),
      ...contextOfUids(options),
      b.ifThen(isOutdated(name), UNDECIDED),
      ...answer(name, [...SCOPE.map(b.id), CONTEXT], true, options),
    ],
  );
}

function nodeOfGiven(part: (typeof SCOPE)[number], given: Expression): Expression {
  if (part === 'action')
    return b.conditional(isText(given), b.call(b.member(ACTIONS, 'ofText'), given), b.call(b.id('actionOfUid'), given));
  const lookup = b.member(b.id('graph'), `${part}s`);
  return b.conditional(isText(given), named(given), b.call(b.id('nodeOfUid'), given, lookup));
}

export function contextOfUids({ contextOf }: EntryOptions): Statement[] {
  if (contextOf === undefined) return [b.ifThen(HAS_CONTEXT, UNDECIDED), b.constant('context', EMPTY)];
  return [
    b.constant('context', b.conditional(HAS_CONTEXT, contextOf(b.id('action')), EMPTY)),
    b.ifThen(b.same(CONTEXT, b.nothing), UNDECIDED),
  ];
}

/**
 * The node of a uid that is an object, which is read as `uidFromInput` does; `undefined` where that function is to look, or the graph has no such node. Most
 * are plain objects, so it asks first whether it is one: to ask whether it is a handle costs a search for a member that it does not have.
 */
function uidFunction(name: string, params: readonly string[], found: Expression): Statement {
  const [type, id, proto, memberName] = [b.id('uidType'), b.id('uidId'), b.id('prototype'), b.id('memberName')];
  const take = (member: 'type' | 'id', as: 'uidType' | 'uidId') =>
    b.ifThen(b.same(memberName, b.literal(member)), b.assign(as, b.member(GIVEN, member)), b.leave('ofMember'));
  const isNoText = (member: Expression) => b.differ(b.unary('typeof', member), b.literal('string'));
  const isInherited = (member: string) => b.binary('in', b.literal(member), proto);
  const isOther = [
    b.differ(b.unary('typeof', GIVEN), b.literal('object')),
    b.same(GIVEN, b.literal(null)),
    b.differ(b.at(GIVEN, b.id('mapProbe')), b.nothing),
    b.call(b.id('isArray'), GIVEN),
  ];
  const isOdd = [isInherited('type'), isInherited('id'), isNoText(type), isNoText(id)];
  const body = [
    b.ifThen(isOther.reduce(b.or), UNDECIDED),
    b.constant('prototype', b.call(b.id('getPrototypeOf'), GIVEN)),
    b.ifThen(
      b.differ(proto, b.id('objectPrototype')),
      b.constant('known', nodeOfHandle(GIVEN)),
      b.ifThen(b.differ(b.id('known'), b.nothing), b.returns(b.id('known'))),
      b.ifThen(b.same(proto, b.literal(null)), UNDECIDED),
    ),
    b.variable('uidType'),
    b.variable('uidId'),
    b.forIn('memberName', GIVEN, [
      b.labelled('ofMember', [
        take('type', 'uidType'),
        take('id', 'uidId'),
        b.ifThen(b.call(b.id('isEscapeName'), memberName), UNDECIDED),
      ]),
    ]),
    b.ifThen(isOdd.reduce(b.or), UNDECIDED),
    b.returns(b.call(found, type, id)),
  ];
  return b.func(name, params, body);
}

/** Two comparisons with known objects are cheaper than an optional chain, for which V8 asks the object. */
function isNone(given: Expression): Expression {
  return b.or(b.same(given, b.nothing), b.same(given, b.literal(null)));
}

/** Texts first: of a string V8 would have to find out that it has no such property. */
function isText(given: Expression): Expression {
  return b.same(b.unary('typeof', given), b.literal('string'));
}

function isHandle(given: Expression): Expression {
  return b.same(b.member(given, 'graph'), b.id('graph'));
}

/** `undefined` for what only has the members of a handle. Calls no code of the asker: see EntityHandle. */
function nodeOfOwnHandle(given: Expression): Expression {
  return b.call(b.id('nodeIn'), given, b.id('graph'));
}

/** The same of a handle that may have the node of another engine's graph. */
function nodeOfHandle(given: Expression): Expression {
  return b.logical('??', nodeOfOwnHandle(given), named(given));
}

function named(given: Expression): Expression {
  return b.call(b.member(b.id('named'), 'get'), given);
}

function nodesOfHandles(): Statement[] {
  return KEYS.map(({ part, given }) => b.constant(part, nodeOfOwnHandle(given)));
}

function isUnknown(): Expression {
  return SCOPE.map((part) => b.same(b.id(part), b.nothing)).reduce(b.or);
}

/** Whether a getter has changed what the program was made of. */
function isStale(name: Name): Expression {
  const cache = b.id('cache');
  return b.or(b.differ(b.member(cache, name), b.id(name)), b.same(b.member(cache, 'entities'), b.nothing));
}

/** The same, or the nodes that were found before may be nobody's. */
export function isOutdated(name: Name): Expression {
  return b.or(isStale(name), b.differ(b.member(b.id('graph'), 'epoch'), b.id('epoch')));
}

function answer(name: Name, scope: readonly Expression[], mayHaveContext: boolean, { checked }: EntryOptions) {
  if (name === 'isAllowed') return [b.returns(b.call(b.id('decide'), ...scope))];
  const satisfied = b.id('satisfied');
  const errorLog = b.id('errorLog');
  const undecided = checked ? [b.ifThen(b.same(satisfied, b.nothing), UNDECIDED)] : [];
  const isFine = b.same(b.member(errorLog, 'erring'), b.nothing);
  const kept = mayHaveContext ? [b.id('contexts'), GIVEN] : [];
  const finished = b.call(b.member(errorLog, 'finish'), satisfied, ...kept);
  return [
    b.expression(b.call(b.member(errorLog, 'begin'))),
    b.constant('satisfied', b.call(b.id('full'), ...scope, errorLog, b.id('start'))),
    ...undecided,
    b.returns(b.conditional(isFine, b.member(satisfied, 'response'), finished)),
  ];
}
