/**
 * Resolve — fragments into a schema: every name found, every common type expanded.
 *
 *     Fragment[] → Schema, or everything that is wrong with them
 *
 * Problems come in the order in which the official build looks for them. Types are expanded only when all names are in order.
 *
 * Docs: Schema grammar: Type resolution;  RFC 24, RFC 70
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import {
  EMPTY_RECORD,
  type EntityTypeDeclaration,
  type Fragment,
  sortedEntries,
  type TypeName,
} from './declaration.ts';
import { type ActionDefinition, type Definition, type Definitions, gatherDefinitions } from './definitions.ts';
import * as problem from './error.ts';
import { Expander } from './expand.ts';
import { ANCESTOR_LIMIT, type Ancestors, closeHierarchy, cycleMembers } from './hierarchy.ts';
import { checkReferences, resolveAction, resolveName } from './reference.ts';
import type { ActionEntry, EntityTypeEntry, Schema } from './schema.ts';
import type { RecordType, SchemaType } from './type.ts';

export interface ResolvedSchema {
  /** `undefined` iff there is an error among the diagnostics. */
  readonly schema: Schema | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes one schema of all fragments together. */
export function resolveFragments(fragments: readonly Fragment[]): ResolvedSchema {
  const [definitions, clashes] = gatherDefinitions(fragments);
  const diagnostics = [...clashes, ...checkReferences(definitions)];
  if (diagnostics.length > 0) return { schema: undefined, diagnostics };
  const schema = new Resolver(definitions, diagnostics).resolve();
  return { schema: diagnostics.length > 0 ? undefined : schema, diagnostics };
}

/** The first external type, by name, that has an enumerated one among its ancestors. */
export function externalBelowEnum(
  entityTypes: ReadonlyMap<string, EntityTypeEntry>,
): { readonly external: string; readonly enum: string } | undefined {
  for (const [name, entry] of sortedEntries(entityTypes)) {
    if (entry.kind !== 'external') continue;
    const above = [...entry.ancestors].find((ancestor) => entityTypes.get(ancestor)?.kind === 'enum');
    if (above !== undefined) return { external: name, enum: above };
  }
  return undefined;
}

class Resolver {
  readonly #definitions: Definitions;
  readonly #diagnostics: Diagnostic[];
  readonly #expander: Expander;
  readonly #undeclared = new Map<string, TypeName>();

  constructor(definitions: Definitions, diagnostics: Diagnostic[]) {
    this.#definitions = definitions;
    this.#diagnostics = diagnostics;
    this.#expander = new Expander(definitions, diagnostics);
  }

  resolve(): Schema {
    const entityTypes = this.#entityTypes();
    this.#checkExternal(entityTypes);
    const actions = this.#actions();
    for (const { name, span } of this.#undeclared.values())
      this.#diagnostics.push(problem.undeclaredEntityType(name, span));
    return { entityTypes, actions, actionTypes: this.#definitions.actionTypes };
  }

  #entityTypes(): Map<string, EntityTypeEntry> {
    const parents = new Map<string, Set<string>>();
    for (const [name, { namespace, declaration }] of this.#definitions.entityTypes)
      parents.set(name, this.#declaredTypes(declaration.kind === 'enum' ? [] : declaration.parents, namespace));
    const ancestors = this.#close(parents);
    const entries = new Map<string, EntityTypeEntry>();
    for (const [name, definition] of this.#definitions.entityTypes) {
      const hierarchy = { parents: parents.get(name)!, ancestors: ancestors.get(name)! };
      entries.set(name, this.#entityType(name, definition, hierarchy));
    }
    return entries;
  }

  #entityType(
    name: string,
    { namespace, declaration }: Definition<EntityTypeDeclaration>,
    hierarchy: { readonly parents: ReadonlySet<string>; readonly ancestors: ReadonlySet<string> },
  ): EntityTypeEntry {
    if (declaration.kind === 'enum') return { kind: 'enum', name, ids: declaration.ids };
    if (declaration.kind === 'external') return { kind: 'external', name, ...hierarchy };
    const { shape, tags, span } = declaration;
    return {
      kind: 'standard',
      name,
      attributes: this.#record(this.#expander.typeOf(shape, namespace), () => problem.shapeNotRecord(name, span)),
      ...hierarchy,
      tags: tags === undefined ? undefined : this.#expander.typeOf(tags, namespace),
    };
  }

  /** Enumerated entities are in nothing and hold nothing; what an external declaration says must leave that true. */
  #checkExternal(entityTypes: ReadonlyMap<string, EntityTypeEntry>): void {
    const found = externalBelowEnum(entityTypes);
    if (found === undefined) return;
    const span = this.#definitions.entityTypes.get(found.external)?.declaration.span;
    this.#diagnostics.push(problem.externalBelowEnum(found.external, found.enum, span));
  }

  #actions(): Map<string, ActionEntry> {
    const { actions } = this.#definitions;
    const uids = (keys: Iterable<string>): EntityUid[] => [...keys].map((key) => actions.get(key)!.uid);
    const parents = new Map([...actions].map(([key, action]) => [key, this.#parentsOf(action)]));
    const ancestors = this.#close(parents);
    const entries = new Map<string, ActionEntry>();
    for (const [key, action] of actions) {
      const hierarchy = { parents: uids(parents.get(key)!), ancestors: uids(ancestors.get(key)!) };
      entries.set(key, { ...this.#action(action), ...hierarchy });
    }
    for (const key of cycleMembers(ancestors)) {
      const { uid, declaration } = actions.get(key)!;
      this.#diagnostics.push(problem.actionCycle(uid.toString(), declaration.span));
    }
    return entries;
  }

  #close(parents: ReadonlyMap<string, ReadonlySet<string>>): Ancestors {
    const closed = closeHierarchy(parents);
    if (closed === undefined) this.#diagnostics.push(problem.hierarchyLimit(ANCESTOR_LIMIT));
    return closed ?? new Map([...parents.keys()].map((name) => [name, new Set()]));
  }

  /** Keys of the direct parents. */
  #parentsOf({ namespace, declaration }: ActionDefinition): Set<string> {
    const found = (declaration.parents ?? []).map((parent) => resolveAction(parent, namespace, this.#definitions)!);
    return new Set(found.map(({ uid }) => uid.key));
  }

  #action({ uid, namespace, declaration }: ActionDefinition): Omit<ActionEntry, 'parents' | 'ancestors'> {
    const { principals = [], resources = [], context = EMPTY_RECORD } = declaration.appliesTo ?? {};
    const type = this.#expander.typeOf(context, namespace);
    return {
      uid,
      external: declaration.external,
      context: this.#record(type, () => problem.contextNotRecord(uid.toString(), declaration.span)),
      appliesToPrincipal: this.#declaredTypes(principals, namespace),
      appliesToResource: this.#declaredTypes(resources, namespace),
    };
  }

  /** Full names of entity types. The type of actions is one, but nobody declared it, and so it is refused here. */
  #declaredTypes(names: readonly TypeName[], namespace: string): Set<string> {
    const found = new Set<string>();
    for (const { name, span } of names) {
      const full = resolveName(name, namespace, 'entity', this.#definitions)!.name;
      if (this.#definitions.entityTypes.has(full)) found.add(full);
      else if (!this.#undeclared.has(full)) this.#undeclared.set(full, { name: full, span });
    }
    return found;
  }

  #record(type: SchemaType, otherwise: () => Diagnostic): RecordType {
    if (type.kind === 'record') return type;
    this.#diagnostics.push(otherwise());
    return { kind: 'record', attributes: new Map() };
  }
}
