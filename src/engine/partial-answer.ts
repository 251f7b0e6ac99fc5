/**
 * Partial answer — what `engine.partial` gives: the decision where it is known, and what is left of each policy where it is not.
 */
import type { Outcomes, PartialResponse, ResidualPolicy } from '../partial/authorize.ts';
import { dereferences, type Part } from '../partial/dereference.ts';
import { type SharpResponse, sharpResponse } from '../partial/sharp.ts';
import type { Schema } from '../schema/schema.ts';
import { conformingEntities } from '../validator/conformance/conformance.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { isActionType } from '../value/entity-uid.ts';
import type { Decision, Response } from '../value/response.ts';
import type { EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';

/** A part of an entity that would decide more. */
export interface Need {
  readonly uid: EntityUid;
  readonly part: Part;
}

export class PartialAnswer {
  /** The decision of every completion of the request; `undefined` if completions may differ. */
  readonly decision: Decision | undefined;
  /** The ids of the permits, by what they came to: `true`, `false`, `error` or `residual`. */
  readonly permits: Outcomes;
  /** The same of the forbids. */
  readonly forbids: Outcomes;
  /** Every policy and link, in policy order. */
  readonly policies: readonly ResidualPolicy[];
  readonly #response: PartialResponse;
  #sharper: SharpResponse | undefined;
  readonly #schema: Schema;

  constructor(response: PartialResponse, schema: Schema) {
    this.decision = response.decision;
    this.permits = response.permits;
    this.forbids = response.forbids;
    this.policies = response.policies;
    this.#response = response;
    this.#schema = schema;
  }

  /** The ids of the policies that determine the decision; `undefined` as long as there is none. */
  get reason(): readonly string[] | undefined {
    return this.#response.reason;
  }

  /** What is left of one policy: `.toCedar()`, `.toJson()`, and the typed tree as `.residual`. */
  residual(id: string): ResidualPolicy | undefined {
    return this.#response.residual(id);
  }

  /**
   * The same by sharper rules than the official ones: a policy that can never be satisfied keeps no decision open, known ancestors and entities that are
   * known to exist (`exists: true`) count.
   */
  get sharper(): SharpResponse {
    this.#sharper ??= sharpResponse(this.#response);
    return this.#sharper;
  }

  /** The parts of entities that the residuals look into: what to fetch next. */
  get needs(): readonly Need[] {
    const found = new Map<string, Need>();
    for (const { outcome, residual } of this.policies) {
      if (outcome !== 'residual') continue;
      for (const need of dereferences(residual)) found.set(`${need.part} ${need.uid.key}`, need);
    }
    return [...found.values()];
  }

  /**
   * Decides a completion of the request from what is left: the answer of `engine.isAuthorized`, but for the words of errors.
   *
   * Throws `ConsistencyError` if the request or the entities contradict what was known, and what `engine.isAuthorized` throws.
   */
  authorize(request: RequestInput, entities: EntitiesInput): Response {
    const schema = this.#schema;
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, { schema });
    const others = [...store].filter(({ uid }) => !isActionType(uid.type));
    return this.#response.reauthorize(requestFromInput(request, { schema }), conformingEntities(others, schema));
  }
}
