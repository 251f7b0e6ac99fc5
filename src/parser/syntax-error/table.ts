/**
 * Table — the LALR(1) automaton of the grammar.
 *
 * Follow sets belong to transitions over nonterminals, and flow from one transition to those it can end.
 */
import { type Production, productionsFor } from './expand.ts';
import type { StartRule } from './grammar.ts';

/** What a state does with a terminal: shift to a state, reduce by a production, or neither. */
export type Action = { readonly shift: number } | { readonly reduce: number } | undefined;

export interface Table {
  readonly productions: readonly Production[];
  readonly terminals: readonly string[];
  readonly states: readonly State[];
}

export interface State {
  /** By terminal or nonterminal. */
  readonly goto: ReadonlyMap<string, number>;
  /** Reductions by terminal. */
  readonly reduce: Map<string, number>;
}

export const END = 'END';

export function actionOf(table: Table, state: number, terminal: string): Action {
  const { goto, reduce } = table.states[state]!;
  const target = goto.get(terminal);
  if (target !== undefined) return { shift: target };
  const production = reduce.get(terminal);
  return production === undefined ? undefined : { reduce: production };
}

export function buildTable(start: StartRule): Table {
  const productions = productionsFor(start);
  const grammar = new Grammar(productions);
  const states = new Automaton(grammar).states;
  const table: Table = {
    productions,
    terminals: [...grammar.terminals, END],
    states: states.map(({ goto }) => ({ goto, reduce: new Map() })),
  };
  addLookaheads(grammar, states, table);
  return table;
}

class Grammar {
  readonly productions: readonly Production[];
  readonly byLeft = new Map<string, number[]>();
  readonly terminals = new Set<string>();
  readonly nullable = new Set<string>();

  constructor(productions: readonly Production[]) {
    this.productions = productions;
    productions.forEach(({ left }, i) => {
      const list = this.byLeft.get(left);
      if (list === undefined) this.byLeft.set(left, [i]);
      else list.push(i);
    });
    for (const { right } of productions) {
      for (const symbol of right) if (!this.byLeft.has(symbol)) this.terminals.add(symbol);
    }
    this.#findNullable();
  }

  #findNullable(): void {
    for (let before = -1; before < this.nullable.size; ) {
      before = this.nullable.size;
      for (const { left, right } of this.productions) if (this.isNullable(right)) this.nullable.add(left);
    }
  }

  isNullable(symbols: readonly string[]): boolean {
    return symbols.every((symbol) => this.nullable.has(symbol));
  }
}

/** A production with a dot in it, as one number. */
type Item = number;
const DOTS = 64;
const item = (production: number, dot: number): Item => production * DOTS + dot;

interface Lr0State {
  readonly kernel: readonly Item[];
  readonly closure: readonly Item[];
  readonly goto: Map<string, number>;
}

class Automaton {
  readonly states: Lr0State[] = [];
  readonly #known = new Map<string, number>();
  readonly #grammar: Grammar;

  constructor(grammar: Grammar) {
    this.#grammar = grammar;
    this.#stateOf([item(0, 0)]);
    for (let i = 0; i < this.states.length; i++) this.#follow(this.states[i]!);
  }

  #stateOf(kernel: readonly Item[]): number {
    const sorted = [...kernel].sort((a, b) => a - b);
    const key = sorted.join();
    let index = this.#known.get(key);
    if (index === undefined) {
      index = this.states.length;
      this.#known.set(key, index);
      this.states.push({ kernel: sorted, closure: this.#close(sorted), goto: new Map() });
    }
    return index;
  }

  #close(kernel: readonly Item[]): Item[] {
    const closure = [...kernel];
    const seen = new Set<string>();
    for (const current of closure) {
      const symbol = this.#next(current);
      if (symbol === undefined || seen.has(symbol)) continue;
      seen.add(symbol);
      for (const production of this.#grammar.byLeft.get(symbol) ?? []) closure.push(item(production, 0));
    }
    return closure;
  }

  #next(current: Item): string | undefined {
    return this.#grammar.productions[Math.floor(current / DOTS)]!.right[current % DOTS];
  }

