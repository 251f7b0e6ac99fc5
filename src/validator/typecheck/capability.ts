/**
 * Capability — an attribute or tag that is known to be there: `x has a` being true allows `x.a`.
 *
 * A capability is named by a key made of the receiver and of the attribute or tag, without spans: two are the same iff their keys are.
 *
 * Spec:  Cedar.Validation.Typechecker: Capabilities, Key
 */
import type { Expr } from '../../syntax/core.ts';
import type { ExprKeys } from '../expr-key.ts';

export type Capability = string;

export type Capabilities = readonly Capability[];

export const NO_CAPABILITIES: Capabilities = [];

export function attributeCapability(keys: ExprKeys, receiver: Expr, attr: string): Capability {
  return `${keys.of(receiver)} has ${JSON.stringify(attr)}`;
}

export function tagCapability(keys: ExprKeys, receiver: Expr, tag: Expr): Capability {
  return `${keys.of(receiver)} hasTag ${keys.of(tag)}`;
}

/** What holds if both did their part. */
export function union(a: Capabilities, b: Capabilities): Capabilities {
  if (a.length === 0) return b;
  return b.length === 0 ? a : [...a, ...b];
}

/** What holds whichever of the two it was. */
export function intersection(a: Capabilities, b: Capabilities): Capabilities {
  if (a.length === 0 || b.length === 0) return NO_CAPABILITIES;
  const both = new Set(b);
  return a.filter((capability) => both.has(capability));
}

/** What is known where an expression stands. Grows inside a layer only, so that a chain of `&&` costs what it adds. */
export class Known {
  readonly #outer: Known | undefined;
  /** Made when there is something to put in: mostly there is not. */
  #added: Set<Capability> | undefined;

  constructor(outer?: Known) {
    this.#outer = outer;
  }

  has(capability: Capability): boolean {
    return this.#added?.has(capability) || (this.#outer?.has(capability) ?? false);
  }

  /** This and more. */
  with(capabilities: Capabilities): Known {
    const inner = new Known(this);
    inner.add(capabilities);
    return inner;
  }

  add(capabilities: Capabilities): void {
    if (capabilities.length === 0) return;
    this.#added ??= new Set();
    for (const capability of capabilities) this.#added.add(capability);
  }
}

/** Keeps what was asked, so that an answer found here can be used wherever the same questions have the same answers. */
export class Asked extends Known {
  /** `undefined` if nothing was. */
  questions: Map<Capability, boolean> | undefined;

  /** INVARIANT: nothing is added here or outside as long as it is asked, so that the same question has the same answer. */
  override has(capability: Capability): boolean {
    let answer = this.questions?.get(capability);
    if (answer !== undefined) return answer;
    answer = super.has(capability);
    this.questions ??= new Map();
    this.questions.set(capability, answer);
    return answer;
  }
}
