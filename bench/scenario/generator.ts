/**
 * Generator — random entities and requests in the manner of the benchmarks of the OOPSLA 2024 paper on Cedar.
 */
import { seeded } from '../random.ts';
import type { EntityJson, RequestJson, UidJson } from './scenario.ts';

/** The odds of any possible connection between two entities. */
const PROBABILITY = 0.05;

/** The requests that the paper rotates; more where there are many entities, so that caches see a real load. */
export function requestsFor(size: number): number {
  return size >= 1000 ? 5000 : 500;
}

export class Generator {
  readonly random: () => number;

  constructor(seed: number) {
    this.random = seeded(seed);
  }

  below(n: number): number {
    return Math.floor(this.random() * n);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  connected(): boolean {
    return this.random() < PROBABILITY;
  }

  /** Those of the first `n` names that are connected. */
  some(type: string, prefix: string, n: number): UidJson[] {
    return range(n)
      .filter(() => this.connected())
      .map((i) => uid(type, `${prefix}${i}`));
  }

  /** Requests for any action, with principal and resource of the types that it applies to. */
  requests(count: number, actions: readonly Applies[], entities: readonly EntityJson[]): RequestJson[] {
    const byType = new Map<string, UidJson[]>();
    for (const { uid } of entities) {
      const known = byType.get(uid.type);
      if (known === undefined) byType.set(uid.type, [uid]);
      else known.push(uid);
    }
    return range(count).map(() => {
      const { action, principal, resource } = this.pick(actions);
      return {
        principal: this.pick(byType.get(principal)!),
        action: uid('Action', action),
        resource: this.pick(byType.get(resource)!),
      };
    });
  }
}

/** What an action applies to. */
export interface Applies {
  readonly action: string;
  readonly principal: string;
  readonly resource: string;
}

export function range(n: number): number[] {
  return [...Array(n).keys()];
}

export function uid(type: string, id: string): UidJson {
  return { type, id };
}

export function entity(type: string, id: string, attrs: EntityJson['attrs'], parents: readonly UidJson[]): EntityJson {
  return { uid: uid(type, id), attrs, parents };
}

/** An attribute that refers to an entity. */
export function ref(type: string, id: string): { readonly __entity: UidJson } {
  return { __entity: uid(type, id) };
}
