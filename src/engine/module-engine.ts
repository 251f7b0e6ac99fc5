/**
 * Module engine — requests decided by a module that was compiled ahead of time. No code is generated.
 */

import type { CallEntities } from '../../codegen/runtime/graph/request-graph.ts';
import { releaseWhenCollected } from '../../codegen/runtime/program/finalizer.ts';
import { BoundModule, type PolicyModule } from '../../codegen/runtime/program/loaded.ts';
import { VERSION } from '../../codegen/runtime/program/version.ts';
import { HandleStore } from '../../codegen/runtime/store/store.ts';
import type { Response } from '../value/response.ts';
import { BoundPrograms } from './bound-programs.ts';
import type { EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import { CallEntitiesCache } from './input/call-entities.ts';
import type { RequestInput } from './input/request-input.ts';
import { RequestReader } from './input/request-reader.ts';

/** What decides requests, without the policies as such. */
export interface ModuleEngine {
  /** As `Engine.isAuthorized`. */
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;
  /** As `Engine.isAllowed`. */
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
  /** As `Engine.release`. */
  release(): void;
}

/**
 * The engine of a module that `cedarmill compile` wrote.
 *
 *     import { policies } from './policies.js';
 *     const engine = load(policies);
 *
 * Throws if it was compiled by another version of cedarmill.
 */
export function load(module: PolicyModule): ModuleEngine {
  requireVersion(module);
  return new LoadedEngine(module);
}

class LoadedEngine implements ModuleEngine {
  readonly #programs: ModulePrograms;

  constructor(module: PolicyModule) {
    this.#programs = new ModulePrograms(module);
    releaseWhenCollected(this, this.#programs);
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    return this.#programs.isAuthorized(request, entities);
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    return this.#programs.isAllowed(request, entities);
  }

  release(): void {
    this.#programs.release();
  }
}

class ModulePrograms extends BoundPrograms<BoundModule> {
  readonly #module: PolicyModule;
  readonly #callEntities = new CallEntitiesCache();

  constructor(module: PolicyModule) {
    const attributes = module.contextAttributes === null ? undefined : new Set(module.contextAttributes);
    super(new RequestReader(() => attributes));
    this.#module = module;
  }

  protected override bind(store: EntityStore | undefined): BoundModule {
    return new BoundModule(this.#module, store?.handles ?? new HandleStore(), store === undefined, this.cache);
  }

  protected override visitorsOf(entities: readonly object[]): CallEntities {
    return this.#callEntities.read(entities);
  }

  /** A module never changes. */
  protected override derive(): void {}
}

function requireVersion({ cedarmill: version = 'of another version' }: Partial<PolicyModule>): void {
  if (version === VERSION) return;
  const message = `the module was compiled by cedarmill ${version}, and this is cedarmill ${VERSION}`;
  throw new Error(`${message}: compile the policies again`);
}
