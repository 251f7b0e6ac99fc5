/**
 * Place — where in the data a value stands, and the error that tells it.
 */
import type { DiagnosticLabel } from '../../syntax/diagnostic.ts';

type Root = { readonly name: string; readonly lead: string | (() => string) };

/** A path into data, made link by link on the way down and written out only when something is wrong. */
export class DataPath {
  readonly #root: Root;
  readonly #up: DataPath | undefined;
  readonly #key: string | number | undefined;

  private constructor(root: Root, up: DataPath | undefined, key: string | number | undefined) {
    this.#root = root;
    this.#up = up;
    this.#key = key;
  }

  /** `name` begins the path, such as `context`; `lead` begins the message, such as `while parsing context, `. */
  static root(name: string, lead: string): DataPath {
    return new DataPath({ name, lead }, undefined, undefined);
  }

  at(key: string | number): DataPath {
    return new DataPath(this.#root, this, key);
  }

  /** The same path with another beginning of the message, which may be made when it is needed. */
  led(lead: string | (() => string)): DataPath {
    return new DataPath({ name: this.#root.name, lead }, this.#up, this.#key);
  }

  /** The members and indices from the root on. */
  get keys(): readonly (string | number)[] {
    return this.#up === undefined || this.#key === undefined ? [] : [...this.#up.keys, this.#key];
  }

  get lead(): string {
    const { lead } = this.#root;
    return typeof lead === 'string' ? lead : lead();
  }

  /** Such as `context.order.items[2]["a b"]`. */
  toString(): string {
    if (this.#up === undefined) return this.#root.name;
    if (typeof this.#key === 'number') return `${this.#up}[${this.#key}]`;
    return /^[A-Za-z_$][\w$]*$/.test(this.#key ?? '')
      ? `${this.#up}.${this.#key}`
      : `${this.#up}[${JSON.stringify(this.#key)}]`;
  }
}

/** A text inside the data, such as the name of a type, and the places in it that are wrong. */
export interface Located {
  readonly text: string;
  readonly labels: readonly DiagnosticLabel[];
}

/** Data that denote nothing, or something other than they should. */
export class DataError extends Error {
  override readonly name = 'DataError';
  /** The path to the value at fault, such as `context.order.items[2]`. */
  readonly path: string;
  /** The same as members and indices, without the root. */
  readonly keys: readonly (string | number)[];
  /** The problem in the words of the official build, its context included. */
  readonly reason: string;
  readonly help: string | undefined;
  /** Whether an extension function refused its arguments. */
  readonly evaluated: boolean;
  readonly located: Located | undefined;

  /** With `bare` the official build does not say where it was; `detail` is what it does not say at all. */
  constructor(
    place: DataPath,
    message: string,
    help?: string,
    how: 'placed' | 'bare' | 'evaluated' = 'placed',
    detail?: string,
    located?: Located,
  ) {
    const path = place.toString();
    const reason = how === 'placed' ? `${place.lead}${message}` : message;
    super(`${detail ?? message} (at \`${path}\`)`);
    this.path = path;
    this.keys = place.keys;
    this.reason = reason;
    this.help = help;
    this.located = located;
    this.evaluated = how === 'evaluated';
  }
}
