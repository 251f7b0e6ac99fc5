/**
 * Names — every entity type, action and enumerated entity that a policy mentions must be declared, also where the code is dead.
 */

import { declaresId, type Schema } from '../../schema/schema.ts';
import type { Expr } from '../../syntax/core.ts';
import type { CorePolicy } from '../../syntax/core-policy.ts';
import type { Scope, Source } from '../../syntax/policy.ts';
import type { Span } from '../../syntax/span.ts';
import { type EntityType, EntityUid, isActionType } from '../../value/entity-uid.ts';
import { has } from '../../value/own-member.ts';
import { subexpressions } from '../typecheck/subexpressions.ts';
import { enumEntity, type Problem, unrecognizedAction, unrecognizedEntityType } from './validation-error.ts';

interface Mentioned {
  readonly uids: readonly { readonly uid: EntityUid; readonly span: Span | undefined }[];
  readonly types: readonly { readonly type: EntityType; readonly span: Span | undefined }[];
}

export function undeclaredNames(policy: CorePolicy, schema: Schema): Problem[] {
  const { uids, types } = mentioned(policy);
  const uidProblems = uids.flatMap(({ uid, span }) => uidProblem(uid, span, schema) ?? []);
  return [...types, ...uids.map(({ uid, span }) => ({ type: uid.type, span: typeSpan(span, policy.source) }))]
    .filter(({ type }) => !isDeclared(type, schema))
    .map(({ type, span }) => unrecognizedEntityType(type, span, schema))
    .concat(uidProblems);
}

/** Actions are looked at one by one, so their types need no declaration. */
export function isDeclared(type: EntityType, schema: Schema): boolean {
  return isActionType(type) || schema.entityTypes.has(type);
}

function uidProblem(uid: EntityUid, span: Span | undefined, schema: Schema): Problem | undefined {
  if (isActionType(uid.type)) return schema.actions.has(uid.key) ? undefined : unrecognizedAction(uid, span, schema);
  const entry = schema.entityTypes.get(uid.type);
  return entry?.kind === 'enum' && !declaresId(entry, uid.id) ? enumEntity(uid, entry.ids, span) : undefined;
}

function mentioned({ principal, action, resource, condition }: CorePolicy): Mentioned {
  const scopes = [principal, resource];
  const inClauses = [...subexpressions(condition)];
  return {
    uids: [...scopes.flatMap(uidOfScope), ...uidsOfAction(action), ...inClauses.flatMap(uidOfExpr)],
    types: [...scopes.flatMap(typeOfScope), ...inClauses.flatMap(typeOfIs)],
  };
}

function uidOfScope(scope: Scope) {
  return has(scope, 'entity') && scope.entity.kind === 'entityUid' ? [scope.entity] : [];
}

function typeOfScope(scope: Scope) {
  return has(scope, 'type') ? [{ type: scope.type, span: scope.typeSpan }] : [];
}

function uidsOfAction(action: CorePolicy['action']) {
  if (has(action, 'uids')) return action.uids.map((uid, i) => ({ uid, span: action.uidSpans[i] }));
  return has(action, 'uid') ? [{ uid: action.uid, span: action.uidSpan }] : [];
}

function uidOfExpr(e: Expr) {
  return e.kind === 'lit' && e.value instanceof EntityUid ? [{ uid: e.value, span: e.span }] : [];
}

function typeOfIs(e: Expr) {
  return e.kind === 'unaryApp' && e.op.kind === 'is' ? [{ type: e.op.type, span: e.op.typeSpan }] : [];
}

const GAP = String.raw`(?:\s|//[^\n\r]*)*`;
const TYPE_NAME = new RegExp(String.raw`[A-Za-z_]\w*(?:${GAP}::${GAP}[A-Za-z_]\w*)*`, 'y');

/** The part of a written uid that names its type. */
function typeSpan(span: Span | undefined, source: Source | undefined): Span | undefined {
  if (span === undefined || source === undefined) return span;
  TYPE_NAME.lastIndex = span.start;
  const name = TYPE_NAME.exec(source.text);
  return name === null ? span : { start: span.start, end: span.start + name[0].length };
}
