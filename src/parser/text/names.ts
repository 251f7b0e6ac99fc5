/**
 * Names — one string for each identifier of a text, however often it stands there; likewise for what stands between quotes.
 *
 * A text of many policies has few identifiers, and many of its strings are alike. Those that were read last are kept, each in the place that its
 * first and last letters and its length give it; so most cost no memory, and whoever compares them later meets the same string.
 */

const PLACES = 128;

export class Names {
  readonly #known: string[] = new Array<string>(PLACES).fill('');

  /** The text from `start` to `end`, which is not empty. */
  at(text: string, start: number, end: number): string {
    const length = end - start;
    const place = (text.charCodeAt(start) + 3 * text.charCodeAt(end - 1) + 11 * length) % PLACES;
    const known = this.#known[place]!;
    if (known.length === length && text.startsWith(known, start)) return known;
    const name = text.slice(start, end);
    this.#known[place] = name;
    return name;
  }
}
