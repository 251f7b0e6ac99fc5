/**
 * Context reads — the attributes of `context` that policies read.
 *
 * Values that no policy of a set reads are not looked at, in any mode, unless there is a schema. So what is read is a matter of the policies as they
 * are written, and not of what an optimizer makes of them.
 */
import type { Expr } from './core.ts';
import type { CorePolicy } from './core-policy.ts';
import { pushOperands } from './operands.ts';

/** Names, or `all` where a policy takes the context as a whole. */
export type ContextReads = ReadonlySet<string> | 'all';

export function contextReads({ condition }: CorePolicy): ContextReads {
  const names = new Set<string>();
  const seen = new Set<Expr>();
  const open = [condition];
  for (let expr = open.pop(); expr !== undefined; expr = open.pop()) {
    if (expr.shared === true) {
      if (seen.has(expr)) continue;
      seen.add(expr);
    }
    if (isContext(expr)) return 'all';
    if (isAttribute(expr) && isContext(expr.expr)) names.add(expr.attr);
    else pushOperands(expr, open);
  }
  return names;
}

function isContext(expr: Expr): boolean {
  return expr.kind === 'var' && expr.name === 'context';
}

function isAttribute(expr: Expr): expr is Expr & { readonly kind: 'getAttr' | 'hasAttr' } {
  return expr.kind === 'getAttr' || expr.kind === 'hasAttr';
}

/** The context attributes that the policies of a set read, as they come and go. */
export class ContextAttributes {
  readonly #uses = new Map<string, number>();
  readonly #names = new Set<string>();
  /** Changes whenever `names` does. */
  version = 0;
  /** How many policies take the context as a whole. */
  #whole = 0;

  /** `undefined` stands for all. */
  get names(): ReadonlySet<string> | undefined {
    return this.#whole > 0 ? undefined : this.#names;
  }

  add(reads: ContextReads): void {
    if (reads === 'all') this.#countWhole(1);
    else for (const name of reads) this.#count(name, 1);
  }

  remove(reads: ContextReads): void {
    if (reads === 'all') this.#countWhole(-1);
    else for (const name of reads) this.#count(name, -1);
  }

  #countWhole(by: 1 | -1): void {
    this.#whole += by;
    this.version++;
  }

  #count(name: string, by: 1 | -1): void {
    const uses = (this.#uses.get(name) ?? 0) + by;
    if (uses === 0 || (uses === 1 && by === 1)) this.version++;
    if (uses > 0) {
      this.#uses.set(name, uses);
      this.#names.add(name);
    } else {
      this.#uses.delete(name);
      this.#names.delete(name);
    }
  }
}
