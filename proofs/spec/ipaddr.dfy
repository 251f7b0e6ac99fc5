/* IP address: version 4 or 6 with a prefix length; host bits are kept.
   Spec: Cedar.Spec.Ext.IPAddr */

include "text.dfy"

module IPAddrs {
  import opened Values
  import opened Text

  function method parseIP(s: string): Option<IPNet> {
    var parts := split(s, '/');
    if |parts| > 2 then None
    else match parseV4(parts[0])
      case Some(addr) =>
        (match parsePrefix(parts[1..], 32)
          case None => None
          case Some(pre) => Some(V4(addr, pre)))
      case None => match parseV6(parts[0])
        case None => None
        case Some(addr) => match parsePrefix(parts[1..], 128)
          case None => None
          case Some(pre) => Some(V6(addr, pre))
  }

  function method parsePrefix(part: seq<string>, size: nat): Option<nat> {
    if part == [] then Some(size)
    else match parsePlainNat(part[0])
      case None => None
      case Some(n) => if n <= size then Some(n) else None
  }

  function method parseV4(s: string): Option<nat> {
    var octets := split(s, '.');
    if |octets| == 4 then parseOctets(octets) else None
  }

  function method parseOctets(octets: seq<string>): Option<nat> {
    if octets == [] then Some(0)
    else match parseOctets(octets[..|octets| - 1])
      case None => None
      case Some(high) => match parsePlainNat(octets[|octets| - 1])
        case None => None
        case Some(low) => if low <= 255 then Some(high * 256 + low) else None
  }

  /* Eight groups; one `::` stands for one or more groups of zeros. */
  function method parseV6(s: string): Option<nat> {
    var cut := doubleColon(s);
    match parseGroups(if cut < |s| then s[..cut] else s)
      case None => None
      case Some(left) =>
        if cut == |s| then if |left| == 8 then Some(join(left)) else None
        else match parseGroups(s[cut + 2..])
          case None => None
          case Some(right) =>
            var zeros := 8 - |left| - |right|;
            if zeros > 0 then Some(join(left) * pow(65536, 8 - |left|) + join(right)) else None
  }

  /* Where `::` first stands, or the length of the string. */
  function method doubleColon(s: string): nat
    ensures doubleColon(s) == |s| || doubleColon(s) + 2 <= |s|
  {
    if |s| < 2 then |s| else if s[0] == ':' && s[1] == ':' then 0 else 1 + doubleColon(s[1..])
  }

  function method parseGroups(s: string): Option<seq<nat>> {
    if s == [] then Some([]) else parseEachGroup(split(s, ':'))
  }

  function method parseEachGroup(groups: seq<string>): Option<seq<nat>> {
    if groups == [] then Some([])
    else match parseEachGroup(groups[1..])
      case None => None
      case Some(rest) =>
        if 1 <= |groups[0]| <= 4 && areHexDigits(groups[0]) then Some([hex(groups[0])] + rest) else None
  }

  predicate method isHexDigit(c: char) { isDigit(c) || 'a' <= c <= 'f' || 'A' <= c <= 'F' }

  predicate method areHexDigits(s: string) { forall i :: 0 <= i < |s| ==> isHexDigit(s[i]) }

  function method hex(s: string): nat
    requires areHexDigits(s)
  {
    if s == [] then 0
    else
      var c := s[|s| - 1];
      hex(s[..|s| - 1]) * 16 + c as int - (if isDigit(c) then '0' as int else if c >= 'a' then 'a' as int - 10 else 'A' as int - 10)
  }

  function method join(groups: seq<nat>): nat {
    if groups == [] then 0 else join(groups[..|groups| - 1]) * 65536 + groups[|groups| - 1]
  }

  /* All addresses of `a` are addresses of `b`. */
  predicate method inRange(a: IPNet, b: IPNet) {
    a.V4? == b.V4? && low(b) <= low(a) && high(a) <= high(b)
  }

  /* How many addresses share the prefix. */
  function method block(a: IPNet): nat
    ensures block(a) > 0
  {
    var size := if a.V4? then 32 else 128;
    pow(2, if a.pre <= size then size - a.pre else 0)
  }

  function method low(a: IPNet): int { a.addr / block(a) * block(a) }

  function method high(a: IPNet): int { low(a) + block(a) - 1 }

  predicate method isLoopback(a: IPNet) { inRange(a, if a.V4? then V4(0x7f00_0000, 8) else V6(1, 128)) }

  predicate method isMulticast(a: IPNet) { inRange(a, if a.V4? then V4(0xe000_0000, 4) else V6(0xff00 * pow(65536, 7), 8)) }
}
