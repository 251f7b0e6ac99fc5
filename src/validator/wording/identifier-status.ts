/**
 * Identifier status — the characters that may stand in identifiers by the General Security Profile.
 *
 * Generated from Unicode 16.0, security/IdentifierStatus.txt, property Identifier_Status=Allowed (the version of the official build). Each entry is
 * a range: the distance of its start from the end of the one before, then, after a hyphen, its length less one, in base 36.
 *
 * Docs: Unicode Technical Standard 39, section 3.1 General Security Profile for Identifiers
 */
import { once } from '../../value/once.ts';

const ALLOWED = `
  13 6-1 2-a 7-p 5 2-p 1p 9-m 2-u 2-1l 3-a 3-7 2-1g h h-1 e-1 t-f 2-5 3-a 4-1 3-1 1-t 1-3 3-1 7-d 12 2q-1 1c k-4 2-6 3-2
  2-1 7 8-5 5-1 2-1 4 3-1 9 3 1c 6-2 9 2-2 2 2-j 2-17 1a-3 1 1-b 1 1-1t 1 1-b 1 1-1 17-1 1-3 1-1g 1-1 1-1 1-1 1-1 1-1 1
  1-r 1-1 1-7 1-1 1-1 1-5 h-3 1-f 1-1 1-1 1-1 5-1 2-11 3 8-11 4 16 s-q 5 1-4 18 1-p 1-4 2-h 1-2 b-9 7-2 2 5-k 2-h 2-l
  1-1 1-4 1 1-e 1 1-3 2 g-1 8-1 1-9 1-4 1 29-t 1-h 1-1c 1 5b-n 2-5 i 1 1-a 6 3 1-7 1-9 1-1 1k-2 1 1-1g 1-1 1-h 2 1 6-1
  9-3 3-9 2-1 1-4 2-1 1-1 1 1-1 2-2 2-7 3-1 3-l 2-6 2 4-3 3 1 1-6 3-1 3-2 1 9 9-3 3-b d 3 1 1 2-5 5-1 3-l 2-6 2 3 3-1 3
  2-4 5-1 3-2 f a-e d-2 2-6 1 1 2-2 2-l 2-6 2-1 2-4 3-9 2-2 2-2 3 g 1-2 3-9 b-5 2-2 2-7 3-1 3-l 2-6 2-1 2 1-3 3-7 4-1
  3-2 8 1-1 8-2 5-9 2 h-1 2-5 4-2 2-3 4-1 2 2-1 4-1 4-2 4-7 1 1-2 5-4 4-2 2-3 3 7 f 1-8 i-2 1 1-7 2-2 2-m 2-9 2-4 3 1
  1-6 2-2 2-3 8-1 7 3-1 5-9 h 2-1 2-7 2-2 2-m 2-9 2-4 3-1 1-6 2-2 2-3 8-1 7 3-1 1-1 3-9 2-1 1 d 2-1 2-7 2-2 2-m 1 1-f 1
  3 1-5 3-2 2-3 1 6-2 1 9-1 5-9 b-5 3-1 2-9 3-5 4-b 2-a 2-8 2 3-6 4 5-5 2 2-6 k f-1d 2-6 6-e 2-9 14-1 2 2 1-1 1 1 2 1
  1-5 1-3 1 1-6 1 1-2 2 2 1-1 1-1 1 1-5 2-5 1 1-2 3-4 2 2-5 1 2-9 5-1 x b l-9 c 2 7-4 2-3 2-3 2-3 2-3 2-3 2-b 2 1-1 5-1
  2 6-6 2-2 2-5 1-3 1-2 2-1 1 1 2-3 2-3 2-3 2-3 2 1-2 1-6 1 2-2 a 1m-x 1 1-4 1 1-1 1 1-6 1-2 1-3 1-5 1-9 7-9 1-1r 1-3 16
  6 3-w 7-1 1-1 3-2 75-6 1 1-1q 1 1 2-3 3-6 2 2-3 3-12 1 1 2-3 3-u 1 1 2-3 3-6 2 2-3 3-6 1 1-6 2-m 1 1-u 1 1 2-3 3-6 1
  1-12 1 1-i 3-1 1 x-f s1-y 3-2 2-a 3-n 3 2 5 5 4-9 x3-16 3-2 8x-49 5 2-2h 7-l 3-5 3-11 3-5 3-7 2 2 2 2-h 2 2 2 2 2 2
  4-1g 2-4 2 6-2 2-2 2 2 4-2 4-4 6-2 2-6 2 6-2 2-2 2 2 k 9 e 2kg 6 2b-m a-6 2-6 2-6 2-6 2-6 2-6 2-6 2-6 fb-2 1m-2b 1-1
  3-1 3-1 2 1-2l 7-13 1 2 35-n 1-2 1-4 g1-52t 1-9 1t-g4l 1-l 1-7 1-7 1 1-8 1-k 1-4 1-c 1-2 1a8 48-3 1-4 2x 5 5-1 n m-1
  1-4 1-3 6-1 2 2-4 em-n 2q-m 4-1 1-3 3m-5 3-5 3-5 a-6 2-6 1k-1 49-8mb 6sr-1 2 2-1 b 2 2-1 3-2 4wo 2 1k 1 ib8-1 cvi-3 g
  u-2 3 f-3 909-u 7-5 9x 1g1-6 2-3 2-1 2-e 4qq-wye 1-6 1-1 x-378 1-3 1 7-65 3-4g1 f-5rk g-h9 3hf-3t6 6-38f
`;

interface Range {
  readonly start: number;
  readonly end: number;
}

function readRanges(): Range[] {
  let last = 0;
  return ALLOWED.trim()
    .split(/\s+/)
    .map((entry) => {
      const [distance = '', more = '0'] = entry.split('-');
      const start = last + Number.parseInt(distance, 36);
      last = start + Number.parseInt(more, 36);
      return { start, end: last };
    });
}

/** Read when they are first asked for: most processes that load the validator never do. */
const allowed = once(readRanges);

export function isAllowedInIdentifier(character: string): boolean {
  const ranges = allowed();
  const codePoint = character.codePointAt(0)!;
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.end < codePoint) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && ranges[low]!.start <= codePoint;
}
