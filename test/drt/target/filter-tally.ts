/**
 * Filter tally — what a run of filters has seen.
 *
 * A triple is a policy set, a request and the data of one database: the filter for all rows of the resource's type, for a principal, an action and a
 * context that the case has not asked before. It counts once its rows were compared, however many there are, and not where there are none.
 */
import type { Request } from '../../../src/value/request.ts';
import type { FilterQuestions } from './filter-questions.ts';
import { FilterShapes } from './filter-shapes.ts';

export interface FeatureCount {
  /** Answers of the filters that depend on the row. */
  allowed: number;
  denied: number;
}

export class FilterTally {
  databases = 0;
  triples = 0;
  /** Triples by the kind of their filter: `always`, `never`, `conditional`. */
  readonly kinds = new Map<string, number>();
  /** Filters of a type without rows: they do not count as triples. */
  empty = 0;
  /** Triples whose filter let some rows pass and others not. */
  selective = 0;
  /** Rows that a database was asked about, with the model's answer. */
  rows = 0;
  allowed = 0;
  /** Rows among these that the compiled engine was asked about as well, whole and specialized. */
  engine = 0;
  /** Rows in memory. */
  predicate = 0;
  /** Filters that were prepared, and how many had to be planned for the request. */
  prepared = 0;
  planned = 0;
  refused = 0;
  readonly refusals = new Map<string, number>();
  bounds = 0;
  /** Databases, and filters, that a server cannot hold or run. */
  skipped = 0;
  readonly skips = new Map<string, number>();
  readonly features = new Map<string, FeatureCount>();
  readonly shapes = new FilterShapes();

  note(
    { features }: FilterQuestions,
    { resource }: Request,
    kind: string,
    text: string,
    allowed: ReadonlyMap<string, boolean>,
    passed: ReadonlySet<string>,
  ): void {
    if (allowed.size === 0) {
      this.empty++;
      return;
    }
    this.triples++;
    add(this.kinds, kind);
    this.rows += allowed.size;
    this.allowed += passed.size;
    if (passed.size > 0 && passed.size < allowed.size) this.selective++;
    if (kind !== 'conditional') return;
    this.shapes.note(this.databases, text, allowed.size, passed.size);
    for (const [id, found] of features.of(resource.type))
      for (const feature of found) this.#noteFeature(feature, passed.has(id));
  }

  #noteFeature(feature: string, isAllowed: boolean): void {
    const count = this.features.get(feature) ?? { allowed: 0, denied: 0 };
    if (isAllowed) count.allowed++;
    else count.denied++;
    this.features.set(feature, count);
  }

  noteRefusal(message: string): void {
    this.refused++;
    add(this.refusals, message);
  }

  noteSkip(reason: string): void {
    this.skipped++;
    add(this.skips, reason);
  }
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
