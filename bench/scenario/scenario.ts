/**
 * Scenario — an application with its policies, data and requests, as plain JSON and text that every rival can read.
 */
import type { Decision } from '../../src/index.ts';

export interface UidJson {
  readonly type: string;
  readonly id: string;
}

export interface EntityJson {
  readonly uid: UidJson;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly parents: readonly UidJson[];
}

export interface RequestJson {
  readonly principal: UidJson;
  readonly action: UidJson;
  readonly resource: UidJson;
  readonly context?: Readonly<Record<string, unknown>> | undefined;
}

/** In the form that the official build takes links in. */
export interface LinkJson {
  readonly templateId: string;
  readonly newId: string;
  readonly values: Readonly<Partial<Record<'?principal' | '?resource', UidJson>>>;
}

export interface Scenario {
  readonly name: string;
  readonly size: number;
  /** Static policies and templates, named by `@id`. */
  readonly text: string;
  readonly links: readonly LinkJson[];
  readonly schema: string;
  readonly entities: readonly EntityJson[];
  readonly requests: readonly RequestJson[];
  /** Attributes that some policy reads, of principal, resource or what they lead to; for the smallest data of one request. */
  readonly reads: readonly string[];
}

/** The answer of a function written by hand; which policies determined it, too. */
export interface HandAnswer {
  readonly decision: Decision;
  readonly determiningPolicies: readonly string[];
}

export const DENY: HandAnswer = Object.freeze({ decision: 'deny', determiningPolicies: Object.freeze([]) });

/** An application's authorization as a good engineer would write it for exactly its policies. */
export interface Hand<Request> {
  /** What is looked up once, before the request is timed. */
  request(request: RequestJson): Request;
  isAllowed(request: Request): boolean;
  isAuthorized(request: Request): HandAnswer;
}

/** Answers that are kept, one for each set of satisfied permits; the bits of a set name the policies. */
export class HandAnswers {
  readonly #names: readonly string[];
  readonly #answers: (HandAnswer | undefined)[] = [];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  of(satisfied: number): HandAnswer {
    return this.#answers[satisfied] ?? this.#make(satisfied);
  }

  #make(satisfied: number): HandAnswer {
    const determiningPolicies = Object.freeze(this.#names.filter((_, i) => (satisfied & (1 << i)) !== 0));
    const answer: HandAnswer = Object.freeze({ decision: satisfied === 0 ? 'deny' : 'allow', determiningPolicies });
    this.#answers[satisfied] = answer;
    return answer;
  }
}

export function keyOf({ type, id }: UidJson): string {
  return `${type}::${id}`;
}

/** The uid in an attribute that refers to an entity. */
export function referred(value: unknown): UidJson {
  return (value as { readonly __entity: UidJson }).__entity;
}
