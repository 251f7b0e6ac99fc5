/**
 * Layout — the names of the attributes that many entities share, and texts that are equal among their values.
 *
 * Technique: hidden classes, as JavaScript engines share the names of objects that are alike.
 */
import type { Entity } from '../../../src/value/entities.ts';
import type { Value } from '../../../src/value/value.ts';
import { KNOWN_TEXTS_AT_MOST, LAYOUTS_AT_MOST, MAPPED_NAMES_FROM } from '../limits.ts';

/** The names of the attributes of many entities. */
export class Layout {
  readonly names: readonly string[];
  /** Whether tags stand behind the attributes. */
  readonly tagged: boolean;
  #columns: ReadonlyMap<string, number> | undefined;
  /** The texts met in each column; `undefined` once they are many. */
  readonly #texts: (Map<string, string> | undefined)[];

  /** `lasting`: whether other entities may have it, too. */
  constructor(names: readonly string[], tagged: boolean, lasting: boolean) {
    this.names = names;
    this.tagged = tagged;
    this.#texts = lasting ? names.map(() => new Map<string, string>()) : [];
  }

  /** Attributes such as a department or a status have few values: one text for all that are equal. */
  shared(column: number, text: string): string {
    const texts = this.#texts[column];
    if (texts === undefined) return text;
    const known = texts.get(text);
    if (known !== undefined) return known;
    texts.set(text, text);
    if (texts.size > KNOWN_TEXTS_AT_MOST) this.#texts[column] = undefined;
    return text;
  }

  /** Less than zero for a name that is not there. */
  columnOf(name: string): number {
    if (this.names.length < MAPPED_NAMES_FROM) return this.names.indexOf(name);
    this.#columns ??= new Map(this.names.map((each, i) => [each, i]));
    return this.#columns.get(name) ?? -1;
  }

  fits(attrs: ReadonlyMap<string, Value>, tagged: boolean): boolean {
    if (this.tagged !== tagged || this.names.length !== attrs.size) return false;
    let i = 0;
    for (const name of attrs.keys()) if (this.names[i++] !== name) return false;
    return true;
  }
}

export class Layouts {
  readonly #known = new Map<string, Layout>();
  /** Entities that come one after another are often alike. */
  #last = new Layout([], false, true);

  /** `before`: that of what the entity replaces, which is often the same. */
  of({ attrs, tags }: Pick<Entity, 'attrs' | 'tags'>, before?: Layout): Layout {
    const tagged = tags.size > 0;
    if (before?.fits(attrs, tagged)) return before;
    if (!this.#last.fits(attrs, tagged)) this.#last = this.#find([...attrs.keys()], tagged);
    return this.#last;
  }

  #find(names: readonly string[], tagged: boolean): Layout {
    const key = `${tagged}${JSON.stringify(names)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const lasting = this.#known.size < LAYOUTS_AT_MOST;
    const layout = new Layout(names, tagged, lasting);
    if (lasting) this.#known.set(key, layout);
    return layout;
  }
}
