/**
 * Own objects — requests that name principal or resource by rows of an application, over a store, a list, or both: decided as the model decides by the
 * entities that the rows stand for.
 */
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import type { EntitiesInput } from '../../../src/engine/entities-input.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { RequestInput } from '../../../src/engine/input/request-input.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { actionEntities } from '../../../src/validator/conformance/conformance.ts';
import type { Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import { entityToData } from '../../arbitrary/json.ts';
import { arbitraryOwnObjects } from '../../arbitrary/own-objects.ts';
import type { Random } from '../../arbitrary/random.ts';
import type { Finding } from '../finding.ts';
import { acyclic, inForm, OTHER_STORE, sameResponse } from './authorize.ts';
import { moduleEngineOf } from './module.ts';

/** `fitting` are entities that fit the schema, and so do the requests. */
export function checkOwnObjects(given: Case, fitting: readonly Entity[], set: PolicySet, random: Random) {
  const { schema } = given;
  const policies = [...set.policies()];
  const own = arbitraryOwnObjects(random, schema);
  const isTyped = random.chance(50);
  const engines: [name: string, engine: Asked & { release(): void }][] = [
    ['typed', new CompiledEngine(set, { schema, warmUp: 0 })],
    ['untyped', new CompiledEngine(set, { warmUp: 1 })],
    isTyped
      ? ['module with a schema', moduleEngineOf(set, schema)]
      : ['untyped module', moduleEngineOf(set, undefined)],
  ];
  const actions = actionEntities(schema);
  for (const [i, asked] of [...given.requests, ...given.requests].entries()) {
    // Where a store knows few, it does not know the own objects either.
    const base = random.some(fitting, random.pick([0, 15, 40, 80, 100]));
    const found = broughtBy(asked, fitting, random);
    const { request, brought } = random.chance(60)
      ? renamed(asked, found, schema, random)
      : { request: asked, brought: found };
    const [principal, resource] = [brought.principal, brought.resource].map((each) => each && own(each));
    const hidden = [principal && brought.principal!, resource && brought.resource!].filter(
      (each) => each !== undefined,
    );
    const below = base.filter(({ uid }) => !hidden.some((each) => each.uid.equals(uid)));
    const entities = acyclic([...below, ...hidden, ...actions]);
    if (entities === undefined || acyclic([...base, ...actions]) === undefined) continue;
    const expected = isAuthorized(request, entities, policies);
    const input = {
      ...inForm(request, OTHER_STORE, i),
      ...(principal && { principal }),
      ...(resource && { resource }),
    };
    const [how, entitiesInput] = random.pick(formsOf(base, actions, given, random));
    const gone = below.length === 0 ? undefined : random.pick(below);
    const after = acyclic([...below.filter((each) => each !== gone), ...hidden, ...actions]);
    for (const [name, engine] of engines) {
      const entities = entitiesInput(name.startsWith('untyped'));
      const finding = ask(name, how, engine, input, entities, expected);
      if (finding !== undefined) return { ...finding, what: `request ${i}` };
      if (gone === undefined || after === undefined) continue;
      if (!(entities instanceof EntityStore) || entities.layers !== undefined) continue;
      entities.remove(gone.uid);
      const less = isAuthorized(request, after, policies);
      const changed = ask(name, `${how}, after a change`, engine, input, entities, less);
      if (changed !== undefined) return { ...changed, what: `request ${i}` };
    }
  }
  for (const [, engine] of engines) engine.release();
  return undefined;
}

/** Data of the request's own entities, now and then those of another entity of the type. */
function broughtBy(request: Request, fitting: readonly Entity[], random: Random): Brought {
  const of = (uid: EntityUid): Entity | undefined => {
    const alike = fitting.filter(({ uid: { type } }) => type === uid.type);
    const other = random.chance(40) ? random.pick(alike) : alike.find((each) => each.uid.equals(uid));
    return other && { ...other, uid };
  };
  const principal = random.chance(70) ? of(request.principal) : undefined;
  // Of two with one uid the principal counts.
  if (principal !== undefined && request.resource.equals(request.principal)) return { principal, resource: principal };
  return { principal, resource: random.chance(70) ? of(request.resource) : undefined };
}

interface Brought {
  readonly principal: Entity | undefined;
  readonly resource: Entity | undefined;
}

/** The same objects under ids that nothing else has; some of what they refer to is each other, or nobody. */
function renamed(request: Request, { principal, resource }: Brought, schema: Schema, random: Random) {
  const fresh = (entity: Entity | undefined, id: string) => entity && new EntityUid(entity.uid.type, id);
  const [p, r] = [fresh(principal, 'own principal'), fresh(resource, 'own resource')];
  const other = (uid: EntityUid): EntityUid => {
    if (schema.entityTypes.get(uid.type)?.kind !== 'standard' || random.chance(50)) return uid;
    const own = random.pick([p, r, undefined]);
    return own?.type === uid.type ? own : new EntityUid(uid.type, random.pick(['nobody', 'no one']));
  };
  const as = (entity: Entity | undefined, uid: EntityUid | undefined): Entity | undefined =>
    entity &&
    uid && {
      uid,
      attrs: new Map(
        [...entity.attrs].map(([name, value]) => [name, value instanceof EntityUid ? other(value) : value]),
      ),
      parents: random.chance(70) ? entity.parents : entity.parents.map(other),
      tags: entity.tags,
    };
  return {
    request: { ...request, principal: p ?? request.principal, resource: r ?? request.resource },
    brought: { principal: as(principal, p), resource: as(resource, r) },
  };
}

type Form = readonly [how: string, (isUntyped: boolean) => EntitiesInput];

/** The same entities as a store, as a list, or as a store with some of them on top. */
function formsOf(
  base: readonly Entity[],
  actions: readonly Entity[],
  { schema }: Case,
  random: Random,
): readonly Form[] {
  const storeOf = (entities: readonly Entity[], isUntyped: boolean) =>
    isUntyped ? EntityStore.of([...entities, ...actions]) : EntityStore.of(entities, { schema });
  const dataOf = (entities: readonly Entity[]) => entities.map((each) => entityToData(each) as object);
  const upper = new Set(random.some(base, 50));
  const lower = base.filter((each) => !upper.has(each));
  return [
    ['a store', (isUntyped) => storeOf(base, isUntyped)],
    ['a list', (isUntyped) => dataOf(isUntyped ? [...base, ...actions] : base)],
    ['a store with a list on top', (isUntyped) => storeOf(lower, isUntyped).with(dataOf([...upper]))],
    // Actions are those of the schema there, too.
    ['a store of no schema', (isUntyped) => (isUntyped ? storeOf(base, true) : EntityStore.of(base))],
    [
      'a store of no schema with a list on top',
      (isUntyped) => (isUntyped ? storeOf(lower, true) : EntityStore.of(lower)).with(dataOf([...upper])),
    ],
  ];
}

type Asked = Pick<CompiledEngine, 'isAuthorized' | 'isAllowed'>;

function ask(
  name: string,
  how: string,
  engine: Asked,
  asked: RequestInput,
  entities: EntitiesInput,
  expected: ReturnType<typeof isAuthorized>,
): Omit<Finding, 'what'> | undefined {
  const oracle = `own objects on ${how}, ${name}`;
  // Twice: before there is a dispatcher and after.
  for (let time = 0; time < 2; time++) {
    const actual = engine.isAuthorized(asked, entities);
    if (!sameResponse(actual, expected)) return { target: 'soundness', oracle, expected, actual };
    const allowed = engine.isAllowed(asked, entities);
    if (allowed !== (expected.decision === 'allow'))
      return { target: 'soundness', oracle: `${oracle}, decision alone`, expected: expected.decision, actual: allowed };
  }
  return undefined;
}
