/**
 * Updates — engines that live through random changes of policies and entities answer like the model on what is there at each moment.
 */
import type { CodegenOptions } from '../../../codegen/options.ts';
import { CompiledEngine } from '../../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../../src/engine/entity-store.ts';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { slotsOf } from '../../../src/syntax/desugar.ts';
import type { Policy } from '../../../src/syntax/policy.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { Entities, EntitiesError, type Entity } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import { once } from '../../../src/value/once.ts';
import type { Request } from '../../../src/value/request.ts';
import { type Case, filledTemplate } from '../../arbitrary/case.ts';
import { arbitraryEntity, shuffled, withHierarchy } from '../../arbitrary/entities.ts';
import { entityToData } from '../../arbitrary/json.ts';
import { binary, lit, set, variable } from '../../arbitrary/node.ts';
import { PolicyMaker, policyOf, when } from '../../arbitrary/policy.ts';
import { Random, weights } from '../../arbitrary/random.ts';
import { arbitraryRequest, requestToward } from '../../arbitrary/request.ts';
import { reusedValuesOf } from '../../arbitrary/reused-values.ts';
import { tenants } from '../../arbitrary/tenant.ts';
import { type World, worldOf } from '../../arbitrary/world.ts';
import type { Finding } from '../finding.ts';
import { inForm, JOINED, OPTIONS, PARTITIONED, policySetOf, sameResponse, TABLES } from './authorize.ts';

const STEPS = 10;
/** What becomes of policies; where there is nothing of the kind, one is added. */
const CHANGES = weights({ add: 1, remove: 3, link: 2, unlink: 1, removeTemplate: 1 });
/** Requests about anything after each step: asking costs little beside what a change costs. */
const MORE = 2;
/** Requests that may be put once more after later changes. */
const REMEMBERED = 12;

/** Policies of one shape that a value tells apart. Some are there from the start; the others come one by one, so that their number crosses any bound. */
const TENANTS = 6;

/** Policies that tell who is below an entity, whatever else is asked. */
const PROBES = 3;

function probe(random: Random, id: string, uid: EntityUid): Policy {
  const span = undefined;
  const below = { kind: 'mem', entity: { kind: 'entityUid', uid, span }, span } as const;
  const effect = random.chance(70) ? 'permit' : 'forbid';
  return policyOf(id, { effect, [random.pick(['principal', 'resource'])]: below });
}

/** One that asks for many groups at once, of which some may get their first descendants later. */
function probeOfMany(random: Random, id: string, { schema, uids }: World): Policy {
  const standard = [...schema.entityTypes.values()].filter((entry) => entry.kind === 'standard');
  const groups = random.list(5, 8, () => random.pick(uids.get(random.pick(standard).name)!));
  const place = random.pick(['principal', 'resource'] as const);
  return policyOf(id, { conditions: [when(binary('in', variable(place), set(groups.map(lit))))] });
}

/** The same seed makes the same changes. */
export function checkUpdates(given: Case, seed: number): Finding | undefined {
  return new Life(given, new Random(seed)).run();
}

class Life {
  readonly #random: Random;
  readonly #world: World;
  readonly #maker: PolicyMaker;
  readonly #set: PolicySet;
  readonly #store: EntityStore;
  readonly #entities: Map<string, Entity>;
  readonly #engines: readonly CompiledEngine[];
  readonly #options: readonly CodegenOptions[];
  readonly #requests: Request[];
  readonly #log: string[] = [];
  /** Ids of static policies that were removed. */
  readonly #gone: string[] = [];
  /** Tenants that are yet to come. */
  readonly #waiting: Policy[] = [];
  /** What the last change was about. */
  #changed: { readonly policy?: Policy | undefined; readonly entity?: EntityUid | undefined } = {};
  #fresh = 0;

