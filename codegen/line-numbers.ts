/**
 * Line numbers — the line of an offset. Each text is indexed once, then lines are found by binary search.
 */
import type { Source } from '../src/syntax/policy.ts';

export class Lines {
  readonly #starts = new WeakMap<Source, readonly number[]>();

  lineOf(source: Source, offset: number): number {
    let starts = this.#starts.get(source);
    if (starts === undefined) {
      starts = startsOf(source.text);
      this.#starts.set(source, starts);
    }
    return countUpTo(starts, offset);
  }
}

function startsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
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
