/**
 * Link — several schemas as one: what one declares `external`, another may define.
 *
 *     Schema[] → Schema, or why they do not fit
 *
 * Nothing that is defined may be defined twice, or get ancestors by linking: its own schema was checked without them. Two external declarations of
 * a type join what they say it is in; those of an action must agree. What stays external makes the result incomplete, and it can be linked again.
 * Linking is commutative and associative, no schemas make the empty one, and one schema is itself.
 *
 * Docs:  RFC 116, partial schemas
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { compareCodePoints } from '../value/code-point.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import * as problem from './error.ts';
import { ANCESTOR_LIMIT, closeHierarchy } from './hierarchy.ts';
import { ACTION, basename, compareNames, isBuiltinName } from './name.ts';
import { externalBelowEnum, type ResolvedSchema } from './resolve.ts';
import type { ActionEntry, EntityTypeEntry, Schema } from './schema.ts';

const EMPTY_SCHEMA: Schema = { entityTypes: new Map(), actions: new Map(), actionTypes: new Set() };

/** Ends the linking; never leaves this room. */
class LinkFailure {
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    this.diagnostic = diagnostic;
  }
}

/**
 * Links schemas: what one declares `external`, another may define.
 *
 *     const { schema } = linkSchemas([parseSchema('external entity User; entity Doc { owner: User };').schema, users]);
 *
 * `schema` is `undefined` iff there is a diagnostic. What no schema defines stays external: see `externalDeclarations`.
 */
export function linkSchemas(schemas: readonly Schema[]): ResolvedSchema {
  const [first, ...others] = schemas;
  if (first === undefined) return { schema: EMPTY_SCHEMA, diagnostics: [] };
  if (others.length === 0) return { schema: first, diagnostics: [] };
  try {
    return { schema: linkAll(schemas), diagnostics: [] };
  } catch (error) {
    if (error instanceof LinkFailure) return { schema: undefined, diagnostics: [error.diagnostic] };
    throw error;
  }
}

function linkAll(schemas: readonly Schema[]): Schema {
  requireNoActionTypes(schemas);
  const entityTypes = new Map<string, EntityTypeEntry>();
  const actions = new Map<string, ActionEntry>();
  for (const schema of schemas) {
    for (const [name, entry] of [...schema.entityTypes].sort(([a], [b]) => compareNames(a, b)))
      entityTypes.set(name, linkEntityTypes(entityTypes.get(name), entry));
    for (const [key, entry] of [...schema.actions].sort(([, a], [, b]) => compareUids(a.uid, b.uid)))
      actions.set(key, linkActions(actions.get(key), entry));
  }
  requireNoShadowing(entityTypes, schemas);
  const closed = closeEntityTypes(entityTypes);
  const below = externalBelowEnum(closed);
  if (below !== undefined) throw new LinkFailure(problem.externalBelowEnum(below.external, below.enum, undefined));
  requireNoQualified(closed, actions);
  requireSameAncestors(entityTypes, closed);
  const actionTypes = new Set([...actions.values()].map(({ uid }) => uid.type));
  return { entityTypes: closed, actions, actionTypes };
}

function requireNoActionTypes(schemas: readonly Schema[]): void {
  const types = schemas.flatMap(({ actionTypes }) => [...actionTypes]);
  const declared = types.filter((type) => schemas.some(({ entityTypes }) => entityTypes.has(type)));
  const [first] = declared.sort(compareNames);
  if (first !== undefined) throw new LinkFailure(problem.entityTypeOfAction(first));
}

/** What hides a builtin type in one schema would hide it in all. */
function requireNoShadowing(entityTypes: ReadonlyMap<string, EntityTypeEntry>, schemas: readonly Schema[]): void {
  const introduced = [...entityTypes.keys()].filter(
    (name) => isBuiltinName(name) && !schemas.every((schema) => schema.entityTypes.has(name)),
  );
  const [first] = introduced.sort(compareNames);
  if (first !== undefined) throw new LinkFailure(problem.linkShadowsBuiltin(first));
}

