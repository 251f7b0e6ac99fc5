/**
 * Prepared contexts — asked again after other requests, in requests for other actions, and about other entities, by one engine.
 */
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { prepareContext } from '../../../src/engine/input/prepare-context.ts';
import type { ModuleEngine } from '../../../src/engine/module-engine.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { DataError } from '../../../src/parser/data/data-path.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { CorePolicy } from '../../../src/syntax/core-policy.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { checkRequest } from '../../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../../src/validator/conformance/conformance-error.ts';
import { Entities, type Entity } from '../../../src/value/entities.ts';
import { isActionType } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Response } from '../../../src/value/response.ts';
import { entityToData } from '../../arbitrary/json.ts';
import type { Finding } from '../finding.ts';
import { contextData, sameResponse } from './authorize.ts';
import { moduleEngineOf } from './module.ts';

interface Given {
  readonly requests: readonly Request[];
  /** With a schema, those that fit it, actions included. */
  readonly entities: readonly Entity[];
  readonly schema?: Schema | undefined;
}

/** A request whose context is that of another, or its own. */
interface Asked {
  readonly request: Request;
  readonly context: object;
  readonly entities: readonly Entity[] | 'store';
}

export function checkPreparedContexts(given: Given, set: PolicySet): Finding | undefined {
  const { schema } = given;
  const found = checkBy(new CompiledEngine(set, { schema, warmUp: 0 }), 'prepared contexts, compiled', given, set);
  // It takes longer to make a module than to ask it.
  if (found !== undefined || schema === undefined) return found;
  return checkBy(moduleEngineOf(set, schema), 'prepared contexts, module', given, set);
}

function checkBy(
  engine: CompiledEngine | ModuleEngine,
  oracle: string,
  { requests, entities, schema }: Given,
  set: PolicySet,
): Finding | undefined {
  const policies = [...set.policies()];
  const store =
    schema === undefined
      ? EntityStore.of(entities)
      : EntityStore.of(
          entities.filter(({ uid }) => !isActionType(uid.type)),
          { schema },
        );
  for (const [i, request] of requests.entries()) {
    const next = requests[(i + 1) % requests.length]!;
    for (const [j, asked] of sequence(request, next, entities).entries()) {
      const about = asked.entities === 'store' ? entities : asked.entities;
      const expected = expectedOf(asked.request, about, policies, schema);
      const given = { ...asked.request, context: asked.context };
      const actual = outcome(() =>
        engine.isAuthorized(given, asked.entities === 'store' ? store : dataOf(about, schema)),
      );
      if (!isSame(actual, expected))
        return {
          target: schema === undefined ? 'visits' : 'soundness',
          oracle,
          what: `request ${i}, ${j}`,
          expected,
          actual,
        };
    }
  }
  engine.release();
  return undefined;
}

function sequence(request: Request, next: Request, entities: readonly Entity[]): Asked[] {
  const context = prepareContext(contextData(request), undefined, undefined);
  const own: Asked = { request, context, entities: 'store' };
  const plain: Asked = { request: next, context: contextData(next), entities: 'store' };
  const others = entities.filter(({ uid }, i) => i % 2 === 0 || isActionType(uid.type));
  return [
    ...[own, own, plain, own],
    { ...own, request: { ...next, context: request.context } },
    ...[entities, others, entities].map((list): Asked => ({ ...own, entities: list })),
    own,
  ];
}

function dataOf(entities: readonly Entity[], schema: Schema | undefined): object[] {
  return entities
    .filter(({ uid }) => schema === undefined || !isActionType(uid.type))
    .map((entity) => entityToData(entity) as object);
}

function expectedOf(
  request: Request,
  entities: readonly Entity[],
  policies: readonly CorePolicy[],
  schema: Schema | undefined,
): Response | 'refused' {
  if (schema !== undefined && checkRequest(request, schema) !== undefined) return 'refused';
  return isAuthorized(request, Entities.from(entities), policies);
}

function outcome(ask: () => Response): Response | 'refused' {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ConformanceError || error instanceof DataError) return 'refused';
    throw error;
  }
}

function isSame(a: Response | 'refused', b: Response | 'refused'): boolean {
  return a === 'refused' || b === 'refused' ? a === b : sameResponse(a, b);
}
