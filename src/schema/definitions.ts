/**
 * Definitions — everything that the fragments of one schema declare, by full names.
 *
 * Docs: Schema grammar: Type resolution;  RFC 70 (no shadowing of the empty namespace)
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';
import { EntityUid } from '../value/entity-uid.ts';
import {
  type ActionDeclaration,
  type CommonTypeDeclaration,
  type EntityTypeDeclaration,
  type Fragment,
  type NamespaceDeclaration,
  qualify,
} from './declaration.ts';
import * as problem from './error.ts';
import { ACTION, BUILTIN_TYPES, basename, CEDAR_NAMESPACE } from './name.ts';

/** A declaration, and the namespace in which its names are looked up. */
export interface Definition<Declaration> {
  readonly namespace: string;
  readonly declaration: Declaration;
}

export interface ActionDefinition extends Definition<ActionDeclaration> {
  readonly uid: EntityUid;
}

export interface Definitions {
  readonly entityTypes: ReadonlyMap<string, Definition<EntityTypeDeclaration>>;
  readonly commonTypes: ReadonlyMap<string, Definition<CommonTypeDeclaration>>;
  /** By `EntityUid.key`. */
  readonly actions: ReadonlyMap<string, ActionDefinition>;
  /** `Action`, qualified with every namespace that declares an action. */
  readonly actionTypes: ReadonlySet<string>;
  /** The names in the empty namespace that mean a builtin type, because nobody declared them. */
  readonly aliases: ReadonlySet<string>;
}

interface MutableDefinitions {
  readonly entityTypes: Map<string, Definition<EntityTypeDeclaration>>;
  readonly commonTypes: Map<string, Definition<CommonTypeDeclaration>>;
  readonly actions: Map<string, ActionDefinition>;
}

/** Gathers what the fragments declare; what is declared twice, or shadows the empty namespace, is a problem. */
export function gatherDefinitions(fragments: readonly Fragment[]): [Definitions, Diagnostic[]] {
  const found: MutableDefinitions = { entityTypes: new Map(), commonTypes: new Map(), actions: new Map() };
  const repeated: Diagnostic[] = [];
  for (const [namespace, declared] of fragments.flatMap((fragment) => [...fragment])) {
    gatherNamespace(namespace, declared, found, repeated);
  }
  const actionTypes = new Set([...found.actions.values()].map(({ uid }) => uid.type));
  const aliases = new Set([...BUILTIN_TYPES.keys()].filter((name) => !isDeclared(name, found)));
  return [{ ...found, actionTypes, aliases }, [...shadowing(found), ...repeated]];
}

function isDeclared(name: string, found: MutableDefinitions): boolean {
  return found.entityTypes.has(name) || found.commonTypes.has(name);
}

/** What parses and is never allowed: an entity type `Action`, attributes of actions. */
export function forbiddenDeclarations(fragment: Fragment): Diagnostic[] {
  return [...fragment.values()].flatMap(forbiddenIn);
}

function forbiddenIn(declared: NamespaceDeclaration): Diagnostic[] {
  const withAttributes = [...declared.actions].filter(([, action]) => action.hasAttributes).map(([name]) => name);
  return [
    ...(declared.entityTypes.has(ACTION) ? [problem.actionTypeDeclared()] : []),
    ...(withAttributes.length > 0 ? [problem.actionAttributes(withAttributes.sort())] : []),
  ];
}

function gatherNamespace(
  namespace: string,
  declared: NamespaceDeclaration,
  found: MutableDefinitions,
  repeated: Diagnostic[],
): void {
  for (const [id, declaration] of declared.commonTypes) {
    const name = qualify(namespace, id);
    if (found.commonTypes.has(name)) repeated.push(problem.duplicateDefinition('common type', name, declaration.span));
    else found.commonTypes.set(name, { namespace, declaration });
  }
  for (const [id, declaration] of declared.entityTypes) {
    const name = qualify(namespace, id);
    if (found.entityTypes.has(name)) repeated.push(problem.duplicateDefinition('entity type', name, declaration.span));
    else found.entityTypes.set(name, { namespace, declaration });
  }
  for (const [id, declaration] of declared.actions) {
    const uid = new EntityUid(qualify(namespace, ACTION), id);
    if (found.actions.has(uid.key))
      repeated.push(problem.duplicateDefinition('action', uid.toString(), declaration.span));
    else found.actions.set(uid.key, { namespace, declaration, uid });
  }
}

/** RFC 70: what the empty namespace declares, no other namespace may declare. */
function shadowing({ entityTypes, commonTypes, actions }: MutableDefinitions): Diagnostic[] {
  const types = new Map<string, Definition<{ readonly span: Span | undefined }>>([...entityTypes, ...commonTypes]);
  const qualified = new Map(
    [...types].filter(([, { namespace }]) => namespace !== '').map(([name]) => [basename(name), name]),
  );
  const found: Diagnostic[] = [];
  for (const [name, { namespace }] of types) {
    const other = namespace === '' ? qualified.get(name) : undefined;
    if (other !== undefined) found.push(problem.typeShadowing(name, other, types.get(other)?.declaration.span));
  }
  const elsewhere = new Map(
    [...actions.values()].filter((each) => each.namespace !== '').map((each) => [each.uid.id, each]),
  );
  for (const { namespace, uid } of actions.values()) {
    const other = namespace === '' ? elsewhere.get(uid.id) : undefined;
    if (other !== undefined)
      found.push(problem.actionShadowing(uid.toString(), other.uid.toString(), other.declaration.span));
  }
  return found;
}

/** Is this the full name of a common type, declared or builtin? */
export function isCommonType(name: string, definitions: Definitions): boolean {
  if (definitions.commonTypes.has(name) || definitions.aliases.has(name)) return true;
  return name.startsWith(`${CEDAR_NAMESPACE}::`) && BUILTIN_TYPES.has(name.slice(CEDAR_NAMESPACE.length + 2));
}

/** Is this the full name of an entity type, that of actions included? */
export function isEntityType(name: string, definitions: Definitions): boolean {
  return definitions.entityTypes.has(name) || definitions.actionTypes.has(name);
}
