/**
 * Conformance — do entities, requests and contexts fit the schema?
 *
 * Whoever got past these checks may rely on the types that the validator gave to expressions: that is what makes validated policies free of type
 * errors.
 *
 * Spec:  Cedar.Validation.RequestEntityValidator: instanceOfType, instanceOfSchema, requestMatchesEnvironment
 */
import { type ActionEntry, declaresId, type EntityTypeEntry, type Schema } from '../../schema/schema.ts';
import type { AttributeType, RecordType, SchemaType } from '../../schema/type.ts';
import { compareCodePoints } from '../../value/code-point.ts';
import { Entities, type Entity } from '../../value/entities.ts';
import { type EntityType, EntityUid, isActionType } from '../../value/entity-uid.ts';
import { CedarRecord } from '../../value/record.ts';
import type { Request } from '../../value/request.ts';
import { CedarSet } from '../../value/set.ts';
import { findUnknown, Unknown } from '../../value/unknown.ts';
import { unreachable } from '../../value/unreachable.ts';
import type { Value } from '../../value/value.ts';
import { showType, showValue, typeOfValue } from '../wording/value-text.ts';
import * as problem from './conformance-error.ts';
import { ConformanceError, type Nonconformance } from './conformance-error.ts';

/** Why the value is not of that type; `undefined` if it is. */
export function mismatch(value: Value, type: SchemaType): string | undefined {
  // It may turn out to be of any type. Only callers that ask for unknowns meet one.
  if (value instanceof Unknown) return undefined;
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean' ? undefined : unexpected(value, type);
    case 'long':
      return typeof value === 'number' || typeof value === 'bigint' ? undefined : unexpected(value, type);
    case 'string':
      return typeof value === 'string' ? undefined : unexpected(value, type);
    case 'entity':
      return value instanceof EntityUid && value.type === type.name ? undefined : unexpected(value, type);
    case 'ext':
      return typeOfValue(value) === type.name ? undefined : unexpected(value, type);
    case 'set':
      if (!(value instanceof CedarSet)) return unexpected(value, type);
      return first(value.elements, (element) => mismatch(element, type.element));
    case 'record':
      if (!(value instanceof CedarRecord)) return unexpected(value, type);
      return recordMismatch(value, type);
    default:
      return unreachable(type);
  }
}

function unexpected(value: Value, type: SchemaType): string {
  return explain(type, `actually has type ${typeOfValue(value)}`, value);
}

function explain(type: SchemaType, reason: string, value: Value): string {
  return `type mismatch: value was expected to have type ${showType(type)}, but it ${reason}: \`${showValue(value)}\``;
}

function recordMismatch(record: CedarRecord, type: SchemaType & { kind: 'record' }): string | undefined {
  for (const [name, attribute] of type.attributes)
    if (attribute.required && !record.has(name))
      return explain(type, `is missing the required attribute \`${name}\``, record);
  const names = [...record.fields.keys()].sort(compareCodePoints);
  return first(names, (name) => {
    const attribute = type.attributes.get(name);
    if (attribute === undefined) return explain(type, `contains an unexpected attribute \`${name}\``, record);
    return mismatch(record.get(name)!, attribute.type);
  });
}

