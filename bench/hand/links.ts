/**
 * Links by hand — grants in a map of maps; where they are between groups and folders, a look-up for each pair.
 */
import { DENY, type Hand, type HandAnswer, type RequestJson, type Scenario } from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

class Thing {
  /** Itself and what it is in; itself alone where grants are by `==`. */
  within: Thing[] = [this];
  grants: Map<Thing, HandAnswer> | undefined = undefined;
}

interface Request {
  readonly principal: Thing;
  readonly resource: Thing;
}

export class LinksByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;

  constructor({ name, entities, links }: Scenario) {
    this.#things = new Interned(entities, () => new Thing());
    for (const entity of name === 'links' ? [] : entities)
      this.#things.of(entity.uid).within.push(...this.#things.ancestors(entity));
    for (const { newId, values } of links) {
      const principal = this.#things.of(values['?principal']!);
      principal.grants ??= new Map();
      const answer: HandAnswer = Object.freeze({ decision: 'allow', determiningPolicies: Object.freeze([newId]) });
      principal.grants.set(this.#things.of(values['?resource']!), answer);
    }
  }

  request({ principal, resource }: RequestJson): Request {
    return { principal: this.#things.of(principal), resource: this.#things.of(resource) };
  }

  isAllowed({ principal, resource }: Request): boolean {
    for (let i = 0; i < principal.within.length; i++) {
      const { grants } = principal.within[i]!;
      if (grants === undefined) continue;
      for (let j = 0; j < resource.within.length; j++) if (grants.has(resource.within[j]!)) return true;
    }
    return false;
  }

  isAuthorized({ principal, resource }: Request): HandAnswer {
    let first: HandAnswer | undefined;
    let more: string[] | undefined;
    for (let i = 0; i < principal.within.length; i++) {
      const { grants } = principal.within[i]!;
      if (grants === undefined) continue;
      for (let j = 0; j < resource.within.length; j++) {
        const found = grants.get(resource.within[j]!);
        if (found === undefined) continue;
        if (first === undefined) first = found;
        else {
          more ??= [...first.determiningPolicies];
          more.push(...found.determiningPolicies);
        }
      }
    }
    return more === undefined ? (first ?? DENY) : { decision: 'allow', determiningPolicies: more };
  }
}
