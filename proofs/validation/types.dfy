/* Types, and when a value, an entity store and a request conform to them.
   Spec: Cedar.Validation.Types, Cedar.Validation.Subtyping, Cedar.Validation.RequestEntityValidator */

include "../spec/entities.dfy"

module Types {
  import opened Values
  import opened EntityStore

  /* `true` and `false` have types of their own: what is known before any request. */
  datatype BoolType = AnyBool | True | False

  datatype ExtType = DecimalType | IPAddrType | DatetimeType | DurationType

  datatype CedarType =
    | BoolType(bty: BoolType)
    | IntType
    | StringType
    | EntityOf(ety: EntityType)
    | SetOf(element: CedarType)
    | RecordOf(rty: RecordType)
    | ExtOf(xty: ExtType)

  datatype QualifiedType = Qualified(ty: CedarType, isRequired: bool)

  type RecordType = map<Attr, QualifiedType>

  datatype EntitySchemaEntry =
    | Standard(ancestors: set<EntityType>, attrs: RecordType, tags: Option<CedarType>)
    | Enum(eids: set<string>)

  datatype ActionSchemaEntry = ActionSchemaEntry(
    appliesToPrincipal: set<EntityType>,
    appliesToResource: set<EntityType>,
    ancestors: set<EntityUID>,
    context: RecordType)

  datatype RequestType = RequestType(principal: EntityType, action: EntityUID, resource: EntityType, context: RecordType)

  datatype TypeEnv = TypeEnv(
    ets: map<EntityType, EntitySchemaEntry>,
    acts: map<EntityUID, ActionSchemaEntry>,
    reqty: RequestType)

  /* Entity types and actions are declared apart from one another. */
  predicate method wellFormed(env: TypeEnv) { forall action :: action in env.acts ==> action.ty !in env.ets }

  function method attrsOf(entry: EntitySchemaEntry): RecordType { if entry.Standard? then entry.attrs else map[] }

  function method tagsOf(entry: EntitySchemaEntry): Option<CedarType> { if entry.Standard? then entry.tags else None }

  function method ancestorsOf(entry: EntitySchemaEntry): set<EntityType> { if entry.Standard? then entry.ancestors else {} }

  predicate method isValidEntityUID(uid: EntityUID, env: TypeEnv) {
    uid in env.acts || (uid.ty in env.ets && (env.ets[uid.ty].Enum? ==> uid.eid in env.ets[uid.ty].eids))
  }

  predicate method isActionType(ety: EntityType, env: TypeEnv) { exists action :: action in env.acts && action.ty == ety }

  /* Actions. */
  predicate method descendantOf(uid1: EntityUID, uid2: EntityUID, env: TypeEnv) {
    uid1 == uid2 || (uid1 in env.acts && uid2 in env.acts[uid1].ancestors)
  }

  /* Whether an entity of the one type may be in an entity of the other. */
  predicate method maybeDescendantOf(ety1: EntityType, ety2: EntityType, env: TypeEnv) {
    if ety1 == ety2 then true
    else if ety1 in env.ets then ety2 in ancestorsOf(env.ets[ety1])
    else exists action, ancestor ::
      action in env.acts && action.ty == ety1 && ancestor in env.acts[action].ancestors && ancestor.ty == ety2
  }

  /* The least type above two; strict validation knows no other than of Bools, at any depth. */
  function method lub(ty1: CedarType, ty2: CedarType): Option<CedarType>
    decreases ty1
  {
    if ty1.BoolType? && ty2.BoolType? then Some(BoolType(if ty1.bty == ty2.bty then ty1.bty else AnyBool))
    else if ty1.SetOf? && ty2.SetOf? then
      var element := lub(ty1.element, ty2.element);
      if element.Some? then Some(SetOf(element.value)) else None
    else if ty1.RecordOf? && ty2.RecordOf? then
      if ty1.rty.Keys == ty2.rty.Keys && forall a :: a in ty1.rty ==>
        ty1.rty[a].isRequired == ty2.rty[a].isRequired && lub(ty1.rty[a].ty, ty2.rty[a].ty).Some?
      then Some(RecordOf(map a | a in ty1.rty :: Qualified(lub(ty1.rty[a].ty, ty2.rty[a].ty).value, ty1.rty[a].isRequired)))
      else None
    else if ty1 == ty2 then Some(ty1) else None
  }

  predicate method subtype(ty1: CedarType, ty2: CedarType) { lub(ty1, ty2) == Some(ty2) }

  predicate method instanceOfType(v: Value, ty: CedarType, env: TypeEnv)
    decreases ty
  {
    match ty
    case BoolType(bty) => v.Bool? && (bty == AnyBool || v.b == bty.True?)
    case IntType => v.Int?
    case StringType => v.String?
    case EntityOf(ety) => v.Entity? && v.uid.ty == ety && isValidEntityUID(v.uid, env)
    case SetOf(element) => v.Set? && forall each :: each in v.elements ==> instanceOfType(each, element, env)
    case RecordOf(rty) => v.Record?
      && (forall a :: a in v.attrs ==> a in rty && instanceOfType(v.attrs[a], rty[a].ty, env))
      && (forall a :: a in rty && rty[a].isRequired ==> a in v.attrs)
    case ExtOf(xty) => v.Ext? && match xty
      case DecimalType => v.x.Decimal?
      case IPAddrType => v.x.IPAddr?
      case DatetimeType => v.x.Datetime?
      case DurationType => v.x.Duration?
  }

  predicate method instanceOfEntityEntry(uid: EntityUID, d: EntityData, entry: EntitySchemaEntry, env: TypeEnv) {
    isValidEntityUID(uid, env)
    && instanceOfType(Record(d.attrs), RecordOf(attrsOf(entry)), env)
    && (forall ancestor :: ancestor in d.ancestors ==> ancestor.ty in ancestorsOf(entry))
    && (match tagsOf(entry)
        case None => d.tags == map[]
        case Some(ty) => forall tag :: tag in d.tags ==> instanceOfType(d.tags[tag], ty, env))
  }

  predicate method instanceOfActionEntry(uid: EntityUID, d: EntityData, env: TypeEnv) {
    d.attrs == map[] && d.tags == map[] && uid in env.acts && d.ancestors == env.acts[uid].ancestors
  }

  predicate method entitiesConform(es: Entities, env: TypeEnv) {
    (forall uid :: uid in es ==>
      if uid.ty in env.ets then instanceOfEntityEntry(uid, es[uid], env.ets[uid.ty], env)
      else instanceOfActionEntry(uid, es[uid], env))
    && forall action :: action in env.acts ==> action in es
  }

  predicate method requestConforms(req: Request, env: TypeEnv) {
    req.action == env.reqty.action && isValidEntityUID(req.action, env)
    && instanceOfType(Entity(req.principal), EntityOf(env.reqty.principal), env)
    && instanceOfType(Entity(req.resource), EntityOf(env.reqty.resource), env)
    && instanceOfType(Record(req.context), RecordOf(env.reqty.context), env)
  }
}
