/**
 * Model engine — the model as an engine, for environments that forbid generating code, and for comparison.
 */

import { releaseWhenCollected } from '../../codegen/runtime/program/finalizer.ts';
import { isAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import { checkOnly } from '../syntax/policy-set.ts';
import { Entities } from '../value/entities.ts';
import type { Response } from '../value/response.ts';
import type { Engine } from './engine.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';
import type { PolicyCheck } from './policy-check.ts';
import type { PolicySet } from './policy-set.ts';
import type { QueryHost } from './query-context.ts';
import { QueryMethods } from './query-methods.ts';
import { releasedError } from './released-error.ts';

export interface ModelEngineOptions {
  readonly schema?: Schema | undefined;
  readonly policyCheck?: PolicyCheck | undefined;
}

export class ModelEngine extends QueryMethods implements Engine {
  readonly policies: PolicySet;

  readonly #schema: Schema | undefined;
  #isReleased = false;
  #leave = () => {};

  constructor(policies: PolicySet, { schema, policyCheck }: ModelEngineOptions) {
    super(schema);
    this.policies = policies;
    this.#schema = schema;
    if (policyCheck === undefined) return;
    const release = policies.enlist(checkOnly((change) => policyCheck.requireValidChange(change)));
    this.#leave = release;
    releaseWhenCollected(this, { release });
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    requireEntities(entities);
    if (this.#isReleased) throw releasedError();
    const schema = this.#schema;
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, schema && { schema });
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
    this.#leave();
  }
}