/** RFC 70: what the empty namespace declares, no other namespace may declare. */
function requireNoQualified(
  entityTypes: ReadonlyMap<string, EntityTypeEntry>,
  actions: ReadonlyMap<string, ActionEntry>,
): void {
  for (const name of [...entityTypes.keys()].filter((each) => each.includes('::')).sort(compareNames))
    if (entityTypes.has(basename(name))) throw new LinkFailure(problem.typeShadowing(basename(name), name, undefined));
  const uids = [...actions.values()].map(({ uid }) => uid).sort(compareUids);
  const plain = new Map(uids.filter(({ type }) => type === ACTION).map((uid) => [uid.id, uid]));
  for (const uid of uids) {
    const shadowed = uid.type === ACTION ? undefined : plain.get(uid.id);
    if (shadowed !== undefined)
      throw new LinkFailure(problem.actionShadowing(shadowed.toString(), uid.toString(), undefined));
  }
}

function linkEntityTypes(known: EntityTypeEntry | undefined, entry: EntityTypeEntry): EntityTypeEntry {
  if (known === undefined) return entry;
  if (known.kind === 'external' && entry.kind === 'external') {
    const ancestors = new Set([...known.ancestors, ...entry.ancestors]);
    return { ...known, parents: ancestors, ancestors };
  }
  if (entry.kind === 'external') return defineExternal(entry, known);
  if (known.kind === 'external') return defineExternal(known, entry);
  throw new LinkFailure(problem.definedTwice('entity type', entry.name));
}

function defineExternal(
  { ancestors }: EntityTypeEntry & { kind: 'external' },
  defined: EntityTypeEntry,
): EntityTypeEntry {
  if (defined.kind === 'enum') throw new LinkFailure(problem.externalIsEnum(defined.name));
  if ([...ancestors].every((type) => defined.ancestors.has(type))) return defined;
  throw new LinkFailure(problem.linkAddsAncestors(defined.name));
}

function linkActions(known: ActionEntry | undefined, entry: ActionEntry): ActionEntry {
  if (known === undefined) return entry;
  const uid = entry.uid.toString();
  if (!known.external && !entry.external) throw new LinkFailure(problem.definedTwice('action', uid));
  const keys = (action: ActionEntry) => new Set(action.ancestors.map(({ key }) => key));
  const [one, other] = [keys(known), keys(entry)];
  if (one.size !== other.size || ![...one].every((key) => other.has(key)))
    throw new LinkFailure(problem.differentActionParents(uid));
  return known.external ? entry : known;
}

function closeEntityTypes(entityTypes: ReadonlyMap<string, EntityTypeEntry>): Map<string, EntityTypeEntry> {
  const above = ([name, entry]: [string, EntityTypeEntry]) =>
    [name, entry.kind === 'enum' ? [] : entry.ancestors] as const;
  const closed = closeHierarchy(new Map([...entityTypes].map(above)));
  if (closed === undefined) throw new LinkFailure(problem.hierarchyLimit(ANCESTOR_LIMIT));
  return new Map(
    [...entityTypes].map(([name, entry]) => {
      const ancestors = closed.get(name)!;
      return [name, entry.kind === 'enum' ? entry : { ...entry, parents: ancestors, ancestors }];
    }),
  );
}

function requireSameAncestors(
  before: ReadonlyMap<string, EntityTypeEntry>,
  after: ReadonlyMap<string, EntityTypeEntry>,
): void {
  const grown = [...before].filter(([name, entry]) => {
    const closed = after.get(name);
    return entry.kind === 'standard' && closed?.kind === 'standard' && closed.ancestors.size > entry.ancestors.size;
  });
  const [first] = grown.map(([name]) => name).sort(compareNames);
  if (first !== undefined) throw new LinkFailure(problem.linkAddsAncestors(first));
}

export function compareUids(a: EntityUid, b: EntityUid): number {
  return compareNames(a.type, b.type) || compareCodePoints(a.id, b.id);
}
