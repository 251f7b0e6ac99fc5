/**
 * Action index — which action constraints a request's action meets, by look-up.
 *
 *     before  every constraint is held against the action and its ancestors
 *     after   the constraints that name the action, or one of its ancestors, are looked up; so is the one that names none
 *
 * Technique: secondary indexes on the entity uids that constraints name.
 *
 * Sound: `==` is met by the action alone; `in` by the action and by what is below any of its uids. Nothing else is demanded of an action.
 *
 * Spec:  Cedar.Spec.Policy: ActionScope
 */
import type { ActionScope } from '../../src/syntax/policy.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { ActionBound } from '../plan/scope-bound.ts';

export interface WithActionBound {
  readonly action: ActionBound;
  readonly number: number;
}

export class ActionIndex<G extends WithActionBound> {
  readonly #byScope = new Map<string, G>();
  #any: G | undefined;
  readonly #eq = new Map<string, G>();
  readonly #in = new Map<string, Set<G>>();

  /** The one with this constraint. */
  find(scope: ActionScope): G | undefined {
    return this.#byScope.get(keyOf(scope));
  }

  add(scope: ActionScope, group: G): void {
    this.#byScope.set(keyOf(scope), group);
    const { action } = group;
    if (action.kind === 'any') this.#any = group;
    else if (action.kind === 'eq') this.#eq.set(action.uids[0]!.key, group);
    else for (const { key } of action.uids) add(this.#in, key, group);
  }

  remove(scope: ActionScope, group: G): void {
    this.#byScope.delete(keyOf(scope));
    const { action } = group;
    if (action.kind === 'any') this.#any = undefined;
    else if (action.kind === 'eq') this.#eq.delete(action.uids[0]!.key);
    else for (const { key } of action.uids) remove(this.#in, key, group);
  }

  get all(): readonly G[] {
    return [...this.#byScope.values()];
  }

  /** Those that the action meets, in the order of their numbers. */
  matching(action: EntityUid, ancestors: Iterable<EntityUid>): readonly G[] {
    const { key } = action;
    const found = new Set<G>(this.#in.get(key));
    if (this.#in.size > 0) {
      for (const above of ancestors) for (const group of this.#in.get(above.key) ?? []) found.add(group);
    }
    const eq = this.#eq.get(key);
    if (eq !== undefined) found.add(eq);
    if (this.#any !== undefined) found.add(this.#any);
    return found.size < 2 ? [...found] : [...found].sort((a, b) => a.number - b.number);
  }
}

function add<G>(index: Map<string, Set<G>>, key: string, group: G): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([group]));
  else known.add(group);
}

function remove<G>(index: Map<string, Set<G>>, key: string, group: G): void {
  const known = index.get(key);
  known?.delete(group);
  if (known?.size === 0) index.delete(key);
}

/** The same for the same constraint. The key of a uid says where it ends. */
function keyOf(scope: ActionScope): string {
  switch (scope.kind) {
    case 'any':
      return 'any';
    case 'eq':
      return `== ${scope.uid.key}`;
    case 'mem':
      return `in ${scope.uid.key}`;
    case 'memAny':
      return `in ${scope.uids.map(({ key }) => key).join(' ')}`;
    default:
      return unreachable(scope);
  }
}
