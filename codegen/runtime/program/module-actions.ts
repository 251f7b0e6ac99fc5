/**
 * Module actions — from an action and its ancestors to the case of a module's dispatcher, and the set of action groups that it meets.
 *
 * Sound: a case is entered only by actions that meet exactly the groups of its set. Whatever meets another set is decided by the program of all policies.
 *
 * Twin:  codegen/plan/action-index.ts, which follows changes
 */
import { EntityUid } from '../../../src/value/entity-uid.ts';
import type { ModuleGroup, PolicyModule } from './policy-module.ts';

/** Its number is zero where the dispatcher has none; `set` tells which functions decide. */
export interface ActionCase {
  readonly number: number;
  readonly set: number;
}

export class ModuleActions {
  readonly #groups: readonly Group[];
  readonly #sets: ReadonlyMap<string, number>;
  /** By set, and by set and action: a case of one action has been made for its types. */
  readonly #cases = new Map<string, number>();
  readonly #all: number;

  constructor({ groups, sets, cases }: PolicyModule) {
    this.#groups = groups.map(groupOf);
    this.#sets = new Map(sets.map((set, i) => [set.join(), i]));
    this.#all = sets.length;
    cases.forEach(({ set, actions }, i) => {
      if (actions === undefined) this.#cases.set(`${set}`, i + 1);
      else for (const [type, id] of actions) this.#cases.set(`${set} ${new EntityUid(type, id).key}`, i + 1);
    });
  }

  /** The entities that the constraints name. */
  get named(): readonly EntityUid[] {
    return this.#groups.flatMap(({ uids }) => uids);
  }

  caseOf(action: EntityUid, ancestors: readonly EntityUid[]): ActionCase {
    const above = new Set(ancestors.map(({ key }) => key)).add(action.key);
    const met = this.#groups.flatMap((group, i) => (isMet(group, action.key, above) ? [i] : []));
    const set = this.#sets.get(met.join()) ?? this.#all;
    return { set, number: this.#cases.get(`${set}`) ?? this.#cases.get(`${set} ${action.key}`) ?? 0 };
  }
}

interface Group {
  readonly kind: ModuleGroup[0];
  readonly uids: readonly EntityUid[];
  readonly keys: readonly string[];
}

function groupOf([kind, ...named]: ModuleGroup): Group {
  const uids = named.map(([type, id]) => new EntityUid(type, id));
  return { kind, uids, keys: uids.map(({ key }) => key) };
}

function isMet({ kind, keys }: Group, action: string, above: ReadonlySet<string>): boolean {
  return kind === 'any' || keys.some((key) => (kind === 'eq' ? key === action : above.has(key)));
}
