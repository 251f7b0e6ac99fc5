/**
 * Live — the real objects of a sequence beside the plain data that they should stand for.
 */
import type { EntitiesInput } from '../../../src/engine/engine.ts';
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import type { Queries } from '../../../src/engine/query-methods.ts';
import type { Specialized, SpecializeQuery } from '../../../src/engine/specialize.ts';
import { compile, type EntityStore, type PolicySet } from '../../../src/index.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import type { Response } from '../../../src/value/response.ts';
import { moduleEngineOf } from '../target/module.ts';
import type { EngineMode, EngineOptions, EntitySpec, RequestSpec } from './operation.ts';
import type { PlainSet, PlainStore } from './plain-data.ts';
import { SCHEMA } from './schema.ts';

export interface LiveSet {
  readonly real: PolicySet;
  plain: PlainSet;
  asked: boolean;
}

export interface LiveStore {
  readonly real: EntityStore;
  plain: PlainStore;
  asked: boolean;
}

export interface LiveList {
  /** Changed in place, with what is in it. */
  readonly real: Record<string, unknown>[];
  plain: readonly EntitySpec[];
  asked: boolean;
}

/** A request without its resource. */
export interface LiveQuery {
  readonly real: Specialized;
  readonly engine: LiveEngine;
  readonly data: LiveStore | LiveList;
  readonly request: RequestSpec;
  /** What the getter of its context does when the next row is asked about; nothing in between. */
  spring: () => void;
}

/** What all engines have in common. */
interface AnyEngine {
  isAllowed(request: RequestInput, entities: EntitiesInput): boolean;
  isAuthorized(request: RequestInput, entities: EntitiesInput): Response;
  release?(): void;
  specialize?(query: SpecializeQuery, entities: EntitiesInput): Specialized;
  /** Replaces the module by another one. */
  replace?(policies: never): void;
  partial?: Queries['partial'];
  allowedActions?: Queries['allowedActions'];
  allowedResources?: Queries['allowedResources'];
}

export interface LiveEngine {
  readonly real: AnyEngine;
  readonly mode: EngineMode;
  readonly schema: boolean;
  readonly set: LiveSet;
  /** The policies of a module: those of the moment at which it was made. */
  readonly frozen: readonly CorePolicy[] | undefined;
  isReleased: boolean;
  /** The stores and lists that it was asked about. */
  readonly asked: Set<LiveStore | LiveList>;
}

export function engineOf(set: PolicySet, mode: EngineMode, schema: boolean, options: EngineOptions): AnyEngine {
  if (mode === 'module') return moduleEngineOf(set, schema ? SCHEMA : undefined);
  return compile(set, { ...options, mode, ...(schema && { schema: SCHEMA, validate: false }) });
}

export type Attempt<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

/** What a getter or a listener of the application throws. */
export class TrapError extends Error {
  override readonly name = 'TrapError';
}