  #follow(state: Lr0State): void {
    const kernels = new Map<string, Item[]>();
    for (const current of state.closure) {
      const symbol = this.#next(current);
      if (symbol === undefined) continue;
      const kernel = kernels.get(symbol);
      if (kernel === undefined) kernels.set(symbol, [current + 1]);
      else kernel.push(current + 1);
    }
    for (const [symbol, kernel] of kernels) state.goto.set(symbol, this.#stateOf(kernel));
  }
}

function reductionsOf(grammar: readonly Production[], state: Lr0State): number[] {
  return state.closure
    .filter((current) => current % DOTS === grammar[Math.floor(current / DOTS)]!.right.length)
    .map((current) => Math.floor(current / DOTS));
}

function addLookaheads(grammar: Grammar, lr0: readonly Lr0State[], table: Table): void {
  const follow = new Follow(grammar, lr0);
  lr0.forEach((state, index) => {
    for (const production of reductionsOf(grammar.productions, state)) {
      for (const terminal of follow.lookaheads(index, production))
        table.states[index]!.reduce.set(terminal, production);
    }
  });
}

/** The terminals that can follow each transition over a nonterminal. */
class Follow {
  readonly #sets = new Map<string, Set<string>>();
  /** For each transition, those whose follow set holds its own. */
  readonly #flows = new Map<string, Set<string>>();
  /** For a reduction in a state, the transitions it can turn into. */
  readonly #lookback = new Map<string, string[]>();
  readonly #grammar: Grammar;
  readonly #states: readonly Lr0State[];

  constructor(grammar: Grammar, states: readonly Lr0State[]) {
    this.#grammar = grammar;
    this.#states = states;
    states.forEach((state, from) => {
      for (const symbol of state.goto.keys()) if (grammar.byLeft.has(symbol)) this.#start(from, symbol);
    });
    for (const transition of [...this.#sets.keys()]) this.#trace(transition);
    this.#flow();
  }

  lookaheads(state: number, production: number): Set<string> {
    if (production === 0) return new Set([END]);
    const transitions = this.#lookback.get(`${state}/${production}`) ?? [];
    return new Set(transitions.flatMap((transition) => [...(this.#sets.get(transition) ?? [])]));
  }

  /** What can be shifted right after the transition, and after nullable nonterminals there. */
  #start(from: number, symbol: string): void {
    const first = new Set<string>();
    this.#collect(this.#states[from]!.goto.get(symbol)!, first);
    if (from === 0 && symbol === this.#grammar.productions[0]!.right[0]) first.add(END);
    this.#sets.set(`${from}/${symbol}`, first);
  }

  #collect(state: number, first: Set<string>): void {
    for (const [symbol, target] of this.#states[state]!.goto) {
      if (!this.#grammar.byLeft.has(symbol)) first.add(symbol);
      else if (this.#grammar.nullable.has(symbol)) this.#collect(target, first);
    }
  }

  /** Follows each production of the transition's nonterminal through the automaton. */
  #trace(transition: string): void {
    const slash = transition.indexOf('/');
    const from = Number(transition.slice(0, slash));
    for (const production of this.#grammar.byLeft.get(transition.slice(slash + 1))!) {
      const { right } = this.#grammar.productions[production]!;
      let state = from;
      right.forEach((symbol, i) => {
        if (this.#grammar.byLeft.has(symbol) && this.#grammar.isNullable(right.slice(i + 1))) {
          const flows = this.#flows.get(transition);
          if (flows === undefined) this.#flows.set(transition, new Set([`${state}/${symbol}`]));
          else flows.add(`${state}/${symbol}`);
        }
        state = this.#states[state]!.goto.get(symbol)!;
      });
      const key = `${state}/${production}`;
      const back = this.#lookback.get(key);
      if (back === undefined) this.#lookback.set(key, [transition]);
      else back.push(transition);
    }
  }

  #flow(): void {
    const todo = [...this.#flows.keys()];
    for (let from = todo.pop(); from !== undefined; from = todo.pop()) {
      const source = this.#sets.get(from)!;
      for (const to of this.#flows.get(from) ?? []) {
        const target = this.#sets.get(to)!;
        const before = target.size;
        for (const terminal of source) target.add(terminal);
        if (target.size > before) todo.push(to);
      }
    }
  }
}
