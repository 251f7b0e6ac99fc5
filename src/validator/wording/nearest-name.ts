/**
 * Nearest name — the known name with the fewest edits to a misspelt one.
 */
import { nearest } from '../../parser/text/nearest.ts';

/** Each error compares them all: of a record of 20,000 attributes, a thousand errors took seconds. */
const NAMES_AT_MOST = 2048;

/** However many edits it takes, as in the official build; `undefined` if there are no names, or too many to compare. */
export function nearestName(word: string, names: Iterable<string>): string | undefined {
  const known = word === '' ? undefined : listed(names);
  return known && nearest(word, known, Number.POSITIVE_INFINITY);
}

function listed(names: Iterable<string>): readonly string[] | undefined {
  const list: string[] = [];
  for (const name of names) {
    if (list.length === NAMES_AT_MOST) return undefined;
    list.push(name);
  }
  return list;
}
