/**
 * Query context — what the questions beyond one request share: the engine that is asked, its schema, and the typed policies.
 */

import { TypedPolicies } from '../partial/policies.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import type { RequestInput } from './input/request-input.ts';
import type { UidInput } from './input/uid-input.ts';
import { StoreWatch } from './store-entities.ts';

/** A question that only types can answer was asked of an engine without a schema. */
export class SchemaRequired extends Error {
  override readonly name = 'SchemaRequired';

  constructor(what: string) {
    super(`${what} needs a schema: compile(policies, { schema })`);
  }
}

/** The part of a request that is left open. */
export type OpenPart = 'principal' | 'resource';

/** A policy of a program beside the set: its order is its place in the policies of the set. */
export interface OrderedPolicy {
  readonly policy: CorePolicy;
  readonly order: number;
}

/** Code for some policies, run for one entity after another. */
export interface RowProgram {
  isAllowed(row: UidInput): boolean;
  /** `undefined` if a policy errs: then the engine itself knows what to say. */
  isAuthorized(row: UidInput): Response | undefined;
  /** Whether what it was made of is still in use. */
  readonly isCurrent: boolean;
}

/** The engine that is asked. */
export interface QueryHost {
  readonly policies: PolicySet;
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;
  /** Code for policies that are about `open` alone, beside those of the set; `undefined` where no code can be made. */
  rowProgram?(store: EntityStore, policies: readonly OrderedPolicy[], open: OpenPart): RowProgram | undefined;
}

export class QueryContext {
  readonly host: QueryHost;
  readonly #schema: Schema | undefined;
  readonly #watches = new WeakMap<EntityStore, StoreWatch>();
  #typed: TypedPolicies | undefined;
  #version = 0;
  #unlisten: (() => void) | undefined;

  constructor(host: QueryHost, schema: Schema | undefined) {
    this.host = host;
    this.#schema = schema;
  }

  /** Throws `SchemaRequired`; `what` begins the message. */
  schema(what: string): Schema {
    if (this.#schema === undefined) throw new SchemaRequired(what);
    return this.#schema;
  }

  get schemaIfAny(): Schema | undefined {
    return this.#schema;
  }

  typed(schema: Schema): TypedPolicies {
    this.#typed ??= new TypedPolicies(this.host.policies, schema);
    return this.#typed;
  }

  /** Changes with every change of the policies. */
  get policiesVersion(): number {
    this.#unlisten ??= this.host.policies.onChange(() => {
      this.#version++;
    });
    return this.#version;
  }

  watch(store: EntityStore): StoreWatch {
    let watch = this.#watches.get(store);
    if (watch === undefined) {
      watch = new StoreWatch(store);
      this.#watches.set(store, watch);
    }
    return watch;
  }

  release(): void {
    this.#typed?.release();
    this.#unlisten?.();
    this.#typed = undefined;
    this.#unlisten = undefined;
    this.#version++;
  }
}
