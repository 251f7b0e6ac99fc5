// Made by `npm run prove -- --write` from proofs/model.dfy. Do not edit.
import BigNumber from 'bignumber.js';
export { BigNumber };
/** A value of a Dafny datatype: `is_C` tells its constructor, `dtor_f` gives a field. */
export interface Datum {
  readonly [member: `is_${string}`]: boolean;
  readonly [member: `dtor_${string}`]: unknown;
}
export const dafny: {
  readonly Seq: { of(...elements: unknown[]): unknown };
  readonly Set: { fromElements(...elements: unknown[]): unknown };
  readonly Map: { of(...pairs: (readonly [unknown, unknown])[]): unknown };
  readonly Tuple: { of(...components: unknown[]): unknown };
};
export const Values: {
  readonly Option: {
    create_None(): Datum;
    create_Some(value: unknown): Datum;
  };
  readonly Result: {
    create_Ok(value: unknown): Datum;
    create_Err(error: unknown): Datum;
  };
  readonly Error: {
    create_EntityDoesNotExist(): Datum;
    create_AttrDoesNotExist(): Datum;
    create_TagDoesNotExist(): Datum;
    create_TypeError(): Datum;
    create_ArithBoundsError(): Datum;
    create_ExtensionError(): Datum;
  };
  readonly EntityUID: {
    create_EntityUID(ty: unknown, eid: unknown): Datum;
  };
  readonly IPNet: {
    create_V4(addr: unknown, pre: unknown): Datum;
    create_V6(addr: unknown, pre: unknown): Datum;
  };
  readonly Ext: {
    create_Decimal(scaled: unknown): Datum;
    create_IPAddr(net: unknown): Datum;
    create_Datetime(instant: unknown): Datum;
    create_Duration(length: unknown): Datum;
  };
  readonly Value: {
    create_Bool(b: unknown): Datum;
    create_Int(i: unknown): Datum;
    create_String(s: unknown): Datum;
    create_Entity(uid: unknown): Datum;
    create_Set(elements: unknown): Datum;
    create_Record(attrs: unknown): Datum;
    create_Ext(x: unknown): Datum;
  };
  readonly __default: {
    isInt64(n: unknown): unknown;
    intOrErr(n: unknown): unknown;
    asBool(r: unknown): unknown;
  };
};
export const EntityStore: {
  readonly EntityData: {
    create_EntityData(attrs: unknown, ancestors: unknown, tags: unknown): Datum;
  };
  readonly Request: {
    create_Request(principal: unknown, action: unknown, resource: unknown, context: unknown): Datum;
  };
  readonly __default: {
    dataOrEmpty(uid: unknown, es: unknown): unknown;
    data(uid: unknown, es: unknown): unknown;
  };
};
export const Wildcard: {
  readonly PatElem: {
    create_Star(): Datum;
    create_JustChar(c: unknown): Datum;
  };
  readonly __default: {
    wildcardMatch(text: unknown, pattern: unknown): unknown;
  };
};
export const Text: {
  readonly __default: {
    isDigit(c: unknown): unknown;
    areDigits(s: unknown): unknown;
    digits(s: unknown): unknown;
    parseNat(s: unknown): unknown;
    parsePlainNat(s: unknown): unknown;
    split(s: unknown, separator: unknown): unknown;
    run(s: unknown, ofDigits: unknown): unknown;
    startsWith(s: unknown, c: unknown): unknown;
    hasShape(s: unknown, shape: unknown): unknown;
    pow(base: unknown, n: unknown): unknown;
    int64(n: unknown): unknown;
  };
};
export const Decimals: {
  readonly __default: {
    parseDecimal(s: unknown): unknown;
  };
};
export const IPAddrs: {
  readonly __default: {
    parseIP(s: unknown): unknown;
    parsePrefix(part: unknown, size: unknown): unknown;
    parseV4(s: unknown): unknown;
    parseOctets(octets: unknown): unknown;
    parseV6(s: unknown): unknown;
    doubleColon(s: unknown): unknown;
    parseGroups(s: unknown): unknown;
    parseEachGroup(groups: unknown): unknown;
    isHexDigit(c: unknown): unknown;
    areHexDigits(s: unknown): unknown;
    hex(s: unknown): unknown;
    join(groups: unknown): unknown;
    inRange(a: unknown, b: unknown): unknown;
    block(a: unknown): unknown;
    low(a: unknown): unknown;
    high(a: unknown): unknown;
    isLoopback(a: unknown): unknown;
    isMulticast(a: unknown): unknown;
  };
};
export const Datetimes: {
  readonly __default: {
    parseDatetime(s: unknown): unknown;
    parseDate(s: unknown): unknown;
    daysOfMonth(year: unknown, month: unknown): unknown;
    daysSinceEpoch(year: unknown, month: unknown, day: unknown): unknown;
    parseTime(s: unknown): unknown;
    parseFraction(s: unknown): unknown;
    parseZone(s: unknown): unknown;
    parseDuration(s: unknown): unknown;
    parseQuantities(s: unknown, units: unknown): unknown;
    offset(instant: unknown, duration: unknown): unknown;
    durationSince(instant: unknown, other: unknown): unknown;
    toDate(instant: unknown): unknown;
    toTime(instant: unknown): unknown;
    inUnits(ms: unknown, unit: unknown): unknown;
  };
};
export const ExtFuns: {
  readonly ExtFun: {
    create_DecimalFun(): Datum;
    create_LessThan(): Datum;
    create_LessThanOrEqual(): Datum;
    create_GreaterThan(): Datum;
    create_GreaterThanOrEqual(): Datum;
    create_IPFun(): Datum;
    create_IsIpv4(): Datum;
    create_IsIpv6(): Datum;
    create_IsLoopback(): Datum;
    create_IsMulticast(): Datum;
    create_IsInRange(): Datum;
    create_DatetimeFun(): Datum;
    create_DurationFun(): Datum;
    create_Offset(): Datum;
    create_DurationSince(): Datum;
    create_ToDate(): Datum;
    create_ToTime(): Datum;
    create_ToMilliseconds(): Datum;
    create_ToSeconds(): Datum;
    create_ToMinutes(): Datum;
    create_ToHours(): Datum;
    create_ToDays(): Datum;
    create_NoSuchFun(): Datum;
  };
  readonly __default: {
    ext(parsed: unknown, make: unknown): unknown;
    areDecimals(vs: unknown): unknown;
    isIP(vs: unknown): unknown;
    isDatetime(vs: unknown): unknown;
    isDuration(vs: unknown): unknown;
    isString(vs: unknown): unknown;
    call(f: unknown, vs: unknown): unknown;
  };
};
export const Exprs: {
  readonly Var: {
    create_Principal(): Datum;
    create_Action(): Datum;
    create_Resource(): Datum;
    create_Context(): Datum;
  };
  readonly UnaryOp: {
    create_Not(): Datum;
    create_Neg(): Datum;
    create_IsEmpty(): Datum;
    create_Like(p: unknown): Datum;
    create_Is(ety: unknown): Datum;
  };
  readonly BinaryOp: {
    create_Eq(): Datum;
    create_Mem(): Datum;
    create_HasTag(): Datum;
    create_GetTag(): Datum;
    create_Less(): Datum;
    create_LessEq(): Datum;
    create_Add(): Datum;
    create_Sub(): Datum;
    create_Mul(): Datum;
    create_Contains(): Datum;
    create_ContainsAll(): Datum;
    create_ContainsAny(): Datum;
  };
  readonly Expr: {
    create_Lit(p: unknown): Datum;
    create_Var(v: unknown): Datum;
    create_Ite(test: unknown, thenExpr: unknown, elseExpr: unknown): Datum;
    create_And(a: unknown, b: unknown): Datum;
    create_Or(a: unknown, b: unknown): Datum;
    create_UnaryApp(op1: unknown, arg: unknown): Datum;
    create_BinaryApp(op2: unknown, a: unknown, b: unknown): Datum;
    create_GetAttr(expr: unknown, attr: unknown): Datum;
    create_HasAttr(expr: unknown, attr: unknown): Datum;
    create_SetExpr(elems: unknown): Datum;
    create_RecordExpr(fields: unknown): Datum;
    create_Call(xfn: unknown, args: unknown): Datum;
  };
  readonly __default: {
    recordOf(fields: unknown): unknown;
    sorted(fields: unknown): unknown;
    insert(field: unknown, fields: unknown): unknown;
    before(a: unknown, b: unknown): unknown;
    rank(c: unknown): unknown;
  };
};
export const Evaluator: {
  readonly __default: {
    apply1(op: unknown, v: unknown): unknown;
    inE(uid1: unknown, uid2: unknown, es: unknown): unknown;
    inS(uid: unknown, vs: unknown, es: unknown): unknown;
    hasTag(uid: unknown, tag: unknown, es: unknown): unknown;
    getTag(uid: unknown, tag: unknown, es: unknown): unknown;
    compare(v1: unknown, v2: unknown, orEqual: unknown): unknown;
    apply2(op: unknown, v1: unknown, v2: unknown, es: unknown): unknown;
    hasAttr(v: unknown, a: unknown, es: unknown): unknown;
    getAttr(v: unknown, a: unknown, es: unknown): unknown;
    evaluateVar(v: unknown, req: unknown): unknown;
    evaluate(x: unknown, req: unknown, es: unknown): unknown;
  };
};
export const Policies: {
  readonly Effect: {
    create_Permit(): Datum;
    create_Forbid(): Datum;
  };
  readonly Scope: {
    create_ScopeAny(): Datum;
    create_ScopeEq(entity: unknown): Datum;
    create_ScopeMem(entity: unknown): Datum;
    create_ScopeIs(ety: unknown): Datum;
    create_ScopeIsMem(ety: unknown, entity: unknown): Datum;
  };
  readonly ActionScope: {
    create_ActionScope(scope: unknown): Datum;
    create_ActionInAny(entities: unknown): Datum;
  };
  readonly Condition: {
    create_When(body: unknown): Datum;
    create_Unless(body: unknown): Datum;
  };
  readonly Policy: {
    create_Policy(id: unknown, effect: unknown, principalScope: unknown, actionScope: unknown, resourceScope: unknown, conditions: unknown): Datum;
  };
  readonly __default: {
    scopeToExpr(s: unknown, v: unknown): unknown;
    actionScopeToExpr(s: unknown): unknown;
    literals(uids: unknown): unknown;
    conditionToExpr(c: unknown): unknown;
    conditionsToExpr(cs: unknown): unknown;
    policyToExpr(p: unknown): unknown;
  };
};
export const Authorizer: {
  readonly Decision: {
    create_Allow(): Datum;
    create_Deny(): Datum;
  };
  readonly PolicyError: {
    create_PolicyError(id: unknown, error: unknown): Datum;
  };
  readonly Response: {
    create_Response(decision: unknown, determiningPolicies: unknown, errors: unknown): Datum;
  };
  readonly __default: {
    result(p: unknown, req: unknown, es: unknown): unknown;
    satisfied(p: unknown, req: unknown, es: unknown): unknown;
    hasError(p: unknown, req: unknown, es: unknown): unknown;
    satisfiedPolicies(effect: unknown, ps: unknown, req: unknown, es: unknown): unknown;
    errorPolicies(ps: unknown, req: unknown, es: unknown): unknown;
    isAuthorized(req: unknown, es: unknown, ps: unknown): unknown;
  };
};
export const Templates: {
  readonly EntityUIDOrSlot: {
    create_EntityUIDOf(entity: unknown): Datum;
    create_Slot(id: unknown): Datum;
  };
  readonly ScopeTemplate: {
    create_TemplateAny(): Datum;
    create_TemplateEq(entityOrSlot: unknown): Datum;
    create_TemplateMem(entityOrSlot: unknown): Datum;
    create_TemplateIs(ety: unknown): Datum;
    create_TemplateIsMem(ety: unknown, entityOrSlot: unknown): Datum;
  };
  readonly Template: {
    create_Template(effect: unknown, principalScope: unknown, actionScope: unknown, resourceScope: unknown, conditions: unknown): Datum;
  };
  readonly __default: {
    linkEntity(e: unknown, env: unknown): unknown;
    linkScope(s: unknown, env: unknown): unknown;
    link(t: unknown, id: unknown, env: unknown): unknown;
  };
};
export const Hierarchy: {
  readonly GivenEntity: {
    create_GivenEntity(uid: unknown, attrs: unknown, parents: unknown, tags: unknown): Datum;
  };
  readonly __default: {
    entitiesOf(given: unknown): unknown;
    parentsOf(given: unknown): unknown;
    withAncestors(given: unknown, parents: unknown): unknown;
    listed(uid: unknown, parents: unknown): unknown;
    ancestors(known: unknown, parents: unknown): unknown;
    all(parents: unknown): unknown;
  };
};
export const EarlyExit: {
  readonly __default: {
    decide(req: unknown, es: unknown, ps: unknown): unknown;
    anySatisfied(effect: unknown, ps: unknown, req: unknown, es: unknown): unknown;
  };
};
export const Types: {
  readonly BoolType: {
    create_AnyBool(): Datum;
    create_True(): Datum;
    create_False(): Datum;
  };
  readonly ExtType: {
    create_DecimalType(): Datum;
    create_IPAddrType(): Datum;
    create_DatetimeType(): Datum;
    create_DurationType(): Datum;
  };
  readonly CedarType: {
    create_BoolType(bty: unknown): Datum;
    create_IntType(): Datum;
    create_StringType(): Datum;
    create_EntityOf(ety: unknown): Datum;
    create_SetOf(element: unknown): Datum;
    create_RecordOf(rty: unknown): Datum;
    create_ExtOf(xty: unknown): Datum;
  };
  readonly QualifiedType: {
    create_Qualified(ty: unknown, isRequired: unknown): Datum;
  };
  readonly EntitySchemaEntry: {
    create_Standard(ancestors: unknown, attrs: unknown, tags: unknown): Datum;
    create_Enum(eids: unknown): Datum;
  };
  readonly ActionSchemaEntry: {
    create_ActionSchemaEntry(appliesToPrincipal: unknown, appliesToResource: unknown, ancestors: unknown, context: unknown): Datum;
  };
  readonly RequestType: {
    create_RequestType(principal: unknown, action: unknown, resource: unknown, context: unknown): Datum;
  };
  readonly TypeEnv: {
    create_TypeEnv(ets: unknown, acts: unknown, reqty: unknown): Datum;
  };
  readonly __default: {
    wellFormed(env: unknown): unknown;
    attrsOf(entry: unknown): unknown;
    tagsOf(entry: unknown): unknown;
    ancestorsOf(entry: unknown): unknown;
    isValidEntityUID(uid: unknown, env: unknown): unknown;
    isActionType(ety: unknown, env: unknown): unknown;
    descendantOf(uid1: unknown, uid2: unknown, env: unknown): unknown;
    maybeDescendantOf(ety1: unknown, ety2: unknown, env: unknown): unknown;
    lub(ty1: unknown, ty2: unknown): unknown;
  };
};
export const Typechecker: {
  readonly Capability: {
    create_HasAttribute(x: unknown, attr: unknown): Datum;
    create_HasTheTag(x: unknown, tag: unknown): Datum;
  };
  readonly Typing: {
    create_Typed(ty: unknown, caps: unknown): Datum;
    create_IllTyped(): Datum;
  };
  readonly __default: {
    ok(ty: unknown): unknown;
    okBool(bty: unknown): unknown;
    constant(b: unknown): unknown;
    typeOfLit(p: unknown, env: unknown): unknown;
    typeOfVar(v: unknown, env: unknown): unknown;
    typeOfIf(r1: unknown, r2: unknown, r3: unknown): unknown;
    typeOfAnd(r1: unknown, r2: unknown): unknown;
    typeOfOr(r1: unknown, r2: unknown): unknown;
    typeOfUnaryApp(op: unknown, ty: unknown): unknown;
    typeOfEq(ty1: unknown, ty2: unknown, x1: unknown, x2: unknown): unknown;
    isEntityLit(x: unknown): unknown;
    isActionLit(x: unknown, env: unknown): unknown;
    areEntityLits(x: unknown): unknown;
    typeOfInE(ety1: unknown, ety2: unknown, x1: unknown, x2: unknown, env: unknown): unknown;
    typeOfInS(ety1: unknown, ety2: unknown, x1: unknown, x2: unknown, env: unknown): unknown;
    typeOfHasTag(ety: unknown, x: unknown, tag: unknown, c: unknown, env: unknown): unknown;
    typeOfGetTag(ety: unknown, x: unknown, tag: unknown, c: unknown, env: unknown): unknown;
    ifLubThenBool(ty1: unknown, ty2: unknown): unknown;
    typeOfBinaryApp(op: unknown, ty1: unknown, ty2: unknown, x1: unknown, x2: unknown, c: unknown, env: unknown): unknown;
    isOrdered(ty: unknown): unknown;
    hasAttrInRecord(rty: unknown, x: unknown, a: unknown, c: unknown, knownToExist: unknown): unknown;
    typeOfHasAttr(ty: unknown, x: unknown, a: unknown, c: unknown, env: unknown): unknown;
    getAttrInRecord(rty: unknown, x: unknown, a: unknown, c: unknown): unknown;
    typeOfGetAttr(ty: unknown, x: unknown, a: unknown, c: unknown, env: unknown): unknown;
    lubAll(ty: unknown, tys: unknown): unknown;
    typeOfSet(tys: unknown): unknown;
    typeOfConstructor(parsed: unknown, ty: unknown): unknown;
    typeOfCall(f: unknown, tys: unknown, xs: unknown): unknown;
    typeOf(x: unknown, c: unknown, env: unknown): unknown;
    typeOfSeq(xs: unknown, c: unknown, env: unknown): unknown;
    typeOfFields(fields: unknown, c: unknown, env: unknown): unknown;
  };
};
export const Validator: {
  readonly Schema: {
    create_Schema(ets: unknown, acts: unknown): Datum;
  };
  readonly __default: {
    environments(s: unknown): unknown;
    substituteAction(uid: unknown, x: unknown): unknown;
    substituteInSeq(uid: unknown, xs: unknown): unknown;
    substituteInFields(uid: unknown, fields: unknown): unknown;
    typeOfPolicy(p: unknown, env: unknown): unknown;
    typechecks(p: unknown, env: unknown): unknown;
    namesAreDeclared(x: unknown, s: unknown): unknown;
    anyEnvironment(s: unknown): unknown;
    validates(p: unknown, s: unknown): unknown;
    requestIsValid(req: unknown, s: unknown): unknown;
    entitiesAreValid(es: unknown, s: unknown): unknown;
  };
};
