/**
 * Entry functions — the functions of a dispatcher that begin with a request as its asker has it.
 *
 *     isAllowed(request)     → boolean, or undefined
 *     isAuthorized(request)  → Response, or undefined
 *
 * Handles of the graph stand for their nodes. Where not all three are handles, the functions behind (`…ByText`) look names up in `named`; and where one is
 * an object such as `{ type, id }`, those behind these (`…ByUid`) look for its handle. All are apart so that V8 keeps what it learns about each form apart;
 * for the same reason contexts are read in functions of their own. They give `undefined` for whatever is left.
 *
 * INVARIANT: a member of the request is read once in each function, since it may be a getter; and nothing of the engine is touched before the last is.
 * A getter may also change policies or stores. So after the last one each function asks whether the cache still names it, and whether handles still are the
 * graph's; else the request is left to the slow path.
 */
import type { Expression, Identifier, Statement } from 'estree';
import { UNDECIDED } from './context-reader.ts';
import * as b from './estree.ts';

const SCOPE = ['principal', 'action', 'resource'] as const;
/** What a request has for each, before its node is known: as it was asked, and the key of that. */
export const KEYS = SCOPE.map((part) => {
  const name = `${part[0]!.toUpperCase()}${part.slice(1)}`;
  return { part, asked: b.id(`asked${name}`), given: b.id(`given${name}`) };
});
const REQUEST = b.id('request');
const GIVEN = b.id('given');
const CONTEXT = b.id('context');
const ASKED = b.id('asked');
const HAS_CONTEXT = b.differ(GIVEN, b.nothing);
const READ_CONTEXT = b.constant('given', b.member(REQUEST, 'context'));
const EMPTY = b.id('emptyContext');
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
  /** Contexts are read as a schema has them for the action; otherwise `contextOf` does not look at it. */
  readonly contextsByAction: boolean;
  /** Decides requests that have something else than keys: own objects (own-object-functions.ts), if emitted code reads these. */
  readonly others: (name: Name) => Expression;
}

export type Name = 'isAllowed' | 'isAuthorized';

