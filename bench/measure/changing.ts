/**
 * Changing — a running system that things befall.
 *
 * Each change comes with a request that it may matter to, so that the time to the next answer can be measured, and the answer be held against that
 * of a fresh engine.
 */
import type { Engine, EntityStore, RequestInput } from '../../src/index.ts';
import type { RequestJson } from '../scenario/scenario.ts';

export interface Change {
  readonly mode: string;
  readonly apply: () => void;
  readonly asked: RequestInput;
}

export interface Changing {
  readonly engine: Engine;
  readonly store: EntityStore;
  /** A change of each kind, again and again; each must be made before the next is taken. */
  readonly changes: IterableIterator<Change>;
}

/** A request as one asks who keeps handles. */
export function handled({ principal, action, resource, context }: RequestJson, store: EntityStore): RequestInput {
  return {
    principal: store.handle(principal),
    action: store.handle(action),
    resource: store.handle(resource),
    ...(context === undefined ? {} : { context }),
  };
}
