/**
 * Policy — the types of values, policies and policy sets in JSON, by the names that the official package gives them.
 *
 * Docs:  JSON policy format, JSON entity format
 */

export type SmolStr = string;
export type NonEmpty<T> = Array<T>;

export interface TypeAndId {
  type: string;
  id: string;
}

/** A uid, as it is or in an escape. */
export type EntityUidJson = { __entity: TypeAndId } | TypeAndId;
export type EntityUid = EntityUidJson;

/** A call that makes a value of an extension type. */
export type FnAndArgs = { fn: string; arg: CedarValueJson } | { fn: string; args: CedarValueJson[] };

/** A value. Integers beyond 2^53 are of type `bigint`; this type does not say so, that it may be the official one. */
export type CedarValueJson =
  | { __entity: TypeAndId }
  | { __extn: FnAndArgs }
  | boolean
  | number
  | string
  | CedarValueJson[]
  | { [key: string]: CedarValueJson }
  | null;

export interface EntityJson {
  uid: EntityUidJson;
  attrs: Record<string, CedarValueJson>;
  parents: EntityUidJson[];
  tags?: Record<string, CedarValueJson>;
}

export type Context = Record<string, CedarValueJson>;
export type Entities = Array<EntityJson>;

export type PolicyId = string;
export type SlotId = string;
export type AnyId = SmolStr;
export type Effect = 'permit' | 'forbid';
export type Var = 'principal' | 'action' | 'resource' | 'context';
export type Annotation = SmolStr;
export type Annotations = Record<string, Annotation>;

export type EqConstraint = { entity: EntityUidJson } | { slot: string };
export type PrincipalOrResourceInConstraint = { entity: EntityUidJson } | { slot: string };

export interface PrincipalOrResourceIsConstraint {
  entity_type: string;
  in?: PrincipalOrResourceInConstraint;
}

export type PrincipalConstraint =
  | { op: 'All' }
  | ({ op: '==' } & EqConstraint)
  | ({ op: 'in' } & PrincipalOrResourceInConstraint)
  | ({ op: 'is' } & PrincipalOrResourceIsConstraint);

export type ResourceConstraint = PrincipalConstraint;

export type ActionInConstraint = { entity: EntityUidJson } | { entities: EntityUidJson[] };
export type ActionConstraint = { op: 'All' } | ({ op: '==' } & EqConstraint) | ({ op: 'in' } & ActionInConstraint);

export type PatternElem = 'Wildcard' | { Literal: SmolStr };
export type HasAttrRepr = { left: Expr; attr: SmolStr } | { left: Expr; attr: NonEmpty<SmolStr> };

interface Operands {
  left: Expr;
  right: Expr;
}

interface Operand {
  arg: Expr;
}

/** An expression that is not a call of an extension function. */
export type ExprNoExt =
  | { Value: CedarValueJson }
  | { Var: Var }
  | { Slot: string }
  | { '!': Operand }
  | { neg: Operand }
  | { isEmpty: Operand }
  | { '==': Operands }
  | { '!=': Operands }
  | { in: Operands }
  | { '<': Operands }
  | { '<=': Operands }
  | { '>': Operands }
  | { '>=': Operands }
  | { '&&': Operands }
  | { '||': Operands }
  | { '+': Operands }
  | { '-': Operands }
  | { '*': Operands }
  | { contains: Operands }
  | { containsAll: Operands }
  | { containsAny: Operands }
  | { getTag: Operands }
  | { hasTag: Operands }
  | { '.': { left: Expr; attr: SmolStr } }
  | { has: HasAttrRepr }
  | { like: { left: Expr; pattern: PatternElem[] } }
  | { is: { left: Expr; entity_type: SmolStr; in?: Expr } }
  | { 'if-then-else': { if: Expr; then: Expr; else: Expr } }
  | { Set: Expr[] }
  | { Record: Record<string, Expr> };

/** A call of an extension function: its name, and its arguments. */
export type ExtFuncCall = {} & Record<string, Array<Expr>>;
export type Expr = ExprNoExt | ExtFuncCall;
export type Clause = { kind: 'when'; body: Expr } | { kind: 'unless'; body: Expr };

export interface PolicyJson {
  effect: Effect;
  principal: PrincipalConstraint;
  action: ActionConstraint;
  resource: ResourceConstraint;
  conditions: Clause[];
  annotations?: Annotations;
}

export type Policy = string | PolicyJson;
export type Template = string | PolicyJson;

export interface TemplateLink {
  templateId: PolicyId;
  newId: PolicyId;
  values: Record<SlotId, EntityUid>;
}

/** A text of many policies, a list, or policies by id. */
export type StaticPolicySet = string | Policy[] | Record<PolicyId, Policy>;

export interface PolicySet {
  staticPolicies?: StaticPolicySet;
  templates?: Record<PolicyId, Template>;
  templateLinks?: TemplateLink[];
}
