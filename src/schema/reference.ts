/**
 * Reference — what a name means where it is written, and whether it means anything.
 *
 * In namespace N, an unqualified name is N's if N declares it, else the empty namespace's. At each step a common type goes before an entity
 * type. A qualified name is absolute.
 *
 * Docs: Schema grammar: Type resolution;  RFC 24
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { unreachable } from '../value/unreachable.ts';
import { type ActionReference, qualify, sortedEntries, type TypeExpression, type TypeName } from './declaration.ts';
import { type ActionDefinition, type Definitions, isCommonType, isEntityType } from './definitions.ts';
import { actionNotDefined, type ReferenceKind, typeNotDefined } from './error.ts';
import { ACTION } from './name.ts';

/** The full names that a name may stand for, the first one that is declared counts. */
export function candidates(name: string, namespace: string): string[] {
  return namespace === '' || name.includes('::') ? [name] : [qualify(namespace, name), name];
}

/** What the name stands for; `undefined` if for nothing. */
export function resolveName(
  name: string,
  namespace: string,
  kind: ReferenceKind,
  definitions: Definitions,
): { readonly kind: 'common' | 'entity'; readonly name: string } | undefined {
  for (const candidate of candidates(name, namespace)) {
    if (kind !== 'entity' && isCommonType(candidate, definitions)) return { kind: 'common', name: candidate };
    if (kind !== 'common' && isEntityType(candidate, definitions)) return { kind: 'entity', name: candidate };
  }
  return undefined;
}

/** The action that a parent reference stands for. */
export function resolveAction(
  reference: ActionReference,
  namespace: string,
  definitions: Definitions,
): ActionDefinition | undefined {
  for (const type of candidates(reference.type?.name ?? ACTION, namespace)) {
    const action = definitions.actions.get(new EntityUid(type, reference.id).key);
    if (action !== undefined) return action;
  }
  return undefined;
}

/** Every name that stands for nothing: types first, then actions. */
export function checkReferences(definitions: Definitions): Diagnostic[] {
  const types: Diagnostic[] = [];
  const actions: Diagnostic[] = [];
  const checkName = ({ name, span }: TypeName, namespace: string, kind: ReferenceKind): void => {
    if (resolveName(name, namespace, kind, definitions) === undefined)
      types.push(typeNotDefined(name, candidates(name, namespace), kind, span));
  };
  const checkType = (type: TypeExpression, namespace: string): void => {
    for (const [kind, name] of references(type)) checkName(name, namespace, kind);
  };
  for (const { namespace, declaration } of definitions.commonTypes.values()) checkType(declaration.type, namespace);
  for (const { namespace, declaration } of definitions.entityTypes.values()) {
    if (declaration.kind === 'enum') continue;
    for (const parent of declaration.parents) checkName(parent, namespace, 'entity');
    if (declaration.kind === 'external') continue;
    checkType(declaration.shape, namespace);
    if (declaration.tags !== undefined) checkType(declaration.tags, namespace);
  }
  for (const { namespace, declaration } of definitions.actions.values()) {
    if (declaration.appliesTo !== undefined) {
      const { principals, resources, context } = declaration.appliesTo;
      checkType(context, namespace);
      for (const type of [...principals, ...resources]) checkName(type, namespace, 'entity');
    }
    for (const parent of declaration.parents ?? [])
      if (resolveAction(parent, namespace, definitions) === undefined)
        actions.push(actionNotDefined(new EntityUid(parent.type?.name ?? ACTION, parent.id).toString(), parent.span));
  }
  return [...types, ...actions];
}

/** The names inside a type, each with what it may stand for. */
export function references(type: TypeExpression): [ReferenceKind, TypeName][] {
  switch (type.kind) {
    case 'bool':
    case 'long':
    case 'string':
    case 'extension':
      return [];
    case 'set':
      return references(type.element);
    case 'record':
      return sortedEntries(type.attributes).flatMap(([, attribute]) => references(attribute.type));
    case 'entity':
    case 'common':
    case 'entityOrCommon':
      return [[type.kind, type.name]];
    default:
      return unreachable(type);
  }
}
