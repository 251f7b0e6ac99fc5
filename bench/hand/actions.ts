/**
 * Actions by hand — what an action demands is looked up once; the rest is two comparisons.
 */
import {
  DENY,
  type EntityJson,
  type Hand,
  type HandAnswer,
  type RequestJson,
  referred,
  type Scenario,
} from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

class Thing {
  readonly level: number;
  readonly suspended: boolean;
  owner: Thing | undefined = undefined;

  constructor({ attrs }: EntityJson) {
    this.level = (attrs.level ?? 0) as number;
    this.suspended = attrs.suspended === true;
  }
}

interface Demand {
  readonly level: number;
  /** Whether owners may do it, too. */
  readonly forOwners: boolean;
  readonly byLevel: HandAnswer;
  readonly byOwner: HandAnswer;
  readonly byBoth: HandAnswer;
}

interface Request {
  readonly principal: Thing;
  readonly demand: Demand;
  readonly resource: Thing;
}

const SUSPENDED: HandAnswer = Object.freeze({ decision: 'deny', determiningPolicies: Object.freeze(['suspended']) });

export class ActionsByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #demands = new Map<string, Demand>();

  constructor({ entities }: Scenario) {
    this.#things = new Interned(entities, (entity) => new Thing(entity));
    for (const { uid, attrs, parents } of entities) {
      if (attrs.owner !== undefined) this.#things.of(uid).owner = this.#things.of(referred(attrs.owner));
      if (uid.type !== 'Action' || parents.length === 0) continue;
      const [number, group] = [uid.id, parents[0]!.id].map((id) => Number(id.split(' ')[1]));
      this.#demands.set(uid.id, demandOf(number!, group!));
    }
  }

  request({ principal, action, resource }: RequestJson): Request {
    return {
      principal: this.#things.of(principal),
      demand: this.#demands.get(action.id)!,
      resource: this.#things.of(resource),
    };
  }

  isAllowed({ principal, demand, resource }: Request): boolean {
    if (principal.suspended) return false;
    return principal.level > demand.level || (demand.forOwners && resource.owner === principal);
  }

  isAuthorized({ principal, demand, resource }: Request): HandAnswer {
    if (principal.suspended) return SUSPENDED;
    const isOwner = demand.forOwners && resource.owner === principal;
    if (principal.level > demand.level) return isOwner ? demand.byBoth : demand.byLevel;
    return isOwner ? demand.byOwner : DENY;
  }
}

function demandOf(number: number, group: number): Demand {
  const answer = (...determiningPolicies: string[]): HandAnswer =>
    Object.freeze({ decision: 'allow', determiningPolicies });
  return {
    level: group % 10,
    forOwners: number < 50,
    byLevel: answer(`level ${group}`),
    byOwner: answer(`owner ${number}`),
    byBoth: answer(`level ${group}`, `owner ${number}`),
  };
}
