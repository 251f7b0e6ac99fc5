/**
 * Tables read — the tables that a condition looks into, besides the one that its row is of.
 */
import type { Condition, Row, Scalar, Source, Tree } from './condition.ts';

/** Every table that a subquery names, the row's own among them if one does. */
export function tablesRead(condition: Condition, found = new Set<string>()): ReadonlySet<string> {
  new Reader(found).condition(condition);
  return found;
}

class Reader {
  readonly #found: Set<string>;

  constructor(found: Set<string>) {
    this.#found = found;
  }

  condition(condition: Condition): void {
    switch (condition.kind) {
      case 'constant':
      case 'unknown':
        return;
      case 'and':
      case 'or':
        for (const each of condition.operands) this.condition(each);
        return;
      case 'compare':
        this.#scalar(condition.left);
        this.#scalar(condition.right);
        return;
      case 'exists':
        this.#source(condition.source);
        this.condition(condition.where);
        return;
      case 'below':
        this.#scalar(condition.value);
        this.#tree(condition.tree);
        return;
      default:
        this.#scalar(condition.value);
    }
  }

  #scalar(scalar: Scalar): void {
    switch (scalar.kind) {
      case 'lookup':
        this.#source(scalar.source);
        this.condition(scalar.where);
        this.#scalar(scalar.value);
        return;
      case 'member':
        this.#scalar(scalar.object);
        return;
      case 'arithmetic':
        this.#scalar(scalar.left);
        this.#scalar(scalar.right);
        return;
      case 'case':
        this.condition(scalar.yes);
        this.#scalar(scalar.then);
        this.condition(scalar.no);
        this.#scalar(scalar.otherwise);
        return;
      default:
    }
  }

  #source(source: Source): void {
    if (source.kind === 'table') this.#row(source.row);
    else this.#scalar(source.list);
  }

  #row({ table }: Row): void {
    this.#found.add(table);
  }

  #tree({ roots, rows, edges }: Tree): void {
    for (const each of roots) this.#scalar(each);
    for (const { source, where } of rows) {
      this.#source(source);
      this.condition(where);
    }
    for (const each of edges.sources) this.#source(each);
    this.condition(edges.where);
  }
}
