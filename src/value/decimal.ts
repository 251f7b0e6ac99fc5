/**
 * Decimal — a fixed-point number with four fractional digits.
 *
 * Spec:  Cedar.Spec.Ext.Decimal
 */
import { type EvaluationFailure, extensionError } from './evaluation-error.ts';
import { type Long, longFromBigInt, parseDigits } from './long.ts';
import { unicodePattern } from './once.ts';

export class Decimal {
  /** The number times 10,000. */
  readonly scaled: Long;

  constructor(scaled: Long) {
    this.scaled = scaled;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'decimal';
  }

  /** See value-key.ts. */
  get key(): string {
    return `@decimal(${this.scaled})`;
  }

  /** What `decimal` takes, without needless zeros. */
  toString(): string {
    const digits = String(this.scaled).replace('-', '').padStart(5, '0');
    const fraction = digits.slice(-4).replace(/(?<=.)0+$/, '');
    return `${this.scaled < 0 ? '-' : ''}${digits.slice(0, -4)}.${fraction}`;
  }
}

const RANGE = '-922337203685477.5808 to 922337203685477.5807';
const WELL_FORMED =
  'valid decimal strings look like `12.34`: digits are required on both sides of `.`, up to 4 fractional digits are allowed, ' +
  `and the value must be in range ${RANGE}`;

const shape = unicodePattern('^(-?)(\\p{Nd}+)\\.(\\p{Nd}+)$');

/** `text` must be an optional minus, digits, a point, one to four digits. The sign is the text's: `-0.5` is negative. */
export function parseDecimal(text: string): Decimal | EvaluationFailure {
  const match = shape().exec(text);
  if (match === null) return extensionError('decimal', `\`${text}\` is not a well-formed decimal value`, WELL_FORMED);
  const [, sign = '', whole = '', fraction = ''] = match;
  const units = parseDigits(whole);
  if (units === undefined || !fits(units * 10_000n, sign)) return overflow();
  if (fraction.length > 4) {
    const reason = `too many digits after the decimal in \`${text}\``;
    return extensionError('decimal', reason, 'at most 4 digits are supported');
  }
  const rest = parseDigits(fraction.padEnd(4, '0'));
  return rest === undefined ? overflow() : (fits(units * 10_000n + rest, sign) ?? overflow());
}

function fits(magnitude: bigint, sign: string): Decimal | undefined {
  const scaled = longFromBigInt(sign === '-' ? -magnitude : magnitude);
  return scaled === undefined ? undefined : new Decimal(scaled);
}

function overflow(): EvaluationFailure {
  return extensionError('decimal', 'overflow when converting to decimal', `the value must be in range ${RANGE}`);
}
