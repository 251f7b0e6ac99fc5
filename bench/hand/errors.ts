/**
 * Errors by hand — missing attributes are looked for, and the full answer names the policies that could not be decided.
 */
import type { EntityJson, Hand, HandAnswer, RequestJson, Scenario } from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

class Thing {
  readonly level: number | undefined;
  readonly team: string | undefined;
  readonly active: boolean | undefined;
  readonly cleared: boolean | undefined;
  readonly secret: boolean;

  constructor({ attrs }: EntityJson) {
    this.level = attrs.level as number | undefined;
    this.team = attrs.team as string | undefined;
    this.active = attrs.active as boolean | undefined;
    this.cleared = attrs.cleared as boolean | undefined;
    this.secret = attrs.secret === true;
  }
}

interface Request {
  readonly principal: Thing;
  readonly resource: Thing;
}

interface Answer extends HandAnswer {
  readonly erring: readonly string[];
}

const [LEVEL, TEAM, ACTIVE, SECRET] = [1, 2, 4, 8];
const NAMES = ['level', 'team', 'active', 'secret'];

export class ErrorsByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #answers: (Answer | undefined)[] = [];

  constructor({ entities }: Scenario) {
    this.#things = new Interned(entities, (entity) => new Thing(entity));
  }

  request({ principal, resource }: RequestJson): Request {
    return { principal: this.#things.of(principal), resource: this.#things.of(resource) };
  }

  isAllowed({ principal, resource }: Request): boolean {
    if (resource.secret && principal.cleared === false) return false;
    const { level, team, active } = principal;
    return (level !== undefined && level > 3) || (team !== undefined && team === resource.team) || active === true;
  }

  isAuthorized({ principal, resource }: Request): HandAnswer {
    const { level, team, active, cleared } = principal;
    let satisfied = 0;
    let erring = 0;
    if (level === undefined) erring |= LEVEL;
    else if (level > 3) satisfied |= LEVEL;
    if (team === undefined) erring |= TEAM;
    else if (team === resource.team) satisfied |= TEAM;
    if (active === undefined) erring |= ACTIVE;
    else if (active) satisfied |= ACTIVE;
    if (resource.secret) {
      if (cleared === undefined) erring |= SECRET;
      else if (!cleared) satisfied |= SECRET;
    }
    const known = satisfied * 16 + erring;
    return this.#answers[known] ?? this.#make(known);
  }

  #make(known: number): Answer {
    const satisfied = known >> 4;
    const forbidden = (satisfied & SECRET) !== 0;
    const chosen = forbidden ? SECRET : satisfied;
    const answer: Answer = {
      decision: chosen !== 0 && !forbidden ? 'allow' : 'deny',
      determiningPolicies: NAMES.filter((_, i) => (chosen & (1 << i)) !== 0),
      erring: NAMES.filter((_, i) => (known & (1 << i)) !== 0),
    };
    this.#answers[known] = answer;
    return answer;
  }
}
