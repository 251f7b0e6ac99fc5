/**
 * Model engine — the model as an engine, for environments that forbid generating code, and for comparison.
 */

import { isAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { Entities } from '../value/entities.ts';
import type { Response } from '../value/response.ts';
import type { Engine } from './engine.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';
import type { QueryHost } from './query-context.ts';
import { QueryMethods } from './query-methods.ts';
import { releasedError } from './released-error.ts';

export class ModelEngine extends QueryMethods implements Engine {
  readonly policies: PolicySet;

  readonly #schema: Schema | undefined;
  #isReleased = false;

  constructor(policies: PolicySet, schema: Schema | undefined) {
    super(schema);
    this.policies = policies;
    this.#schema = schema;
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    requireEntities(entities);
    if (this.#isReleased) throw releasedError();
    const schema = this.#schema;
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, { schema });
    const response = isAuthorized(requestFromInput(request, schema), Entities.from(store), this.policies.policies());
    return {
      ...response,
      errors: response.errors.map(({ span, ...error }) => ({ ...error, span: span && { ...span } })),
    };
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    return this.isAuthorized(request, entities).decision === 'allow';
  }

  protected override get queryHost(): QueryHost {
    return this;
  }

  release(): void {
    this.releaseQueries();
    this.#isReleased = true;
  }
}
