/**
 * Nearest name — the known name with the fewest edits to a misspelt one.
 */
import { nearest } from '../../parser/text/nearest.ts';

/** However many edits it takes, as in the official build; `undefined` if there are no names. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  return word === '' ? undefined : nearest(word, names, Number.POSITIVE_INFINITY);
}
