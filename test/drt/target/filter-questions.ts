/**
 * Filter questions — for each request of a case the filter for the rows of the resource's type, and which of them the model allows.
 *
 * Rows have twins that differ in case, in accents and in trailing blanks; references may lead nowhere; a required column may be NULL.
 */
import { check } from '../../../codegen/print/check.ts';
import { compile } from '../../../src/engine/compile.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import type { PreparedFilter } from '../../../src/engine/prepared-filter.ts';
import type { Filter } from '../../../src/filter/filter.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import { PolicySet } from '../../../src/syntax/policy-set.ts';
import { conformingEntities } from '../../../src/validator/conformance/conformance.ts';
import { Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import { type EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import type { Request } from '../../../src/value/request.ts';
import type { Case } from '../../arbitrary/case.ts';
import { twinOf, withHostileTexts } from '../../arbitrary/hostile-rows.ts';
import { listPolicies } from '../../arbitrary/list-policies.ts';
import type { Random } from '../../arbitrary/random.ts';
import { arbitraryTables, type Lacking, type TableDialect, type Tables } from '../../arbitrary/tables.ts';
import { type TypedCase, typedPart } from './partial.ts';
import { RowFeatures } from './row-features.ts';

export class FilterQuestions {
  readonly schema: Schema;
  readonly set: TypedCase['set'];
  readonly requests: readonly Request[];
  readonly entities: readonly Entity[];
  readonly whole: Entities;
  readonly lacking: Lacking | undefined;
  readonly tables: Tables;
  readonly random: Random;
  readonly features: RowFeatures;
  readonly #engine: Engine;
  #compiled: Engine | undefined;
  readonly #prepared = new Map<string, PreparedFilter>();
  /** What the database holds, as the model reads it. */
  readonly held: Entities;
  #all: EntityStore | undefined;
  #none: EntityStore | undefined;

  private constructor(
    typed: TypedCase,
    entities: readonly Entity[],
    whole: Entities,
    random: Random,
    dialect?: TableDialect,
  ) {
    const { schema } = typed.given;
    this.schema = schema;
    this.set = typed.set;
    this.requests = distinct(typed.requests);
    this.entities = entities;
    this.whole = whole;
    this.random = random;
    this.lacking = random.chance(15) ? lackingOf(entities, schema, random) : undefined;
    this.tables = arbitraryTables(random, schema, entities, this.lacking, dialect);
    this.#engine = compile(typed.set as never, {
      schema,
      mapping: this.tables.mapping,
      mode: 'interpret',
      validate: false,
    });
    const { lacking } = this;
    const actions = [...whole].filter(({ uid }) => isActionType(uid.type));
    const rows = lacking === undefined ? entities : entities.map((each) => without(each, lacking));
    this.held = lacking === undefined ? whole : Entities.from([...rows, ...actions]);
    this.features = new RowFeatures(schema, rows);
  }

  /** `undefined` for a case of which no part fits the schema. */
  static of(drawn: Case, random: Random, dialect?: TableDialect): FilterQuestions | undefined {
    const given = { ...drawn, entities: withHostileTexts(drawn.entities, random) };
    const { schema } = given;
    const typed = typedPart({ ...given, policies: [...given.policies, ...aboutRows(given, random)] });
    if (typed === undefined) return undefined;
    const twins = typed.entities
      .filter(() => random.chance(50))
      .flatMap((each) => twinOf(each, typed.entities, random));
    // Half of the cases have more references that lead nowhere.
    const gone = random.chance(50) ? 25 : 0;
    const entities = [...typed.entities, ...twins].filter(() => !random.chance(gone));
    const whole = closed(entities, schema);
    return whole && new FilterQuestions(typed, entities, whole, random, dialect);
  }

  filter({ principal, action, resource, context }: Request, known: EntityStore, superset: boolean): Filter {
    const query = { principal, action: `${action}`, resource: resource.type, context };
    return this.#engine.filter(query, known, { superset });
  }

  /** The same by an engine that makes code, for predicates. */
  compiledFilter({ principal, action, resource, context }: Request, known: EntityStore): Filter {
    this.#compiled ??= compile(this.set as never, {
      schema: this.schema,
      mapping: this.tables.mapping,
      validate: false,
      check,
    });
    return this.#compiled.filter({ principal, action: `${action}`, resource: resource.type, context }, known);
  }

  /** What `act` gives while the engines have no policies. */
  withoutPolicies<T>(act: () => T): T {
    const own = new PolicySet();
    own.replace(this.set);
    this.set.replace(new PolicySet());
    try {
      return act();
    } finally {
      this.set.replace(own);
    }
  }

  /** The same, prepared for all principals of the type and all contexts. */
  prepared({ principal, action, resource }: Request): PreparedFilter {
    const key = `${principal.type} ${action} ${resource.type}`;
    const made = this.#prepared.get(key);
    if (made !== undefined) return made;
    const query = { principal: principal.type, action: `${action}`, resource: resource.type };
    const prepared = this.#engine.prepareFilter(query);
    this.#prepared.set(key, prepared);
    return prepared;
  }

  /** All entities, the principal and what is above it, or nothing. */
  known(principal: EntityUid): EntityStore {
    const share = this.random.int(3);
    if (share === 0) {
      this.#all ??= this.#store(this.#complete);
      return this.#all;
    }
    if (share === 1) return this.#store(above(principal, this.#complete));
    this.#none ??= this.#store([]);
    return this.#none;
  }

  #store(entities: readonly Entity[]): EntityStore {
    return EntityStore.of(Entities.from(entities), { schema: this.schema });
  }

  /** The entities that lack nothing. */
  get #complete(): readonly Entity[] {
    const { entities, lacking } = this;
    return lacking === undefined ? entities : entities.filter((each) => !isLacking(each, lacking));
  }

  /** The rows by their ids, and whether the request is allowed for each. */
  allowed(request: Request): Map<string, boolean> {
    const { entities, set } = this;
    const policies = [...set.policies()];
    const rows = entities.filter(({ uid }) => uid.type === request.resource.type);
    return new Map(
      rows.map(({ uid }) => {
        const { decision } = isAuthorized({ ...request, resource: uid }, this.held, policies);
        return [uid.id, decision === 'allow'];
      }),
    );
  }
}

