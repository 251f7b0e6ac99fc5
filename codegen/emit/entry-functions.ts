/**
 * Request — the functions of a dispatcher that begin with a request as its asker has it.
 *
 *     isAllowed(request)     → boolean
 *     isAuthorized(request)  → Response
 *
 * Handles of the graph stand for their nodes. Where not all three are handles, the functions behind (`…ByText`) look names up in `named`, apart from
 * the first so that V8 keeps what it learns about either form apart. Whatever is left, and all that has a context, goes to `general`.
 */
import type { Expression, Statement } from 'estree';
import * as b from './estree.ts';

const SCOPE = ['principal', 'action', 'resource'] as const;
const REQUEST = b.id('request');

/** `checked`: the functions of the dispatcher may give `undefined` for requests that may not fit a schema. */
export function emitRequestFunctions(checked: boolean): Statement[] {
  return (['isAllowed', 'isAuthorized'] as const).flatMap((name) => [
    byText(name, answer(name, SCOPE.map(b.id), checked)),
    byHandles(name, answer(name, SCOPE.map(nodeOf), checked)),
  ]);
}

function byHandles(name: string, then: Statement[]): Statement {
  const foreign = SCOPE.map((part) => b.or(isNone(b.id(part)), b.not(isHandle(b.id(part)))));
  const hasContext = b.differ(b.member(REQUEST, 'context'), b.nothing);
  const other = b.returns(b.call(b.id(`${name}ByText`), REQUEST));
  const scope = SCOPE.map((part) => b.constant(part, b.member(REQUEST, part)));
  return b.func(name, ['request'], [...scope, b.ifThen([...foreign, hasContext].reduce(b.or), other), ...then]);
}

function byText(name: string, then: Statement[]): Statement {
  const scope = SCOPE.map((part) => {
    const given = b.member(REQUEST, part);
    const found = b.call(b.member(b.id('named'), 'get'), given);
    // Texts first: of a string V8 would have to find out that it has no such property.
    const isText = b.same(b.unary('typeof', given), b.literal('string'));
    const isNamed = [isText, isNone(given), b.not(isHandle(given))].reduce(b.or);
    return b.constant(part, b.conditional(isNamed, found, b.member(given, 'node')));
  });
  const hasContext = b.differ(b.member(REQUEST, 'context'), b.nothing);
  const unknown = [...SCOPE.map((part) => b.same(b.id(part), b.nothing)), hasContext].reduce(b.or);
  return b.func(`${name}ByText`, ['request'], [...scope, b.ifThen(unknown, general(name)), ...then]);
}

/** Two comparisons with what is known are cheaper than an optional chain, for which V8 asks the object. */
function isNone(given: Expression): Expression {
  return b.or(b.same(given, b.nothing), b.same(given, b.literal(null)));
}

function isHandle(given: Expression): Expression {
  return b.same(b.member(given, 'graph'), b.id('graph'));
}

function nodeOf(part: string): Expression {
  return b.member(b.id(part), 'node');
}

function general(name: string): Statement {
  return b.returns(b.call(b.member(b.id('general'), name), REQUEST));
}

function answer(name: 'isAllowed' | 'isAuthorized', nodes: readonly Expression[], checked: boolean): Statement[] {
  const scope = [...nodes, b.id('emptyContext')];
  if (name === 'isAllowed') {
    const decided = b.call(b.id('decide'), ...scope);
    if (!checked) return [b.returns(decided)];
    return [
      b.constant('allowed', decided),
      b.ifThen(b.same(b.id('allowed'), b.nothing), general(name)),
      b.returns(b.id('allowed')),
    ];
  }
  const satisfied = b.id('satisfied');
  const unchecked = checked ? [b.ifThen(b.same(satisfied, b.nothing), general(name))] : [];
  const isFine = b.same(b.member(b.id('errorLog'), 'erring'), b.nothing);
  const response = b.member(satisfied, 'response');
  const finished = b.call(b.member(b.id('errorLog'), 'finish'), satisfied);
  return [
    b.constant('satisfied', b.call(b.id('full'), ...scope, b.id('errorLog'), b.id('start'))),
    ...unchecked,
    b.returns(b.conditional(isFine, response, finished)),
  ];
}
