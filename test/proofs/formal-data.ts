/**
 * Formal data — our trees and values as those of the JavaScript that Dafny made of the formal model.
 *
 * Strings stay what they are: Dafny's characters are UTF-16 code units here, and its JavaScript keeps strings as strings.
 */
import {
  BigNumber,
  type Datum,
  dafny,
  EntityStore,
  Exprs,
  ExtFuns,
  Hierarchy,
  Policies,
  Templates,
  Values,
  Wildcard,
} from '../../proofs/generated/model.js';
import type { BinaryOp, Expr, ExtFun, UnaryOp, Var } from '../../src/syntax/core.ts';
import { spine } from '../../src/syntax/core.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import type { ActionScope, EntityUidOrSlot, Scope, SlotEnv } from '../../src/syntax/policy.ts';
import { Datetime } from '../../src/value/datetime.ts';
import { Decimal } from '../../src/value/decimal.ts';
import { Duration } from '../../src/value/duration.ts';
import type { Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { IpAddr } from '../../src/value/ipaddr.ts';
import type { Pattern } from '../../src/value/pattern.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import { CedarSet } from '../../src/value/set.ts';
import { Unknown } from '../../src/value/unknown.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Value } from '../../src/value/value.ts';

export function integer(n: number | bigint): unknown {
  return new BigNumber(String(n));
}

export function formalUid(uid: EntityUid): Datum {
  return Values.EntityUID.create_EntityUID(uid.type, uid.id);
}

export function formalMap(map: ReadonlyMap<string, Value>): unknown {
  return dafny.Map.of(...[...map].map(([key, value]) => [key, formalValue(value)] as const));
}

export function formalValue(value: Value): Datum {
  switch (typeof value) {
    case 'boolean':
      return Values.Value.create_Bool(value);
    case 'number':
    case 'bigint':
      return Values.Value.create_Int(integer(value));
    case 'string':
      return Values.Value.create_String(value);
    default:
      return formalObject(value);
  }
}

function formalObject(value: Extract<Value, object>): Datum {
  if (value instanceof EntityUid) return Values.Value.create_Entity(formalUid(value));
  if (value instanceof CedarRecord) return Values.Value.create_Record(formalMap(value.fields));
  if (value instanceof CedarSet) {
    return Values.Value.create_Set(dafny.Set.fromElements(...value.elements.map(formalValue)));
  }
  if (value instanceof Unknown) throw new Error('the formal model knows no unknowns');
  return Values.Value.create_Ext(formalExt(value));
}

function formalExt(value: Decimal | IpAddr | Datetime | Duration): Datum {
  if (value instanceof Decimal) return Values.Ext.create_Decimal(integer(value.scaled));
  if (value instanceof Datetime) return Values.Ext.create_Datetime(integer(value.ms));
  if (value instanceof Duration) return Values.Ext.create_Duration(integer(value.ms));
  const make = value.family === 4 ? Values.IPNet.create_V4 : Values.IPNet.create_V6;
  return Values.Ext.create_IPAddr(make(integer(value.address), integer(value.prefix)));
}

const VAR: Readonly<Record<Var, () => Datum>> = {
  principal: Exprs.Var.create_Principal,
  action: Exprs.Var.create_Action,
  resource: Exprs.Var.create_Resource,
  context: Exprs.Var.create_Context,
};

const BINARY: Readonly<Record<BinaryOp, () => Datum>> = {
  eq: Exprs.BinaryOp.create_Eq,
  mem: Exprs.BinaryOp.create_Mem,
  hasTag: Exprs.BinaryOp.create_HasTag,
  getTag: Exprs.BinaryOp.create_GetTag,
  less: Exprs.BinaryOp.create_Less,
  lessEq: Exprs.BinaryOp.create_LessEq,
  add: Exprs.BinaryOp.create_Add,
  sub: Exprs.BinaryOp.create_Sub,
  mul: Exprs.BinaryOp.create_Mul,
  contains: Exprs.BinaryOp.create_Contains,
  containsAll: Exprs.BinaryOp.create_ContainsAll,
  containsAny: Exprs.BinaryOp.create_ContainsAny,
};

const EXT_FUN: Readonly<Record<ExtFun, () => Datum>> = {
  decimal: ExtFuns.ExtFun.create_DecimalFun,
  lessThan: ExtFuns.ExtFun.create_LessThan,
  lessThanOrEqual: ExtFuns.ExtFun.create_LessThanOrEqual,
  greaterThan: ExtFuns.ExtFun.create_GreaterThan,
  greaterThanOrEqual: ExtFuns.ExtFun.create_GreaterThanOrEqual,
  ip: ExtFuns.ExtFun.create_IPFun,
  isIpv4: ExtFuns.ExtFun.create_IsIpv4,
  isIpv6: ExtFuns.ExtFun.create_IsIpv6,
  isLoopback: ExtFuns.ExtFun.create_IsLoopback,
  isMulticast: ExtFuns.ExtFun.create_IsMulticast,
  isInRange: ExtFuns.ExtFun.create_IsInRange,
  datetime: ExtFuns.ExtFun.create_DatetimeFun,
  duration: ExtFuns.ExtFun.create_DurationFun,
  offset: ExtFuns.ExtFun.create_Offset,
  durationSince: ExtFuns.ExtFun.create_DurationSince,
  toDate: ExtFuns.ExtFun.create_ToDate,
  toTime: ExtFuns.ExtFun.create_ToTime,
  toMilliseconds: ExtFuns.ExtFun.create_ToMilliseconds,
  toSeconds: ExtFuns.ExtFun.create_ToSeconds,
  toMinutes: ExtFuns.ExtFun.create_ToMinutes,
  toHours: ExtFuns.ExtFun.create_ToHours,
  toDays: ExtFuns.ExtFun.create_ToDays,
  unknown: ExtFuns.ExtFun.create_NoSuchFun,
};

export function formalExpr(x: Expr): Datum {
  switch (x.kind) {
    case 'lit':
      return Exprs.Expr.create_Lit(formalValue(x.value));
    case 'var':
      return Exprs.Expr.create_Var(VAR[x.name]());
    case 'slot':
      throw new Error(`the formal model links before it makes expressions: ${x.slot}`);
    case 'ite':
      return Exprs.Expr.create_Ite(formalExpr(x.test), formalExpr(x.then), formalExpr(x.else));
    case 'and':
      return spine(x, 'and').map(formalExpr).reduce(Exprs.Expr.create_And);
    case 'or':
      return spine(x, 'or').map(formalExpr).reduce(Exprs.Expr.create_Or);
    case 'unaryApp':
      return Exprs.Expr.create_UnaryApp(formalUnaryOp(x.op), formalExpr(x.arg));
    case 'binaryApp':
      return Exprs.Expr.create_BinaryApp(BINARY[x.op](), formalExpr(x.left), formalExpr(x.right));
    case 'getAttr':
      return Exprs.Expr.create_GetAttr(formalExpr(x.expr), x.attr);
    case 'hasAttr':
      return Exprs.Expr.create_HasAttr(formalExpr(x.expr), x.attr);
    case 'set':
      return Exprs.Expr.create_SetExpr(dafny.Seq.of(...x.elements.map(formalExpr)));
    case 'record':
      return Exprs.__default.recordOf(
        dafny.Seq.of(...x.fields.map(({ name, expr }) => dafny.Tuple.of(name, formalExpr(expr)))),
      ) as Datum;
    case 'call':
      return Exprs.Expr.create_Call(formalExtFun(x.fn), dafny.Seq.of(...x.args.map(formalExpr)));
    default:
      return unreachable(x);
  }
}

function formalExtFun(fn: string): Datum {
  return Object.hasOwn(EXT_FUN, fn) ? EXT_FUN[fn as ExtFun]() : ExtFuns.ExtFun.create_NoSuchFun();
}

function formalUnaryOp(op: UnaryOp): Datum {
  switch (op.kind) {
    case 'not':
      return Exprs.UnaryOp.create_Not();
    case 'neg':
      return Exprs.UnaryOp.create_Neg();
    case 'isEmpty':
      return Exprs.UnaryOp.create_IsEmpty();
    case 'like':
      return Exprs.UnaryOp.create_Like(formalPattern(op.pattern));
    case 'is':
      return Exprs.UnaryOp.create_Is(op.type);
    default:
      return unreachable(op);
  }
}

function formalPattern(pattern: Pattern): unknown {
  const elements = pattern.flatMap((part) =>
    part === null ? [Wildcard.PatElem.create_Star()] : part.split('').map(Wildcard.PatElem.create_JustChar),
  );
  return dafny.Seq.of(...elements);
}

function formalEntityUidOrSlot(entity: EntityUidOrSlot): Datum {
  return entity.kind === 'slot'
    ? Templates.EntityUIDOrSlot.create_Slot(entity.slot)
    : Templates.EntityUIDOrSlot.create_EntityUIDOf(formalUid(entity.uid));
}

function formalScope(scope: Scope): Datum {
  switch (scope.kind) {
    case 'any':
      return Templates.ScopeTemplate.create_TemplateAny();
    case 'eq':
      return Templates.ScopeTemplate.create_TemplateEq(formalEntityUidOrSlot(scope.entity));
    case 'mem':
      return Templates.ScopeTemplate.create_TemplateMem(formalEntityUidOrSlot(scope.entity));
    case 'is':
      return Templates.ScopeTemplate.create_TemplateIs(scope.type);
    case 'isMem':
      return Templates.ScopeTemplate.create_TemplateIsMem(scope.type, formalEntityUidOrSlot(scope.entity));
    default:
      return unreachable(scope);
  }
}

function formalActionScope(scope: ActionScope): Datum {
  switch (scope.kind) {
    case 'any':
      return Policies.ActionScope.create_ActionScope(Policies.Scope.create_ScopeAny());
    case 'eq':
      return Policies.ActionScope.create_ActionScope(Policies.Scope.create_ScopeEq(formalUid(scope.uid)));
    case 'mem':
      return Policies.ActionScope.create_ActionScope(Policies.Scope.create_ScopeMem(formalUid(scope.uid)));
    case 'memAny':
      return Policies.ActionScope.create_ActionInAny(dafny.Seq.of(...scope.uids.map(formalUid)));
    default:
      return unreachable(scope);
  }
}

/** The formal model's own `link` fills the slots; a static policy is a template without any. */
export function formalPolicy(policy: CorePolicy, id = policy.id, slots: SlotEnv = {}): Datum {
  const env = Object.entries(slots).flatMap(([slot, uid]) =>
    uid === undefined ? [] : [[`?${slot}`, formalUid(uid)] as const],
  );
  const template = Templates.Template.create_Template(
    policy.effect === 'permit' ? Policies.Effect.create_Permit() : Policies.Effect.create_Forbid(),
    formalScope(policy.principal),
    formalActionScope(policy.action),
    formalScope(policy.resource),
    dafny.Seq.of(Policies.Condition.create_When(formalExpr(policy.condition))),
  );
  const linked = Templates.__default.link(template, id, dafny.Map.of(...env)) as Datum;
  if (linked.is_None) throw new Error(`policy ${id} has a slot without a value`);
  return linked.dtor_value as Datum;
}

export function formalRequest({ principal, action, resource, context }: Request): Datum {
  const uids = [principal, action, resource].map(formalUid);
  return EntityStore.Request.create_Request(uids[0], uids[1], uids[2], formalMap(context.fields));
}

/** The formal model computes the ancestors itself. */
export function formalEntities(entities: Iterable<Entity>): unknown {
  const given = [...entities].map(({ uid, attrs, parents, tags }) =>
    Hierarchy.GivenEntity.create_GivenEntity(
      formalUid(uid),
      formalMap(attrs),
      dafny.Set.fromElements(...parents.map(formalUid)),
      formalMap(tags),
    ),
  );
  return Hierarchy.__default.entitiesOf(dafny.Seq.of(...given));
}
