/**
 * Prepared — filters of one action and type of rows: planned once, with what depends on the request as parameters.
 *
 * INVARIANT: for each request the rows are those of the filter that is planned for it. What cannot be said so is `undefined`, and the caller plans.
 */
import type { Clauses } from './clauses.ts';
import { type Condition, Inexpressible } from './condition.ts';
import { expressed } from './filter-error.ts';
import { type RequestValues, UNSAYABLE } from './request-values.ts';
import { DIALECTS, type DialectName } from './sql/dialect.ts';
import type { SqlOptions, SqlTemplate } from './sql/print-sql.ts';
import { type SqlFilter, sqlTemplate } from './sql/sql-filter.ts';

/** Texts that are kept: one for each dialect, alias and first parameter. */
const TEXTS_KEPT = 64;

export class Prepared {
  readonly #clauses: Clauses;
  readonly #decision: boolean | undefined;
  readonly #texts = new Map<string, SqlTemplate | undefined>();

  /** `decision` is that of every request, if there is one. */
  constructor(clauses: Clauses, decision: boolean | undefined) {
    this.#clauses = clauses;
    this.#decision = decision;
  }

  /** `undefined` where a policy, or a value of the request, cannot be said so. */
  sql(dialect: DialectName, options: SqlOptions, values: RequestValues): SqlFilter | undefined {
    if (this.#decision !== undefined) return undefined;
    const template = this.#template(dialect, options);
    if (template === undefined) return undefined;
    const { hasNul } = DIALECTS[dialect];
    const filled: (string | null)[] = [];
    for (const each of template.values) {
      const value = typeof each === 'string' ? each : values.of(each, hasNul);
      if (value === UNSAYABLE) return undefined;
      filled.push(value);
    }
    return { text: template.text, parts: template.parts, values: filled, dropped: NONE };
  }

  text(dialect: DialectName, options: SqlOptions): string | undefined {
    return this.#decision === undefined ? this.#template(dialect, options)?.text : undefined;
  }

  /** The same for every row, or not for certain. */
  constant(values: RequestValues): Constant {
    if (this.#decision !== undefined) return this.#decision;
    return constantOf(this.#clauses.whole, values);
  }

  #template(dialect: DialectName, options: SqlOptions): SqlTemplate | undefined {
    const key = `${dialect} ${options.firstParameter ?? 1} ${options.alias === undefined ? '' : `=${options.alias}`}`;
    const known = this.#texts.get(key);
    if (known !== undefined || this.#texts.has(key)) return known;
    const printed = expressed(() => sqlTemplate(this.#clauses, dialect, options));
    const template = printed instanceof Inexpressible ? undefined : printed;
    if (this.#texts.size >= TEXTS_KEPT) this.#texts.clear();
    this.#texts.set(key, template);
    return template;
  }
}

const NONE: readonly never[] = [];

type Constant = boolean | 'conditional';

function constantOf(condition: Condition, values: RequestValues): Constant {
  switch (condition.kind) {
    case 'constant':
      return condition.value;
    case 'and':
    case 'or':
      return constantOfAll(condition.operands, condition.kind === 'or', values);
    case 'compare': {
      const { op, left, right } = condition;
      const isBool = left.kind === 'parameter' && right.kind === 'literal' && typeof right.value === 'boolean';
      return isBool ? values.is(left, (op === '=') === right.value) : 'conditional';
    }
    default:
      return 'conditional';
  }
}

/** `ending` is what one operand is enough for. */
function constantOfAll(operands: readonly Condition[], ending: boolean, values: RequestValues): Constant {
  let whole: Constant = !ending;
  for (const each of operands) {
    const found = constantOf(each, values);
    if (found === ending) return found;
    if (found === 'conditional') whole = 'conditional';
  }
  return whole;
}
