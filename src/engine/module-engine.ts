/**
 * Module engine — requests decided by a module that was compiled ahead of time. No code is generated.
 */

import {
  ABI,
  BoundModule,
  type CallEntities,
  type CallReading,
  HandleStore,
  type PolicyModule,
  VERSION,
} from '../../codegen/index.ts';
import type { Schema } from '../schema/schema.ts';
import { type SchemaData, schemaFromData } from '../schema/schema-data.ts';
import { type Annotations, annotationsOf } from '../syntax/annotations.ts';
import { Listeners } from '../syntax/listeners.ts';
import { PolicySetError } from '../syntax/policy-set-error.ts';
import { actionEntities } from '../validator/conformance/conformance.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { Response } from '../value/response.ts';
import { BoundPrograms } from './bound-programs.ts';
import type { Decisions, EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import type { InlineCache } from './inline-cache.ts';
import { CallEntitiesCache } from './input/call-entities.ts';
import { callReading, contextValueOf } from './input/call-reading.ts';
import { readOptions } from './input/options.ts';
import { RequestCheck } from './input/request-check.ts';
import type { RequestInput } from './input/request-input.ts';
import { RequestReader } from './input/request-reader.ts';
import { StoreCallEntities, WithActions } from './layered-entities.ts';
import { ModuleQueryMethods } from './module-queries.ts';
import { releasedError } from './released-error.ts';
import type {
  ActionMap,
  AnyActions,
  AnyEntities,
  AnyPolicies,
  EntityMap,
  TypedModule,
  TypedSchema,
} from './typed-input.ts';

/**
 * What decides requests, without the policies as such. Of the questions besides one request it has those that whole decisions answer, `specialize` and
 * `allowed…`; `partial`, `needs`, `withLoader` and changes of single policies take an engine of `compile`.
 */
export interface ModuleEngine<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
  Policies extends object = AnyPolicies,
> extends Decisions<Actions, Entities, Policies> {
  /**
   * Makes these the policies of the engine, in one step: each answer is by the old ones or by the new ones. Stores stay, and `onChange` listeners are told.
   *
   *     engine.replace((await import('./policies.2.js')).policies);
   *
   * Throws as `load` does, and `UsageError` for a module of another schema unless `schema` is `'change'`; then nothing has changed.
   */
  replace(module: PolicyModule, options?: ReplaceOptions): void;

  /** As `PolicySet.onChange`: calls `listener` after each change of the policies, until the function it gives is called. */
  onChange(listener: () => void): () => void;
}

export interface ReplaceOptions {
  /** What to do with a module of another schema: `refuse` it (the default), for requests and entities are read by the schema, or `change` to it. */
  readonly schema?: 'refuse' | 'change' | undefined;
}

/** The schema of a compiled module. Throws `UsageError` if it has none, and as `load`. */
export function schemaOf<Actions extends ActionMap<Actions>, Entities extends EntityMap<Entities>>(
  module: TypedModule<Actions, Entities>,
): TypedSchema<Actions, Entities> {
  requireModule(module);
  requireAbi(module);
  const schema = schemaIn(module);
  if (schema === undefined) throw new UsageError('the module was compiled without a schema', 'give the build one');
  return schema;
}

/** Modules of equal schemas have one, so that engines and stores of them know that they have the same. */
const SCHEMAS = new WeakMap<object, Schema>();
const texts = new Map<string, Schema>();
const TEXTS = 16;

function schemaIn({ schema: data }: PolicyModule): Schema | undefined {
  if (data === undefined) return undefined;
  const known = SCHEMAS.get(data);
  if (known !== undefined) return known;
  const text = JSON.stringify(data);
  const schema = texts.get(text) ?? schemaFromData(data as SchemaData);
  const [oldest] = texts.keys();
  if (texts.size >= TEXTS && oldest !== undefined) texts.delete(oldest);
  texts.set(text, schema);
  SCHEMAS.set(data, schema);
  return schema;
}

/**
 * The engine of a module that `cedarmill compile` wrote.
 *
 *     import { policies } from './policies.js';
 *     const engine = load(policies);
 *
 * With a schema (`cedarmill compile --schema`) requests and entities are read and checked by it, as by `compile(policies, { schema })`.
 *
 * Throws `UsageError` if it was compiled by a version of cedarmill whose modules this one does not run, and for what is not a compiled module.
 */
export function load<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
  Policies extends object = AnyPolicies,
>(module: TypedModule<Actions, Entities, Policies>): ModuleEngine<Actions, Entities, Policies> {
  requireModule(module);
  requireAbi(module);
  const engine: ModuleEngine = new LoadedEngine(module);
  return engine as unknown as ModuleEngine<Actions, Entities, Policies>;
}

class LoadedEngine extends ModuleQueryMethods implements ModuleEngine {
  protected schema: Schema | undefined;
  #module: PolicyModule;
  #programs: ModulePrograms;
  #cache: InlineCache;
  #isReleased = false;
  readonly #listeners = new Listeners<[]>();

  constructor(module: PolicyModule) {
    super();
    this.#module = module;
    this.schema = schemaIn(module);
    this.#programs = new ModulePrograms(module, this.schema);
    this.#cache = this.#programs.cache;
  }

  replace(module: PolicyModule, options: ReplaceOptions = {}): void {
    const { schema: onSchema = 'refuse' } = readOptions(options, ['schema'], 'replace');
    requireModule(module);
    requireAbi(module);
    this.requireHeld();
    const schema = schemaIn(module);
    if (schema !== this.schema && onSchema !== 'change')
      throw new UsageError('the module has another schema', "give `{ schema: 'change' }` if it is to change too");
    const programs = new ModulePrograms(module, schema);
    const old = this.#programs;
    // INVARIANT: assignments only, so the change is complete or has not happened.
    this.#module = module;
    this.schema = schema;
    this.#programs = programs;
    this.#cache = programs.cache;
    // A question that is being asked, and whose request replaces the policies while it is read, is answered by the old ones.
    queueMicrotask(() => old.release());
    this.#listeners.tell();
  }

  onChange(listener: () => void): () => void {
    return this.#listeners.add(listener);
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

  protected override requireHeld(): void {
    if (this.#isReleased) throw releasedError();
  }

  release(): void {
    this.#isReleased = true;
    this.#listeners.clear();
    this.#programs.release();
  }
}

class ModulePrograms extends BoundPrograms<BoundModule<RequestInput>> {
  readonly #module: PolicyModule;
  readonly #schema: Schema | undefined;
  readonly #check: RequestCheck | undefined;
  readonly #callEntities: CallEntitiesCache;
  readonly #callReading: CallReading;
  #actions: CallEntities | undefined;

  constructor(module: PolicyModule, schema: Schema | undefined) {
    const attributes = module.contextAttributes === null ? undefined : new Set(module.contextAttributes);
    const check = schema && new RequestCheck(schema);
    super(new RequestReader(() => attributes, check));
    this.#module = module;
    this.#schema = schema;
    this.#check = check;
    this.#callEntities = new CallEntitiesCache(schema);
    this.#callReading = callReading(schema);
  }

  protected override bind(store: EntityStore | undefined): BoundModule<RequestInput> {
    const check = this.#check;
    const schema = this.#schema;
    return new BoundModule(this.#module, store?.handles ?? new HandleStore(), {
      contextValueOf,
      callReading: store === undefined ? this.#callReading : undefined,
      readsBy: store === undefined ? undefined : this.#callReading.readsBy,
      actions:
        store === undefined || schema === undefined || store.schema === schema ? undefined : actionEntities(schema),
      cache: this.cache,
      requestTypes: check && ((action) => check.typesOf(action)),
    });
  }

  protected override callEntitiesOf(entities: readonly object[]): CallEntities {
    return this.#callEntities.read(entities);
  }

  /** The actions are those of the schema, also below a store that the schema did not read. */
  protected override entitiesOf(store: EntityStore): CallEntities {
    const entities = super.entitiesOf(store);
    const schema = this.#schema;
    if (schema === undefined || store.schema === schema) return entities;
    this.#actions ??= new StoreCallEntities(new EntityStore({ schema }).handles);
    return new WithActions(entities, this.#actions);
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

function requireAbi({ abi, cedarmill: version }: Partial<PolicyModule>): void {
  if (abi === ABI) return;
  const compiler = version === undefined ? 'another version of cedarmill' : `cedarmill ${version}`;
  const message = `the module was compiled by ${compiler}, and this is cedarmill ${VERSION}, which does not run it`;
  throw new UsageError(message, 'compile the policies again');
}
