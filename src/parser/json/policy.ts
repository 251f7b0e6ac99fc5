/**
 * JSON policy — policies and templates in the JSON policy format.
 *
 * Takes JSON as JavaScript values; integers may be bigint, `undefined` members count as absent. Spans are `undefined`.
 *
 * Docs:  Cedar policy language, JSON policy format
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import type { Expression } from '../../syntax/expression.ts';
import { isAnyIdentifier } from '../../syntax/identifier.ts';
import type { ActionScope, Annotation, Condition, EntityUidOrSlot, Policy, Scope } from '../../syntax/policy.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
import { JSON_DEPTH_LIMIT } from '../../value/json.ts';
import { quote } from '../../value/quote.ts';
import { ACTION_TYPE_HELP, conjunction } from '../error.ts';
import { expressionFromJson, type JsonContext, typeFromJson } from './expression.ts';
import {
  hasLoneSurrogate,
  isJsonObject,
  JsonError,
  type JsonObject,
  jsonArray,
  jsonEntries,
  jsonError,
  jsonFields,
  jsonMember,
  jsonString,
  jsonWord,
  oneOf,
  wrongJsonType,
} from './json-form.ts';
import { structureProblem } from './json-structure.ts';
import { uidFromJson } from './value.ts';

export type JsonPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly diagnostic: Diagnostic; readonly text: string | undefined };

export interface JsonPolicyOptions {
  /** Is `unknown` a legal extension function, as where partial evaluation is enabled? */
  readonly unknown?: boolean | undefined;
}

/** Reads a policy or template. */
export function policyFromJson(json: unknown, id = 'JSON policy', options: JsonPolicyOptions = {}): JsonPolicy {
  try {
    const problem = structureProblem(json);
    if (problem?.kind === 'tooDeep') throw jsonError(`JSON is nested more than ${JSON_DEPTH_LIMIT} levels deep`);
    if (problem !== undefined) throw jsonError(problem.message);
    if (hasLoneSurrogate(json)) throw jsonError('a string holds a lone surrogate, which is not a character');
    return { ok: true, policy: readPolicy(json, id, { policy: id, unknown: options.unknown === true }) };
  } catch (error) {
    if (error instanceof JsonError) return { ok: false, diagnostic: error.diagnostic, text: error.text };
    throw error;
  }
}

const FIELDS = ['effect', 'principal', 'action', 'resource', 'conditions', 'annotations'];

function readPolicy(json: unknown, id: string, context: JsonContext): Policy {
  if (Array.isArray(json) && json.length < FIELDS.length) {
    throw jsonError(`invalid length ${json.length}, expected struct Policy with 6 elements`);
  }
  const fields = jsonFields(json, 'struct Policy', FIELDS);
  for (const key of FIELDS.slice(0, 5)) jsonMember(fields, key);
  const effect = jsonWord(fields.effect, ['permit', 'forbid']);
  const annotations = readAnnotations(fields.annotations);
  const conditions = jsonArray(fields.conditions).map((condition) => readCondition(condition, context));
  const principal = readScope(fields.principal, 'PrincipalConstraint', '?principal');
  const action = readActionScope(fields.action);
  const resource = readScope(fields.resource, 'ResourceConstraint', '?resource');
  return { id, annotations, effect, principal, action, resource, conditions, span: undefined, source: undefined };
}

function readAnnotations(json: unknown): Annotation[] {
  if (json === undefined) return [];
  if (!isJsonObject(json)) throw wrongJsonType(json, 'a map');
  return jsonEntries(json).map(([key, value]) => {
    if (!isAnyIdentifier(key)) throw jsonError(`invalid id \`${key}\`: invalid token`);
    return { key, value: value === null ? undefined : jsonString(value), span: undefined };
  });
}

function readCondition(json: unknown, context: JsonContext): Condition {
  if (!isJsonObject(json)) throw wrongJsonType(json, 'adjacently tagged enum Clause');
  for (const [key] of jsonEntries(json)) {
    if (key !== 'kind' && key !== 'body') {
      throw jsonError(`invalid value: string ${JSON.stringify(key)}, expected "kind" or "body"`);
    }
  }
  const kind = jsonWord(jsonMember(json, 'kind'), ['when', 'unless']);
  const body = expressionFromJson(jsonMember(json, 'body'), context);
  const slot = findSlot(body);
  if (slot !== undefined) {
    const help = `slots are currently unsupported in \`${kind}\` clauses`;
    throw jsonError(`found template slot ${slot} in a \`${kind}\` clause`, help);
  }
  return { kind, body, span: undefined };
}

/** Some slot in an expression. JSON is too shallow for long chains. */
function findSlot(e: Expression): string | undefined {
  if (e.kind === 'slot') return e.slot;
  for (const child of childrenOf(e)) {
    const slot = findSlot(child);
    if (slot !== undefined) return slot;
  }
  return undefined;
}

