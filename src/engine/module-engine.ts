/**
 * Module engine — requests decided by a module that was compiled ahead of time. No code is generated.
 */

import { ErrorLog } from '../../codegen/runtime/program/error-log.ts';
import { BoundModule, type PolicyModule } from '../../codegen/runtime/program/loaded.ts';
import { VERSION } from '../../codegen/runtime/program/version.ts';
import type { Response } from '../value/response.ts';
import type { EntitiesInput } from './engine.ts';
import { EntityStore } from './entity-store.ts';
import { type RequestInput, takeContext } from './input/request-input.ts';
import { nodeOf } from './input/request-node.ts';

/** What decides requests, without the policies as such. */
export interface ModuleEngine {
  /** As `Engine.isAuthorized`. */
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;
  /** As `Engine.isAllowed`. */
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
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
  const programs = new WeakMap<EntityStore, BoundModule>();
  const errorLog = new ErrorLog();
  const attributes = module.contextAttributes === null ? undefined : new Set(module.contextAttributes);
  const bind = (entities: EntitiesInput) => {
    const store = entities instanceof EntityStore ? entities : EntityStore.from(entities);
    const known = programs.get(store) ?? new BoundModule(module, store.handles);
    programs.set(store, known);
    return known;
  };
  const nodes = ({ principal, action, resource, context }: RequestInput, { graph }: BoundModule) => {
    graph.begin();
    const scope = [
      nodeOf(principal, 'principal', graph),
      nodeOf(action, 'action', graph),
      nodeOf(resource, 'resource', graph),
    ] as const;
    if (context === undefined) return [...scope, graph.emptyContext] as const;
    const { record, names } = takeContext(context, attributes);
    return [...scope, graph.context(record, names)] as const;
  };
  return {
    isAuthorized(request, entities) {
      const bound = bind(entities);
      return errorLog.finish(bound.loaded.full(...nodes(request, bound), errorLog, bound.start));
    },
    isAllowed(request, entities) {
      const bound = bind(entities);
      return bound.loaded.decide(...nodes(request, bound));
    },
  };
}

function requireVersion({ cedarmill: version = 'of another version' }: Partial<PolicyModule>): void {
  if (version === VERSION) return;
  const message = `the module was compiled by cedarmill ${version}, and this is cedarmill ${VERSION}`;
  throw new Error(`${message}: compile the policies again`);
}
