/**
 * Extension texts — extension values by the texts that make them: `ip("10.0.0.1")`. Requests bring the same few again and again.
 *
 * Technique: memoization by text; when there are too many, all are forgotten. Sound: a constructor depends on its text alone, and its values never change.
 */
import { applyExtFun, isExtFunFailure } from '../../../src/value/ext-fun.ts';
import type { Ext } from '../../../src/value/value.ts';
import { EXTENSION_TEXTS_AT_MOST } from '../limits.ts';

export class ExtensionTexts {
  readonly #ip = new Map<string, Ext>();
  readonly #decimal = new Map<string, Ext>();
  readonly #datetime = new Map<string, Ext>();
  readonly #duration = new Map<string, Ext>();

  /** `undefined` if that is not a constructor, or the text not one of its values. */
  value(fn: string, text: string): Ext | undefined {
    const known = this.#valuesOf(fn);
    return known === undefined ? undefined : (known.get(text) ?? make(fn, text, known));
  }

  #valuesOf(fn: string): Map<string, Ext> | undefined {
    switch (fn) {
      case 'ip':
        return this.#ip;
      case 'decimal':
        return this.#decimal;
      case 'datetime':
        return this.#datetime;
      case 'duration':
        return this.#duration;
      default:
        return undefined;
    }
  }
}

function make(fn: string, text: string, known: Map<string, Ext>): Ext | undefined {
  const value = applyExtFun(fn, [text]);
  if (isExtFunFailure(value)) return undefined;
  if (known.size >= EXTENSION_TEXTS_AT_MOST) known.clear();
  known.set(text, value as Ext);
  return value as Ext;
}
