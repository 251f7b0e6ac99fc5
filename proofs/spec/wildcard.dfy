/* Wildcard: what `like` matches. A star stands for any run of characters, the empty one included.
   Spec: Cedar.Spec.Wildcard */

module Wildcard {

  datatype PatElem = Star | JustChar(c: char)

  type Pattern = seq<PatElem>

  predicate method wildcardMatch(text: string, pattern: Pattern)
    decreases |text| + |pattern|
  {
    if pattern == [] then text == []
    else match pattern[0]
      case Star => wildcardMatch(text, pattern[1..]) || (text != [] && wildcardMatch(text[1..], pattern))
      case JustChar(c) => text != [] && text[0] == c && wildcardMatch(text[1..], pattern[1..])
  }
}
