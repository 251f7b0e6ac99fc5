/**
 * Residue — what is left of a request for the entities of one type, and the code for it.
 */

import { DataError } from '../parser/data/data-path.ts';
import { authorizePartially, type PartialResponse, type ResidualPolicy } from '../partial/authorize.ts';
import { residualToCore } from '../partial/core.ts';
import { type PartialRequest, partialUid } from '../partial/partial-request.ts';
import { IncompleteSchema, PolicyValidationError } from '../partial/policies.ts';
import { sharpResponse } from '../partial/sharp.ts';
import type { Schema } from '../schema/schema.ts';
import { CorePolicy } from '../syntax/core-policy.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import type { Decision, Response } from '../value/response.ts';
import type { EntityStore } from './entity-store.ts';
import { typedContext } from './input/request-input.ts';
import type { ReadUid } from './input/request-reader.ts';
import { actionFromInput, uidFromInput } from './input/uid-input.ts';
import type { OpenPart, OrderedPolicy, QueryContext, RowProgram } from './query-context.ts';
import type { KnownRequest } from './specialize.ts';
import { StoreEntities, type StoreWatch } from './store-entities.ts';

/** The part of the request that is left open, and the type of the rows. */
export interface Open {
  readonly part: OpenPart;
  readonly type: string;
}

/** Code for fewer rows costs more than it saves: it takes as long as some forty whole decisions. */
const ROWS_BEFORE_CODE = 64;

/** Why a request, or the policies, cannot be evaluated partially. */
const TOLD = [PolicyValidationError, IncompleteSchema, DataError, ConformanceError];

export class Residue {
  readonly #context: QueryContext;
  readonly #store: EntityStore;
  readonly #open: OpenPart;
  readonly #decision: Decision | undefined;
  /** The answer for all rows, if there is one. */
  readonly #answer: Response | undefined;
  /** The policies that the decision depends on. */
  readonly #deciding: readonly ResidualPolicy[];
  /** The policies that a whole answer depends on; `undefined` if one errs for every row. */
  readonly #answering: readonly ResidualPolicy[] | undefined;
  /** The ids of all policies, in policy order. */
  readonly #ids: readonly string[];
  readonly #entities: StoreEntities;
  readonly #watch: StoreWatch;
  #storeVersion: number;
  #rows = 0;
  #decide: RowProgram | undefined;
  #full: RowProgram | undefined;

  private constructor(context: QueryContext, response: PartialResponse, entities: StoreEntities, open: OpenPart) {
    const { policies } = response;
    const sharp = sharpResponse(response);
    this.#context = context;
    this.#store = entities.store;
    this.#open = open;
    this.#decision = sharp.decision;
    const isDecided = policies.every(({ outcome }) => outcome !== 'residual' && outcome !== 'error');
    this.#answer = isDecided
      ? { decision: response.decision!, determiningPolicies: response.reason!, errors: [] }
      : undefined;
    this.#ids = policies.map(({ id }) => id);
    this.#deciding = sharp.relevant;
    const satisfiable = sharp.policies.filter(({ outcome }) => outcome !== 'false');
    this.#answering = satisfiable.some(({ outcome }) => outcome === 'error') ? undefined : satisfiable;
    this.#entities = entities;
    this.#watch = context.watch(entities.store);
    this.#storeVersion = this.#watch.version;
  }

  /** `undefined` where nothing is known of the types, or the request is wrong: the engine says how. */
  static of(context: QueryContext, known: KnownRequest, open: Open, store: EntityStore): Residue | undefined {
    const schema = context.schemaIfAny;
    if (schema === undefined || store.schema !== schema || schema.entityTypes.get(open.type)?.kind !== 'standard')
      return undefined;
    try {
      const entities = new StoreEntities(store, schema, 'missing');
      const request = requestFor(known, open, schema);
      const response = authorizePartially(context.typed(schema), request, entities, schema);
      return new Residue(context, response, entities, open.part);
    } catch (error) {
      if (TOLD.some((each) => error instanceof each)) return undefined;
      throw error;
    }
  }

  /** Whether an entity that was looked at has changed since. */
  get isOutdated(): boolean {
    const { version, isBroken } = this.#watch;
    if (version === this.#storeVersion && !isBroken) return false;
    if (this.#watch.changedSince(this.#storeVersion, this.#entities.consulted)) return true;
    this.#storeVersion = version;
    return false;
  }

  /** `undefined` if the engine must be asked. */
  isAllowed(row: ReadUid): boolean | undefined {
    if (this.#decision !== undefined) return isNamed(row) ? this.#decision === 'allow' : undefined;
    if (this.#decide?.isCurrent) return this.#decide.isAllowed(row);
    this.#decide = this.#program(this.#deciding);
    return this.#decide?.isAllowed(row);
  }

  /** `undefined` if the engine must be asked. */
  isAuthorized(row: ReadUid): Response | undefined {
    if (this.#answer !== undefined) return isNamed(row) ? this.#answer : undefined;
    if (this.#full?.isCurrent) return this.#full.isAuthorized(row);
    this.#full = this.#answering && this.#program(this.#answering);
    return this.#full?.isAuthorized(row);
  }

  #program(policies: readonly ResidualPolicy[]): RowProgram | undefined {
    const { rowProgram } = this.#context.host;
    if (++this.#rows <= ROWS_BEFORE_CODE || rowProgram === undefined) return undefined;
    const orders = new Map(this.#ids.map((id, i) => [id, i]));
    const ordered = policies.map((each) => orderedPolicy(each, orders.get(each.id)!));
    return rowProgram.call(this.#context.host, this.#store, ordered, this.#open);
  }
}

/** Throws `DataError` for what names no entity. */
function isNamed(row: ReadUid): boolean {
  uidFromInput(row, 'row');
  return true;
}

/** Throws `DataError`. */
function requestFor(known: KnownRequest, { part, type }: Open, schema: Schema): PartialRequest {
  const action = actionFromInput(known.action, schema);
  const row = { type, uid: undefined };
  const closed = (name: OpenPart) => (name === part ? row : partialUid(uidFromInput(known[name]!, name)));
  return {
    principal: closed('principal'),
    action,
    resource: closed('resource'),
    context: typedContext(known.context, action, schema),
  };
}

/** A policy about the open part alone, in the place of the one it is left of. */
function orderedPolicy({ policy, residual }: ResidualPolicy, order: number): OrderedPolicy {
  const { id, effect, annotations, span, source } = policy;
  const any = { kind: 'any', span: undefined } as const;
  const fields = { id, effect, annotations, span, source, principal: any, action: any, resource: any };
  return { policy: CorePolicy.of(fields, residualToCore(residual)), order };
}