export function emitEntryFunctions(options: EntryOptions): Statement[] {
  const functions = (['isAllowed', 'isAuthorized'] as const).flatMap((name) => [
    byKeys(name, 'ByUid', options),
    byKeys(name, 'ByText', options),
    ...withContext(name, options),
    byHandles(name, options),
  ]);
  return [handleFunction(), keyFunction(), ...functions];
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
      b.ifThen(foreign, b.returns(b.call(b.id(`${name}ByText`), REQUEST))),
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
  const read = (part: string, given: Expression) => b.constant(part, b.call(b.member(READER, 'scope'), given));
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

/** Three handles and a context, which says whether they still have nodes once it is read. */
function withContext(name: Name, options: EntryOptions): Statement[] {
  if (options.contextOf === undefined) return [];
  const gone = [b.same(CONTEXT, b.nothing), isUnknown(), isStale(name)].reduce(b.or);
  const body = [
    ...(options.contextsByAction ? askedAction(nodeOfHandle(b.id('givenAction'))) : []),
    b.constant('context', options.contextOf(ASKED)),
    ...nodesOfHandles(),
    b.ifThen(gone, UNDECIDED),
    ...answer(name, [...SCOPE.map(b.id), CONTEXT], true, options),
  ];
  return [b.func(`${name}InContext`, [...KEYS.map(({ given }) => given.name), 'given'], body)];
}

/** Texts and handles; or, with the functions `…ByUid`, these and objects. */
function byKeys(name: Name, suffix: 'ByText' | 'ByUid', options: EntryOptions): Statement {
  const uid = suffix === 'ByUid';
  const objects = KEYS.map(({ given }) => b.and(b.not(isText(given)), b.or(isNone(given), b.not(isOfStore(given)))));
  const left = uid ? options.others(name) : b.call(b.id(`${name}ByUid`), REQUEST);
  return b.func(
    `${name}${suffix}`,
    ['request'],
    [
      ...KEYS.flatMap(({ part, given, asked }) => readKey(b.member(REQUEST, part), given, uid ? asked : undefined)),
      READ_CONTEXT,
      b.ifThen(uid ? KEYS.map(({ given }) => isNone(given)).reduce(b.or) : objects.reduce(b.or), b.returns(left)),
      ...contextOfKeys(options),
      ...KEYS.map(({ part, given }) => b.constant(part, nodeOfKey(given))),
      b.ifThen(b.or(isUnknown(), isStale(name)), UNDECIDED),
      ...answer(name, [...SCOPE.map(b.id), CONTEXT], true, options),
    ],
  );
}

/** A text or a handle; with `asked` anything of which that is the key. */
function readKey(member: Expression, given: Identifier, asked: Identifier | undefined): Statement[] {
  if (asked === undefined) return [b.constant(given.name, member)];
  return [b.constant(asked.name, member), b.constant(given.name, b.call(b.id('keyOf'), asked))];
}

/** What is read: `uidFromInput`. `undefined` where that function is to look, or the store knows no such entity. */
function keyFunction(): Statement {
  const [type, id, proto, name] = [b.id('uidType'), b.id('uidId'), b.id('prototype'), b.id('memberName')];
  const take = (member: 'type' | 'id', as: 'uidType' | 'uidId') =>
    b.ifThen(b.same(name, b.literal(member)), b.assign(as, b.member(GIVEN, member)), b.leave('ofMember'));
  const isNoText = (member: Expression) => b.differ(b.unary('typeof', member), b.literal('string'));
  const isInherited = (member: string) => b.binary('in', b.literal(member), proto);
  const isOther = [
    b.differ(b.unary('typeof', GIVEN), b.literal('object')),
    b.differ(b.at(GIVEN, b.id('mapProbe')), b.nothing),
    b.call(b.id('isArray'), GIVEN),
  ];
  const isOdd = [b.same(proto, b.literal(null)), isInherited('type'), isInherited('id'), isNoText(type), isNoText(id)];
  const body = [
    b.ifThen([isText(GIVEN), isNone(GIVEN), isOfStore(GIVEN)].reduce(b.or), b.returns(GIVEN)),
    b.ifThen(isOther.reduce(b.or), UNDECIDED),
    b.constant('prototype', b.call(b.id('getPrototypeOf'), GIVEN)),
    b.variable('uidType'),
    b.variable('uidId'),
    b.forIn('memberName', GIVEN, [
      b.labelled('ofMember', [
        take('type', 'uidType'),
        take('id', 'uidId'),
        b.ifThen(b.call(b.id('isEscapeName'), name), UNDECIDED),
      ]),
    ]),
    b.ifThen(isOdd.reduce(b.or), UNDECIDED),
    b.returns(b.call(b.member(b.id('store'), 'find'), type, id)),
  ];
  return b.func('keyOf', ['given'], body);
}

/** With a schema the action's node is looked up for the context alone: reading that may have changed it. */
export function contextOfKeys({ contextOf, contextsByAction }: EntryOptions): Statement[] {
  if (contextOf === undefined) return [b.ifThen(HAS_CONTEXT, UNDECIDED), b.constant('context', EMPTY)];
  return [
    b.variable('context', EMPTY),
    b.ifThen(
      HAS_CONTEXT,
      ...(contextsByAction ? askedAction(nodeOfKey(b.id('givenAction'))) : []),
      b.assign('context', contextOf(ASKED)),
      b.ifThen(b.same(CONTEXT, b.nothing), UNDECIDED),
    ),
  ];
}

function askedAction(node: Expression): Statement[] {
  return [b.constant('asked', node), b.ifThen(b.same(ASKED, b.nothing), UNDECIDED)];
}

/** Two comparisons with known objects are cheaper than an optional chain, for which V8 asks the object. */
export function isNone(given: Expression): Expression {
  return b.or(b.same(given, b.nothing), b.same(given, b.literal(null)));
}

/** Texts first: of a string V8 would have to find out that it has no such property. */
function isText(given: Expression): Expression {
  return b.same(b.unary('typeof', given), b.literal('string'));
}

function isHandle(given: Expression): Expression {
  return b.same(b.member(given, 'graph'), b.id('graph'));
}

/** Whether it is a handle of the store, which may have the node of another engine's graph. */
function isOfStore(given: Expression): Expression {
  return b.call(b.id('isOfStore'), given);
}

function handleFunction(): Statement {
  const other = b.id('otherGraph');
  const sameStore = b.same(b.member(other, 'store'), b.id('store'));
  return b.func(
    'isOfStore',
    ['given'],
    [
      b.constant('otherGraph', b.member(GIVEN, 'graph')),
      b.returns(b.or(b.same(other, b.id('graph')), b.and(b.not(isNone(other)), sameStore))),
    ],
  );
}

/** `undefined` for what only has the members of a handle. Calls no code of the asker: see EntityHandle. */
function nodeOfHandle(given: Expression): Expression {
  return b.call(b.id('nodeIn'), given, b.id('graph'));
}

function nodesOfHandles(): Statement[] {
  return KEYS.map(({ part, given }) => b.constant(part, nodeOfHandle(given)));
}

export function isUnknown(): Expression {
  return SCOPE.map((part) => b.same(b.id(part), b.nothing)).reduce(b.or);
}

/** The node of a text, or of a handle, which may belong to another graph. */
export function nodeOfKey(key: Expression): Expression {
  const named = b.call(b.member(b.id('named'), 'get'), key);
  return b.conditional(isText(key), named, b.logical('??', nodeOfHandle(key), named));
}

/** Whether a getter has changed what the program was made of. */
export function isStale(name: Name): Expression {
  const cache = b.id('cache');
  return b.or(b.differ(b.member(cache, name), b.id(name)), b.same(b.member(cache, 'entities'), b.nothing));
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
