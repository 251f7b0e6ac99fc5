/**
 * Model engine — the model as an engine, for environments that forbid generating code, and for comparison.
 */

import type { Mapping } from '../mapping/mapping.ts';
import { isAuthorized } from '../model/authorizer.ts';
import type { Schema } from '../schema/schema.ts';
import type { Annotations } from '../syntax/annotations.ts';
import { ContextAttributes, contextReads } from '../syntax/context-reads.ts';
import type { ChangeParticipant, PolicyChange, PreparedChange } from '../syntax/policy-set.ts';
import { enlistWeakly } from '../syntax/weak-participant.ts';
import { actionEntities } from '../validator/conformance/conformance.ts';
import { Entities } from '../value/entities.ts';
import type { Response } from '../value/response.ts';
import type { Engine } from './engine.ts';
import { type EntitiesInput, requireEntities } from './entities-input.ts';
import { EntityStore } from './entity-store.ts';
import type { PolicyInput } from './input/policy-input.ts';
import { type RequestInput, requestFromInput } from './input/request-input.ts';
import { ofOneMoment } from './one-moment.ts';
import { withSources } from './own-objects.ts';
import type { PolicyCheck } from './policy-check.ts';
import type { PolicySet } from './policy-set.ts';
import type { QueryHost } from './query-context.ts';
import { QueryMethods } from './query-methods.ts';
import { releasedError } from './released-error.ts';

export interface ModelEngineOptions {
  readonly schema?: Schema | undefined;
  readonly mapping?: Mapping | undefined;
  readonly policyCheck?: PolicyCheck | undefined;
}

export class ModelEngine extends QueryMethods implements Engine {
  readonly policies: PolicySet;

  readonly #schema: Schema | undefined;
  readonly #reads: PolicyReads;

  constructor(policies: PolicySet, { schema, mapping, policyCheck }: ModelEngineOptions) {
    super(schema, mapping);
    this.policies = policies;
    this.#schema = schema;
    this.#reads = new PolicyReads(policies, policyCheck);
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    requireEntities(entities);
    this.#reads.requireHeld();
    const schema = this.#schema;
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities, schema && { schema });
    const read = ofOneMoment(this.#reads.current, ({ names: attributes }) =>
      requestFromInput(request, { schema, attributes }),
    );
    const own = withSources(store, [read.principal, read.resource], schema) as EntityStore;
    const response = isAuthorized(read, this.#entitiesOf(own), this.policies.policies());
    return {
      ...response,
      errors: response.errors.map(({ span, ...error }) => ({ ...error, span: span && { ...span } })),
    };
  }

  /** The actions of the schema are as the schema has them, also in a store that was not read by it. */
  #entitiesOf(store: EntityStore): Entities {
    const schema = this.#schema;
    if (schema === undefined || store.schema === schema) return Entities.from(store);
    const others = [...store].filter(({ uid }) => !schema.actions.has(uid.key));
    return Entities.from([...others, ...actionEntities(schema)]);
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    return this.isAuthorized(request, entities).decision === 'allow';
  }

  protected override get queryHost(): QueryHost {
    return this;
  }

  annotations(policyId: string): Annotations {
    return this.policies.annotations(policyId);
  }

  replace(policies: PolicyInput): void {
    this.policies.replace(policies);
  }

  onChange(listener: (change: PolicyChange) => void): () => void {
    return this.policies.onChange(listener);
  }

  release(): void {
    this.releaseQueries();
    this.#reads.release();
  }
}

/** What policies read of contexts, found out again after each change; the change is checked before. */
class PolicyReads implements ChangeParticipant {
  readonly #policies: PolicySet;
  readonly #policyCheck: PolicyCheck | undefined;
  readonly #leave: () => void;
  #attributes: ContextAttributes | undefined;
  #isReleased = false;

  constructor(policies: PolicySet, policyCheck: PolicyCheck | undefined) {
    this.#policies = policies;
    this.#policyCheck = policyCheck;
    this.#leave = enlistWeakly(this, policies);
  }

  prepare(change: PolicyChange): PreparedChange {
    this.#policyCheck?.requireValidChange(change);
    return { begin: () => this.#forget(), commit: () => {} };
  }

  /** What policies read; another object after each change. A getter may also have released the engine. */
  readonly current = (): ContextAttributes => {
    this.requireHeld();
    this.#attributes ??= attributesOf(this.#policies);
    return this.#attributes;
  };

  /** Throws after `release`. */
  requireHeld(): void {
    if (this.#isReleased) throw releasedError();
  }

  release(): void {
    this.#isReleased = true;
    this.#leave();
  }

  #forget(): void {
    this.#attributes = undefined;
  }
}

function attributesOf(set: PolicySet): ContextAttributes {
  const attributes = new ContextAttributes();
  for (const policy of set.staticPolicies()) attributes.add(contextReads(policy));
  for (const template of set.templates()) attributes.add(contextReads(template));
  return attributes;
}
