/**
 * Entry functions — the functions of a dispatcher that take the request as the caller wrote it.
 *
 *     isAllowed(request)     → boolean, or undefined
 *     isAuthorized(request)  → Response, or undefined
 *
 * A handle of the graph holds its node. If any of the three is not a handle, `…ByText` looks names up in `named`. The two forms are two functions, so V8
 * keeps separate type feedback for each. Both answer `undefined` for what they do not take; then the request reader decides.
 *
 * INVARIANT: each function reads a member of the request once, since it may be a getter, and touches nothing of the engine before the last is read.
 */
import type { Expression, Statement } from 'estree';
import * as b from './estree.ts';

const SCOPE = ['principal', 'action', 'resource'] as const;
const REQUEST = b.id('request');
const HAS_CONTEXT = b.differ(b.member(REQUEST, 'context'), b.nothing);

/** `checked`: the functions of the dispatcher may give `undefined` for requests that may not fit a schema. */
export function emitRequestFunctions(checked: boolean): Statement[] {
  return (['isAllowed', 'isAuthorized'] as const).flatMap((name) => [
    byText(name, answer(name, SCOPE.map(b.id), checked)),
    byHandles(name, answer(name, SCOPE.map(nodeOf), checked)),
  ]);
}

function byHandles(name: string, then: Statement[]): Statement {
  const foreign = SCOPE.map((part) => b.or(isNone(b.id(part)), b.not(isHandle(b.id(part)))));
  const other = b.returns(b.call(b.id(`${name}ByText`), REQUEST));
  const scope = SCOPE.map((part) => b.constant(part, b.member(REQUEST, part)));
  return b.func(name, ['request'], [...scope, b.ifThen([...foreign, HAS_CONTEXT].reduce(b.or), other), ...then]);
}

function byText(name: string, then: Statement[]): Statement {
  const scope = SCOPE.flatMap((part) => {
    const given = b.id(`given${part[0]!.toUpperCase()}${part.slice(1)}`);
    const found = b.call(b.member(b.id('named'), 'get'), given);
    // Texts first: of a string V8 would have to find out that it has no such property.
    const isText = b.same(b.unary('typeof', given), b.literal('string'));
    const isNamed = [isText, isNone(given), b.not(isHandle(given))].reduce(b.or);
    return [
      b.constant(given.name, b.member(REQUEST, part)),
      b.constant(part, b.conditional(isNamed, found, b.member(given, 'node'))),
    ];
  });
  const unknown = [...SCOPE.map((part) => b.same(b.id(part), b.nothing)), HAS_CONTEXT].reduce(b.or);
  return b.func(`${name}ByText`, ['request'], [...scope, b.ifThen(unknown, b.returns(b.nothing)), ...then]);
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

function answer(name: 'isAllowed' | 'isAuthorized', nodes: readonly Expression[], checked: boolean): Statement[] {
  const scope = [...nodes, b.id('emptyContext')];
  if (name === 'isAllowed') return [b.returns(b.call(b.id('decide'), ...scope))];
  const satisfied = b.id('satisfied');
  const errorLog = b.id('errorLog');
  const undecided = checked ? [b.ifThen(b.same(satisfied, b.nothing), b.returns(b.nothing))] : [];
  const isFine = b.same(b.member(errorLog, 'erring'), b.nothing);
  const finished = b.call(b.member(errorLog, 'finish'), satisfied);
  return [
    b.expression(b.call(b.member(errorLog, 'begin'))),
    b.constant('satisfied', b.call(b.id('full'), ...scope, errorLog, b.id('start'))),
    ...undecided,
    b.returns(b.conditional(isFine, b.member(satisfied, 'response'), finished)),
  ];
}
