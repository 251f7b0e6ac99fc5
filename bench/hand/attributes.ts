/**
 * Attributes by hand — the conditions in plain JavaScript over typed records; times as milliseconds, addresses and decimals as numbers.
 */
import {
  DENY,
  type EntityJson,
  type Hand,
  type HandAnswer,
  HandAnswers,
  type RequestJson,
  type Scenario,
} from '../scenario/scenario.ts';
import { Interned } from './interned.ts';

class Thing {
  readonly isOfCompany: boolean;
  readonly isPublic: boolean;
  readonly roles: ReadonlySet<string>;
  readonly tags: readonly string[];
  readonly city: string;
  readonly zip: string;
  readonly age: number;
  readonly price: number;
  readonly amount: number;
  readonly released: number;

  constructor({ attrs }: EntityJson) {
    const {
      email = '',
      path = '',
      roles = [],
      tags = [],
      home,
      at,
      age = 0,
      price = 0,
      credit,
      limit,
      released,
    } = attrs;
    const { city, zip } = (home ?? at) as { city: string; zip: string };
    this.isOfCompany = (email as string).endsWith('@example.com');
    this.isPublic = (path as string).startsWith('/public/');
    this.roles = new Set(roles as string[]);
    this.tags = tags as string[];
    this.city = city;
    this.zip = zip;
    this.age = age as number;
    this.price = price as number;
    this.amount = Math.round(Number(argumentOf(credit ?? limit)) * 10_000);
    this.released = released === undefined ? 0 : Date.parse(argumentOf(released));
  }
}

interface Request {
  readonly principal: Thing;
  readonly action: string;
  readonly resource: Thing;
  readonly ip: number;
  readonly now: number;
  readonly mfa: boolean;
}

const [VIEW, TAGGED, BUY, AUDIT, SHIP] = [1, 2, 4, 8, 16];
const EMBARGO: HandAnswer = Object.freeze({ decision: 'deny', determiningPolicies: Object.freeze(['embargo']) });

export class AttributesByHand implements Hand<Request> {
  readonly #things: Interned<Thing>;
  readonly #answers = new HandAnswers(['view', 'tagged', 'buy', 'audit', 'ship']);

  constructor({ entities }: Scenario) {
    this.#things = new Interned(entities, (entity) => new Thing(entity));
  }

  request({ principal, action, resource, context = {} }: RequestJson): Request {
    return {
      principal: this.#things.of(principal),
      action: action.id,
      resource: this.#things.of(resource),
      ip: addressOf(argumentOf(context.ip)),
      now: Date.parse(argumentOf(context.now)),
      mfa: context.mfa as boolean,
    };
  }

  isAllowed(request: Request): boolean {
    const { principal, action, resource, now } = request;
    switch (action) {
      case 'view':
        return (principal.isOfCompany && resource.isPublic) || isTagged(principal, resource);
      case 'buy':
        return !isEmbargoed(principal, resource, now) && mayBuy(principal, resource);
      case 'audit':
        return mayAudit(request);
      default:
        return !isEmbargoed(principal, resource, now) && mayShip(principal, resource, now);
    }
  }

  isAuthorized(request: Request): HandAnswer {
    const { principal, action, resource, now } = request;
    switch (action) {
      case 'view': {
        const view = principal.isOfCompany && resource.isPublic ? VIEW : 0;
        return this.#answers.of(view | (isTagged(principal, resource) ? TAGGED : 0));
      }
      case 'buy':
        if (isEmbargoed(principal, resource, now)) return EMBARGO;
        return mayBuy(principal, resource) ? this.#answers.of(BUY) : DENY;
      case 'audit':
        return mayAudit(request) ? this.#answers.of(AUDIT) : DENY;
      default:
        if (isEmbargoed(principal, resource, now)) return EMBARGO;
        return mayShip(principal, resource, now) ? this.#answers.of(SHIP) : DENY;
    }
  }
}

function isTagged({ roles }: Thing, { tags }: Thing): boolean {
  if (roles.has('admin')) return true;
  for (let i = 0; i < tags.length; i++) if (roles.has(tags[i]!)) return true;
  return false;
}

function isEmbargoed({ roles }: Thing, { released }: Thing, now: number): boolean {
  return now < released && !roles.has('admin');
}

function mayBuy(principal: Thing, resource: Thing): boolean {
  return principal.age * 2 + 10 > resource.price && principal.amount >= resource.amount;
}

function mayAudit({ principal: { roles }, ip, mfa }: Request): boolean {
  return mfa && ip >>> 24 === 10 && roles.has('auditor') && roles.has('staff');
}

function mayShip(principal: Thing, resource: Thing, now: number): boolean {
  return principal.city === resource.city && principal.zip === resource.zip && now >= resource.released;
}

function argumentOf(value: unknown): string {
  return (value as { readonly __extn: { readonly arg: string } }).__extn.arg;
}

function addressOf(text: string): number {
  return text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
