/**
 * Module engine — requests decided by a module that was compiled ahead of time. No code is generated.
 */

import {
  BoundModule,
  type CallEntities,
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
import { BoundPrograms } from './bound-programs.ts';
import type { EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { CallEntitiesCache, StoreCallEntities } from './input/call-entities.ts';
import { RequestCheck } from './input/request-check.ts';
import type { RequestInput } from './input/request-input.ts';
import { RequestReader } from './input/request-reader.ts';

/** What decides requests, without the policies as such. */
export interface ModuleEngine {
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

class LoadedEngine implements ModuleEngine {
  readonly #module: PolicyModule;
  readonly #programs: ModulePrograms;

  constructor(module: PolicyModule) {
    this.#module = module;
    this.#programs = new ModulePrograms(module);
    releaseWhenCollected(this, this.#programs);
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    return this.#programs.isAuthorized(request, entities);
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    return this.#programs.isAllowed(request, entities);
  }

  annotations(policyId: string): Annotations {
    return annotationsIn(this.#module, policyId);
  }

  release(): void {
    this.#programs.release();
  }
}

class ModulePrograms extends BoundPrograms<BoundModule> {
  readonly #module: PolicyModule;
  readonly #schema: Schema | undefined;
  readonly #callEntities = new CallEntitiesCache();

  constructor(module: PolicyModule) {
    const attributes = module.contextAttributes === null ? undefined : new Set(module.contextAttributes);
    const schema = module.schema && schemaFromData(module.schema as SchemaData);
    super(new RequestReader(() => attributes, schema && new RequestCheck(schema)));
    this.#module = module;
    this.#schema = schema;
  }

  protected override bind(store: EntityStore | undefined): BoundModule {
    return new BoundModule(this.#module, store?.handles ?? new HandleStore(), store === undefined, this.cache);
  }

  protected override callEntitiesOf(entities: readonly object[]): CallEntities {
    const schema = this.#schema;
    if (schema === undefined) return this.#callEntities.read(entities);
    return new StoreCallEntities(EntityStore.from(entities, { schema }));
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
