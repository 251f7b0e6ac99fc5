/* Extension functions.
   Spec: Cedar.Spec.ExtFun */

include "decimal.dfy"
include "ipaddr.dfy"
include "datetime.dfy"

module ExtFuns {
  import opened Values
  import opened Decimals
  import opened IPAddrs
  import opened Datetimes

  datatype ExtFun =
    | DecimalFun | LessThan | LessThanOrEqual | GreaterThan | GreaterThanOrEqual
    | IPFun | IsIpv4 | IsIpv6 | IsLoopback | IsMulticast | IsInRange
    | DatetimeFun | DurationFun | Offset | DurationSince | ToDate | ToTime
    | ToMilliseconds | ToSeconds | ToMinutes | ToHours | ToDays
    | NoSuchFun /* a name that JSON policies may call; the Lean specification leaves it out */

  function method ext<T>(parsed: Option<T>, make: T -> Ext): Result<Value> {
    if parsed.Some? then Ok(Ext(make(parsed.value))) else Err(ExtensionError)
  }

  predicate method areDecimals(vs: seq<Value>) { |vs| == 2 && forall v :: v in vs ==> v.Ext? && v.x.Decimal? }
  predicate method isIP(vs: seq<Value>) { |vs| == 1 && vs[0].Ext? && vs[0].x.IPAddr? }
  predicate method isDatetime(vs: seq<Value>) { |vs| == 1 && vs[0].Ext? && vs[0].x.Datetime? }
  predicate method isDuration(vs: seq<Value>) { |vs| == 1 && vs[0].Ext? && vs[0].x.Duration? }
  predicate method isString(vs: seq<Value>) { |vs| == 1 && vs[0].String? }

  function method call(f: ExtFun, vs: seq<Value>): Result<Value> {
    match f
    case DecimalFun => if isString(vs) then ext(parseDecimal(vs[0].s), n => Decimal(n)) else Err(TypeError)
    case LessThan => if areDecimals(vs) then Ok(Bool(vs[0].x.scaled < vs[1].x.scaled)) else Err(TypeError)
    case LessThanOrEqual => if areDecimals(vs) then Ok(Bool(vs[0].x.scaled <= vs[1].x.scaled)) else Err(TypeError)
    case GreaterThan => if areDecimals(vs) then Ok(Bool(vs[0].x.scaled > vs[1].x.scaled)) else Err(TypeError)
    case GreaterThanOrEqual => if areDecimals(vs) then Ok(Bool(vs[0].x.scaled >= vs[1].x.scaled)) else Err(TypeError)
    case IPFun => if isString(vs) then ext(parseIP(vs[0].s), a => IPAddr(a)) else Err(TypeError)
    case IsIpv4 => if isIP(vs) then Ok(Bool(vs[0].x.net.V4?)) else Err(TypeError)
    case IsIpv6 => if isIP(vs) then Ok(Bool(vs[0].x.net.V6?)) else Err(TypeError)
    case IsLoopback => if isIP(vs) then Ok(Bool(isLoopback(vs[0].x.net))) else Err(TypeError)
    case IsMulticast => if isIP(vs) then Ok(Bool(isMulticast(vs[0].x.net))) else Err(TypeError)
    case IsInRange =>
      if |vs| == 2 && isIP(vs[..1]) && isIP(vs[1..]) then Ok(Bool(inRange(vs[0].x.net, vs[1].x.net))) else Err(TypeError)
    case DatetimeFun => if isString(vs) then ext(parseDatetime(vs[0].s), n => Datetime(n)) else Err(TypeError)
    case DurationFun => if isString(vs) then ext(parseDuration(vs[0].s), n => Duration(n)) else Err(TypeError)
    case Offset =>
      if |vs| == 2 && isDatetime(vs[..1]) && isDuration(vs[1..])
      then ext(offset(vs[0].x.instant, vs[1].x.length), n => Datetime(n)) else Err(TypeError)
    case DurationSince =>
      if |vs| == 2 && isDatetime(vs[..1]) && isDatetime(vs[1..])
      then ext(durationSince(vs[0].x.instant, vs[1].x.instant), n => Duration(n)) else Err(TypeError)
    case ToDate => if isDatetime(vs) then ext(toDate(vs[0].x.instant), n => Datetime(n)) else Err(TypeError)
    case ToTime => if isDatetime(vs) then Ok(Ext(Duration(toTime(vs[0].x.instant)))) else Err(TypeError)
    case ToMilliseconds => if isDuration(vs) then Ok(Int(vs[0].x.length)) else Err(TypeError)
    case ToSeconds => if isDuration(vs) then Ok(Int(inUnits(vs[0].x.length, 1000))) else Err(TypeError)
    case ToMinutes => if isDuration(vs) then Ok(Int(inUnits(vs[0].x.length, 60_000))) else Err(TypeError)
    case ToHours => if isDuration(vs) then Ok(Int(inUnits(vs[0].x.length, 3_600_000))) else Err(TypeError)
    case ToDays => if isDuration(vs) then Ok(Int(inUnits(vs[0].x.length, MS_PER_DAY))) else Err(TypeError)
    case NoSuchFun => Err(ExtensionError)
  }
}
