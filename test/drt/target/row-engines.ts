/**
 * Row engines — the compiled engine, whole and specialized, asked for each row of a list, against the model.
 */
import { compile } from '../../../src/engine/compile.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Finding } from '../finding.ts';
import type { FilterQuestions } from './filter-questions.ts';

export class RowEngines {
  readonly #engine: Engine;
  readonly #store: EntityStore;

  /** Where a required attribute is missing no store with the schema takes the data: then both know no schema. */
  constructor({ set, schema, held, lacking }: FilterQuestions) {
    const options = lacking === undefined ? { schema } : {};
    this.#engine = compile(set as never, { ...options, validate: false });
    this.#store = EntityStore.of(held, options);
  }

  check(
    { principal, action, resource: { type }, context }: Request,
    allowed: ReadonlyMap<string, boolean>,
    what: string,
  ): Finding | undefined {
    const request = { principal, action: `${action}`, context };
    const rows = this.#engine.specialize(request, this.#store);
    for (const [id, expected] of allowed) {
      const resource = new EntityUid(type, id);
      const whole = this.#engine.isAllowed({ ...request, resource }, this.#store);
      if (whole !== expected) return { target: 'filter', oracle: 'compiled', what, expected, actual: whole };
      const specialized = rows.isAllowed(resource);
      if (specialized !== expected)
        return { target: 'filter', oracle: 'specialized', what, expected, actual: specialized };
    }
    return undefined;
  }
}
