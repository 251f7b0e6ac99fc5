/**
 * Query context — what the questions beyond one request share: the engine that is asked, its schema, and the typed policies.
 */

import type { Check, RowPredicates } from '../../codegen/index.ts';
import { TypedPolicies } from '../partial/policies.ts';
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { ChangeParticipant, PolicySet, PreparedChange } from '../syntax/policy-set.ts';
import { enlistWeakly } from '../syntax/weak-participant.ts';
import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import type { RequestInput } from './input/request-input.ts';
import type { ReadUid } from './input/request-reader.ts';
import { releasedError } from './released-error.ts';
import { SchemaRequired } from './schema-required.ts';
import { StoreWatch } from './store-entities.ts';

/** The part of a request that is left open. */
export type OpenPart = 'principal' | 'resource';

/** A policy of a program beside the set: its order is its place in the policies of the set. */
export interface OrderedPolicy {
  readonly policy: CorePolicy;
  readonly order: number;
}

/** Code for some policies, run for one entity after another. */
export interface RowProgram {
  isAllowed(row: ReadUid): boolean;
  /** `undefined` if a policy errs: then the engine itself knows what to say. */
  isAuthorized(row: ReadUid): Response | undefined;
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
  /** There is one where code may be made, and how it is checked. */
  readonly code?: { readonly check: Check | undefined };
}

export class QueryContext {
  readonly host: QueryHost;
  readonly #schema: Schema | undefined;
  readonly #watches = new WeakMap<EntityStore, StoreWatch>();
  #typed: TypedPolicies | undefined;
  #changes: PolicyChanges | undefined;
  #isReleased = false;
  /** Made with the first predicate of rows. */
  rowPredicates: RowPredicates | undefined;

  constructor(host: QueryHost, schema: Schema | undefined) {
    this.host = host;
    this.#schema = schema;
  }

  /** Throws after `release`. */
  requireHeld(): void {
    if (this.#isReleased) throw releasedError();
  }

  /** Throws `SchemaRequired`; `what` begins the message. */
  schema(what: string): Schema {
    this.requireHeld();
    if (this.#schema === undefined) throw new SchemaRequired(what);
    return this.#schema;
  }

  get schemaIfAny(): Schema | undefined {
    return this.#schema;
  }

  /** Throws after `release`. */
  typed(schema: Schema): TypedPolicies {
    this.requireHeld();
    this.#typed ??= new TypedPolicies(this.host.policies, schema);
    return this.#typed;
  }

  /** Changes with every change of the policies. Throws after `release`. */
  get policiesVersion(): number {
    this.requireHeld();
    this.#changes ??= new PolicyChanges(this.host.policies);
    return this.#changes.version;
  }

  watch(store: EntityStore): StoreWatch {
    let watch = this.#watches.get(store);
    if (watch === undefined || watch.isBroken) {
      watch = new StoreWatch(store);
      this.#watches.set(store, watch);
    }
    return watch;
  }

  release(): void {
    this.#isReleased = true;
    this.#typed?.release();
    this.#changes?.release();
    this.#typed = undefined;
    this.#changes = undefined;
  }
}

/** Counts the changes of a policy set. */
class PolicyChanges implements ChangeParticipant {
  version = 0;
  readonly release: () => void;

  constructor(policies: PolicySet) {
    this.release = enlistWeakly(this, policies);
  }

  prepare(): PreparedChange {
    const begin = () => {
      this.version++;
    };
    return { begin, commit: () => {} };
  }
}
