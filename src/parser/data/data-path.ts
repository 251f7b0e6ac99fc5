/**
 * Place — where in the data a value stands, and the error that tells it.
 */
import type { DiagnosticLabel } from '../../syntax/diagnostic.ts';
import { CedarmillError } from '../../value/cedarmill-error.ts';
import { JSON_DEPTH_LIMIT } from '../../value/json.ts';

type Root = { readonly name: string; readonly lead: string | (() => string) };

/** A path into data, made link by link on the way down and written out only when something is wrong. */
export class DataPath {
  readonly #root: Root;
  readonly #up: DataPath | undefined;
  readonly #key: string | number | undefined;
  /** How many lists and objects are around what stands here. */
  readonly depth: number;

  private constructor(root: Root, up: DataPath | undefined, key: string | number | undefined, depth: number) {
    this.#root = root;
    this.#up = up;
    this.#key = key;
    this.depth = depth;
  }

  /**
   * `name` begins the path, such as `context`; `lead` begins the message, such as `while parsing context, `; `depth` is that of what is read from
   * there on.
   */
  static root(name: string, lead: string, depth = 0): DataPath {
    return new DataPath({ name, lead }, undefined, undefined, depth);
  }

  at(key: string | number): DataPath {
    return new DataPath(this.#root, this, key, this.depth + 1);
  }

  /** The same path with another beginning of the message, which may be made when it is needed. */
  led(lead: string | (() => string)): DataPath {
    return new DataPath({ name: this.#root.name, lead }, this.#up, this.#key, this.depth);
  }

  /**
   * Refuses a list or object here if it is nested deeper than JSON text may be, as what contains itself is. So no reader runs out of stack, and
   * data are taken or refused alike in either form.
   */
  requireShallow(): void {
    if (this.depth < JSON_DEPTH_LIMIT) return;
    const reason = `recursion limit exceeded: more than ${JSON_DEPTH_LIMIT} levels of lists and objects`;
    throw new DataError(this, reason, undefined, 'bare', `${reason}; does it contain itself?`);
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
  /** `name`: those of the text as a name, for whoever shows them. */
  readonly labels: readonly DiagnosticLabel[] | 'name';
}

/** Data that denote nothing, or something other than they should. */
export class DataError extends CedarmillError {
  static override readonly kind = 'DataError';
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
    super('invalidData', `${detail ?? message} (at \`${path}\`)`, { help });
    this.path = path;
    this.keys = place.keys;
    this.reason = reason;
    this.help = help;
    this.located = located;
    this.evaluated = how === 'evaluated';
  }
}
