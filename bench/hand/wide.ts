/**
 * Wide by hand — one loop over a list of demands.
 */
import {
  DENY,
  type EntityJson,
  type Hand,
  type HandAnswer,
  type RequestJson,
  type Scenario,
} from '../scenario/scenario.ts';
import { type Demand, demandsOf } from '../scenario/wide.ts';
import { Interned } from './interned.ts';

class Thing {
  readonly team: string;
  readonly level: number;
  readonly label: string;

  constructor({ attrs }: EntityJson) {
    this.team = attrs.team as string;
    this.level = (attrs.level ?? 0) as number;
    this.label = (attrs.label ?? '') as string;
  }
}

interface Request {
  readonly principal: Thing;
  readonly resource: Thing;
}

export class WideByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #demands: readonly Demand[];

  constructor({ entities, size }: Scenario) {
    this.#things = new Interned(entities, (entity) => new Thing(entity));
    this.#demands = demandsOf(size);
  }

  request({ principal, resource }: RequestJson): Request {
    return { principal: this.#things.of(principal), resource: this.#things.of(resource) };
  }

  isAllowed({ principal, resource }: Request): boolean {
    const demands = this.#demands;
    for (let i = 0; i < demands.length; i++) if (isMet(demands[i]!, principal, resource)) return true;
    return false;
  }

  isAuthorized({ principal, resource }: Request): HandAnswer {
    const demands = this.#demands;
    let met: string[] | undefined;
    for (let i = 0; i < demands.length; i++) {
      if (!isMet(demands[i]!, principal, resource)) continue;
      met ??= [];
      met.push(demands[i]!.id);
    }
    return met === undefined ? DENY : { decision: 'allow', determiningPolicies: met };
  }
}

function isMet({ team, level, label }: Demand, principal: Thing, resource: Thing): boolean {
  return principal.team === team && principal.level >= level && resource.label === label;
}