function first<T, P>(items: Iterable<T>, check: (item: T) => P | undefined): P | undefined {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Enumerated entities have one of their ids, actions are declared; nothing is said of other entities. */
function checkUid(uid: EntityUid, schema: Schema): Nonconformance | undefined {
  const entry = schema.entityTypes.get(uid.type);
  if (entry?.kind === 'enum' && !declaresId(entry, uid.id)) return problem.invalidEnumEntity(uid, entry.ids);
  return isActionType(uid.type) && !schema.actions.has(uid.key) ? problem.undeclaredAction(uid) : undefined;
}

export function checkUidsIn(value: Value, schema: Schema): Nonconformance | undefined {
  if (value instanceof EntityUid) return checkUid(value, schema);
  if (value instanceof CedarSet) return first(value.elements, (element) => checkUidsIn(element, schema));
  if (value instanceof CedarRecord) return first(value.fields.values(), (field) => checkUidsIn(field, schema));
  return undefined;
}

/** Does an entity that is not an action fit the schema? `parents` are checked too. */
export function checkEntity(entity: Entity, schema: Schema): Nonconformance | undefined {
  return checkEntityParts(entity, schema);
}

/** What is known of an entity; `undefined` parts are not known, and are not checked. */
export type EntityParts = Pick<Entity, 'uid'> & {
  readonly [part in 'attrs' | 'parents' | 'tags']?: Entity[part] | undefined;
};

/** The same for an entity of which only some parts are known. */
export function checkEntityParts(
  { uid, attrs, parents, tags }: EntityParts,
  schema: Schema,
): Nonconformance | undefined {
  const entry = schema.entityTypes.get(uid.type);
  if (entry === undefined) return problem.undeclaredEntityType(uid, schema);
  if (entry.kind === 'external') return problem.externalEntityType(uid);
  return (
    checkUid(uid, schema) ??
    (attrs && checkAttributes(uid, attrs, entry, schema)) ??
    first(parents ?? [], (parent) => checkParent(uid, parent, entry, schema)) ??
    (tags && checkTags(uid, tags, entry, schema))
  );
}

function checkAttributes(
  uid: EntityUid,
  attrs: Entity['attrs'],
  entry: EntityTypeEntry,
  schema: Schema,
): Nonconformance | undefined {
  const declared: ReadonlyMap<string, AttributeType> = entry.kind === 'standard' ? entry.attributes.attributes : NONE;
  for (const [name, { required }] of declared)
    if (required && !attrs.has(name)) return problem.missingAttribute(uid, name);
  return first(attrs, ([name, value]) => {
    const attribute = declared.get(name);
    if (attribute === undefined) return problem.unexpectedAttribute(uid, name, declared.keys());
    const wrong = mismatch(value, attribute.type);
    return wrong === undefined ? checkUidsIn(value, schema) : problem.typeMismatch(uid, 'attribute', name, wrong);
  });
}

const NONE: ReadonlyMap<string, never> = new Map<string, never>();

function checkTags(
  uid: EntityUid,
  tags: Entity['tags'],
  entry: EntityTypeEntry,
  schema: Schema,
): Nonconformance | undefined {
  const type = entry.kind === 'standard' ? entry.tags : undefined;
  return first(tags, ([name, value]) => {
    if (type === undefined) return problem.unexpectedTag(uid, name);
    const wrong = mismatch(value, type);
    return wrong === undefined ? checkUidsIn(value, schema) : problem.typeMismatch(uid, 'tag', name, wrong);
  });
}

/** May the entity have that parent? `entry` is that of its type. */
export function checkParent(
  uid: EntityUid,
  parent: EntityUid,
  entry: EntityTypeEntry,
  schema: Schema,
): Nonconformance | undefined {
  const allowed = entry.kind === 'standard' && entry.ancestors.has(parent.type);
  return checkUid(parent, schema) ?? (allowed ? undefined : problem.invalidAncestorType(uid, parent.type));
}

/**
 * Entities that fit the schema, with the schema's actions among them.
 *
 * Throws `ConformanceError`, and `EntitiesError` as `Entities.from` does.
 */
export function conformingEntities(given: Iterable<Entity>, schema: Schema): Entities {
  const entities = [...given];
  const others = entities.filter(({ uid }) => !isActionType(uid.type));
  const wrong = first(others, (entity) => checkEntity(entity, schema));
  if (wrong !== undefined) throw new ConformanceError(wrong);
  if (others.length < entities.length) checkActions(entities, schema);
  return Entities.from([...others, ...actionEntities(schema)]);
}

/** Actions may be given, but only as the schema declares them: with the same ancestors and nothing else. */
function checkActions(entities: readonly Entity[], schema: Schema): void {
  const closed = Entities.from(entities);
  for (const { uid } of entities) {
    if (!isActionType(uid.type)) continue;
    const declared = schema.actions.get(uid.key);
    if (declared === undefined) throw new ConformanceError(problem.undeclaredAction(uid));
    const { attrs, tags, ancestors } = closed.get(uid)!;
    if (attrs.size > 0 || tags.size > 0 || !hasAncestors(declared, ancestors))
      throw new ConformanceError(problem.actionMismatch(uid));
  }
}

function hasAncestors(declared: ActionEntry, keys: ReadonlySet<string>): boolean {
  return keys.size === declared.ancestors.length && declared.ancestors.every((ancestor) => keys.has(ancestor.key));
}

/** Is an action, given alone, as the schema declares it? The ancestors of its parents are those that the schema gives them. */
export function checkActionEntity({ uid, attrs, parents, tags }: Entity, schema: Schema): Nonconformance | undefined {
  const declared = schema.actions.get(uid.key);
  if (declared === undefined) return problem.undeclaredAction(uid);
  const above = parents.flatMap((parent) => [parent, ...(schema.actions.get(parent.key)?.ancestors ?? [])]);
  const alike = attrs.size === 0 && tags.size === 0 && hasAncestors(declared, new Set(above.map(({ key }) => key)));
  return alike ? undefined : problem.actionMismatch(uid);
}

/** The actions that a schema declares, as entities. */
export function actionEntities(schema: Schema): Entity[] {
  return [...schema.actions.values()].map(({ uid, parents }) => ({ uid, parents, attrs: NONE, tags: NONE }));
}

/** Does a request fit the schema? The first problem, in the order in which the official build looks. */
export function checkRequest(request: Request, schema: Schema): Nonconformance | undefined {
  const { principal, action, resource, context } = request;
  return checkRequestType({ principal: whole(principal), action, resource: whole(resource), context }, schema);
}

/** A principal or resource of which perhaps only the type is known. */
export interface TypedUid {
  readonly type: EntityType;
  readonly uid: EntityUid | undefined;
}

export function whole(uid: EntityUid): TypedUid {
  return { type: uid.type, uid };
}

/** A request of which parts may be unknown. */
export interface RequestType {
  readonly principal: TypedUid | undefined;
  readonly action: EntityUid | undefined;
  readonly resource: TypedUid | undefined;
  readonly context: CedarRecord | undefined;
}

/** The same for a request whose parts may be unknown; what is unknown is not checked, nor what depends on it. */
export function checkRequestType(request: RequestType, schema: Schema): Nonconformance | undefined {
  const { principal, action, resource } = request;
  return (
    (principal && checkScopeType('principal', principal, schema)) ??
    (resource && checkScopeType('resource', resource, schema)) ??
    (action && checkAction(action, request, schema))
  );
}

function checkAction(
  action: EntityUid,
  { principal, resource, context }: RequestType,
  schema: Schema,
): Nonconformance | undefined {
  const declared = schema.actions.get(action.key);
  if (declared === undefined) return problem.undeclaredRequestAction(action, schema);
  if (declared.external) return problem.externalAction(action);
  return (
    (principal && checkApplies('principal', principal, action, declared.appliesToPrincipal)) ??
    (resource && checkApplies('resource', resource, action, declared.appliesToResource)) ??
    (context && checkContext(context, action, schema))
  );
}

function checkScopeType(
  what: 'principal' | 'resource',
  { type, uid }: TypedUid,
  schema: Schema,
): Nonconformance | undefined {
  const entry = schema.entityTypes.get(type);
  if (entry === undefined) return problem.undeclaredScopeType(what, type, schema);
  const isUndeclared = uid !== undefined && entry.kind === 'enum' && !declaresId(entry, uid.id);
  return isUndeclared ? problem.invalidEnumEntity(uid, entry.ids) : undefined;
}

function checkApplies(
  what: 'principal' | 'resource',
  { type }: TypedUid,
  action: EntityUid,
  valid: ReadonlySet<string>,
): Nonconformance | undefined {
  return valid.has(type) ? undefined : problem.invalidScopeType(what, type, action, valid);
}

/** What is wrong with a context, and with which attribute of it. */
function contextReason(context: CedarRecord, { attributes }: RecordType): string {
  const missing = [...attributes].find(([name, { required }]) => required && !context.has(name));
  if (missing !== undefined) return `the attribute \`${missing[0]}\` is missing`;
  for (const [name, value] of context.fields) {
    const attribute = attributes.get(name);
    if (attribute === undefined) return `it has no attribute \`${name}\` according to the schema`;
    const wrong = mismatch(value, attribute.type);
    if (wrong !== undefined) return `in attribute \`${name}\`, ${wrong}`;
  }
  return 'it is of another type';
}

/** Does a context fit the action that it is for? */
export function checkContext(context: CedarRecord, action: EntityUid, schema: Schema): Nonconformance | undefined {
  const declared = schema.actions.get(action.key);
  if (declared === undefined) return problem.undeclaredRequestAction(action, schema);
  if (declared.external) return problem.externalAction(action);
  const wrong = checkUidsIn(context, schema);
  if (wrong !== undefined) return wrong;
  // The official build checks contexts as wholes: one that holds an unknown fits no type.
  if (findUnknown(context) === undefined && mismatch(context, declared.context) === undefined) return undefined;
  return problem.invalidContext(showValue(context), action, contextReason(context, declared.context));
}
