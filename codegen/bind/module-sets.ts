/**
 * Module sets — the sets of action groups that a module has functions for, and the cases of its dispatcher.
 *
 *     permit (principal, action == Action::"view", resource);     group 0
 *     permit (principal, action in Action::"read", resource);     group 1      sets: [] [0] [1], and with a schema where view is below read: [0, 1]
 *
 * Action hierarchies come with the data, so only a schema tells which combinations there are. Those that are not foreseen are left to one program of
 * all policies; where no constraint says `in`, there are none.
 */
import type { Schema } from '../../src/schema/schema.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { CompiledPolicies } from '../compile.ts';
import type { ActionGroup } from '../compiled-policy.ts';
import { MODULE_COPIES_AT_MOST } from '../plan/limits.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import { requestTypesOf } from './schema-types.ts';

export interface ModuleSets {
  readonly groups: readonly ActionGroup[];
  readonly sets: readonly (readonly ActionGroup[])[];
  readonly cases: readonly SetCase[];
  /** Whether an action may meet another set: then the one behind the last is that of all groups. */
  readonly hasOthers: boolean;
}

export interface SetCase {
  readonly set: number;
  /** With a schema: the actions whose requests are tested alike, and how. */
  readonly checked: { readonly actions: readonly EntityUid[]; readonly types: RequestTypes } | undefined;
}

export function moduleSets(compiled: CompiledPolicies, schema: Schema | undefined): ModuleSets {
  const groups = [...compiled.groups].sort((a, b) => a.number - b.number);
  const all = sizeOf(groups);
  const sets = new Map<string, readonly ActionGroup[]>();
  let room = all * MODULE_COPIES_AT_MOST;
  const take = (set: readonly ActionGroup[]) => {
    const key = keyOf(set);
    const size = sizeOf(set);
    if (sets.has(key) || size > room) return;
    room -= size;
    sets.set(key, set);
  };
  const entries = [...(schema?.actions.values() ?? [])];
  take(compiled.matching(NO_ACTION, []));
  for (const { uid, ancestors } of entries) take(compiled.matching(uid, ancestors));
  for (const { action } of groups)
    if (action.kind !== 'any') for (const uid of action.uids) take(compiled.matching(uid, []));
  const known = [...sets.keys()];
  const hasOthers = groups.some((group) => group.action.kind === 'in' || !sets.has(keyOf(setOf(compiled, group))));
  const cases =
    schema === undefined
      ? known.map((_, set): SetCase => ({ set, checked: undefined }))
      : checkedCases(compiled, schema, known);
  const other: SetCase = { set: known.length, checked: undefined };
  return {
    groups,
    sets: [...sets.values()],
    cases: hasOthers && schema === undefined ? [...cases, other] : cases,
    hasOthers,
  };
}

/** Meets no constraint but none. */
const NO_ACTION = new EntityUid('', '');

function setOf(compiled: CompiledPolicies, { action }: ActionGroup): readonly ActionGroup[] {
  return compiled.matching(action.kind === 'any' ? NO_ACTION : action.uids[0]!, []);
}

function keyOf(set: readonly ActionGroup[]): string {
  return set.map(({ number }) => number).join();
}

function sizeOf(groups: readonly ActionGroup[]): number {
  return groups.reduce((sum, { entries, templates }) => sum + entries.size + templates.size, 0);
}

/** A case for each set and each way of testing requests. */
function checkedCases(compiled: CompiledPolicies, schema: Schema, known: readonly string[]): readonly SetCase[] {
  const cases = new Map<string, { set: number; checked: { actions: EntityUid[]; types: RequestTypes } }>();
  for (const { uid, ancestors } of schema.actions.values()) {
    const types = requestTypesOf(schema, uid);
    const set = known.indexOf(keyOf(compiled.matching(uid, ancestors)));
    if (set < 0 || types.principals.length === 0 || types.resources.length === 0) continue;
    const key = `${set} ${JSON.stringify(types)}`;
    const found = cases.get(key);
    if (found === undefined) cases.set(key, { set, checked: { actions: [uid], types } });
    else found.checked.actions.push(uid);
  }
  return [...cases.values()];
}
