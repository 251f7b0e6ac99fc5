/* Text: the little that the parsers of extension values need to know of strings. */

include "value.dfy"

module Text {
  import opened Values

  predicate method isDigit(c: char) { '0' <= c <= '9' }

  predicate method areDigits(s: string) { forall i :: 0 <= i < |s| ==> isDigit(s[i]) }

  function method digits(s: string): nat
    requires areDigits(s)
  {
    if s == [] then 0 else digits(s[..|s| - 1]) * 10 + (s[|s| - 1] as int - '0' as int)
  }

  function method parseNat(s: string): Option<nat> {
    if s != [] && areDigits(s) then Some(digits(s)) else None
  }

  /* A number without leading zeros. */
  function method parsePlainNat(s: string): Option<nat> {
    if |s| > 1 && s[0] == '0' then None else parseNat(s)
  }

  function method split(s: string, separator: char): seq<string>
    ensures |split(s, separator)| > 0
  {
    if s == [] then [[]]
    else
      var rest := split(s[1..], separator);
      if s[0] == separator then [[]] + rest else [[s[0]] + rest[0]] + rest[1..]
  }

  /* How many characters at the start of `s` are digits, or are none. */
  function method run(s: string, ofDigits: bool): nat
    ensures run(s, ofDigits) <= |s|
  {
    if s == [] || isDigit(s[0]) != ofDigits then 0 else 1 + run(s[1..], ofDigits)
  }

  predicate method startsWith(s: string, c: char) { s != [] && s[0] == c }

  /* `shape` says character by character what `s` must be: 0 stands for a digit, ~ for a sign, the rest for itself. */
  predicate method hasShape(s: string, shape: string) {
    |s| == |shape| && forall i :: 0 <= i < |s| ==>
      if shape[i] == '0' then isDigit(s[i]) else if shape[i] == '~' then s[i] == '+' || s[i] == '-' else s[i] == shape[i]
  }

  function method pow(base: nat, n: nat): nat
    ensures base > 0 ==> pow(base, n) > 0
  {
    if n == 0 then 1 else base * pow(base, n - 1)
  }

  function method int64(n: int): Option<int> { if isInt64(n) then Some(n) else None }
}
