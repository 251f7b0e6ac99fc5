/**
 * Datetime — an instant, in milliseconds since 1970-01-01T00:00:00Z.
 *
 * Spec:  Cedar.Spec.Ext.Datetime
 */
import { Duration, UNITS } from './duration.ts';
import { type EvaluationFailure, extensionError } from './evaluation-error.ts';
import { addLong, type Long, subLong } from './long.ts';

export class Datetime {
  readonly ms: Long;

  constructor(ms: Long) {
    this.ms = ms;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'datetime';
  }

  /** See value-key.ts. */
  get key(): string {
    return `@datetime(${this.ms})`;
  }

  offset(by: Duration): Datetime | EvaluationFailure {
    const ms = addLong(this.ms, by.ms);
    if (ms !== undefined) return new Datetime(ms);
    return extensionError('offset', `overflows when adding an offset: ${this.display()}+(${by.ms}ms)`);
  }

  durationSince(other: Datetime): Duration | EvaluationFailure {
    const ms = subLong(this.ms, other.ms);
    if (ms !== undefined) return new Duration(ms);
    const reason = `overflows when computing the duration between ${this.display()} and ${other.display()}`;
    return extensionError('durationSince', reason);
  }

  /** Midnight UTC at or before this instant. */
  toDate(): Datetime | EvaluationFailure {
    const ms = subLong(this.ms, this.toTime().ms);
    if (ms !== undefined) return new Datetime(ms);
    return extensionError('toDate', `overflows when computing the date of ${this.display()}`);
  }

  /** The time since midnight UTC, never negative. */
  toTime(): Duration {
    const rest = typeof this.ms === 'number' ? this.ms % UNITS.days : Number(this.ms % BigInt(UNITS.days));
    return new Duration(rest < 0 ? rest + UNITS.days : rest + 0);
  }

  /** As the official build writes an instant in its messages. */
  display(): string {
    return `datetime("1970-01-01").offset(duration("${this.ms}ms"))`;
  }
}

const HELP =
  'valid datetime strings start with `YYYY-MM-DD` and may optionally include `THH:MM:SS` plus `Z`, `.SSSZ`, or an offset like `+0700`';

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})/;
const TIME = /^T([0-9]{2}):([0-9]{2}):([0-9]{2})/;
const ZONE = /^(?:\.([0-9]{3}))?(?:Z|([+-])([0-9]{2})([0-9]{2}))$/;

/** A date, or a date and time with a zone: `YYYY-MM-DD`, `YYYY-MM-DDThh:mm:ss[.mmm](Z|±hhmm)`. */
export function parseDatetime(text: string): Datetime | EvaluationFailure {
  const date = DATE.exec(text);
  if (date === null) return invalid('invalid date pattern');
  const days = daysFromCivil(Number(date[1]), Number(date[2]), Number(date[3]));
  const afterDate = text.slice(date[0].length);
  if (afterDate === '') return days === undefined ? invalid(`invalid date: ${date[0]}`) : instant(days, 0);

  const time = TIME.exec(afterDate);
  if (time === null) return invalid('invalid hour/minute/second pattern');
  const zone = ZONE.exec(afterDate.slice(time[0].length));
  if (zone === null) return invalid('invalid millisecond and/or offset pattern');
  if (days === undefined) return invalid(`invalid date: ${date[0]}`);
  const [hours, minutes, seconds] = [Number(time[1]), Number(time[2]), Number(time[3])];
  if (hours > 23 || minutes > 59 || seconds > 59) return invalid(`invalid hour/minute/second: ${time[0].slice(1)}`);
  const [offsetHours, offsetMinutes] = [Number(zone[3] ?? 0), Number(zone[4] ?? 0)];
  if (offsetHours > 23 || offsetMinutes > 59) return invalid(`invalid offset range: ${offsetHours}${offsetMinutes}`);
  const local = hours * UNITS.hours + minutes * UNITS.minutes + seconds * UNITS.seconds + Number(zone[1] ?? 0);
  const offset = offsetHours * UNITS.hours + offsetMinutes * UNITS.minutes;
  return instant(days, zone[2] === '-' ? local + offset : local - offset);
}

function invalid(reason: string): EvaluationFailure {
  return extensionError('datetime', reason, HELP);
}

function instant(days: number, ms: number): Datetime {
  return new Datetime(days * UNITS.days + ms);
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar, years 0 to 9999; `undefined` for a day that is not in it. */
function daysFromCivil(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  // Years begin in March here, so that the leap day is the last of its year.
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
