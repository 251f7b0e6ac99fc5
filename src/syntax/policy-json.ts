/**
 * Policy JSON — policies and templates in the JSON policy format.
 *
 * Longs beyond 2^53 come out as bigint. Objects that are used as maps have no prototype.
 *
 * Docs:  Cedar policy language, JSON policy format
 */
import { compareCodePoints } from '../value/code-point.ts';
import { EntityUid } from '../value/entity-uid.ts';
import type { Pattern } from '../value/pattern.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Prim } from '../value/value.ts';
import { spine } from './core.ts';
import type { Expression } from './expression.ts';
import type { ActionScope, EntityUidOrSlot, Policy, Scope, TemplateLink } from './policy.ts';
import type { PolicySet } from './policy-set.ts';

/** JSON as JavaScript values; integers may be bigint. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

export function policyToJson(policy: Policy): Json {
  const json: Record<string, Json> = {
    effect: policy.effect,
    principal: scopeToJson(policy.principal),
    action: actionScopeToJson(policy.action),
    resource: scopeToJson(policy.resource),
    conditions: policy.conditions.map(({ kind, body }) => ({ kind, body: expressionToJson(body) })),
  };
  if (policy.annotations.length > 0) {
    json.annotations = mapOf(policy.annotations.map(({ key, value }) => [key, value ?? null]));
  }
  return json;
}

/** `{ staticPolicies, templates, templateLinks }`. */
export function policySetToJson(set: PolicySet): Json {
  const written = (ids: Iterable<{ readonly id: string }>) =>
    mapOf([...ids].map(({ id }): [string, Json] => [id, policyToJson(set.get(id)!)]));
  return {
    staticPolicies: written(set.staticPolicies()),
    templates: written(set.templates()),
    templateLinks: [...set.links()].map(linkToJson),
  };
}

function linkToJson({ id, templateId, slotEnv }: TemplateLink): Json {
  const values: [string, Json][] = [];
  if (slotEnv.principal !== undefined) values.push(['?principal', uidToJson(slotEnv.principal)]);
  if (slotEnv.resource !== undefined) values.push(['?resource', uidToJson(slotEnv.resource)]);
  return { templateId, newId: id, values: mapOf(values) };
}

function scopeToJson(scope: Scope): Json {
  switch (scope.kind) {
    case 'any':
      return { op: 'All' };
    case 'eq':
      return { op: '==', ...entityToJson(scope.entity) };
    case 'mem':
      return { op: 'in', ...entityToJson(scope.entity) };
    case 'is':
      return { op: 'is', entity_type: scope.type };
    case 'isMem':
      return { op: 'is', entity_type: scope.type, in: entityToJson(scope.entity) };
    default:
      return unreachable(scope);
  }
}

function actionScopeToJson(scope: ActionScope): Json {
  switch (scope.kind) {
    case 'any':
      return { op: 'All' };
    case 'eq':
      return { op: '==', entity: uidToJson(scope.uid) };
    case 'mem':
      return { op: 'in', entity: uidToJson(scope.uid) };
    case 'memAny':
      // A list of one is written like one, as the official build does.
      return scope.uids.length === 1
        ? { op: 'in', entity: uidToJson(scope.uids[0]!) }
        : { op: 'in', entities: scope.uids.map(uidToJson) };
    default:
      return unreachable(scope);
  }
}

function entityToJson(entity: EntityUidOrSlot): { readonly [key: string]: Json } {
  return entity.kind === 'slot' ? { slot: entity.slot } : { entity: uidToJson(entity.uid) };
}

function uidToJson({ type, id }: EntityUid): Json {
  return { type, id };
}

export function expressionToJson(e: Expression): Json {
  switch (e.kind) {
    case 'lit':
      return { Value: literalToJson(e.value) };
    case 'var':
      return { Var: e.name };
    case 'slot':
      return { Slot: e.slot };
    case 'ite':
      return {
        'if-then-else': {
          if: expressionToJson(e.test),
          then: expressionToJson(e.then),
          else: expressionToJson(e.else),
        },
      };
    case 'and':
    case 'or':
      return chainToJson(e);
    case 'unary':
      return { [e.op]: { arg: expressionToJson(e.arg) } };
    case 'binary':
      return { [e.op]: { left: expressionToJson(e.left), right: expressionToJson(e.right) } };
    case 'getAttr':
      return { '.': { left: expressionToJson(e.expr), attr: e.attr } };
    case 'hasAttr':
      return { has: { left: expressionToJson(e.expr), attr: e.attrs.length === 1 ? e.attrs[0]! : e.attrs } };
    case 'like':
      return { like: { left: expressionToJson(e.expr), pattern: patternToJson(e.pattern) } };
    case 'is':
      return { is: isToJson(e) };
    case 'set':
      return { Set: e.elements.map(expressionToJson) };
    case 'record':
      return { Record: recordToJson(e.fields, expressionToJson) };
    case 'call':
      return mapOf([[e.fn, e.args.map(expressionToJson)]]);
    case 'value':
      return { Value: valueToJson(e.expr) };
    default:
      return unreachable(e);
  }
}

function chainToJson(chain: Extract<Expression, { kind: 'and' | 'or' }>): Json {
  const operator = chain.kind === 'and' ? '&&' : '||';
  const operands = spine<Expression>(chain, chain.kind).map(expressionToJson);
  return operands.reduce((left, right) => ({ [operator]: { left, right } }));
}

function isToJson(e: Extract<Expression, { kind: 'is' }>): Json {
  const json = { left: expressionToJson(e.expr), entity_type: e.type };
  return e.in === undefined ? json : { ...json, in: expressionToJson(e.in) };
}

/** One element for each character, as the official build writes it. */
function patternToJson(pattern: Pattern): Json {
  return pattern.flatMap((part): Json[] =>
    part === null ? ['Wildcard'] : [...part].map((character) => ({ Literal: character })),
  );
}

function literalToJson(value: Prim): Json {
  return value instanceof EntityUid ? { __entity: uidToJson(value) } : value;
}

/** The inside of a `Value` that is not a primitive. */
function valueToJson(e: Expression): Json {
  switch (e.kind) {
    case 'lit':
      return literalToJson(e.value);
    case 'set':
      return e.elements.map(valueToJson);
    case 'record':
      return recordToJson(e.fields, valueToJson);
    case 'call': {
      const args = e.args.map(valueToJson);
      return { __extn: args.length === 1 ? { fn: e.fn, arg: args[0]! } : { fn: e.fn, args } };
    }
    default:
      return expressionToJson(e);
  }
}

function recordToJson(
  fields: Extract<Expression, { kind: 'record' }>['fields'],
  toJson: (e: Expression) => Json,
): Json {
  return mapOf(fields.map(({ name, expr }) => [name, toJson(expr)]));
}

/** An object without a prototype, its keys sorted. */
function mapOf(entries: readonly (readonly [string, Json])[]): Json {
  const map: Record<string, Json> = Object.create(null);
  for (const [key, value] of [...entries].sort((a, b) => compareCodePoints(a[0], b[0]))) map[key] = value;
  return map;
}
