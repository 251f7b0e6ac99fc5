/**
 * Own object functions — the entry functions of requests that name principal, resource or both by objects of the application.
 *
 *     isAllowedByOwn(givenPrincipal, givenResource, knownPrincipal, action, knownResource, given, epoch)     → boolean, or undefined
 *     isAuthorizedByOwn(givenPrincipal, givenResource, knownPrincipal, action, knownResource, given, epoch)  → Response, or undefined
 *
 * The functions of uids (entry-functions.ts) call them where they do not know all nodes. The objects are read and linked by
 * runtime/graph/own-object-reader.ts; what was read becomes fields of nodes here, where all nodes are of one class. They give `undefined` for what is left
 * to the slow path.
 *
 * INVARIANT: objects and context are read, which may run code of the asker, before anything is linked or written.
 */
import type { Expression, Statement } from 'estree';
import type { Fields } from '../plan/node-fields.ts';
import { UNDECIDED } from './context-reader.ts';
import { contextOfUids, type EntryOptions, isOutdated, type Name } from './entry-functions.ts';
import * as b from './estree.ts';
import { PARAMETERS } from './reserved.ts';

const OWN = b.id('own');
const NODE = b.id('node');
const READER = b.id('ownObjects');
const ACTION = b.id('action');

/** Where a request may have an object: what it has there, the object that was read, and the node if it is a uid that the graph knows. */
const PARTS = (['Principal', 'Resource'] as const).map((part) => ({
  node: b.id(part.toLowerCase()),
  given: b.id(`given${part}`),
  own: b.id(`own${part}`),
  known: b.id(`known${part}`),
  read: b.member(READER, `read${part}`),
}));
const [PRINCIPAL, RESOURCE] = PARTS;

/** The call of one, for a request of which each member was read. */
export function callByOwn(name: Name): Expression {
  const nodes = [PRINCIPAL!.node, ACTION, RESOURCE!.node];
  return b.call(b.id(`${name}ByOwn`), ...PARTS.map(({ given }) => given), ...nodes, b.id('given'), b.id('epoch'));
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
  const isNone = (value: Expression) => b.same(value, b.nothing);
  const isLeft = [isNone(ACTION), ...PARTS.map(({ own, known }) => b.and(isNone(own), isNone(known)))];
  const link = b.call(b.member(READER, 'link'), ...PARTS.map(({ own }) => own));
  const given = [...PARTS.map((part) => part.given), PRINCIPAL!.known, ACTION, RESOURCE!.known];
  return b.func(
    `${name}ByOwn`,
    [...given.map((each) => each.name), 'given', 'epoch'],
    [
      ...PARTS.map(({ given, own, read }) => b.constant(own.name, b.call(read, given))),
      b.ifThen(isLeft.reduce(b.or), UNDECIDED),
      ...contextOfUids(options),
      b.ifThen(b.or(isOutdated(name), b.not(link)), UNDECIDED),
      ...PARTS.map(({ node, own, known }) =>
        b.constant(node.name, b.conditional(isNone(own), known, b.call(b.id('nodeOfOwn'), own))),
      ),
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
