/**
 * Names — the only way from words of policies to identifiers.
 *
 * A name is the author's word where JavaScript allows it, with a number behind it where it is taken.
 */

/** Words that an identifier may not be, and the parameters and helpers of emitted functions. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function ' +
    'if implements import in instanceof interface let new null of package private protected public return static super switch this throw true ' +
    'try typeof undefined var void while with yield async get set NaN Infinity'
  ).split(' '),
);

export class Names {
  readonly #taken: Set<string>;
  readonly #numbers = new Map<string, number>();

  /** `taken` are names that emitted code uses for its own ends. */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** A new identifier that reads like `word`. */
  fresh(word: string): string {
    const base = identifier(word);
    // The third use of `policy0` must not read as policy 03.
    const separator = /\d$/.test(base) ? '_' : '';
    let name = base;
    for (let n = this.#numbers.get(base) ?? 2; this.#taken.has(name); n++) {
      name = `${base}${separator}${n}`;
      this.#numbers.set(base, n);
    }
    this.#taken.add(name);
    return name;
  }
}

/** ASCII letters, digits and underscores; never a reserved word, never beginning with a digit or `$`. */
function identifier(word: string): string {
  const plain = word.replace(/[^A-Za-z0-9_]+/g, '_').slice(0, 40);
  if (plain === '' || plain === '_') return 'x';
  return /^[0-9]/.test(plain) || RESERVED.has(plain) ? `_${plain}` : plain;
}
