/**
 * Text positions — lines, columns and bytes of places in one text.
 *
 * Technique: sampled prefix sums. A text is looked through once, when the first place is asked for, and each place costs a binary search; so a report of n
 * errors costs the text and n log n. Counting from the start for each of them would be quadratic.
 */
/** Code units between two samples of the byte count. */
const SAMPLE = 128;

/** Longer lines are not shown whole. */
const SHOWN_BEFORE = 80;
const SHOWN_AFTER = 120;

/** The part of a line around a place, and where in it the place is. */
export interface Excerpt {
  readonly text: string;
  readonly at: number;
}

export class TextPositions {
  readonly text: string;
  #lineStarts: readonly number[] | undefined;
  /** Offsets of the low surrogates of surrogate pairs. */
  #lowSurrogates: readonly number[] | undefined;
  /** Bytes before each multiple of SAMPLE. */
  #bytes: readonly number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** From 1 on. */
  lineOf(offset: number): number {
    return countUpTo(this.#starts(), offset);
  }

  lineStart(offset: number): number {
    return this.#starts()[this.lineOf(offset) - 1]!;
  }

  /** In code points, from 1 on. */
  columnOf(offset: number): number {
    const start = this.lineStart(offset);
    this.#lowSurrogates ??= lowSurrogatesOf(this.text);
    const pairs = countUpTo(this.#lowSurrogates, offset - 1) - countUpTo(this.#lowSurrogates, start - 1);
    return offset - start - pairs + 1;
  }

  /** The line of a place, without its end; of a long line, what is around the place. */
  excerpt(offset: number): Excerpt {
    const lineStart = this.lineStart(offset);
    const lineEnd = (this.#starts()[this.lineOf(offset)] ?? this.text.length + 1) - 1;
    if (lineEnd - lineStart <= SHOWN_BEFORE + SHOWN_AFTER)
      return { text: this.text.slice(lineStart, lineEnd), at: offset - lineStart };
    const [start, end] = [Math.max(lineStart, offset - SHOWN_BEFORE), Math.min(lineEnd, offset + SHOWN_AFTER)];
    const before = start > lineStart ? '…' : '';
    const shown = `${before}${this.text.slice(start, end)}${end < lineEnd ? '…' : ''}`;
    return { text: shown.toWellFormed(), at: before.length + offset - start };
  }

  /** The number of bytes before a place, the text being UTF-8. */
  byteOf(offset: number): number {
    this.#bytes ??= sampledBytes(this.text);
    const end = Math.min(offset, this.text.length);
    const sample = Math.floor(end / SAMPLE);
    return this.#bytes[sample]! + utf8Length(this.text, sample * SAMPLE, end);
  }

  #starts(): readonly number[] {
    this.#lineStarts ??= lineStartsOf(this.text);
    return this.#lineStarts;
  }
}

const OF_SOURCES = new WeakMap<object, TextPositions>();

/** Those of a source that many policies have. */
export function positionsIn(source: { readonly text: string }): TextPositions {
  let positions = OF_SOURCES.get(source);
  if (positions === undefined) {
    positions = new TextPositions(source.text);
    OF_SOURCES.set(source, positions);
  }
  return positions;
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

const ANY_SURROGATE = /[\ud800-\udfff]/;

function lowSurrogatesOf(text: string): number[] {
  const found: number[] = [];
  if (!ANY_SURROGATE.test(text)) return found;
  for (let at = 0; at < text.length; at++) if (text.codePointAt(at)! > 0xffff) found.push(++at);
  return found;
}

function sampledBytes(text: string): number[] {
  const bytes = [0];
  for (let at = 0; at + SAMPLE <= text.length; at += SAMPLE)
    bytes.push(bytes.at(-1)! + utf8Length(text, at, at + SAMPLE));
  return bytes;
}

/** The number of bytes of a part of a text, the text being UTF-8; each half of a surrogate pair counts two of its four. */
function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes++;
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}

/** How many of the numbers, which rise, are at most `limit`. */
function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
