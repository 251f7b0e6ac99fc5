/**
 * Typecheck attribute — `.` and `has`, `getTag` and `hasTag`: what may be absent must be tested first.
 *
 * An entity may be missing from the store, where `has` is false; so `has` of a required attribute is true for records only.
 *
 * Spec:  Cedar.Validation.Typechecker: typeOfGetAttr, typeOfHasAttr, typeOfGetTag, typeOfHasTag
 */

import type { Schema } from '../../schema/schema.ts';
import { isActionType } from '../../value/entity-uid.ts';
import { has } from '../../value/own-member.ts';
import {
  ANY_ENTITY,
  ANY_RECORD,
  type Attribute,
  attributesOfEntry,
  BOOL,
  entityTypesOf,
  FALSE,
  STRING,
  TRUE,
  type Type,
  tagTypesOf,
} from '../type.ts';
import { nearestName } from '../wording/nearest-name.ts';
import {
  type Advice,
  incompatibleTypes,
  noTagsAllowed,
  TRY,
  unsafeAttributeAccess,
  unsafeOptionalAttributeAccess,
  unsafeTagAccess,
} from '../wording/validation-error.ts';
import { attributeAccess } from './attribute-access.ts';
import { attributeCapability, type Known, tagCapability } from './capability.ts';
import { type Answer, answerFrom, type Checker, failure } from './checker.ts';
import { leastUpperBoundOf, permissiveAttributes } from './least-upper-bound.ts';
import type { ExprOf } from './typed-expression.ts';
import { typedBinaryApp, typedGetAttr, typedHasAttr } from './typed-node.ts';

const HAS_ATTRIBUTES = [ANY_ENTITY, ANY_RECORD];
const ENTITY = [ANY_ENTITY];
const TEXT = [STRING];

function adviceForHas({ kind }: Type): Advice | undefined {
  if (kind === 'set') return TRY.contains;
  return kind === 'string' ? TRY.like : undefined;
}

/** The attributes that a value of this type is known to have. */
function attributesOf(type: Type, schema: Schema): ReadonlyMap<string, Attribute> {
  if (type.kind === 'record') return type.attributes;
  const maps = (entityTypesOf(type) ?? []).map((name) => attributesOfEntry(schema.entityTypes.get(name)));
  return maps.length === 0 ? new Map() : maps.reduce(permissiveAttributes);
}

/** May a value of this type have the attribute, even if not all do? */
function mayHaveAttribute(type: Type, attr: string, schema: Schema): boolean {
  if (type.kind === 'never' || type.kind === 'anyEntity') return true;
  if (type.kind === 'record') return type.open === true || type.attributes.has(attr);
  return (entityTypesOf(type) ?? []).some((name) => {
    const entry = schema.entityTypes.get(name);
    // Nothing is known of a type that is not declared; actions have no attributes.
    return entry === undefined ? !isActionType(name) : attributesOfEntry(entry).has(attr);
  });
}

export function typeOfGetAttr(checker: Checker, expr: ExprOf<'getAttr'>, known: Known): Answer {
  const { schema, environment } = checker;
  const { attr, span } = expr;
  const receiver = checker.expect(
    expr.expr,
    known,
    HAS_ATTRIBUTES,
    checker.tested.has(expr) ? adviceForHas : undefined,
  );
  const { type } = receiver.typed;
  if (type === undefined) return failure(typedGetAttr(expr, receiver, undefined));
  const attributes = attributesOf(type, schema);
  const attribute = attributes.get(attr);
  const typed = typedGetAttr(expr, receiver, attribute?.type);
  if (attribute === undefined) {
    const access = attributeAccess(receiver.typed, attr, environment);
    const suggestion = nearestName(attr, attributes.keys());
    checker.report(unsafeAttributeAccess(access, suggestion, mayHaveAttribute(type, attr, schema), span));
    return failure(typed);
  }
  if (attribute.required || known.has(attributeCapability(checker.keys, expr.expr, attr)))
    return answerFrom([receiver], typed);
  checker.report(unsafeOptionalAttributeAccess(attributeAccess(receiver.typed, attr, environment), span));
  return failure(typed);
}

export function typeOfHasAttr(checker: Checker, expr: ExprOf<'hasAttr'>, known: Known): Answer {
  const { schema } = checker;
  const receiver = checker.expect(expr.expr, known, HAS_ATTRIBUTES, adviceForHas);
  const { type } = receiver.typed;
  if (type === undefined) return failure(typedHasAttr(expr, receiver, BOOL));
  const attribute = attributesOf(type, schema).get(expr.attr);
  if (attribute === undefined) {
    const possible = mayHaveAttribute(type, expr.attr, schema);
    return answerFrom([receiver], typedHasAttr(expr, receiver, possible ? BOOL : FALSE));
  }
  const capability = attributeCapability(checker.keys, expr.expr, expr.attr);
  const certain = (attribute.required && type.kind === 'record') || known.has(capability);
  return answerFrom([receiver], typedHasAttr(expr, receiver, certain ? TRUE : BOOL), [capability]);
}

export function typeOfHasTag(checker: Checker, expr: ExprOf<'binaryApp'>, known: Known): Answer {
  const receiver = checker.expect(expr.left, known, ENTITY);
  const tag = checker.expect(expr.right, known, TEXT);
  if (receiver.typed.type === undefined) return failure(typedBinaryApp(expr, receiver, tag, undefined));
  const capability = tagCapability(checker.keys, expr.left, expr.right);
  const possible = tagTypesOf(entityTypesOf(receiver.typed.type), checker.schema).length > 0;
  const type = possible ? (known.has(capability) ? TRUE : BOOL) : FALSE;
  return answerFrom([receiver, tag], typedBinaryApp(expr, receiver, tag, type), [capability]);
}

export function typeOfGetTag(checker: Checker, expr: ExprOf<'binaryApp'>, known: Known): Answer {
  const receiver = checker.expect(expr.left, known, ENTITY);
  const tag = checker.expect(expr.right, known, TEXT);
  const fail = () => failure(typedBinaryApp(expr, receiver, tag, undefined));
  if (receiver.typed.type === undefined) return fail();
  const types = entityTypesOf(receiver.typed.type);
  const only = types?.length === 1 ? types[0] : undefined;
  if (!known.has(tagCapability(checker.keys, expr.left, expr.right))) {
    checker.report(unsafeTagAccess(only, tag.typed, expr.span));
    return fail();
  }
  const tagTypes = tagTypesOf(types, checker.schema);
  if (tagTypes.length === 0) {
    checker.report(noTagsAllowed(only, expr.span));
    return fail();
  }
  const bound = leastUpperBoundOf(tagTypes, checker.mode);
  if (has(bound, 'type')) return answerFrom([receiver, tag], typedBinaryApp(expr, receiver, tag, bound.type));
  checker.report(incompatibleTypes(tagTypes, bound.problem, 'getTag', expr.span));
  return fail();
}
