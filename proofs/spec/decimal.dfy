/* Decimal: -?digits.digits with one to four digits after the point, as an integer count of ten-thousandths.
   Spec: Cedar.Spec.Ext.Decimal */

include "text.dfy"

module Decimals {
  import opened Values
  import opened Text

  function method parseDecimal(s: string): Option<int> {
    var negative := startsWith(s, '-');
    var parts := split(if negative then s[1..] else s, '.');
    if |parts| != 2 || |parts[1]| > 4 then None
    else match parseNat(parts[0])
      case None => None
      case Some(left) => match parseNat(parts[1])
        case None => None
        case Some(right) =>
          var scaled := left * 10000 + right * pow(10, 4 - |parts[1]|);
          int64(if negative then -scaled else scaled)
  }
}