function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'ite':
      return [e.test, e.then, e.else];
    case 'and':
    case 'or':
    case 'binary':
      return [e.left, e.right];
    case 'unary':
      return [e.arg];
    case 'getAttr':
    case 'hasAttr':
    case 'like':
      return [e.expr];
    case 'is':
      return e.in === undefined ? [e.expr] : [e.expr, e.in];
    case 'set':
      return e.elements;
    case 'record':
      return e.fields.map(({ expr }) => expr);
    case 'call':
      return e.args;
    default:
      return [];
  }
}

/** The object of a scope, and its operator. */
function readOperator(json: unknown, name: string, operators: readonly string[]): { fields: JsonObject; op: string } {
  if (Array.isArray(json) && json.length === 0) throw jsonError('missing field `op`');
  if (!isJsonObject(json)) throw wrongJsonType(json, `internally tagged enum ${name}`);
  const op = jsonMember(json, 'op');
  if (typeof op !== 'string') throw wrongJsonType(op, 'variant identifier');
  if (!operators.includes(op)) throw jsonError(`unknown variant \`${op}\`, expected ${oneOf(operators)}`);
  return { fields: json, op };
}

const IS_FIELDS = ['op', 'entity_type', 'in'];

function readScope(json: unknown, name: string, slot: '?principal' | '?resource'): Scope {
  const { fields, op } = readOperator(json, name, ['All', 'all', '==', 'in', 'is']);
  const span = undefined;
  switch (op) {
    case '==':
      return { kind: 'eq', entity: readEntity(fields, 'EqConstraint', slot), span };
    case 'in':
      return { kind: 'mem', entity: readEntity(fields, 'PrincipalOrResourceInConstraint', slot), span };
    case 'is': {
      for (const [key] of jsonEntries(fields)) {
        if (!IS_FIELDS.includes(key)) throw jsonError(`unknown field \`${key}\`, expected \`entity_type\` or \`in\``);
      }
      const type = typeFromJson(jsonString(jsonMember(fields, 'entity_type')));
      if (fields.in === undefined || fields.in === null) return { kind: 'is', type, typeSpan: undefined, span };
      const entity = readEntity(fields.in, 'PrincipalOrResourceInConstraint', slot);
      return { kind: 'isMem', type, typeSpan: undefined, entity, span };
    }
    default:
      return { kind: 'any', span };
  }
}

/** `{ entity }` or `{ slot }`; the entity wins. */
function readEntity(json: unknown, name: string, expected: '?principal' | '?resource'): EntityUidOrSlot {
  const mismatch = `data did not match any variant of untagged enum ${name}`;
  if (!isJsonObject(json)) throw jsonError(mismatch);
  if (json.entity !== undefined) return { kind: 'entityUid', uid: uidFromJson(json.entity), span: undefined };
  if (json.slot !== '?principal' && json.slot !== '?resource') throw jsonError(mismatch);
  if (json.slot === expected) return { kind: 'slot', slot: expected, span: undefined };
  throw jsonError(
    'invalid slot name or slot used in wrong position',
    'principal slots must be named `?principal` and resource slots must be named `?resource`',
  );
}

function readActionScope(json: unknown): ActionScope {
  const { fields, op } = readOperator(json, 'ActionConstraint', ['All', 'all', '==', 'in']);
  const span = undefined;
  switch (op) {
    case '==':
      return { kind: 'eq', uid: readAction(fields), uidSpan: undefined, span };
    case 'in':
      return readActionIn(fields);
    default:
      return { kind: 'any', span };
  }
}

function readAction({ entity, slot }: JsonObject): EntityUid {
  if (entity !== undefined) return requireActions([uidFromJson(entity)])[0]!;
  if (slot === '?principal' || slot === '?resource') throw jsonError('slots are not allowed for actions');
  throw jsonError('data did not match any variant of untagged enum EqConstraint');
}

function readActionIn({ entity, entities }: JsonObject): ActionScope {
  const span = undefined;
  if (entity !== undefined) {
    return { kind: 'mem', uid: requireActions([uidFromJson(entity)])[0]!, uidSpan: undefined, span };
  }
  if (!Array.isArray(entities)) throw jsonError('data did not match any variant of untagged enum ActionInConstraint');
  const uids = requireActions(entities.map(uidFromJson));
  return { kind: 'memAny', uids, uidSpans: uids.map(() => undefined), span };
}

/** The last component of the type of every uid in an action scope must be `Action`. */
function requireActions(uids: readonly EntityUid[]): readonly EntityUid[] {
  const wrong = uids.filter(({ type }) => !isActionType(type)).map(({ type, id }) => `\`${type}::${quote(id)}\``);
  if (wrong.length === 0) return uids;
  const subject = wrong.length > 1 ? 'entity uids' : 'an entity uid';
  throw jsonError(`expected ${subject} with type \`Action\` but got ${conjunction(wrong)}`, ACTION_TYPE_HELP);
}