  constructor(given: Case, random: Random) {
    this.#random = random;
    this.#world = { ...worldOf(random, given.schema), reusedValues: reusedValuesOf(given.schema, given.entities) };
    this.#maker = new PolicyMaker(random, this.#world, 3);
    this.#set = policySetOf(given);
    this.#entities = new Map(given.entities.map((entity) => [entity.uid.key, entity]));
    this.#store = EntityStore.of(this.#entities.values());
    this.#options = [random.pick(OPTIONS), random.pick([...JOINED, PARTITIONED, TABLES])];
    this.#engines = this.#options.map((options) => new CompiledEngine(this.#set, options));
    this.#requests = [...given.requests];
    const probed = random.some(this.#parents(), 40).slice(0, PROBES);
    for (const [i, uid] of probed.entries()) this.#set.add(probe(random, `probe ${i}`, uid));
    if (random.chance(40)) this.#set.add(probeOfMany(random, 'probe of many', this.#world));
    if (random.chance(60)) {
      const all = tenants(random, this.#world, TENANTS);
      this.#waiting.push(...all.splice(random.int(TENANTS + 1)));
      for (const policy of all) this.#addPolicy(policy);
    }
  }

  run(): Finding | undefined {
    for (let step = 0; step < STEPS; step++) {
      const finding = this.#random.chance(55) ? this.#stepOfPolicies() : this.#stepOfEntities();
      if (finding !== undefined) return finding;
    }
    return this.#compare([new CompiledEngine(this.#set, {})]);
  }

  #stepOfPolicies(): Finding | undefined {
    if (this.#random.chance(30)) return this.#changeWithin() ?? this.#compare(this.#engines);
    this.#log.push(this.#changePolicies());
    return this.#compare(this.#engines);
  }

  /** The policies change while a request is read, by a getter of it: the answer knows of the change. */
  #changeWithin(): Finding | undefined {
    const request = this.#random.pick(this.#requests);
    const place = this.#random.int(this.#engines.length);
    const named = inForm(request, this.#store, this.#random.int(12));
    const change = once(() => ({ log: this.#log.push(this.#changePolicies()) }));
    const asked = {
      ...named,
      get resource() {
        change();
        return named.resource;
      },
    };
    const actual = this.#engines[place]!.isAuthorized(asked, this.#store);
    const expected = isAuthorized(request, Entities.from(this.#entities.values()), [...this.#set.policies()]);
    if (sameResponse(actual, expected)) return undefined;
    const oracle = `engine ${JSON.stringify(this.#options[place])} while ${this.#log.join(', ')}`;
    return { target: 'updates', oracle, what: 'a request that changes policies', expected, actual };
  }

  /** Engines are asked about the entity and those below it before it changes too, so that what they remember may be wrong afterwards. */
  #stepOfEntities(): Finding | undefined {
    const uid = this.#someUid();
    this.#changed = { entity: uid };
    const before = this.#compare(this.#engines);
    if (before !== undefined) return before;
    this.#log.push(this.#changeEntity(uid));
    return this.#compare(this.#engines);
  }

  #compare(engines: readonly CompiledEngine[]): Finding | undefined {
    const entities = Entities.from(this.#entities.values());
    const policies = [...this.#set.policies()];
    const known = this.#random.pick(this.#requests);
    const about = this.#aboutChange();
    if (this.#requests.length < REMEMBERED) this.#requests.push(about);
    else this.#requests[this.#random.int(REMEMBERED)] = about;
    const any = this.#random.chance(60) ? known : arbitraryRequest(this.#random, this.#world, 3);
    const more = Array.from({ length: MORE }, () => arbitraryRequest(this.#random, this.#world, 3));
    for (const request of [about, any, ...more]) {
      const expected = isAuthorized(request, entities, policies);
      for (const [i, engine] of engines.entries()) {
        const named = this.#random.chance(40) ? inForm(request, this.#store, this.#random.int(12)) : request;
        const actual = engine.isAuthorized(named, this.#store);
        const oracle = `engine ${JSON.stringify(this.#options[i])} after ${this.#log.join(', ')}`;
        const what = `request ${request.principal} ${request.action} ${request.resource}`;
        if (!sameResponse(actual, expected)) return { target: 'updates', oracle, what, expected, actual };
        const allowed = engine.isAllowed(named, this.#store);
        if (allowed !== (expected.decision === 'allow'))
          return {
            target: 'updates',
            oracle: `${oracle}, decision alone`,
            what,
            expected: expected.decision,
            actual: allowed,
          };
      }
    }
    return undefined;
  }

  /** A request that the last change is likely to matter to: of what a policy is about, or of entities at or below the one that changed. */
  #aboutChange(): Request {
    const random = this.#random;
    const entities = [...this.#entities.values()];
    const statics = [...this.#set.staticPolicies()];
    const { policy = statics.length > 0 ? random.pick(statics) : undefined, entity } = this.#changed;
    const request =
      policy === undefined
        ? arbitraryRequest(random, this.#world, 3)
        : requestToward(random, this.#world, policy, entities, 3);
    if (entity === undefined) return request;
    const below = new Set([entity.key]);
    for (let size = 0; size < below.size; ) {
      size = below.size;
      for (const { uid, parents } of entities) if (parents.some(({ key }) => below.has(key))) below.add(uid.key);
    }
    const touched = [entity, ...entities.map(({ uid }) => uid).filter(({ key }) => below.has(key))];
    if (this.#world.schema.actions.has(entity.key)) return { ...request, action: random.pick(touched) };
    const [place, other] = random.pick([
      ['principal', 'resource'],
      ['resource', 'principal'],
    ] as const);
    const both = random.chance(30) ? { [other]: random.pick(touched) } : {};
    return { ...request, ...both, [place]: random.pick(touched) };
  }

  #changePolicies(): string {
    const random = this.#random;
    const [statics, templates, links] = [
      [...this.#set.staticPolicies()],
      [...this.#set.templates()],
      [...this.#set.links()],
    ];
    const n = this.#fresh++;
    switch (random.weighted(CHANGES)) {
      case 'remove':
        if (statics.length === 0) break;
        return this.#remove(this.#oneOf(statics).id);
      case 'unlink':
        if (links.length === 0) break;
        return this.#unlink(random.pick(links).id);
      case 'link':
        if (templates.length === 0) break;
        return this.#link(random.pick(templates).id, `new link ${n}`);
      case 'removeTemplate': {
        const unused = templates.filter(({ id }) => links.every(({ templateId }) => templateId !== id));
        if (unused.length === 0) break;
        return this.#removeTemplate(random.pick(unused).id);
      }
    }
    return this.#add(n);
  }

  /** One of the shape of another, most often. */
  #policyLikeOthers(n: number): Policy {
    const waiting = this.#random.chance(70) ? this.#waiting.pop() : undefined;
    if (waiting !== undefined) return waiting;
    const [tenant] = this.#random.chance(30) ? tenants(this.#random, this.#world, 1) : [];
    return tenant ?? this.#maker.policy(n, 2);
  }

  /** One made of the name that a policy has, or that of a policy that is gone. */
  #freeId(name: string, n: number): string {
    const gone = this.#gone.filter((id) => this.#set.get(id) === undefined);
    return gone.length > 0 && this.#random.chance(50) ? this.#random.pick(gone) : `${name} new ${n}`;
  }

  /** A tenant is left in place when it is there already. */
  #addPolicy(policy: Policy): void {
    if (this.#set.get(policy.id) === undefined) this.#set.add(policy);
  }

  #add(n: number): string {
    const next = this.#policyLikeOthers(n);
    const policy = { ...next, id: this.#freeId(next.id, n) };
    if (slotsOf(policy).length > 0) this.#set.addTemplate(policy);
    else this.#set.add(policy);
    this.#changed = { policy };
    return `add ${policy.id}`;
  }

  /** Most often one that has others of its shape beside it, if there are any. */
  #oneOf<P extends { readonly id: string }>(statics: readonly P[]): P {
    const alike = statics.filter(({ id }) => id.startsWith('tenant'));
    return this.#random.pick(alike.length > 0 && this.#random.chance(60) ? alike : statics);
  }

  #remove(id: string): string {
    this.#changed = { policy: this.#set.get(id) as Policy };
    this.#set.remove(id);
    this.#gone.push(id);
    return `remove ${id}`;
  }

  #removeTemplate(id: string): string {
    this.#set.removeTemplate(id);
    return `remove template ${id}`;
  }

  #link(templateId: string, id: string): string {
    const template = this.#set.get(templateId)!;
    const links = [...this.#set.links()].filter((link) => link.templateId === templateId);
    // Some links demand the same.
    const link =
      links.length > 0 && this.#random.chance(40)
        ? { ...this.#random.pick(links), id }
        : this.#maker.link(template, slotsOf(template), id);
    this.#set.link(link);
    this.#changed = { policy: filledTemplate([template], link) };
    return `link ${id} of ${templateId}`;
  }

  #unlink(id: string): string {
    const link = [...this.#set.links()].find((each) => each.id === id)!;
    this.#changed = { policy: filledTemplate([this.#set.get(link.templateId)!], link) };
    this.#set.unlink(id);
    return `unlink ${id}`;
  }

  /** Any of the world; half of the time one that has descendants, for they change with it; sometimes an action. */
  #someUid(): EntityUid {
    const random = this.#random;
    if (random.chance(20)) return random.pick(this.#world.actions).uid;
    const above = this.#parents();
    if (above.length > 0 && random.chance(50)) return random.pick(above);
    const standard = [...this.#world.schema.entityTypes.values()].filter((entry) => entry.kind === 'standard');
    return random.pick(this.#world.uids.get(random.pick(standard).name)!);
  }

  /** Those of entities that are not actions. */
  #parents(): EntityUid[] {
    const { entityTypes } = this.#world.schema;
    const parents = [...this.#entities.values()].flatMap((entity) => entity.parents);
    return parents.filter(({ type }) => entityTypes.get(type)?.kind === 'standard');
  }

  #changeEntity(uid: EntityUid): string {
    if (this.#entities.has(uid.key) && this.#random.chance(20)) {
      this.#entities.delete(uid.key);
      this.#store.remove(uid);
      return `remove ${uid}`;
    }
    return this.#upsert(this.#newEntity(uid));
  }

  #newEntity(uid: EntityUid): Entity {
    const random = this.#random;
    const entry = this.#world.schema.entityTypes.get(uid.type);
    if (entry?.kind !== 'standard') return this.#newAction(uid);
    // Any order of entities: a cycle must be refused.
    const above = shuffled(random, [...this.#entities.values()]).slice(0, 6);
    return withHierarchy(random, arbitraryEntity(random, this.#world, entry, uid, above, 3), above);
  }

  #newAction(uid: EntityUid): Entity {
    const parents = this.#random.some(this.#world.actions, 30).map((action) => action.uid);
    return { uid, parents, attrs: new Map(), tags: new Map() };
  }

  /** The store refuses exactly what would make an entity its own ancestor. */
  #upsert(entity: Entity): string {
    const after = new Map(this.#entities).set(entity.uid.key, entity);
    const refused = isCyclic(after.values());
    try {
      this.#store.upsert(entityToData(entity) as object);
    } catch (error) {
      if (refused && error instanceof EntitiesError) return `upsert ${entity.uid}, refused`;
      throw error;
    }
    if (refused) throw new Error(`a cycle was not refused: ${entity.uid} in ${entity.parents.join(', ')}`);
    this.#entities.set(entity.uid.key, entity);
    return `upsert ${entity.uid}`;
  }
}

function isCyclic(entities: Iterable<Entity>): boolean {
  try {
    Entities.from(entities);
    return false;
  } catch (error) {
    if (error instanceof EntitiesError && error.code === 'cycle') return true;
    throw error;
  }
}
