/**
 * Model engine — the model as an engine, for environments that forbid generating code, and for comparison.
 */

import { isAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import { Entities } from '../value/entities.ts';
import type { Response } from '../value/response.ts';
import type { Engine, EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { requireEntities } from './input/entities-input.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';
import type { PolicyCheck } from './policy-check.ts';
import type { PolicySet } from './policy-set.ts';

export interface ModelEngineOptions {
  readonly schema?: Schema | undefined;
  readonly policyCheck?: PolicyCheck | undefined;
}

export class ModelEngine implements Engine {
  readonly policies: PolicySet;

  readonly #schema: Schema | undefined;

  constructor(policies: PolicySet, { schema }: ModelEngineOptions) {
    this.policies = policies;
    this.#schema = schema;
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    const schema = this.#schema;
    requireEntities(entities);
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, schema && { schema });
    return isAuthorized(requestFromInput(request, schema), Entities.from(store), this.policies.policies());
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    return this.isAuthorized(request, entities).decision === 'allow';
  }

  release(): void {}
}
