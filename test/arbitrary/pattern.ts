/**
 * Arbitrary pattern — what `like` holds texts against: any pieces, or those of a text, which it matches or just misses.
 */
import type { Pattern } from '../../src/value/pattern.ts';
import { STRINGS } from './pool.ts';
import type { Random } from './random.ts';

/** Parts of many strings. */
const RUNS = ['a', 'b', 'ab', '*', '😀'] as const;

export function arbitraryPattern(random: Random): Pattern {
  return joined(
    random.list(0, 5, () => {
      if (random.chance(50)) return null;
      return random.pick(random.chance(60) ? RUNS : STRINGS.slice(1));
    }),
  );
}

/** Begins and ends as the text does, with a part of it between them: they may overlap in the text, and then it does not match. */
export function patternNear(random: Random, text: string): Pattern {
  const characters = [...text];
  const cut = () => random.int(characters.length + 1);
  const piece = (from: number, to: number) => characters.slice(from, to).join('');
  const [begin, end] = [piece(0, cut()), piece(cut(), characters.length)];
  const between = random.list(0, 2, () => [piece(cut(), cut()), null]).flat();
  return joined([random.chance(30) ? null : begin, null, ...between, random.chance(30) ? null : end]);
}

/** No two literal runs side by side, nor two wildcards, and no empty run. */
function joined(parts: readonly (string | null)[]): Pattern {
  const pattern: (string | null)[] = [];
  for (const part of parts) {
    const last = pattern.at(-1);
    if (part === null ? last !== null : part !== '' && typeof last !== 'string') pattern.push(part);
  }
  return pattern;
}
