/**
 * JSON structure — can a JavaScript value be written as JSON of a reasonable size? It may be cyclic, deeper than JSON may be, or share parts so that it is
 * small in memory and without measure when written out.
 *
 * Technique: depth-first search with the open ancestors; of each finished object the height and the size are kept, so that shared ones are looked at once.
 */
import { JSON_DEPTH_LIMIT } from '../../value/json.ts';
import { isJsonObject } from './json-form.ts';

export interface StructureProblem {
  readonly kind: 'cyclic' | 'tooDeep' | 'tooLarge';
  readonly message: string;
}

/** What is wrong with the structure of a value; `undefined` if it can be written. */
export function structureProblem(value: unknown): StructureProblem | undefined {
  return new Structure().problemOf(value);
}

/** Is it nested deeper than JSON may be, or without end? */
export function isTooDeep(value: unknown): boolean {
  const kind = structureProblem(value)?.kind;
  return kind === 'tooDeep' || kind === 'cyclic';
}

interface Measured {
  /** Levels below. */
  readonly height: number;
  /** Values in it, written out. */
  readonly size: number;
}

const LEAF: Measured = { height: 0, size: 1 };

/** How many more values than there are may be written out. */
const MOST_REPEATED = 5_000_000;

/** Is something else written in its place? */
function hasOwnForm(value: object): boolean {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

class Structure {
  readonly #measured = new Map<object, Measured>();
  readonly #open = new Set<object>();
  readonly #path: string[] = [];
  /** Ends the search. */
  #problem: StructureProblem | undefined;
  /** What counts if nothing is worse. */
  #tooLarge: StructureProblem | undefined;
  #values = 0;

  problemOf(value: unknown): StructureProblem | undefined {
    this.#measure(value);
    return this.#problem ?? this.#tooLarge;
  }

  #measure(value: unknown): Measured {
    this.#values++;
    if ((!isJsonObject(value) && !Array.isArray(value)) || hasOwnForm(value)) return LEAF;
    const known = this.#measured.get(value);
    if (known !== undefined) return this.#checked(known);
    if (this.#open.has(value)) return this.#refuse('cyclic', `${this.#place()} holds itself`);
    this.#open.add(value);
    const measured = this.#measureParts(value);
    this.#open.delete(value);
    this.#measured.set(value, measured);
    return this.#checked(measured);
  }

  #measureParts(value: object): Measured {
    let { height, size } = LEAF;
    for (const key of Object.keys(value)) {
      if (this.#problem !== undefined) break;
      this.#path.push(Array.isArray(value) ? `[${key}]` : `.${key}`);
      const part = this.#path.length > JSON_DEPTH_LIMIT ? this.#refuseDepth() : this.#measure((value as never)[key]);
      this.#path.pop();
      height = Math.max(height, part.height + 1);
      size += part.size;
    }
    return { height, size };
  }

  #checked(measured: Measured): Measured {
    if (this.#path.length + measured.height > JSON_DEPTH_LIMIT) return this.#refuseDepth();
    if (this.#tooLarge === undefined && measured.size > this.#values + MOST_REPEATED) {
      const message = `${this.#place()} is too large when what it shares is written out`;
      this.#tooLarge = { kind: 'tooLarge', message };
    }
    return measured;
  }

  #refuseDepth(): Measured {
    return this.#refuse('tooDeep', 'recursion limit exceeded');
  }

  #refuse(kind: StructureProblem['kind'], message: string): Measured {
    this.#problem ??= { kind, message };
    return LEAF;
  }

  #place(): string {
    const path = this.#path.join('').replace(/^\./, '');
    return path === '' ? 'the value' : `\`${path}\``;
  }
}
