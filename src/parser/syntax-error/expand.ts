/**
 * Expand — the rules in their short form to plain productions.
 *
 *     `A: <B> c* d?`      every combination of B's alternatives, of c+ or nothing, of d or nothing
 *     `X+`                X | X+ X
 *     `Comma:X`           nothing | X | (X ",")+ | (X ",")+ X
 */
import { append } from '../../value/append.ts';
import { RULES, type StartRule } from './grammar.ts';

/** Symbols by name; a name is a nonterminal iff some production has it on its left side. */
export interface Production {
  readonly left: string;
  readonly right: readonly string[];
}

/** The productions that a start rule needs, the first being `Start → rule`. */
export function productionsFor(start: StartRule): Production[] {
  const expander = new Expander();
  const productions: Production[] = [{ left: 'Start', right: [start] }];
  const done = new Set<string>(['Start']);
  const todo: string[] = [start];
  for (let left = todo.pop(); left !== undefined; left = todo.pop()) {
    if (done.has(left)) continue;
    done.add(left);
    for (const right of expander.alternatives(left)) {
      productions.push({ left, right });
      append(
        todo,
        right.filter((symbol) => expander.isNonterminal(symbol)),
      );
    }
  }
  return productions;
}

type Sequences = readonly (readonly string[])[];

class Expander {
  readonly #rules = new Map<string, Sequences>(
    RULES.map(([left, right]) => [left, right.split(' | ').map((alternative) => alternative.split(' '))]),
  );

  isNonterminal(symbol: string): boolean {
    return this.#rules.has(symbol) || symbol.startsWith('Comma:') || (symbol.endsWith('+') && symbol !== '"+"');
  }

  alternatives(left: string): Sequences {
    if (left.startsWith('Comma:')) return comma(left.slice('Comma:'.length));
    if (left.endsWith('+')) return this.#plus(left);
    return (this.#rules.get(left) ?? []).flatMap((alternative) => this.#expand(alternative));
  }

  #plus(left: string): Sequences {
    const once = left.startsWith('(') ? [left.slice(1, -2).split(' ')] : this.#expand([left.slice(0, -1)]);
    return once.flatMap((item) => [item, [left, ...item]]);
  }

  #expand(alternative: readonly string[]): Sequences {
    return alternative.reduce<Sequences>(
      (done, symbol) => done.flatMap((head) => this.#expandSymbol(symbol).map((tail) => [...head, ...tail])),
      [[]],
    );
  }

  #expandSymbol(symbol: string): Sequences {
    if (symbol.startsWith('"') && symbol.endsWith('"')) return [[symbol]];
    const base = symbol.slice(0, -1);
    switch (symbol.at(-1)) {
      case '*':
        return [[], [`${base}+`]];
      case '?':
        return [[], ...this.#expandSymbol(base)];
      case '>':
        return (this.#rules.get(symbol) ?? []).flatMap((inner) => this.#expand(inner));
      default:
        return [[symbol]];
    }
  }
}

function comma(item: string): Sequences {
  const some = `(${item} ",")+`;
  return [[], [item], [some], [some, item]];
}
