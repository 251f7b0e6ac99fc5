/**
 * Typed lists — entities that come with the call, where there is a schema: those that fit are decided as the model decides. Of others a list is refused, or no
 * policy can reach them, and the answer is that of the model all the same.
 */
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { DataError } from '../../../src/parser/data/data-path.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { actionEntities, checkEntity } from '../../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../../src/validator/conformance/conformance-error.ts';
import { EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Response } from '../../../src/value/response.ts';
import type { Case } from '../../arbitrary/case.ts';
import { entityToData } from '../../arbitrary/json.ts';
import type { Finding } from '../finding.ts';
import { inForm, modelResponses, OTHER_STORE, sameResponse } from './authorize.ts';

/** `fitting` are those of the case that fit the schema, and so are the requests. */
export function checkTypedLists(given: Case, fitting: readonly Entity[], set: PolicySet): Finding | undefined {
  const { schema } = given;
  // Each action has a dispatcher from its second request on.
  const engine = new CompiledEngine(set, { schema, warmUp: 0 });
  const policies = [...set.policies()];
  for (const [entities, mayBeRefused] of [
    [fitting, false],
    [given.entities, true],
    [fitting.map(retyped), true],
    [fitting.map(lacking), true],
    [fitting.map(misplaced), true],
  ] as const) {
    const list = entities.filter(({ uid }) => !isActionType(uid.type));
    const expected = modelResponses({ entities: withActions(list, schema), requests: given.requests }, policies);
    for (const [i, asked] of given.requests.entries()) {
      const request = inForm(asked, OTHER_STORE, i);
      // Twice each: before there is a dispatcher and after, and a list that comes again.
      const data = list.map((entity) => ({ ...(entityToData(entity) as object) }));
      const mustBeRefused = list.some(
        (entity) => isAskedFor(entity, asked) && checkEntity(entity, schema) !== undefined,
      );
      for (let time = 0; time < 2; time++) {
        const ask = () => {
          const response = engine.isAuthorized(request, data);
          const allowed = engine.isAllowed(request, data);
          return allowed === (response.decision === 'allow') ? response : 'another decision alone';
        };
        const actual = answerOf(ask);
        const isRight = actual === undefined ? mayBeRefused : !mustBeRefused && isSame(actual, expected[i]!);
        if (!isRight)
          return { target: 'soundness', oracle: 'typed lists', what: `request ${i}`, expected: expected[i], actual };
      }
    }
  }
  engine.release();
  return undefined;
}

/** The request's own entities are always checked. */
function isAskedFor({ uid }: Entity, { principal, resource }: Request): boolean {
  return uid.equals(principal) || uid.equals(resource);
}

/** Every text, boolean or number among the attributes is of another type. */
function retyped(entity: Entity): Entity {
  const attrs = new Map(entity.attrs);
  for (const [name, value] of attrs)
    if (typeof value !== 'object') attrs.set(name, typeof value === 'string' ? value.length : `${value}`);
  return { ...entity, attrs };
}

/** The first attribute is missing, which may be required. */
function lacking(entity: Entity): Entity {
  return { ...entity, attrs: new Map([...entity.attrs].slice(1)) };
}

/** It has one more parent, of the type of its neighbour in the list. */
function misplaced(entity: Entity, i: number, list: readonly Entity[]): Entity {
  const parent = new EntityUid(list[(i + 1) % list.length]!.uid.type, 'elsewhere');
  return isActionType(parent.type) ? entity : { ...entity, parents: [...entity.parents, parent] };
}

function isSame(actual: Response | string, expected: Response): boolean {
  return typeof actual !== 'string' && sameResponse(actual, expected);
}

function withActions(list: readonly Entity[], schema: Schema): readonly Entity[] {
  return [...list, ...actionEntities(schema)];
}

/** `undefined` if the list is refused. */
function answerOf<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof ConformanceError || error instanceof DataError || error instanceof EntitiesError)
      return undefined;
    throw error;
  }
}