/** Those that ask for another list: the id of the resource does not count. */
function distinct(requests: readonly Request[]): readonly Request[] {
  const key = ({ principal, action, resource, context }: Request) =>
    JSON.stringify([principal.key, action.key, resource.type, context.key]);
  return [...new Map(requests.map((request) => [key(request), request])).values()];
}

/** Types of rows that have such policies, at most. */
const LISTED = 2;

/** Most cases have policies that are about rows for certain. */
function aboutRows({ schema, entities, requests }: Case, random: Random): Policy[] {
  if (random.chance(20)) return [];
  const types = requests.map(({ resource }) => resource.type);
  const standard = [...new Set(types)].filter((type) => schema.entityTypes.get(type)?.kind === 'standard');
  return standard.slice(0, LISTED).flatMap((type, i) =>
    listPolicies(random, schema, type, entities, random.between(1, 4)).map((policy) => ({
      ...policy,
      id: `${policy.id} of ${i}`,
    })),
  );
}

function closed(entities: readonly Entity[], schema: Schema): Entities | undefined {
  try {
    return conformingEntities(entities, schema);
  } catch (error) {
    if (error instanceof EntitiesError) return undefined;
    throw error;
  }
}

function above(principal: EntityUid, entities: readonly Entity[]): Entity[] {
  const found = new Map<string, Entity>();
  const open = [principal];
  for (let uid = open.pop(); uid !== undefined; uid = open.pop()) {
    const { key } = uid;
    const entity = entities.find((each) => each.uid.key === key);
    if (entity === undefined || found.has(key)) continue;
    found.set(key, entity);
    open.push(...entity.parents);
  }
  return [...found.values()];
}

/** A required attribute that some rows lack. */
function lackingOf(entities: readonly Entity[], schema: Schema, random: Random): Lacking | undefined {
  const entity = random.pick(entities);
  const entry = schema.entityTypes.get(entity?.uid.type ?? '');
  if (entry?.kind !== 'standard') return undefined;
  const required = [...entry.attributes.attributes].filter(
    ([, { required: isRequired, type }]) => isRequired && type.kind !== 'record' && type.kind !== 'set',
  );
  if (required.length === 0) return undefined;
  const [attr] = random.pick(required);
  const rows = entities.filter(({ uid }) => uid.type === entry.name && random.chance(50));
  return { type: entry.name, attr, ids: new Set(rows.map(({ uid }) => uid.id)) };
}

function isLacking({ uid }: Entity, { type, ids }: Lacking): boolean {
  return uid.type === type && ids.has(uid.id);
}

function without(entity: Entity, lacking: Lacking): Entity {
  if (!isLacking(entity, lacking)) return entity;
  const attrs = new Map(entity.attrs);
  attrs.delete(lacking.attr);
  return { ...entity, attrs };
}
