/**
 * Action slice — the policies and the part of a schema that requests for some actions can meet.
 *
 *     PolicySet × Schema × actions → smaller PolicySet × smaller Schema
 *
 * Sound: a policy that is left out has an action scope that no chosen action meets, so it is neither satisfied nor erring for them
 * (`IsSoundPolicySlice` in the Lean specification). Requests for other actions are refused, for the smaller schema does not have them.
 */
import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { PolicySet } from '../syntax/policy-set.ts';
import { unreachable } from '../value/unreachable.ts';
import { BuildError, problemOf } from './problem.ts';

export interface ActionSlice {
  readonly set: PolicySet;
  readonly schema: Schema;
}

/** `actions` are ids or uids, as requests name them. Throws `BuildError`. */
export function sliceActions(set: PolicySet, schema: Schema, actions: readonly string[]): ActionSlice {
  const chosen = actions.map((name) => entryOf(name, schema));
  // Each chosen action, and the groups that it is in.
  const met = new Set(chosen.flatMap(({ uid, ancestors }) => [uid.key, ...ancestors.map(({ key }) => key)]));
  return { set: policiesMeeting(set, met), schema: schemaOf(schema, chosen, met) };
}

function entryOf(name: string, schema: Schema): ActionEntry {
  const found = [...schema.actions.values()].filter(({ uid }) => uid.id === name || `${uid}` === name);
  const [entry, ...others] = found;
  if (entry !== undefined && others.length === 0) return entry;
  const message =
    entry === undefined
      ? `there is no action \`${name}\` in the schema`
      : `\`${name}\` may be ${found.map(({ uid }) => `\`${uid}\``).join(' or ')}`;
  throw new BuildError([problemOf('unknownAction', message)]);
}

function policiesMeeting(set: PolicySet, met: ReadonlySet<string>): PolicySet {
  const slice = new PolicySet();
  const kept = (policy: CorePolicy) => meets(policy, met);
  for (const policy of set.staticPolicies()) if (kept(policy)) slice.add(set.get(policy.id)!);
  for (const template of set.templates()) if (kept(template)) slice.addTemplate(set.get(template.id)!);
  for (const link of set.links()) if (slice.template(link.templateId) !== undefined) slice.link(link);
  return slice;
}

function meets({ action }: CorePolicy, met: ReadonlySet<string>): boolean {
  switch (action.kind) {
    case 'any':
      return true;
    case 'eq':
    case 'mem':
      return met.has(action.uid.key);
    case 'memAny':
      return action.uids.some(({ key }) => met.has(key));
    default:
      return unreachable(action);
  }
}

/** Groups stay as what the chosen actions are in, and apply to nothing. */
function schemaOf(schema: Schema, chosen: readonly ActionEntry[], met: ReadonlySet<string>): Schema {
  const keys = new Set(chosen.map(({ uid }) => uid.key));
  const actions = [...schema.actions].flatMap(([key, entry]): [string, ActionEntry][] => {
    if (!met.has(key)) return [];
    return [[key, keys.has(key) ? entry : { ...entry, appliesToPrincipal: NONE, appliesToResource: NONE }]];
  });
  return {
    entityTypes: schema.entityTypes,
    actions: new Map(actions),
    actionTypes: new Set(actions.map(([, { uid }]) => uid.type)),
  };
}

const NONE: ReadonlySet<string> = new Set();
