/* Value: what an expression evaluates to, and how an evaluation can fail.
   Spec: Cedar.Spec.Value, Cedar.Spec.Ext, Cedar.Data.Int64 */

module Values {

  datatype Option<+T> = None | Some(value: T)

  datatype Result<+T> = Ok(value: T) | Err(error: Error)

  /* The six kinds of error. */
  datatype Error =
    | EntityDoesNotExist
    | AttrDoesNotExist
    | TagDoesNotExist
    | TypeError
    | ArithBoundsError
    | ExtensionError

  type Attr = string
  type Tag = string
  type EntityType = string

  datatype EntityUID = EntityUID(ty: EntityType, eid: string)

  datatype IPNet = V4(addr: nat, pre: nat) | V6(addr: nat, pre: nat)

  /* The extension types: a decimal is its number times 10,000, times are milliseconds. */
  datatype Ext = Decimal(scaled: int) | IPAddr(net: IPNet) | Datetime(instant: int) | Duration(length: int)

  datatype Value =
    | Bool(b: bool)
    | Int(i: int)
    | String(s: string)
    | Entity(uid: EntityUID)
    | Set(elements: set<Value>)
    | Record(attrs: map<Attr, Value>)
    | Ext(x: Ext)

  /* A literal of the policy language. */
  type Prim = v: Value | v.Bool? || v.Int? || v.String? || v.Entity? witness Bool(true)

  /* Longs are integers of 64 bits; what does not fit is an error and never wraps. */
  predicate method isInt64(n: int) { -0x8000_0000_0000_0000 <= n <= 0x7fff_ffff_ffff_ffff }

  function method intOrErr(n: int): Result<Value> { if isInt64(n) then Ok(Int(n)) else Err(ArithBoundsError) }

  function method asBool(r: Result<Value>): Result<bool> {
    if r.Err? then Err(r.error) else if r.value.Bool? then Ok(r.value.b) else Err(TypeError)
  }
}
