/**
 * Wide by hand — one loop over a list of demands, or over those of the principal's team.
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

class RequestsOfThings {
  readonly #things: Interned<Thing>;

  constructor({ entities }: Scenario) {
    this.#things = new Interned(entities, (entity) => new Thing(entity));
  }

  request({ principal, resource }: RequestJson): Request {
    return { principal: this.#things.of(principal), resource: this.#things.of(resource) };
  }
}

export class WideByHand extends RequestsOfThings implements Hand<Request> {
  readonly #demands: readonly Demand[];

  constructor(scenario: Scenario) {
    super(scenario);
    this.#demands = demandsOf(scenario.size);
  }

  isAllowed(request: Request): boolean {
    return anyMet(this.#demands, request);
  }

  isAuthorized(request: Request): HandAnswer {
    return allMet(this.#demands, request);
  }
}

const NONE: readonly Demand[] = [];

export class TeamsByHand extends RequestsOfThings implements Hand<Request> {
  readonly #byTeam = new Map<string, Demand[]>();

  constructor(scenario: Scenario) {
    super(scenario);
    for (const demand of demandsOf(scenario.size)) {
      const known = this.#byTeam.get(demand.team);
      if (known === undefined) this.#byTeam.set(demand.team, [demand]);
      else known.push(demand);
    }
  }

  isAllowed(request: Request): boolean {
    return anyMet(this.#byTeam.get(request.principal.team) ?? NONE, request);
  }

  isAuthorized(request: Request): HandAnswer {
    return allMet(this.#byTeam.get(request.principal.team) ?? NONE, request);
  }
}

function anyMet(demands: readonly Demand[], { principal, resource }: Request): boolean {
  for (let i = 0; i < demands.length; i++) if (isMet(demands[i]!, principal, resource)) return true;
  return false;
}

function allMet(demands: readonly Demand[], { principal, resource }: Request): HandAnswer {
  let met: string[] | undefined;
  for (let i = 0; i < demands.length; i++) {
    if (!isMet(demands[i]!, principal, resource)) continue;
    met ??= [];
    met.push(demands[i]!.id);
  }
  return met === undefined ? DENY : { decision: 'allow', determiningPolicies: met };
}

function isMet({ team, level, label }: Demand, principal: Thing, resource: Thing): boolean {
  return principal.level >= level && principal.team === team && resource.label === label;
}
