/* Datetime and duration: an instant in milliseconds since 1970-01-01T00:00:00Z, and a signed number of milliseconds.
   Spec: Cedar.Spec.Ext.Datetime */

include "text.dfy"

module Datetimes {
  import opened Values
  import opened Text

  const MS_PER_DAY := 86_400_000

  /* YYYY-MM-DD, or that with Thh:mm:ss, perhaps .mmm, and Z or an offset ~hhmm. */
  function method parseDatetime(s: string): Option<int> {
    if |s| < 10 || !hasShape(s[..10], "0000-00-00") then None
    else match parseDate(s[..10])
      case None => None
      case Some(days) =>
        if |s| == 10 then Some(days * MS_PER_DAY)
        else if |s| < 20 || !hasShape(s[10..19], "T00:00:00") then None
        else match parseTime(s[10..19])
          case None => None
          case Some(ms) => match parseFraction(s[19..])
            case None => None
            case Some(fraction) => int64(days * MS_PER_DAY + ms + fraction)
  }

  function method parseDate(s: string): Option<int>
    requires hasShape(s, "0000-00-00")
  {
    var year, month, day := digits(s[0..4]), digits(s[5..7]), digits(s[8..10]);
    if 1 <= month <= 12 && 1 <= day <= daysOfMonth(year, month) then Some(daysSinceEpoch(year, month, day)) else None
  }

  function method daysOfMonth(year: nat, month: nat): nat {
    if month == 2 then if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) then 29 else 28
    else if month in {4, 6, 9, 11} then 30 else 31
  }

  /* Proleptic Gregorian calendar. Years are counted from March on, so that the leap day is the last. */
  function method daysSinceEpoch(year: int, month: int, day: int): int {
    var y := if month <= 2 then year - 1 else year;
    var m := (month + 9) % 12;
    365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719_468
  }

  function method parseTime(s: string): Option<int>
    requires hasShape(s, "T00:00:00")
  {
    var hour, minute, second := digits(s[1..3]), digits(s[4..6]), digits(s[7..9]);
    if hour <= 23 && minute <= 59 && second <= 59 then Some(((hour * 60 + minute) * 60 + second) * 1000) else None
  }

  function method parseFraction(s: string): Option<int> {
    if |s| < 4 || !hasShape(s[..4], ".000") then parseZone(s)
    else match parseZone(s[4..])
      case None => None
      case Some(zone) => Some(digits(s[1..4]) + zone)
  }

  /* What brings local time to UTC: east of Greenwich the clocks are ahead. */
  function method parseZone(s: string): Option<int> {
    if s == "Z" then Some(0)
    else if !hasShape(s, "~0000") then None
    else
      var hours, minutes := digits(s[1..3]), digits(s[3..5]);
      if hours > 23 || minutes > 59 then None
      else
        var ms: int := (hours * 60 + minutes) * 60_000;
        Some(if s[0] == '+' then -ms else ms)
  }

  const UNITS := [("d", MS_PER_DAY), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)]

  function method parseDuration(s: string): Option<int> {
    var negative := startsWith(s, '-');
    var quantities := if negative then s[1..] else s;
    if quantities == [] then None
    else match parseQuantities(quantities, UNITS)
      case None => None
      case Some(ms) => int64(if negative then -ms else ms)
  }

  /* Quantities with their units, largest unit first and each at most once. */
  function method parseQuantities(s: string, units: seq<(string, int)>): Option<int>
    decreases |units|
  {
    if s == [] then Some(0)
    else if units == [] then None
    else
      var number := run(s, true);
      var name := run(s[number..], false);
      if s[number..number + name] != units[0].0 then parseQuantities(s, units[1..])
      else match parseNat(s[..number])
        case None => None
        case Some(n) => match parseQuantities(s[number + name..], units[1..])
          case None => None
          case Some(rest) => Some(n * units[0].1 + rest)
  }

  function method offset(instant: int, duration: int): Option<int> { int64(instant + duration) }

  function method durationSince(instant: int, other: int): Option<int> { int64(instant - other) }

  /* Midnight UTC before or at the instant. Dafny's division rounds down for positive divisors. */
  function method toDate(instant: int): Option<int> { int64(instant / MS_PER_DAY * MS_PER_DAY) }

  function method toTime(instant: int): int { instant % MS_PER_DAY }

  /* Whole units, rounded towards zero. */
  function method inUnits(ms: int, unit: int): int
    requires unit > 0
  {
    if ms >= 0 then ms / unit else -(-ms / unit)
  }
}
