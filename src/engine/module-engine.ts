/**
 * Module engine — requests decided by a module that was compiled ahead of time. No code is generated.
 */

import {
  BoundModule,
  type CallEntities,
  type CallReading,
  HandleStore,
  type PolicyModule,
  releaseWhenCollected,
  VERSION,
} from '../../codegen/index.ts';
import type { Schema } from '../schema/schema.ts';
import { type SchemaData, schemaFromData } from '../schema/schema-data.ts';
import { type Annotations, annotationsOf } from '../syntax/annotations.ts';
import { PolicySetError } from '../syntax/policy-set.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { Response } from '../value/response.ts';
import { BoundPrograms, type InlineCache } from './bound-programs.ts';
import type { EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import { CallEntitiesCache } from './input/call-entities.ts';
import { callReading } from './input/call-reading.ts';
import { RequestCheck } from './input/request-check.ts';
import type { RequestInput } from './input/request-input.ts';
import { RequestReader } from './input/request-reader.ts';
import { type ModuleQueries, ModuleQueryMethods } from './module-queries.ts';

/**
 * What decides requests, without the policies as such. Of the questions besides one request it has those that whole decisions answer, `specialize` and
 * `allowed…`; `partial`, `needs`, `withLoader` and changes of policies take an engine of `compile`.
 */
export interface ModuleEngine extends ModuleQueries {
  /** As `Engine.isAuthorized`. */
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;
  /** As `Engine.isAllowed`. */
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
  /** As `Engine.annotations`. */
  annotations(policyId: string): Annotations;
  /** As `Engine.release`. */
  release(): void;
}

/**
 * The engine of a module that `cedarmill compile` wrote.
 *
 *     import { policies } from './policies.js';
 *     const engine = load(policies);
 *
 * With a schema (`cedarmill compile --schema`) requests and entities are read and checked by it, as by `compile(policies, { schema })`.
 *
 * Throws `UsageError` if it was compiled by another version of cedarmill, and for what is not a compiled module.
 */
export function load(module: PolicyModule): ModuleEngine {
  requireModule(module);
  requireVersion(module);
  return new LoadedEngine(module);
}

class LoadedEngine extends ModuleQueryMethods implements ModuleEngine {
  protected readonly schema: Schema | undefined;
  readonly #module: PolicyModule;
  readonly #programs: ModulePrograms;
  readonly #cache: InlineCache;

  constructor(module: PolicyModule) {
    super();
    this.#module = module;
    this.schema = module.schema && schemaFromData(module.schema as SchemaData);
    this.#programs = new ModulePrograms(module, this.schema);
    this.#cache = this.#programs.cache;
    releaseWhenCollected(this, this.#programs);
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    const cache = this.#cache;
    if (entities === cache.entities && entities !== undefined) {
      const response = cache.isAuthorized(request);
      if (response !== undefined) return response;
    }
    return this.#programs.isAuthorized(request, entities);
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    const cache = this.#cache;
    if (entities === cache.entities && entities !== undefined) {
      const allowed = cache.isAllowed(request);
      if (allowed !== undefined) return allowed;
    }
    return this.#programs.isAllowed(request, entities);
  }

  annotations(policyId: string): Annotations {
    return annotationsIn(this.#module, policyId);
  }

  release(): void {
    this.#programs.release();
  }
}

class ModulePrograms extends BoundPrograms<BoundModule<RequestInput>> {
  readonly #module: PolicyModule;
  readonly #check: RequestCheck | undefined;
  readonly #callEntities: CallEntitiesCache;
  readonly #callReading: CallReading;

  constructor(module: PolicyModule, schema: Schema | undefined) {
    const attributes = module.contextAttributes === null ? undefined : new Set(module.contextAttributes);
    const check = schema && new RequestCheck(schema);
    super(new RequestReader(() => attributes, check));
    this.#module = module;
    this.#check = check;
    this.#callEntities = new CallEntitiesCache(schema);
    this.#callReading = callReading(schema);
  }

  protected override bind(store: EntityStore | undefined): BoundModule<RequestInput> {
    const check = this.#check;
    return new BoundModule(this.#module, store?.handles ?? new HandleStore(), {
      callReading: store === undefined ? this.#callReading : undefined,
      cache: this.cache,
      requestTypes: check && ((action) => check.typesOf(action)),
    });
  }

  protected override callEntitiesOf(entities: readonly object[]): CallEntities {
    return this.#callEntities.read(entities);
  }

  /** A module never changes. */
  protected override derive(): void {}
}

function annotationsIn({ rows, indexes }: PolicyModule, id: string): Annotations {
  const found = rows.find((row) => row.id === id) ?? indexes.find((index) => index.rows.some((row) => row.id === id));
  if (found === undefined) throw new PolicySetError('unknownPolicy', id, `there is no policy with id \`${id}\``);
  return annotationsOf((found.annotations ?? []).map(([key, value]) => ({ key, value, span: undefined })));
}

const HOW = "give the export `policies` of the module: import { policies } from './policies.js'; load(policies)";

function requireModule(module: unknown): void {
  if (typeof module !== 'object' || module === null) throw new UsageError('a compiled module was expected', HOW);
  const { policies, program } = module as { readonly policies?: unknown; readonly program?: unknown };
  if (typeof policies === 'object' && policies !== null)
    throw new UsageError('the whole module was given, not what it exports', HOW);
  if (typeof program !== 'function') throw new UsageError('this is not a compiled module', HOW);
}

function requireVersion({ cedarmill: version = 'of another version' }: Partial<PolicyModule>): void {
  if (version === VERSION) return;
  const message = `the module was compiled by cedarmill ${version}, and this is cedarmill ${VERSION}`;
  throw new UsageError(message, 'compile the policies again');
}
